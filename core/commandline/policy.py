"""``zixin policy`` with all that it can do."""

from core.commandline.governance import policy_activate, policy_simulate, policy_validate
from core.commandline.policies import policy
from core.commandline.policy_check import policy_check
from core.commandline.vocabulary import policy_facts

for each in (policy_check, policy_simulate, policy_validate, policy_activate, policy_facts):
    policy.add_command(each)
