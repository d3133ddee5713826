"""The cards about a customer's file that is changed, as the flows tell them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.flows.file_fields import GROUPS, label, told
from core.queries.customers.file_fields import FileEffect, FileField, FileValue
from core.rules.money import Money
from core.texts.wire import Label, Named, Phrase

FIRM = "华东机械设备有限公司"
_SAYS: Mapping[FileField, FileValue] = {
    FileField.NAME: FIRM,
    FileField.USCC: "91310117MAAY4CL12J",
    FileField.LEGAL_REPRESENTATIVE: "周启明",
    FileField.REGISTERED_CAPITAL: Money.of(30_000_000),
    FileField.FOUNDED: date(2009, 4, 17),
    FileField.SCOPE: "普通机械设备及配件的制造、销售与维修；五金交电、机电产品、金属材料的批发；货物及技术的进出口业务",
    FileField.CONTACT: ("李婷婷", "13000000011"),
    FileField.ADDRESS: "上海市松江区示范路 118 号",
    FileField.BANK_ACCOUNT: "gAAAAA",
    FileField.INDUSTRY: "manufacturing",
    FileField.SIZE: "medium",
    FileField.REGION: "华东",
}


def _change(
    field: FileField, old: FileValue | None, new: Any, effect: FileEffect | None = None
) -> dict[str, Any]:
    return {
        "customer": FIRM,
        "field": label(field),
        "old": told(field, old),
        "new": new,
        "effect": effect,
    }


_CHANGES = {
    "address": _change(FileField.ADDRESS, _SAYS[FileField.ADDRESS], "上海市嘉定区示范路 1 号"),
    "capital raised": _change(
        FileField.REGISTERED_CAPITAL, Money.of(30_000_000), Money.of(50_000_000), FileEffect.RATING
    ),
    "industry, answered otherwise": _change(
        FileField.INDUSTRY, "manufacturing", Label("industry-wholesale"), FileEffect.ANSWERED
    ),
    "region": _change(FileField.REGION, "华东", "华南", FileEffect.SCOPE),
    "phone left out": _change(FileField.PHONE, "021-55500001", told(FileField.PHONE, None)),
    "account": _change(FileField.BANK_ACCOUNT, "gAAAAA", Phrase("file-account", {"end": "6186"})),
}

FILE_CARDS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "ask-file-change-field": {
        "in full": {
            "progress": "",
            "customer": FIRM,
            "groups": [
                [{"field": label(field), "value": told(field, _SAYS.get(field))} for field in fields]
                for fields in GROUPS
            ],
        }
    },
    "ask-file-change-value": {
        "address": {
            "progress": "",
            "field": label(FileField.ADDRESS),
            "key": "address",
            "now": _SAYS[FileField.ADDRESS],
        },
        "industry": {
            "progress": "",
            "field": label(FileField.INDUSTRY),
            "key": "industry",
            "now": Label("industry-manufacturing"),
        },
        "phone that is not there": {
            "progress": "",
            "field": label(FileField.PHONE),
            "key": "phone",
            "now": told(FileField.PHONE, None),
        },
    },
    "file-change-review": _CHANGES,
    "file-changed": _CHANGES,
    "file-changes": {
        "two": {
            "customer": FIRM,
            "changes": [
                {"at": at, "who": who, **{name: _CHANGES[which][name] for name in ("field", "old", "new")}}
                for at, who, which in (
                    (
                        datetime(2026, 3, 10, 6, 2, tzinfo=UTC),
                        Named("王小雨", "Wang Xiaoyu"),
                        "capital raised",
                    ),
                    (datetime(2026, 3, 9, 1, 30, tzinfo=UTC), Label("operator"), "phone left out"),
                )
            ],
        },
        "none": {"customer": FIRM, "changes": []},
    },
}
