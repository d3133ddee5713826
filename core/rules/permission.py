"""Who may do what, and to whose customers (9.1). What is not listed here is not allowed."""

from enum import StrEnum


class Role(StrEnum):
    """The role codes of the staff list."""

    SALES = "sales"
    MARKET_MANAGER = "market_manager"
    REGIONAL_MANAGER = "regional_manager"
    SALES_DIRECTOR = "sales_director"
    CREDIT_CONTROLLER = "credit_controller"
    FINANCE_MANAGER = "finance_manager"
    MARKETING_VP = "marketing_vp"
    CFO = "cfo"
    GM = "gm"
    CHAIRMAN = "chairman"
    LEGAL = "legal"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Permission(StrEnum):
    SEE_CUSTOMERS = "see_customers"
    EDIT_CUSTOMER = "edit_customer"
    REQUEST_CREDIT = "request_credit"
    APPROVE = "approve"
    RATE = "rate"
    """Assess a customer; which of these roles do is the policy's, and none of them sells (2.10)."""
    SEE_REGISTER = "see_register"
    """The register of grades, overrides and what may be published (2.7, 2.11)."""
    SEE_LEDGER = "see_ledger"
    IMPORT = "import"
    SET_COMPANY = "set_company"
    SEE_POLICIES = "see_policies"
    PROPOSE_POLICY = "propose_policy"
    CONFIRM_POLICY = "confirm_policy"
    MANAGE_STAFF = "manage_staff"
    SEE_AUDIT = "see_audit"
    BELONG = "belong"
    """To be one of the staff: bind a channel, choose a language, name a deputy."""
    ENTER = "enter"
    """All that a stranger can do: show an invitation."""
    KEEP_TIME = "keep_time"
    """What only the clock does: suspend, remind, nag."""


class Scope(StrEnum):
    """Whose customers a role sees. The wider one of a person's roles counts."""

    NONE = "none"
    OWN = "own"
    REGION = "region"
    ALL = "all"


_P = Permission
_SALES = {_P.SEE_CUSTOMERS, _P.EDIT_CUSTOMER, _P.REQUEST_CREDIT, _P.SEE_LEDGER, _P.BELONG}
_HEAD = {_P.SEE_CUSTOMERS, _P.APPROVE, _P.SEE_LEDGER, _P.BELONG}
_FINANCE = {
    _P.SEE_CUSTOMERS,
    _P.APPROVE,
    _P.RATE,
    _P.SEE_REGISTER,
    _P.SEE_LEDGER,
    _P.IMPORT,
    _P.SET_COMPANY,
    _P.BELONG,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.SALES: frozenset(_SALES),
    Role.MARKET_MANAGER: frozenset(_HEAD | _SALES),
    Role.REGIONAL_MANAGER: frozenset(_HEAD | _SALES),
    Role.SALES_DIRECTOR: frozenset(_HEAD),
    Role.CREDIT_CONTROLLER: frozenset(_FINANCE | {_P.SEE_POLICIES, _P.PROPOSE_POLICY}),
    Role.FINANCE_MANAGER: frozenset(_FINANCE | {_P.SEE_POLICIES, _P.PROPOSE_POLICY}),
    Role.MARKETING_VP: frozenset(_HEAD),
    Role.CFO: frozenset(_FINANCE | {_P.SEE_POLICIES, _P.CONFIRM_POLICY}),
    Role.GM: frozenset(_HEAD | {_P.SEE_POLICIES, _P.CONFIRM_POLICY, _P.SEE_REGISTER}),
    Role.CHAIRMAN: frozenset(_HEAD),
    Role.LEGAL: frozenset({_P.SEE_CUSTOMERS, _P.RATE, _P.SEE_LEDGER, _P.BELONG}),
    Role.AUDITOR: frozenset(
        {_P.SEE_CUSTOMERS, _P.SEE_LEDGER, _P.SEE_AUDIT, _P.SEE_POLICIES, _P.SEE_REGISTER, _P.BELONG}
    ),
    Role.ADMIN: frozenset({_P.MANAGE_STAFF, _P.SEE_POLICIES, _P.PROPOSE_POLICY, _P.BELONG}),
}

FINANCE_STAFF = (Role.CREDIT_CONTROLLER, Role.FINANCE_MANAGER)
"""Who signs a request for finance, and hears how every request and review ends."""

SCOPES: dict[Role, Scope] = {
    Role.SALES: Scope.OWN,
    Role.MARKET_MANAGER: Scope.REGION,
    Role.REGIONAL_MANAGER: Scope.REGION,
    Role.ADMIN: Scope.NONE,
} | {
    role: Scope.ALL
    for role in Role
    if role not in {Role.SALES, Role.MARKET_MANAGER, Role.REGIONAL_MANAGER, Role.ADMIN}
}

BANK_ACCOUNT_SCOPES: dict[Role, Scope] = {
    Role.SALES: Scope.OWN,
    Role.MARKET_MANAGER: Scope.OWN,
    Role.REGIONAL_MANAGER: Scope.OWN,
    Role.CREDIT_CONTROLLER: Scope.ALL,
    Role.FINANCE_MANAGER: Scope.ALL,
}
"""Whose bank account a role may read (9.1: need to know); a role that is not named reads none.

Finance holds receipts against the account, and pays back to it. Whoever has the customer asked for it, and sees to it
that it is right; that goes for managers with customers of their own, not for those of their salespeople. Whoever signs
decides by what the customer owes and can pay, legal by the papers, and the auditor reads on the trail who looked: none
of them needs the number itself.
"""

_WIDTH = [Scope.NONE, Scope.OWN, Scope.REGION, Scope.ALL]


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that any of the roles may do."""
    return frozenset().union(*(GRANTS[role] for role in roles))


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that grant it, in the order of the staff list."""
    return tuple(role for role in Role if permission in GRANTS[role])


def scope_of(roles: frozenset[Role]) -> Scope:
    """The widest of the roles' scopes."""
    return max((SCOPES[role] for role in roles), key=_WIDTH.index, default=Scope.NONE)


def in_scope(scope: Scope, *, person: int, region: str, owner: int | None, customer_region: str) -> bool:
    """May a person who sees ``scope`` see a customer of this owner and region?

    A region manager without a region of their own sees every region: the company has only one.
    """
    if scope is Scope.ALL:
        return True
    if owner == person and scope is not Scope.NONE:
        return True
    return scope is Scope.REGION and (not region or region == customer_region)


def may_read_bank_account(roles: frozenset[Role], *, person: int, owner: int | None) -> bool:
    """May a person of these roles read the bank account of a customer of this owner, if they see the customer?"""
    scopes = {BANK_ACCOUNT_SCOPES.get(role, Scope.NONE) for role in roles}
    return Scope.ALL in scopes or (Scope.OWN in scopes and owner == person)
