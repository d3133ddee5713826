"""Which firm is meant by what people call it (1.2, 9.1): the ranks, and what holds for every name."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.rules.firm_name import FirmName, Likeness, name_key, spread
from core.rules.traditional import TABLE, simplified

SHUNLING = "佛山顺岭汽车配件有限公司"


def fit(said: str, name: str) -> Likeness | None:
    return FirmName(said).fits(FirmName(name))


@pytest.mark.parametrize(
    ("said", "name", "likeness"),
    [
        (SHUNLING, SHUNLING, Likeness.SAME),
        (" 佛山顺岭 汽车配件（有限）公司", SHUNLING, Likeness.SAME),
        ("佛山顺岭汽车配件", SHUNLING, Likeness.FIRM),
        ("佛山顺岭汽车配件公司", SHUNLING, Likeness.FIRM),
        ("佛山顺岭", SHUNLING, Likeness.BEGINS),
        ("上海", "华辰机械（上海）有限公司", Likeness.WORD),
        ("sun", "Best Sun Ltd", Likeness.WORD),
        ("顺岭", SHUNLING, Likeness.HELD),
        ("順嶺汽車", SHUNLING, Likeness.HELD),
        ("顺岭汽车配件有", SHUNLING, Likeness.HELD),
        ("顺岭汽车公司", SHUNLING, Likeness.HELD),
        ("ＡＢＣ电子", "深圳abc 电子股份有限公司", Likeness.WORD),
        ("un", "Best Sun Ltd", Likeness.HELD),
        ("顺岭配件", SHUNLING, Likeness.IN_ORDER),
        ("sun parts", "Sun Auto Parts Co., Ltd.", Likeness.IN_ORDER),
        ("华辰分公司", "上海华辰机械有限公司", Likeness.OTHER_FORM),
        ("华辰股份", "华辰有限公司", Likeness.OTHER_FORM),
        ("配件顺岭", SHUNLING, None),
        ("顺玲", SHUNLING, None),
        ("snu", "Sun Auto Parts", None),
        ("sap", "Sun Auto Parts", None),
        ("", SHUNLING, None),
        ("！？", SHUNLING, None),
    ],
)
def test_how_what_is_said_fits(said: str, name: str, likeness: Likeness | None) -> None:
    assert fit(said, name) is likeness


def test_only_what_is_said_as_it_is_written_is_close() -> None:
    assert [likeness for likeness in Likeness if not likeness.is_close] == [
        Likeness.IN_ORDER,
        Likeness.OTHER_FORM,
        Likeness.NEAR,
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("华东机械设备有限公司", "华东机械设备"),
        ("華東機械（集團）股份有限公司", "华东机械"),
        ("Cosco Lincoln Co., Ltd.", "coscolincoln"),
        ("有限公司", "有限公司"),
    ],
)
def test_the_key_of_a_name_leaves_out_what_firms_share_and_no_part_of_a_word(name: str, key: str) -> None:
    assert name_key(name) == key


CHARACTERS = "佛山顺岭汽车配件华辰机械"
names = st.text(CHARACTERS, min_size=2, max_size=12)
forms = st.sampled_from(["有限公司", "股份有限公司", "集团", "厂", ""])


@given(names, forms)
def test_a_name_is_the_same_as_itself_however_it_is_spaced(name: str, form: str) -> None:
    assert fit(" ".join(name + form), name + form) is Likeness.SAME


@given(names, forms, st.data())
def test_characters_of_a_name_in_order_always_find_it(name: str, form: str, data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.integers(0, len(name) - 1), min_size=1))
    said = "".join(name[at] for at in sorted(kept))
    assert fit(said, name + form) is not None


@given(names, names)
def test_what_is_not_there_in_order_is_not_found(said: str, name: str) -> None:
    rest = iter(name)
    assert (fit(said, name) is None) == (not all(mark in rest for mark in said))


@given(names, names, forms)
def test_what_is_held_in_one_piece_is_closer_than_what_has_gaps(said: str, other: str, form: str) -> None:
    gapped = f"{said[0]}{other}{said[1:]}{form}"
    assume(said not in gapped)
    held = fit(said, f"东{said}{form}")
    assert held is not None
    assert held.is_close
    apart = fit(said, gapped)
    assert apart is not None
    assert held < apart


@given(names, st.integers(1, 11))
def test_saying_more_of_the_beginning_stays_a_beginning(name: str, length: int) -> None:
    said = name[:length]
    assert fit(said, name + "有限公司") in {Likeness.FIRM, Likeness.BEGINS}


@given(names, names)
def test_a_spread_is_as_long_as_what_was_said_only_where_it_is_held_in_one_piece(
    said: str, name: str
) -> None:
    apart = spread(tuple(said), name)
    assert apart is None or len(said) <= apart <= len(name)
    assert (apart == len(said)) == (said in name)


def test_every_character_that_is_simplified_is_no_simplified_one_itself() -> None:
    """GB 2312 holds the simplified characters in daily use."""

    def in_use(mark: str) -> bool:
        try:
            return bool(mark.encode("gb2312"))
        except UnicodeEncodeError:
            return False

    assert [chr(mark) for mark in TABLE if in_use(chr(mark))] == []
    assert [mark for mark in TABLE.values() if not in_use(mark)] == []


@given(st.text(alphabet=st.sampled_from([chr(mark) for mark in TABLE]) | st.characters(), max_size=20))
def test_simplifying_again_changes_nothing(text: str) -> None:
    assert simplified(simplified(text)) == simplified(text)
