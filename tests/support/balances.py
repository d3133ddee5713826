"""What a customer owes, added up from its account: the other way to an exposure, to hold it against."""

from bisect import bisect_right
from datetime import date

from core.queries.ledger.accounts import Account
from core.rules.money import Money


def balance(account: Account, on: date) -> Money:
    """At the end of a day, out of an account that reaches that far."""
    begun = bisect_right(account.days, on)
    return Money(sum(account.shipped[:begun]) - sum(account.received[:begun]))
