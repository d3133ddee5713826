"""Every scheme of the documents, put in force by two people and asked in chat (2.2, 2.3, 2.4)."""

from datetime import date

import pytest

from core.rules.rating.reading import plain
from core.services.customers.survey import RecordSurvey, SurveyAnswer
from core.services.policies.activation import ConfirmActivation, ProposeActivation
from core.texts.catalog import sentence
from tests.policies.shelf import LIBRARY, SCHEMES, SHIPPED_POLICIES, cases_of
from tests.scenarios.story import CHAIN, EAST, SALESPERSON, customer_of
from tests.support.town import Town

TODAY = date(2026, 3, 10)
ASKS_MORE = {"b11-three-tier"}
"""What these ask for besides, the experts' sheets, the survey does not bring."""


def survey_of(policy: str) -> tuple[SurveyAnswer, ...]:
    """What people would answer for the customer of the scheme's first case."""
    facts = cases_of(policy).ratings[0].facts
    kinds = {kind.key: kind for kind in LIBRARY.vocabulary.kinds}
    return tuple(
        SurveyAnswer(key, plain(value), "visit")
        for key, value in facts.items()
        if kinds[key].source == "survey"
    )


@pytest.mark.parametrize("policy", SCHEMES)
async def test_a_scheme_put_in_force_rates_in_chat_and_says_why(company: Town, policy: str) -> None:
    if policy != "b9-abc":
        number = await company.people[CHAIN["credit_controller"]].does(ProposeActivation(policy, TODAY))
        await company.people[CHAIN["cfo"]].does(ConfirmActivation(number))
    wang = company.people[SALESPERSON]
    customer = (await customer_of(company, EAST)).id
    await wang.does(RecordSurvey(customer, survey_of(policy), TODAY))

    await wang.says(EAST)
    [rating] = await wang.taps("看评级")

    scheme = SHIPPED_POLICIES[policy]
    assert scheme.title.zh in rating
    graded = any(f"<b>{sentence('zh_CN', 'graded', {'grade': code})}</b>" in rating for code in scheme.codes)
    assert graded is (policy not in ASKS_MORE)
    assert graded is ("⛔" not in rating), "a grade, or why there is none"
    assert rating.file.endswith(".png")
    assert (await wang.opens(rating)).startswith(b"\x89PNG")
    [listed] = await wang.taps("看全部", rating)
    assert listed.text.count("\n") > 3
