"""A lifecycle is one table: what it shows as open is exactly what it allows, and every path ends (design, house rules)."""

from enum import StrEnum
from itertools import chain, combinations, product
from typing import Any

import pytest

from core.rules.lifecycles.activation_lifecycle import ACTIVATION
from core.rules.lifecycles.import_lifecycle import IMPORT
from core.rules.lifecycles.lifecycle import IllegalMove, Lifecycle
from core.rules.lifecycles.line_lifecycle import LINE, LineState
from core.rules.lifecycles.request_lifecycle import REQUEST, RequestAction, RequestState
from core.rules.lifecycles.review_lifecycle import REVIEW, ReviewAction, ReviewState
from core.rules.lifecycles.statement_file_lifecycle import STATEMENT_FILE
from core.rules.permission import GRANTS, Permission, Role

LIFECYCLES: dict[str, Lifecycle[Any, Any]] = {
    "request": REQUEST,
    "line": LINE,
    "import": IMPORT,
    "activation": ACTIVATION,
    "statement file": STATEMENT_FILE,
    "review": REVIEW,
}
EACH = pytest.mark.parametrize("lifecycle", LIFECYCLES.values(), ids=LIFECYCLES.keys())
_A = RequestAction

REQUEST_MOVES = {
    ("in_approval", "sign"): "in_approval",
    ("in_approval", "sign_last"): "granted",
    ("in_approval", "sign_last_without_cap"): "awaiting_cap",
    ("in_approval", "return"): "returned",
    ("in_approval", "reject"): "rejected",
    ("in_approval", "withdraw"): "withdrawn",
    ("returned", "answer"): "in_approval",
    ("returned", "withdraw"): "withdrawn",
    ("awaiting_cap", "withdraw"): "withdrawn",
    ("awaiting_cap", "open"): "granted",
}
"""The moves of a request, written down a second time (3.3, 3.4; B9 art. 23)."""


def states(lifecycle: Lifecycle[Any, Any]) -> list[StrEnum]:
    named: type[StrEnum] = type(lifecycle.start)
    return list(named)


def actions(lifecycle: Lifecycle[Any, Any]) -> list[StrEnum]:
    return list({action: None for _, action in lifecycle.moves})


def allows(lifecycle: Lifecycle[Any, Any], state: StrEnum, action: StrEnum) -> bool:
    try:
        lifecycle.after(state, action)
    except IllegalMove:
        return False
    return True


@EACH
@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_what_is_shown_as_open_is_exactly_what_may_be_done(
    lifecycle: Lifecycle[Any, Any], role: Role | None
) -> None:
    may = GRANTS[role] if role is not None else frozenset({Permission.KEEP_TIME})
    for state, action in product(states(lifecycle), actions(lifecycle)):
        shown = action in lifecycle.open_from(state, may)
        move = lifecycle.moves.get((state, action))
        assert shown == (allows(lifecycle, state, action) and move is not None and move.may in may)


@EACH
def test_a_move_that_is_not_in_the_table_is_illegal_and_says_which(lifecycle: Lifecycle[Any, Any]) -> None:
    for state, action in product(states(lifecycle), actions(lifecycle)):
        if (state, action) in lifecycle.moves:
            continue
        with pytest.raises(IllegalMove) as caught:
            lifecycle.after(state, action)
        assert (caught.value.state, caught.value.action) == (state, action)


@EACH
def test_every_state_can_be_reached_and_every_path_can_end(lifecycle: Lifecycle[Any, Any]) -> None:
    reached = closure(lifecycle, {lifecycle.start})
    assert reached == set(states(lifecycle))
    final = {state for state in states(lifecycle) if not any(at is state for at, _ in lifecycle.moves)}
    for state in states(lifecycle):
        assert closure(lifecycle, {state}) & final, f"from {state} there is no end"


