"""The head of a customer's file, as the facts of the sentences that tell it in the chat and on the command line."""

from typing import Any

from core.policies.library import Library
from core.queries.actor import named
from core.queries.customers.customers import CustomerView
from core.queries.policies.activation import rated_formerly
from core.queries.policies.grade_names import grade_in_force
from core.rules.money import Money


def customer_facts(library: Library, policy: str, view: CustomerView) -> dict[str, Any]:
    """Who it is, grade, line, exposure and what is overdue; a grade of another policy than that of this id is told as such."""
    held, line = view.customer, view.line
    capital = held.registered_capital_minor
    return {
        "code": held.code,
        "name": held.name,
        "uscc": held.uscc or "",
        "region": held.region,
        "industry": held.industry,
        "size": held.size,
        "owner": named(view.owner) if view.owner else "",
        "legal_representative": held.legal_representative,
        "founded": held.founded,
        "capital": Money(capital) if capital is not None else None,
        "phone": held.phone,
        "address": held.address,
        "contacts": [f"{contact.name} {contact.phone}".strip() for contact in view.contacts],
        "grade": grade_in_force(library, held),
        "rated_until": held.rated_until,
        "formerly": rated_formerly(held, policy),
        "limit": Money(line.limit_minor) if line else None,
        "line_state": line.state if line else "",
        "term_days": line.term_days if line else 0,
        "line_ends": line.ends if line else None,
        "exposure": view.exposure,
        "overdue": view.overdue_amount,
        "overdue_count": len(view.overdue),
        "oldest_days": view.oldest_days,
    }
