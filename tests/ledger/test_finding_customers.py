"""Finding customers (9.1): “did you mean” looks among what is likely, and everything among what one may see."""

import pytest
from sqlalchemy.orm import Session

from core.queries.actor import OPERATOR, Actor
from core.queries.customers.customers import is_seen
from core.queries.customers.finding import nearest
from core.records.customer import Customer
from core.rules.firm_name import name_key
from core.rules.permission import Role
from tests.ledger.books import customer, salesperson


def named(session: Session, code: str, name: str, owner: int | None = None) -> None:
    opened = session.get_one(Customer, customer(session, code, owner=owner))
    opened.name, opened.name_key = name, name_key(name)
    session.flush()


def near(session: Session, typed: str, actor: Actor = OPERATOR) -> list[str]:
    return [found.name for found in nearest(session, actor, typed)]


def test_one_character_wrong_is_found_among_hundreds_of_the_same_trade(session: Session) -> None:
    for number in range(300):
        named(session, f"C1{number:03d}", f"第{number}机械有限公司")
    named(session, "C9000", "宁波海港机械有限公司")

    assert near(session, "宁波海岗机械")[0] == "宁波海港机械有限公司"


@pytest.mark.parametrize("typed", ["", "   ", "①②③"])
def test_what_looks_like_nothing_is_near_nothing(session: Session, typed: str) -> None:
    named(session, "C0001", "宁波海港机械有限公司")

    assert near(session, typed) == []


def test_whatever_is_typed_another_salespersons_customer_is_not_near(session: Session) -> None:
    named(session, "C0001", "宁波海港机械有限公司")
    seller = Actor("person:7", 7, "", "", "", frozenset({Role.SALES}))

    assert near(session, "宁波海港机械有限公司", seller) == []


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("region", ["华东", ""])
def test_the_database_says_of_each_customer_whether_it_is_seen_as_the_rule_does(
    session: Session, role: Role, region: str
) -> None:
    own, other = salesperson(session), salesperson(session, "小王")
    actor = Actor(f"person:{own}", own, "", "", region, frozenset({role}))
    for code, owner, where in (
        ("C1", own, "华南"),
        ("C2", other, "华东"),
        ("C3", other, "华南"),
        ("C4", None, ""),
    ):
        number = customer(session, code, owner, where)
        assert is_seen(session, actor, number) == actor.sees(session.get_one(Customer, number))
    assert not is_seen(session, actor, 999)