def closure(lifecycle: Lifecycle[Any, Any], from_: set[StrEnum]) -> set[StrEnum]:
    """The states that can be reached, the first included."""
    found = set(from_)
    while more := {move.to for (at, _), move in lifecycle.moves.items() if at in found} - found:
        found |= more
    return found


@EACH
def test_the_diagram_of_the_docs_has_every_move(lifecycle: Lifecycle[Any, Any]) -> None:
    drawn = lifecycle.mermaid()
    for (at, action), move in lifecycle.moves.items():
        assert f"{at} --> {move.to}: {action}" in drawn
    assert drawn.count("-->") == len(lifecycle.moves) + 1


def test_the_moves_of_a_request_are_these() -> None:
    assert {
        (str(at), str(action)): str(move.to) for (at, action), move in REQUEST.moves.items()
    } == REQUEST_MOVES


def test_what_is_over_is_over() -> None:
    """Granted, rejected and withdrawn: nothing moves a request any more; it is asked for anew."""
    for state in (RequestState.GRANTED, RequestState.REJECTED, RequestState.WITHDRAWN):
        assert REQUEST.open_from(state, frozenset(Permission)) == ()
    assert LINE.open_from(LineState.CLOSED, frozenset(Permission)) == ()


def test_no_set_of_roles_signs_and_withdraws_what_sales_asked_for_alone() -> None:
    """The moves of an approver and of a requester never come with the same single permission."""
    approver = {a for (_, a), move in REQUEST.moves.items() if move.may is Permission.APPROVE}
    requester = {a for (_, a), move in REQUEST.moves.items() if move.may is Permission.REQUEST_CREDIT}

    assert not approver & requester
    assert approver | requester | {_A.OPEN} == set(_A)


def test_who_proposes_a_policy_cannot_confirm_it_with_the_same_permission() -> None:
    """2.1: four eyes."""
    assert {(str(action), move.may) for (_, action), move in ACTIVATION.moves.items()} == {
        ("confirm", Permission.CONFIRM_POLICY),
        ("decline", Permission.CONFIRM_POLICY),
        ("withdraw", Permission.PROPOSE_POLICY),
    }


def test_the_moves_of_a_review_are_these() -> None:
    """2.5-2.8, written down a second time."""
    assessor, second, sales = {}, {}, {}
    by = {Permission.RATE: assessor, Permission.APPROVE: second, Permission.REQUEST_CREDIT: sales}
    for (state, action), move in REVIEW.moves.items():
        by[move.may][str(state), str(action)] = str(move.to)

    assert assessor == {
        (state, action): to
        for state in ("open", "returned")
        for action, to in (("confirm", "in_force"), ("override", "proposed"), ("close", "withdrawn"))
    }
    assert second == {("proposed", "approve"): "in_force", ("proposed", "return"): "returned"} | {
        (state, "supersede"): "withdrawn" for state in ("open", "proposed", "returned")
    }
    assert sales == {(state, "withdraw"): "withdrawn" for state in ("open", "proposed", "returned")}


def test_who_overrides_a_grade_does_not_approve_it_by_the_same_permission() -> None:
    """2.7: another grade comes into force by two permissions, and by no single move."""
    assert REVIEW.moves[ReviewState.PROPOSED, ReviewAction.APPROVE].may is Permission.APPROVE
    assert (ReviewState.OPEN, ReviewAction.APPROVE) not in REVIEW.moves
    assert (ReviewState.PROPOSED, ReviewAction.CONFIRM) not in REVIEW.moves


def test_more_permissions_never_show_less() -> None:
    some = [Permission.APPROVE, Permission.REQUEST_CREDIT, Permission.SET_COMPANY]
    subsets = list(chain.from_iterable(combinations(some, size) for size in range(len(some) + 1)))
    for state, small, large in product(RequestState, subsets, subsets):
        if set(small) <= set(large):
            assert set(REQUEST.open_from(state, frozenset(small))) <= set(
                REQUEST.open_from(state, frozenset(large))
            )
