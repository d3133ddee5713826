"""The approval chain (3.3, 3.4): in order, side by side where it says so, four eyes counted in people."""

from datetime import time, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.policies.library import SHIPPED, load_chain
from core.rules.calendar import Hours
from core.rules.credit.approval import Chain, Signature, Step, standing, vacancies
from core.rules.money import Money

CHAIN = load_chain(SHIPPED / "b9-chain.toml")
ROLES = [(index, role) for index, step in enumerate(CHAIN.steps) for role in step.roles]
STAFF = {role: {person} for person, (_, role) in enumerate(ROLES, start=1)}


def signed(count: int, *yuan: int) -> list[Signature]:
    amounts = [Money.of(each) for each in yuan] or [Money.of(100)] * count
    return [
        Signature(step, role, 10 + step, amount) for (step, role), amount in zip(ROLES, amounts, strict=False)
    ]


def chain_of(*steps: tuple[str, ...]) -> Chain:
    hours = Hours(time(9), time(18))
    parts = tuple(Step(roles, "18") for roles in steps)
    return Chain(CHAIN.source, parts, timedelta(hours=4), timedelta(hours=8), hours)


@pytest.mark.parametrize(
    ("signatures", "step", "waiting"),
    [
        (0, 0, ("market_manager",)),
        (1, 1, ("credit_controller",)),
        (2, 2, ("marketing_vp", "cfo")),
        (3, 2, ("cfo",)),
        (4, 3, ("gm",)),
        (5, 4, ("chairman",)),
        (6, None, ()),
    ],
)
def test_the_chain_of_b9_is_signed_in_order(
    signatures: int, step: int | None, waiting: tuple[str, ...]
) -> None:
    stands = standing(CHAIN, signed(signatures))
    assert (stands.step, stands.waiting) == (step, waiting)


def test_what_is_granted_is_the_lowest_that_anybody_signed_for() -> None:
    assert standing(CHAIN, signed(3, 260_000, 200_000, 240_000)).granted == Money.of(200_000)
    assert standing(CHAIN, []).granted is None


def test_a_signature_before_its_turn_does_not_move_the_chain() -> None:
    early = [Signature(4, "chairman", 9, Money.of(1))]
    assert standing(CHAIN, early).step == 0


def test_a_role_asked_twice_signs_twice() -> None:
    twice = chain_of(("gm",), ("cfo",), ("gm",))
    signatures = [Signature(0, "gm", 1, Money.of(1)), Signature(1, "cfo", 2, Money.of(1))]
    assert standing(twice, signatures).waiting == ("gm",)


def test_a_full_staff_leaves_no_vacancy() -> None:
    assert vacancies(CHAIN, STAFF, requester=99) == ()


def test_the_requester_never_approves_their_own_request() -> None:
    assert vacancies(CHAIN, STAFF, requester=6) == ("chairman",)


def test_one_person_in_two_roles_is_one_pair_of_eyes() -> None:
    assert vacancies(CHAIN, STAFF | {"gm": {1}, "market_manager": {1}}, requester=99) == ("gm",)


def test_a_person_with_two_roles_is_moved_to_where_they_are_needed() -> None:
    holders = {"gm": {1, 2}, "cfo": {1}, "chairman": {2, 3}}
    assert vacancies(chain_of(("gm",), ("cfo",), ("chairman",)), holders, requester=99) == ()


people = st.sets(st.integers(1, 4), max_size=3)


@given(st.fixed_dictionaries({"gm": people, "cfo": people, "chairman": people}), st.integers(1, 5))
def test_vacancies_are_as_few_as_any_seating_leaves(holders: dict[str, set[int]], requester: int) -> None:
    roles = tuple(holders)
    best = min(
        sum(
            person == requester or person not in holders[role]
            for role, person in zip(roles, seating, strict=True)
        )
        for seating in permutations(range(1, 8), len(roles))
    )
    assert len(vacancies(chain_of(*((role,) for role in roles)), holders, requester)) == best
