"""The sample's staff and customer files (5 roles, 1.1)."""

import re
from datetime import date

from core.rules.permission import Role
from core.rules.uscc import parse_uscc
from tests.samples.books import WALK_THROUGH, company_on

CHAIN = (Role.MARKET_MANAGER, Role.CREDIT_CONTROLLER, Role.MARKETING_VP, Role.CFO, Role.GM, Role.CHAIRMAN)
COMPANY = company_on(WALK_THROUGH)
STAFF = {person.name: person for person in COMPANY.staff}


def test_every_role_is_held() -> None:
    assert {role for person in COMPANY.staff for role in person.roles} == set(Role)
    assert 14 <= len(STAFF) == len(COMPANY.staff) <= 16


def test_the_whole_approval_chain_is_different_people_and_none_of_them_sells() -> None:
    """B9 arts. 18, 25-29; 3.4: four eyes counts people."""
    holders = [[person.name for person in COMPANY.staff if role in person.roles] for role in CHAIN]
    approvers = [name for names in holders for name in names]
    assert all(holders)
    assert len(set(approvers)) == len(approvers)
    assert all(Role.SALES not in STAFF[name].roles for name in approvers)


def test_several_salespeople_work_in_each_of_two_regions() -> None:
    regions = [person.region for person in COMPANY.staff if Role.SALES in person.roles]
    assert sorted(regions) == ["华东", "华东", "华南", "华南"]


def test_everyone_reports_up_to_the_chairman() -> None:
    for person in COMPANY.staff:
        seen, above = set(), person
        while above.reports_to is not None:
            assert above.name not in seen
            seen.add(above.name)
            above = STAFF[above.reports_to]
        assert Role.CHAIRMAN in above.roles


def test_a_deputy_is_someone_else_who_does_not_sign_in_the_chain_already() -> None:
    signing = {person.name for person in COMPANY.staff if set(person.roles) & set(CHAIN)}
    for person in COMPANY.staff:
        if person.deputy is not None:
            assert person.deputy in STAFF.keys() - {person.name}
            assert person.deputy not in signing


def test_everyone_has_a_name_that_reads_in_english() -> None:
    assert all(re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", person.english) for person in COMPANY.staff)


def test_there_are_forty_customers_each_with_a_valid_code_of_its_own() -> None:
    customers = COMPANY.customers
    assert [customer.code for customer in customers] == [f"C{number:04}" for number in range(1, 41)]
    assert len({customer.name for customer in customers}) == 40
    assert len({customer.short_name for customer in customers}) == 40
    assert len({customer.uscc for customer in customers}) == 40
    for customer in customers:
        assert parse_uscc(customer.uscc) == customer.uscc


def test_every_customer_file_is_complete() -> None:
    for customer in COMPANY.customers:
        texts = (customer.name, customer.short_name, customer.industry, customer.legal_representative)
        assert all((*texts, customer.address, customer.phone, customer.scope, customer.bank))
        assert customer.size in {"large", "medium", "small", "micro"}
        assert customer.founded < date(2024, 1, 1)
        assert customer.registered_capital
        assert re.fullmatch(r"\d{19}", customer.account)
        assert len({contact.name for contact in customer.contacts}) == 2
        assert all(re.fullmatch(r"1\d{10}", contact.phone) for contact in customer.contacts)


def test_every_customer_is_owned_by_a_salesperson_of_its_region() -> None:
    for customer in COMPANY.customers:
        owner = STAFF[customer.owner]
        assert Role.SALES in owner.roles
        assert owner.region == customer.region
    assert {customer.owner for customer in COMPANY.customers} == {
        person.name for person in COMPANY.staff if Role.SALES in person.roles
    }
