"""Filling the bot's forms as people do: from the menu, answer by answer, with and without being disturbed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from core.rules.uscc import check_character
from tests.support.town import Said, Someone

CODE = "91310115MA1K4NEW0"
FRESH_CODE = CODE + check_character(CODE)
"""A unified social credit code that nobody has yet."""


@dataclass(frozen=True)
class Script:
    """How a form is come by, and the answers to its questions in their order."""

    who: str
    words: str
    """What brings one from the menu to the button: typed."""
    button: str
    """The button that opens the form."""
    name: str
    """As the menu calls it, to be taken up again."""
    answers: tuple[str, ...]


CUSTOMER = Script(
    "王小雨",
    "菜单",
    "建客户档案",
    "建客户档案",
    (
        "青浦新星贸易有限公司",
        FRESH_CODE,
        "陈芳 13800000000",
        "李明 13900000000",
        "上海市青浦区示范路 9 号",
        "021-55500099",
        "陈芳",
        "500万",
        "2019-04-17",
        "日用百货批发",
        "示范银行 6222000011112222",
        "批发",
        "小型",
        "华东",
    ),
)
CREDIT = Script(
    "王小雨", "菜单", "申请授信", "授信申请", ("华东机械", "20万", "长期", "26万", "厂房,已登记", "订单增加")
)
CHECK = Script("王小雨", "菜单", "能不能发货", "发货检查", ("华东机械", "5万"))
CAP = Script("林静秋", "菜单", "定授信总额", "授信总额", ("5000万",))
LEAVE = Script("许文博", "菜单", "请假代签", "请假", ("3-20", "何伟东"))
SURVEY = Script(
    "王小雨",
    "华东机械",
    "资信调查",
    "资信调查",
    (
        "2026-03-09",
        "实地走访",
        "是",
        "是",
        "0",
        "否",
        "120万",
        "-3万",
        "80万",
        "0",
        "56.8%",
        "0.71",
        "0",
        "0",
        "否",
        "否",
        "问不到",
        "否",
        "否",
        "否",
        "否",
    ),
)
SCRIPTS = (CUSTOMER, CREDIT, CHECK, CAP, LEAVE, SURVEY)

Disturbance = Callable[[Someone, Script, int], Awaitable[None]]
"""What comes between two answers; told how many were given."""


async def undisturbed(_person: Someone, _script: Script, _given: int) -> None:
    """One answer after the other."""


async def begins(person: Someone, script: Script) -> list[Said]:
    await person.says("菜单")
    shown = await person.says(script.words)
    return await person.taps(script.button, shown[-1])


async def fills(person: Someone, script: Script, disturbed: Disturbance = undisturbed) -> Said:
    """Fill it to the end; returns what is said last."""
    said = await begins(person, script)
    for given, answer in enumerate(script.answers):
        if given:
            await disturbed(person, script, given)
        said = await person.says(answer)
    return said[-1]


async def leaves_and_comes_back(person: Someone, script: Script, _given: int) -> None:
    [menu] = (await person.says("菜单"))[-1:]
    await person.taps(f"接着填：{script.name}", menu)


async def steps_back(person: Someone, script: Script, given: int) -> None:
    """Back, and the same answer once more."""
    await person.taps("返回")
    await person.says(script.answers[given - 1])


async def asks_something_else(person: Someone, _script: Script, _given: int) -> None:
    await person.says("华东机械 能发5万吗")


async def starts_again(person: Someone, _script: Script, _given: int) -> None:
    """A new phone, a cleared chat: the channel begins from nothing."""
    await person.says("/start")


async def answers_badly(person: Someone, _script: Script, _given: int) -> None:
    """An answer that cannot be taken by any question is told, and the question stays."""
    await person.says("\u202e\u200f \u0000")
