"""The lifecycle of a request for a line (3.3, 3.4): signed step by step, returned with a question, granted, rejected, taken back."""

from enum import StrEnum

from core.rules.lifecycles.lifecycle import Lifecycle, Move
from core.rules.permission import Permission


class RequestState(StrEnum):
    IN_APPROVAL = "in_approval"
    RETURNED = "returned"
    AWAITING_CAP = "awaiting_cap"
    """Every signature is there; the company's total of lines (B9 art. 23) is not set yet."""
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class RequestAction(StrEnum):
    SIGN = "sign"
    SIGN_LAST = "sign_last"
    SIGN_LAST_WITHOUT_CAP = "sign_last_without_cap"
    RETURN = "return"
    ANSWER = "answer"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    OPEN = "open"


_S, _A = RequestState, RequestAction

REQUEST: Lifecycle[RequestState, RequestAction] = Lifecycle(
    start=_S.IN_APPROVAL,
    moves={
        (_S.IN_APPROVAL, _A.SIGN): Move(_S.IN_APPROVAL, Permission.APPROVE),
        (_S.IN_APPROVAL, _A.SIGN_LAST): Move(_S.GRANTED, Permission.APPROVE),
        (_S.IN_APPROVAL, _A.SIGN_LAST_WITHOUT_CAP): Move(_S.AWAITING_CAP, Permission.APPROVE),
        (_S.IN_APPROVAL, _A.RETURN): Move(_S.RETURNED, Permission.APPROVE),
        (_S.IN_APPROVAL, _A.REJECT): Move(_S.REJECTED, Permission.APPROVE),
        (_S.IN_APPROVAL, _A.WITHDRAW): Move(_S.WITHDRAWN, Permission.REQUEST_CREDIT),
        (_S.RETURNED, _A.ANSWER): Move(_S.IN_APPROVAL, Permission.REQUEST_CREDIT),
        (_S.RETURNED, _A.WITHDRAW): Move(_S.WITHDRAWN, Permission.REQUEST_CREDIT),
        (_S.AWAITING_CAP, _A.WITHDRAW): Move(_S.WITHDRAWN, Permission.REQUEST_CREDIT),
        (_S.AWAITING_CAP, _A.OPEN): Move(_S.GRANTED, Permission.SET_COMPANY),
    },
)

UNDER_WAY = (RequestState.IN_APPROVAL, RequestState.RETURNED, RequestState.AWAITING_CAP)
"""The states of a request that is not over; a customer has one such at most."""
