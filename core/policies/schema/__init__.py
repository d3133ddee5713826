"""JSON Schemas of policy files, for editors that complete and check while one writes.

Made from the same enumerations and tables as the readers go by; what depends on more than one place of a file
(weights that add up, grades that are reached) only the reader knows.
"""

from core.policies.schema.cases import cases_schema
from core.policies.schema.facts import facts_schema
from core.policies.schema.policy import policy_schema

__all__ = ["cases_schema", "facts_schema", "policy_schema"]
