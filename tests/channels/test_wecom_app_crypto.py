"""Sealed callbacks (10.2): the published examples, a second implementation, and everything that may be wrong with one."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wecom.app_xml import MOST_BYTES, Unreadable, each, read_xml, text_of
from bot.wecom.crypto import Forged, Seals
from tests.support.wecom.sealing import (
    PUBLISHED_CORP,
    PUBLISHED_KEY,
    PUBLISHED_TOKEN,
    chained,
    seal,
    sign,
    unseal,
)

PUBLISHED = Seals(PUBLISHED_TOKEN, PUBLISHED_KEY, PUBLISHED_CORP)
RIDDLE = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
MESSAGE = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYY"
    "vuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+L"
    "twGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8"
    "V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1pt"
    "DAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)

TOKEN, KEY, CORP = "tokenOfTheCompany", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "ww1234567890abcdef"
OURS = Seals(TOKEN, KEY, CORP)


def test_the_published_check_of_an_address_is_answered_as_published() -> None:
    PUBLISHED.check("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780", RIDDLE)
    assert PUBLISHED.open(RIDDLE) == b"1616140317555161061"


def test_the_published_message_is_read_as_published() -> None:
    PUBLISHED.check("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149", MESSAGE)
    fields = read_xml(PUBLISHED.open(MESSAGE))
    assert (fields["FromUserName"], fields["Content"], fields["MsgId"], fields["AgentID"]) == (
        *("mycreate", "hello", "4561255354251345929", "218"),
    )


def test_the_second_implementation_seals_as_the_published_example_of_sealing() -> None:
    sealed = seal(KEY, "我是中文abcd123".encode(), "wxb11529c136998cb6", random=b"aaaabbbbccccdddd")
    assert (
        sealed == "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
    )


@given(st.binary(max_size=300), st.text("abc123", max_size=40))
def test_both_implementations_agree_on_every_message(message: bytes, receiver: str) -> None:
    sealed = seal(KEY, message, receiver)
    assert Seals(TOKEN, KEY, receiver).open(sealed) == message
    assert unseal(KEY, sealed) == (message, receiver)


@given(
    st.text(min_size=1, max_size=30),
    st.from_regex(r"[0-9]{10}", fullmatch=True),
    st.text(max_size=20),
    st.text(max_size=50),
)
def test_both_implementations_agree_on_every_signature(
    token: str, timestamp: str, nonce: str, sealed: str
) -> None:
    signature = sign(token, timestamp, nonce, sealed)
    Seals(token, KEY, CORP).check(signature, timestamp, nonce, sealed)
    for wrong in ("", signature[:-1], signature.upper() + "x", "é" * 40, signature[::-1] + "0"):
        with pytest.raises(Forged):
            Seals(token, KEY, CORP).check(wrong, timestamp, nonce, sealed)


def test_a_changed_part_breaks_the_signature() -> None:
    sealed = seal(KEY, b"<xml/>", CORP)
    good = (sign(TOKEN, "1", "n", sealed), "1", "n", sealed)
    OURS.check(*good)
    for place in range(4):
        changed = [part + "0" if place == at else part for at, part in enumerate(good)]
        with pytest.raises(Forged):
            OURS.check(*changed)


@pytest.mark.parametrize("receiver", ["", "ww1234567890abcdeg", CORP + "x", CORP[:-1], CORP.upper()])
def test_a_message_for_another_company_is_refused(receiver: str) -> None:
    with pytest.raises(Forged, match="receiver"):
        OURS.open(seal(KEY, b"<xml/>", receiver))


@pytest.mark.parametrize(
    "pad",
    [b"\x00" * 10, b"\x21" * 33 + b"\x00" * 9, b"\x05\x05\x05\x04\x05" + b"\x05" * 5, b"\xff" * 10],
)
def test_padding_that_is_none_is_refused(pad: bytes) -> None:
    plain = b"r" * 16 + (6).to_bytes(4, "big") + b"<xml/>" + CORP.encode()
    rest = -(len(plain) + len(pad)) % 16
    with pytest.raises(Forged):
        OURS.open(chained(KEY, plain + b"p" * rest + pad))


@pytest.mark.parametrize(
    "sealed",
    [
        "",
        "=",
        "AAAA",
        "not base64!",
        "密文",
        base64.b64encode(b"x" * 15).decode(),
        base64.b64encode(b"x" * 16).decode(),
        base64.b64encode(b"x" * 160).decode(),
        seal(KEY, b"<xml/>", CORP).replace("=", "") + "\n",
        chained(KEY, b"\x10" * 16),
        chained(KEY, b"r" * 16 + b"\xff\xff\xff\xff" + b"x" * 11 + b"\x01"),
        chained(KEY, b"r" * 16 + (30).to_bytes(4, "big") + b"x" * 11 + b"\x01"),
    ],
    ids=[str(place) for place in range(12)],  # a seal is never the same twice
)
def test_what_is_no_sealed_message_is_one_error(sealed: str) -> None:
    with pytest.raises(Forged):
        OURS.open(sealed)


@given(st.binary(max_size=200))
def test_no_bytes_whatever_do_more_than_be_refused(noise: bytes) -> None:
    with pytest.raises(Forged):
        OURS.open(chained(KEY, noise + b"0" * (-len(noise) % 16)) if noise else "")


@pytest.mark.parametrize("key", ["", "x" * 42, "x" * 44, "x" * 42 + "+", "é" * 43, "x" * 42 + "\n"])
def test_a_key_that_the_console_never_hands_out_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="43 letters"):
        Seals(TOKEN, key, CORP)


def test_stray_bits_in_the_last_character_of_a_key_do_not_matter() -> None:
    """The console fills them with anything; the 32 bytes are the same."""
    assert Seals(TOKEN, KEY[:-1] + "H", CORP).open(seal(KEY, b"x", CORP)) == b"x"


class TestXml:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"  ",
            b"<xml>",
            b"<xml></xml><xml/>",
            b"<html/>",
            b"{}",
            b"\xff\xfe<xml/>",
            b"<xml>\x00</xml>",
            b"<xml>&undefined;</xml>",
            b"<xml><a></b></xml>",
            b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>',
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><a>&e;</a></xml>',
            b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]><xml/>',
            b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">]><xml>&c;</xml>',
            b"<xml>" + b"<a>" * 50 + b"</a>" * 50 + b"</xml>",
            b"<xml>" + b"<a/>" * 5000 + b"</xml>",
            b"<xml>" + b"x" * MOST_BYTES + b"</xml>",
        ],
    )
    def test_what_is_no_callback_is_one_error(self, body: bytes) -> None:
        with pytest.raises(Unreadable):
            read_xml(body)

    def test_fields_are_texts_groups_and_lists(self) -> None:
        fields = read_xml(
            "<xml><A><![CDATA[甲 <b>&]]></A><B> 1 </B><C/><G><X>1</X><X>2</X></G><G><X>3</X></G></xml>".encode()
        )
        assert (fields["A"], fields["B"], fields["C"]) == ("甲 <b>&", "1", "")
        assert each(fields, "G") == [{"X": ["1", "2"]}, {"X": "3"}]
        assert each(fields, "Missing") == []
        assert text_of(fields, "Missing") == ""

    def test_a_group_is_no_text(self) -> None:
        with pytest.raises(Unreadable):
            text_of(read_xml(b"<xml><A><B>1</B></A></xml>"), "A")
