"""Any text, anywhere: the bot answers something, and it is never an apology with a reference number."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.services.people.staff import ChooseLanguage
from core.texts.catalog import sentence
from tests.dialog.filling import CREDIT, CUSTOMER, SCRIPTS, Script, begins
from tests.dialog.test_readers import ANYTHING
from tests.support.town import Said, Town

NASTY = (
    "🏭👨‍👩‍👧‍👦🇨🇳",
    "字" * 10_000,
    "a" * 10_000,
    "<b>华东</b><script>alert(1)</script>",
    "<a href='tg://user?id=1'>x</a>",
    "&lt;&amp;&#0;&quot;",
    "*_`[x](http://x)~||",
    "\u202e\u2067华东机械\u200f",
    "\x00",
    "华东\x00机械",
    "",
    " ",
    "\n\n\n",
    "{}{0}{name}$x%s{{ 7*7 }}{% raw %}",
    "';DROP TABLE customer;--",
    "%",
    "_",
    "\\",
    "١٢٣",
    "\u0301" * 500,
    "1" * 5_000,
    "/",
    "/start@zixin_bot x",
    "/check",
    "能发吗",
    "能发0吗",
    "华东机械 能发-5万吗",
    "华东机械 能发99999999999999亿吗",
    "华东机械 能发0.001吗",
    "华东机械 能发1,2,3.4.5万吗",
    "a" * 150 + " 能发5万吗",
)
_REFERENCE = sentence("zh_CN", "trouble", {"reference": "REF"}).split("REF")[0]


def answered_without_apology(said: list[Said], typed: str) -> None:
    assert said, f"no answer to {typed[:40]!r}"
    for message in said:
        assert not message.text.startswith(_REFERENCE), f"an apology for {typed[:40]!r}"
        assert message.text.strip(), f"an empty message for {typed[:40]!r}"
        assert "<script" not in message.text
        assert "<a " not in message.text


@pytest.mark.parametrize("name", ["王小雨", "林静秋"])
async def test_anything_typed_freely_is_answered(company: Town, name: str) -> None:
    for typed in NASTY:
        answered_without_apology(await company.people[name].says(typed), typed)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.button)
async def test_anything_as_the_answer_to_every_question_of_every_form(company: Town, script: Script) -> None:
    """Afterwards the form still takes its right answer. What happens to be an answer is stepped back from."""
    person = company.people[script.who]
    said = await begins(person, script)
    for answer in script.answers:
        question = said[-1].text
        for typed in ("字" * 10_000, "<b>&</b>", "\u202e🏭\x00", "*_`[", "٣" * 40, "1" * 5_000):
            said = await person.says(typed)
            answered_without_apology(said, typed)
            if said[-1].text != question:
                said = await person.taps("返回")
                assert said[-1].text == question
        said = await person.says(answer)
    answered_without_apology(said, script.answers[-1])


async def test_markup_in_a_name_is_shown_as_it_was_written(company: Town) -> None:
    """Everything a person wrote is escaped, on the review and on every card after it."""
    wang = company.people["王小雨"]
    await begins(wang, CUSTOMER)
    said = await wang.says("<b>青浦</b>&新星")
    for answer in CUSTOMER.answers[1:]:
        said = await wang.says(answer)

    assert "&lt;b&gt;青浦&lt;/b&gt;&amp;新星" in said[-1]
    await wang.taps("保存档案", said[-1])
    [head] = await wang.says("青浦</b>&")
    assert "&lt;b&gt;青浦&lt;/b&gt;&amp;新星" in head


async def test_a_reason_with_marks_that_turn_text_around_stays_in_its_place(company: Town) -> None:
    """A right-to-left mark in a reason must not turn the amounts of an approver's card around."""
    wang = company.people["王小雨"]
    await begins(wang, CREDIT)
    for answer in (*CREDIT.answers[:-1], "订单\u202e增加\u2067"):
        said = await wang.says(answer)
    await wang.taps("按", said[-1])

    card = await company.people["许文博"].card()

    assert "订单增加" in card
    assert not set(card.text) & set("\u202e\u2067")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(ANYTHING, min_size=1, max_size=3))
async def test_any_talk_at_all_is_answered(company: Town, typed: list[str]) -> None:
    wang = company.people["王小雨"]
    for text in typed:
        answered_without_apology(await wang.says(text), text)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.button)
async def test_every_form_is_there_in_english_too(company: Town, script: Script) -> None:
    """10.6: the same talk, read in English, from the first question to the last."""
    person = company.people[script.who]
    said = await begins(person, script)
    person.language = "en"
    for answer in script.answers:
        said = await person.says(answer)
        answered_without_apology(said, answer)
    assert not [label for message in said for label in message.buttons if "\u4e00" <= label[0] <= "\u9fff"]


async def test_the_questions_can_be_asked_in_english(company: Town) -> None:
    wang = company.people["王小雨"]
    await wang.does(ChooseLanguage("en"))
    wang.language = "en"

    [verdict] = await wang.says("Can I ship 50,000 to 华东机械?")
    assert "¥12,300" in verdict
    for typed in ("/menu", "/overdue", "/aging", "/help", "ship 5w to 华东机械", "华东机械"):
        answered_without_apology(await wang.says(typed), typed)
