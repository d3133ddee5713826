"""Pictures: drawn alike everywhere, in both languages, with every character that can be in them. Requirements 2.3, 8.1."""

import struct
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from bot.flows.explain import gates
from bot.flows.pictures import of_rating
from core.policies.cases import load_cases
from core.policies.library import SHIPPED, Library
from core.rules.money import Money
from core.rules.rating.assess import rate
from core.rules.rating.reading import Reading
from core.rules.statements.worksheet import Reason
from core.settings import Language
from core.texts.catalog import LANGUAGES, shown
from core.texts.picture import draw, names, words_of
from core.texts.wire import Label, Named
from tests.texts.catalogs import TEXTS, messages

FONT = TEXTS / "fonts" / "wenquanyi-micro-hei.ttf"
FIRM = Named("华东机械设备有限公司", "East China Machinery")
PHONE_PIXELS = 960
DAY = date(2026, 3, 10)
LIBRARY = Library((SHIPPED, SHIPPED.parent / "samples" / "policy"))
POLICIES = sorted({policy.id for policy in LIBRARY.policies if policy.method is not None})

FACTS: dict[str, dict[str, Any]] = {
    "waterfall": {
        "title": FIRM,
        "grade": "B",
        "changed": [{"name": Named("资产负债率", "Debt ratio"), "before": "55.2%", "now": "63.8%"}],
        "score": "63.40",
        "cutoffs": [{"grade": "A", "from": Decimal(85)}, {"grade": "B", "from": Decimal(0)}],
        "groups": [
            {
                "name": Named("偿债能力", "Solvency"),
                "items": [
                    {
                        "name": Named("资产负债率", "Debt ratio"),
                        "inputs": ["63.8%"],
                        "note": "15.1 / 25",
                        "earned": Decimal("15.1"),
                        "weight": 25,
                        "known": True,
                    }
                ],
            }
        ],
        "gates": [],
    },
    "checklist": {
        "title": FIRM,
        "grade": "B",
        "changed": [],
        "sections": [
            {
                "name": "A",
                "items": [{"mark": "good", "name": "合作一年", "article": "14(1)", "inputs": ["26 ≥ 12"]}],
            }
        ],
    },
    "aging": {
        "title": FIRM,
        "total": Money.of(100),
        "on": "2026-03-09",
        "compared": "",
        "buckets": [{"name": "1-30", "amount": Money.of(100), "size": 100, "before": 0, "late": True}],
    },
    "ceilings": {
        "title": FIRM,
        "limit": Money.of(100),
        "ceilings": [
            {"name": "抵押", "amount": Money.of(100), "size": 100, "known": True, "binds": True},
            {"name": "月均", "amount": "?", "size": 0, "known": False, "binds": False},
        ],
        "asked": "",
        "asked-size": 0,
    },
    "migration": {
        "title": FIRM,
        "note": "",
        "down": "b9-abc",
        "across": "b5-four-indicators",
        "columns": ["A", "B"],
        "rows": [
            {"name": "A", "cells": [{"count": 3, "way": "same"}, {"count": 1, "way": "worse"}], "sum": 4}
        ],
        "sums": [3, 1],
    },
}


def test_every_picture_is_tried_here() -> None:
    assert set(names()) == set(FACTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FACTS)
def test_a_picture_is_as_wide_as_a_phone_and_the_same_each_time(name: str, language: Language) -> None:
    drawn = draw(language, name, FACTS[name])

    assert _width(drawn) == PHONE_PIXELS
    assert drawn == draw(language, name, FACTS[name])


@pytest.mark.parametrize("name", ["waterfall", "checklist"])
def test_what_changed_makes_the_picture_longer_and_one_of_an_earlier_version_is_drawn_without(
    name: str,
) -> None:
    """2.5: first of all what changed since the last rating."""
    plain = {key: value for key, value in FACTS[name].items() if key != "changed"}
    changes = [
        {"name": each, "before": Label("unknown"), "now": "63.8%"}
        for each in ("资产负债率", "速动比率", "净利润")
    ]

    drawn = [draw("zh_CN", name, plain | {"changed": changes[:count]}) for count in (0, 1, 3)]

    assert draw("zh_CN", name, plain) == drawn[0]
    assert [_height(each) for each in drawn] == sorted({_height(each) for each in drawn})


@pytest.mark.parametrize("policy", POLICIES)
def test_a_rating_by_any_policy_can_be_drawn(policy: str) -> None:
    """2.3: of every scheme each of its own cases, those that cannot be rated among them."""
    cases = load_cases(
        SHIPPED / f"{policy}.cases.toml", LIBRARY.policy_in_force(policy, DAY), LIBRARY.vocabulary
    )
    office: Any = SimpleNamespace(vocabulary=LIBRARY.vocabulary)
    for case in (cases.ratings[0], cases.ratings[-1]):
        rating = rate(cases.policy, case.facts)

        picture = of_rating(office, cases.policy, rating, "华东机械")

        assert picture is None or draw("zh_CN", picture.name, picture.facts)


def _drawn_from(policy: str, facts: dict[str, Any]) -> Any:
    """What the picture of these facts under a policy of the sample company shows."""
    office: Any = SimpleNamespace(vocabulary=LIBRARY.vocabulary)
    found = LIBRARY.policy_in_force(policy, DAY)
    picture = of_rating(office, found, rate(found, facts), "华东机械")
    assert picture is not None
    return picture.facts


