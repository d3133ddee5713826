"""A customer's bank account is read by who needs it, once asked for, for a day, and on record (9.1, 9.3)."""

import logging
from dataclasses import replace
from datetime import date

import pytest
from pydantic import SecretStr
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from bot.delivery import Delivery
from bot.dialog.outcome import Delivered, Outcome
from bot.dialog.render import Renderer
from bot.dialog.rendered import Rendered
from bot.flows.cards import CARDS
from core.queries.actor import OPERATOR
from core.records.audit import AuditRecord
from core.records.customer import BANK_ACCOUNT_READ, Customer
from core.records.outbox import OutboxMessage
from core.records.staff import Holding
from core.records.tables import table_of
from core.rules.permission import Role
from core.rules.refusal import Refusal
from core.services.commands import open_desk
from core.services.customers.bank_account import ReadBankAccount
from core.services.customers.file_change import ChangeBankAccount
from core.services.people.staff import BeReachable, ShutOut
from core.settings import Settings
from core.storage.secrets import Vault
from tests.dialog.filling import CUSTOMER, fills
from tests.scenarios.story import (
    CHAIN,
    EAST,
    FINANCE_MANAGER,
    OTHER_SALESPERSON,
    SALESPERSON,
    asked_of,
    customer_of,
    refusals,
)
from tests.support.town import Said, Someone, Town
from worker.jobs.conceal import conceal

ACCOUNT = "6900159083016613186"
BUTTON = "银行账户"
REGIONAL_MANAGER, LEGAL, AUDITOR, ADMIN = "何伟东", "冯正言", "邓守拙", "高远"
READERS = (SALESPERSON, FINANCE_MANAGER, CHAIN["credit_controller"])
OTHERS = (
    *(CHAIN[role] for role in ("market_manager", "marketing_vp", "cfo", "gm", "chairman")),
    LEGAL,
    AUDITOR,
)
_CUSTOMER, _OUTBOX, _AUDIT = table_of(Customer), table_of(OutboxMessage), table_of(AuditRecord)


async def page(person: Someone) -> Said:
    return (await person.says(EAST))[-1]


async def looks(person: Someone) -> Said:
    await page(person)
    [shown] = await person.taps(BUTTON)
    return shown


async def someone(company: Town, name: str) -> Someone:
    return company.people.get(name) or await company.meets(name)


async def on_record(town: Town) -> list[tuple[str, str, str]]:
    """Who looked at whose, and whatever else the record says of it."""
    read = (
        select(_AUDIT.c.actor, _AUDIT.c.subject, _AUDIT.c.data)
        .where(_AUDIT.c.action == BANK_ACCOUNT_READ)
        .order_by(_AUDIT.c.seq)
    )
    return await asked_of(town, lambda session: [tuple(row) for row in session.execute(read)])


async def day_passes(town: Town) -> None:
    """Midnight, and what the worker does then."""
    town.comes("2026-03-11T00:10")
    await conceal(date(2026, 3, 11), database=town.database, desk=town.desk)


# who reads it


@pytest.mark.parametrize("name", READERS)
async def test_finance_and_the_customers_own_salesperson_read_it(company: Town, name: str) -> None:
    """9.1: need to know."""
    person = await someone(company, name)
    assert ACCOUNT not in await page(person), "the page itself does not show it"

    shown = await looks(person)

    assert f"太湖商业银行松江支行 {ACCOUNT}" in shown
    assert EAST in shown
    assert shown.buttons == {}


@pytest.mark.parametrize("name", OTHERS)
async def test_who_only_signs_or_looks_on_is_neither_offered_nor_shown_it(company: Town, name: str) -> None:
    person = await someone(company, name)
    assert not [label for label in (await page(person)).buttons if BUTTON in label]

    with pytest.raises(Refusal) as refused:
        await person.does(ReadBankAccount(1))

    assert refused.value.key == "bank-account-not-yours"
    assert await on_record(company) == []
    assert (await refusals(company))[-1]["what"] == "ReadBankAccount"


@pytest.mark.parametrize(("name", "why"), [(OTHER_SALESPERSON, "customer-not-yours"), (ADMIN, "not-allowed")])
async def test_who_does_not_see_the_customer_is_not_told_that_there_is_one(
    company: Town, name: str, why: str
) -> None:
    person = await someone(company, name)

    with pytest.raises(Refusal, match=why):
        await person.does(ReadBankAccount(1))