def test_an_indicator_that_nobody_answered_is_unknown_and_not_zero() -> None:
    """2.3: unknown is not zero; the picture says which of the two it is."""
    facts = _drawn_from("a15-three-classes", {"debt_ratio": Decimal(100)})
    bars = {bar["name"].zh: bar for group in facts["groups"] for bar in group["items"]}

    assert (bars["资产负债率"]["known"], bars["资产负债率"]["note"].facts["earned"]) == (True, "0.0")
    assert (bars["速动比率"]["known"], bars["速动比率"]["note"]) == (False, Label("unknown"))


def test_a_ratio_without_a_number_says_why_it_has_none() -> None:
    """1.5, 2.3: nothing to pay interest on is no gap in the file, and as good as the best."""
    facts = _drawn_from("b4-bank-seven", {"interest_cover": Reading.best(Reason.INTEREST_NON_POSITIVE)})
    bars = {bar["name"].zh: bar for group in facts["groups"] for bar in group["items"]}

    assert shown("zh_CN", bars["已获利息倍数"]["inputs"]) == "没有利息支出"
    assert bars["已获利息倍数"]["known"]


def test_a_group_that_too_little_is_known_of_is_shown_with_the_reason() -> None:
    """2.3, B11: nothing known of growth; its ratios stand there, under a heading that says why they do not count."""
    cases = load_cases(
        SHIPPED / "b11-three-tier.cases.toml",
        LIBRARY.policy_in_force("b11-three-tier", DAY),
        LIBRARY.vocabulary,
    )
    whole = _headings(cases, 0, {})
    headings = _headings(cases, 0, {"capital_accumulation": None})

    assert len(headings) == len(whole)
    assert [one for one in headings if one not in whole] == [
        "发展能力状况（按权重只知道 50%，太少，不能计分）"
    ]


def _headings(cases: Any, number: int, changed: dict[str, Any]) -> list[str]:
    office: Any = SimpleNamespace(vocabulary=LIBRARY.vocabulary)
    facts = {**cases.ratings[number].facts, **changed}
    picture = of_rating(office, cases.policy, rate(cases.policy, facts), "华东机械")
    assert picture is not None
    return [shown("zh_CN", group["name"]) for group in picture.facts["groups"]]


def test_a_gate_that_holds_because_nobody_knows_is_not_told_as_a_finding() -> None:
    """2.4: of a firm whose accounts nobody has looked at nobody is told that they are irregular."""
    (unsure,) = _gates_of({})
    (found,) = _gates_of({"accounts_regular": False})

    assert (unsure.key, unsure.facts["gate"]) == ("gate-unsure", found)


def _gates_of(facts: dict[str, Any]) -> Any:
    return gates(rate(LIBRARY.policy_in_force("b11-three-tier", DAY), facts))


def test_a_fact_that_two_answers_satisfy_is_told_once() -> None:
    facts = _drawn_from("b10-overdue-pattern", {})
    told = [
        shown("zh_CN", each)
        for part in facts["sections"]
        for item in part["items"]
        for each in [item["inputs"]]
    ]

    assert any("信誉度" in line for line in told)
    assert all(line.count("信誉度") <= 1 for line in told)


def test_a_mark_beside_what_a_bad_grade_lists_says_that_it_means_not_so() -> None:
    """2.3: a ✓ beside “serious illegal operation” is read in a second, and must not be read the wrong way round."""
    against = shown("zh_CN", _drawn_from("b9-abc", {})["sections"][-1]["name"])

    assert against == "C\u00a0级：有一条就是（✓ 表示没有这一条）"


def test_the_names_of_many_grades_stand_upright_side_by_side() -> None:
    """B8 has fifteen grades: lying down their names would run into each other on a phone."""
    grades = LIBRARY.policy_in_force("b8-fifteen-notches", DAY).codes
    cells = [{"count": 0, "way": "apart"} for _ in grades]
    facts = FACTS["migration"] | {
        "columns": list(grades),
        "rows": [{"name": "A", "cells": cells, "sum": 0}],
        "sums": [0] * len(grades),
    }
    few = facts | {
        "columns": grades[:3],
        "rows": [{"name": "A", "cells": cells[:3], "sum": 0}],
        "sums": [0, 0, 0],
    }

    assert _width(draw("en", "migration", facts)) == PHONE_PIXELS
    assert _height(draw("en", "migration", facts)) > _height(draw("en", "migration", few))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_pictures_are_in_the_catalog(language: Language) -> None:
    assert {word for name in names() for word in words_of(name)} <= set(messages(language))


def test_the_reader_s_language_is_on_the_picture() -> None:
    assert draw("zh_CN", "aging", FACTS["aging"]) != draw("en", "aging", FACTS["aging"])


@pytest.mark.parametrize(
    "hostile", ['#read("/etc/passwd")', "*bold* $x$ @ref <a>", '"; panic("x")', "\\u{1F600}"]
)
def test_what_a_person_wrote_is_drawn_and_never_run(hostile: str) -> None:
    assert draw("en", "aging", FACTS["aging"] | {"title": hostile})


def test_the_font_has_every_character_that_a_company_s_name_or_a_text_is_written_in() -> None:
    known = set(TTFont(FONT).getBestCmap())
    catalog = "".join(path.read_text("utf-8") for path in sorted(TEXTS.glob("*/*.ftl")))
    chinese = {mark for mark in catalog if "\u4e00" <= mark <= "\u9fff"}

    assert len(chinese) > 500
    assert {mark for mark in chinese if ord(mark) not in known} == set()
    assert {mark for mark in "垚喆堃昇淼鑫龑" if ord(mark) not in known} == set()


def _width(png: bytes) -> int:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width: int = struct.unpack(">I", png[16:20])[0]
    return width


def _height(png: bytes) -> int:
    height: int = struct.unpack(">I", png[20:24])[0]
    return height


def _height(png: bytes) -> int:
    height: int = struct.unpack(">I", png[20:24])[0]
    return height