async def test_the_operator_of_the_machine_reads_none(company: Town) -> None:
    """The command line keeps staff and files; it has no use for an account either."""
    with pytest.raises(Refusal, match="bank-account-not-yours"):
        await company.as_operator(ReadBankAccount(1), OPERATOR)


async def test_a_manager_reads_those_of_customers_of_their_own_and_not_of_the_region(company: Town) -> None:
    manager = await someone(company, REGIONAL_MANAGER)
    assert not [label for label in (await page(manager)).buttons if BUTTON in label]
    await company.database.write(
        lambda session: session.execute(
            update(Customer).where(_CUSTOMER.c.name == EAST).values(owner=manager.id)
        ).close()
    )

    assert ACCOUNT in await looks(manager)


async def test_a_file_without_one_offers_none_and_an_old_button_says_so(company: Town) -> None:
    wang = company.people[SALESPERSON]
    before = await page(wang)
    await company.database.write(
        lambda session: session.execute(update(Customer).values(bank_sealed="")).close()
    )

    assert not [label for label in (await page(wang)).buttons if BUTTON in label]
    [told] = await wang.taps(BUTTON, before)
    assert "没有银行账户" in told
    assert [one["why"] for one in await refusals(company)] == ["bank-account-none"]


# what is left of it


async def test_who_looked_at_whose_and_when_is_on_the_trail_and_the_account_nowhere(
    company: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """9.3: views logged. Every table is searched, and the log."""
    caplog.set_level(logging.DEBUG)
    zheng = company.people[FINANCE_MANAGER]

    await looks(zheng)
    await looks(zheng)

    assert await on_record(company) == [(f"person:{zheng.id}", "customer:1", "{}")] * 2, "each look is one"

    def everything(session: Session) -> str:
        tables = SQLModel.metadata.tables.values()
        return "\n".join(str(tuple(row)) for table in tables for row in session.execute(table.select()))

    assert ACCOUNT not in await asked_of(company, everything)
    assert ACCOUNT not in caplog.text


async def test_looking_over_a_new_file_leaves_no_account_in_the_outbox(company: Town) -> None:
    """What was typed is told by its end."""
    review = await fills(company.people[SALESPERSON], CUSTOMER)

    assert "末四位 2222" in review

    def messages(session: Session) -> str:
        return "\n".join(session.scalars(select(_OUTBOX.c.body)))

    assert "6222000011112222" not in await asked_of(company, messages)


async def test_a_card_made_by_hand_for_somebody_elses_look_shows_nothing(company: Town) -> None:
    """The record names who looked: another person's copy of it is blank, as is one of any other record."""
    shown = await looks(company.people[FINANCE_MANAGER])
    auditor = await someone(company, AUDITOR)
    other = company.people[CHAIN["credit_controller"]]

    def put(session: Session) -> None:
        for person in (auditor, other):
            for card in (shown.card, "bank-account:1", "bank-account:999999"):
                row = session.execute(select(_OUTBOX).where(_OUTBOX.c.id == shown.id)).one()._asdict()
                del row["id"]
                row |= {"conversation": person.conversation, "person": person.id, "card": card, "key": None}
                session.execute(insert(_OUTBOX).values(row))

    await company.database.write(put)

    for person in (auditor, other):
        assert {each.text for each in (await person.history())[-3:]} == {"这张卡不在你的权限内。"}


async def test_it_is_gone_at_midnight_also_before_the_worker_comes(company: Town) -> None:
    zheng = company.people[FINANCE_MANAGER]
    shown = await looks(zheng)
    company.comes("2026-03-10T23:59")
    assert ACCOUNT in (await zheng.history())[-1]

    company.comes("2026-03-11T00:00")

    now = (await zheng.history())[-1]
    assert (now.id, now.card) == (shown.id, shown.card)
    assert "只显示一天" in now
    assert ACCOUNT not in now


async def test_who_may_not_any_more_sees_it_no_more(company: Town) -> None:
    """9.1: asked anew at every look at the message."""
    zheng = company.people[FINANCE_MANAGER]
    await looks(zheng)
    holding = table_of(Holding)

    await company.database.write(
        lambda session: session.execute(
            update(Holding).where(holding.c.person == zheng.id).values(role=Role.AUDITOR)
        ).close()
    )

    assert "不在你的权限内" in (await zheng.history())[-1]


async def test_what_the_worker_has_taken_back_names_no_look_any_more_and_stays_so(company: Town) -> None:
    zheng, wang = company.people[FINANCE_MANAGER], company.people[SALESPERSON]
    await looks(zheng)
    company.comes("2026-03-11T00:05")
    today = await looks(wang)

    company.comes("2026-03-11T00:10")
    first = await conceal(date(2026, 3, 11), database=company.database, desk=company.desk)
    again = await conceal(date(2026, 3, 11), database=company.database, desk=company.desk)

    assert (first.done, again.done) == ({"concealed": 1}, {"concealed": 0})
    yesterdays = (await zheng.history())[-1]
    assert (yesterdays.card, "只显示一天" in yesterdays) == ("", True)
    assert ACCOUNT in next(each for each in await wang.history() if each.id == today.id)


class Chat:
    """A chat whose messages have names and can be edited, as Telegram's are."""

    name = "telegram"

    def __init__(self) -> None:
        self.reads: dict[str, str] = {}

    def wait_for(self, _address: str) -> float:
        return 0.0

    async def send(self, _address: str, rendered: Rendered, *, skip_parts: int) -> Outcome:
        name = str(len(self.reads) + 1)
        self.reads[name] = rendered.html
        return Delivered(name)

    async def edit(self, _address: str, external_id: str, rendered: Rendered) -> Outcome:
        self.reads[external_id] = rendered.html
        return Delivered(external_id)


async def test_where_it_was_sent_it_is_edited_away_and_nothing_is_sent_anew(company: Town) -> None:
    zheng, chat = company.people[FINANCE_MANAGER], Chat()
    await zheng.does(BeReachable("telegram", "77"))
    await looks(zheng)
    await company.database.write(
        lambda session: session.execute(
            update(OutboxMessage)
            .where(_OUTBOX.c.card.is_not(None))
            .values(channel="telegram", conversation="telegram:77")
        ).close()
    )
    renderer = Renderer(company.desk.office, CARDS)
    delivery = Delivery(company.database, renderer, company.clock, {"telegram": chat}, "zh_CN")
    await delivery.drain()
    assert [ACCOUNT in words for words in chat.reads.values()] == [True]

    await day_passes(company)
    await delivery.drain()

    [now] = chat.reads.values()
    assert "只显示一天" in now
    assert ACCOUNT not in now


async def test_a_lost_phone_shows_it_no_more(company: Town) -> None:
    zheng = company.people[FINANCE_MANAGER]
    await looks(zheng)

    def sent(session: Session) -> None:
        session.execute(update(OutboxMessage).values(state="sent")).close()

    await company.database.write(sent)

    await company.as_operator(ShutOut(FINANCE_MANAGER, leaves=False))

    assert ACCOUNT not in (await zheng.history())[-1]


# the key


def with_key(town: Town, key: str) -> None:
    """The program is started with another secret key."""
    settings: Settings = town.desk.office.settings.model_copy(update={"secret_key": SecretStr(key)})
    town.runs(open_desk(replace(town.desk.office, vault=Vault(settings))))


async def test_with_another_key_it_is_said_what_is_the_matter_and_nobody_has_looked(company: Town) -> None:
    with_key(company, "another one")

    told = await looks(company.people[FINANCE_MANAGER])

    assert "密钥不是当初加密用的那一个" in told
    assert [one["why"] for one in await refusals(company)] == ["bank-account-wrong-key"]
    assert await on_record(company) == []


async def test_once_the_key_is_lost_it_can_be_given_anew_and_is_read_again(company: Town) -> None:
    with_key(company, "another one")
    wang = company.people[SALESPERSON]
    seen = (await customer_of(company)).bank_sealed

    assert await wang.does(ChangeBankAccount(1, "示范银行 6222000011112222", seen))

    assert "示范银行 6222000011112222" in await looks(wang)


async def test_a_message_on_its_way_while_the_key_goes_says_so_too(company: Town) -> None:
    zheng = company.people[FINANCE_MANAGER]
    await looks(zheng)

    with_key(company, "another one")

    assert "密钥不是当初加密用的那一个" in (await zheng.history())[-1]
