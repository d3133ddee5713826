"""The texts that the program names, read from its code and its cards; computed keys from the tables behind them."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
from jinja2 import Environment, nodes

import zixin
from bot.flows import FLOWS
from bot.flows.customers import INDUSTRIES, SIZES
from bot.flows.statement_form import UNITS
from bot.flows.statements import GROUPS
from core.commandline.worded import option_key
from core.files.columns import KIND_NAMES, kind
from core.policies.findings.places import PLACES as TOLERANCES
from core.policies.findings.places import Measure
from core.policies.library import Library
from core.queries.customers.file_fields import FileEffect, FileField
from core.queries.ledger.overdue import OVERDUE_COLUMNS
from core.queries.office import POLICY
from core.queries.policies.backtest import Basis
from core.queries.rating.register_report import REGISTER_COLUMNS
from core.rules.credit.approval import Verdict
from core.rules.judging.validation import Lack, Shift
from core.rules.lifecycles.activation_lifecycle import ActivationState
from core.rules.lifecycles.import_lifecycle import ImportState
from core.rules.lifecycles.line_lifecycle import LineState
from core.rules.lifecycles.request_lifecycle import RequestState
from core.rules.lifecycles.review_lifecycle import Cause, ReviewState
from core.rules.lifecycles.statement_file_lifecycle import StatementFileState
from core.rules.limits.limit_rules import CeilingName, CreditKind
from core.rules.permission import Role
from core.rules.policy.conditions import Answer
from core.rules.policy.facts import FactType
from core.rules.policy.gates import Effect
from core.rules.policy.policy import Ground
from core.rules.policy.upkeep import RatingEvent
from core.rules.rating.rating import Obstacle
from core.rules.reviews.independence import Bar
from core.rules.statements.contradictions import Check, Severity
from core.rules.statements.ratios import UNITS as RATIOS
from core.rules.statements.statement_facts import FILED
from core.rules.statements.worksheet import Flag, Reason
from core.services.customers.survey import SOURCES
from core.services.stumbles import Part
from core.texts import picture
from tests.texts.catalogs import CARDS, messages

ROOT = Path(__file__).parents[2]
CODE = ("bot", "core", "worker")
A_DAY = date(2026, 3, 10)

PLACES = {
    "say": (0, ""),
    "Message": (0, ""),
    "Label": (0, ""),
    "Phrase": (0, ""),
    "Button": (1, ""),
    "Choice": (1, ""),
    "Refusal": (0, "refusal-"),
    "BadFile": (0, "refusal-"),
    "BadSetting": (0, "setting-"),
    "BadAnswer": (0, "bad-"),
    "BadCell": (0, ""),
    "RowError": (4, ""),
    "Misfit": (3, ""),
    "told": (1, ""),
    "worded": (1, ""),
    "Remark": (2, ""),
    "remark": (2, ""),
    "ok": (0, ""),
    "watch": (0, ""),
    "mend": (0, ""),
}
"""The calls that name a text: which argument does, and what stands before it in the catalog."""

SENT_ALONG = frozenset({"upload", "picture"})
"""What a message takes besides the facts of its text."""

RAISED = ("refusal-", "bad-", "problem-", "fact-problem-", "setting-")
"""Beginnings of computed keys whose ends are found where they are raised."""

COLLECTED = frozenset({"ask-", "short-", "-", *RAISED})
"""Beginnings that cover nothing by themselves: their keys are collected one by one."""


@dataclass(frozen=True)
class Named:
    key: str
    where: str
    facts: frozenset[str] | None = None
    """What is handed over for it; None where the code does not spell it out."""


@cache
def families() -> dict[str, set[str]]:
    """Every beginning of computed keys, with all that may follow it."""
    rules = [rule for policy in Library().policies for rule in policy.limits]
    verdicts = _hyphened(Verdict)
    amounts = _hyphened(_arguments("core/rules/money.py", "NotAnAmount", 0))
    codes = _hyphened(_arguments("core/rules/uscc.py", "NotACode", 0))
    days = _hyphened(_arguments("core/rules/calendar.py", "NotADay", 0))
    return {
        "bad-amount-": amounts,
        "refusal-amount-": amounts,
        "bad-uscc-": codes,
        # a cell that is read is not empty
        "amount-": amounts - {"empty"},
        "uscc-": codes,
        "day-": days - {"empty"},
        "role-": set(Role),
        "state-": set(RequestState),
        "verdict-": set(Verdict),
        "decided-": verdicts,
        "ask-decision-": verdicts,
        "kind-": set(CreditKind),
        "line-": set(LineState),
        "ceiling-": set(CeilingName),
        "source-": {*SOURCES, FILED, "ledger", "findings", "customer_file", "review"},
        "industry-": set(INDUSTRIES),
        "size-": set(SIZES),
        "ask-customer-": set(FileField),
        "short-customer-": set(FileField),
        "touches-": set(FileEffect),
        "form-": set(FLOWS.forms),
        "hold-": {str(ground) for ground in Ground if ground is not Ground.RAISED_LINE},
        "remedy-": {
            *_arguments("core/rules/credit/release.py", "Remedy", 0),
            *_arguments("core/rules/credit/release.py", "_after", 2),
            *_table("core/rules/credit/release.py", "_STEPS"),
        },
        "noground-": {
            Ground.NOT_RATED,
            *_arguments("core/rules/limits/limit.py", "Reason", 0),
            *(rule.refusal for rule in rules if rule.refusal),
        },
        "opens-": {
            *_arguments("core/rules/limits/limit.py", "Reason", "opens"),
            *(rule.opens for rule in rules if rule.opens),
        },
        "remark-": _arguments("core/policies/remarks.py", "Remark", 0),
        "import-kind-": set(KIND_NAMES),
        "import-state-": set(ImportState),
        "row-kind-": {
            choice
            for name in KIND_NAMES
            for column in kind(name).columns
            if column.key == "kind"
            for choice in column.choices
        },
        "digest-": {"rating", "line"},
        "unit-": set(UNITS),
        "ratio-": set(RATIOS),
        "formula-": set(RATIOS),
        "reading-": set(Reason),
        "flag-": set(Flag),
        "finding-": set(Check),
        "severity-": set(Severity),
        "button-ratios-": set(GROUPS),
        "statement-file-state-": set(StatementFileState),
        "obstacle-": set(Obstacle),
        "answered-": set(Answer),
        "channel-": {"telegram", "wecom", "web"},
        "part-": set(Part),
        "activation-state-": set(ActivationState),
        "tolerance-of-": {place.field for place in TOLERANCES},
        "tolerance-in-": set(Measure) - {Measure.YUAN},
        "review-state-": set(ReviewState),
        "review-cause-": set(Cause),
        "review-event-": set(RatingEvent),
        "assess-": {str(each) for each in Bar},
        "register-column-": set(REGISTER_COLUMNS),
        "overdue-column-": set(OVERDUE_COLUMNS),
        "override-column-": {"assessor", "ratings", "up", "down"},
        "backtest-basis-": set(Basis),
        "backtest-shift-": set(Shift),
        "backtest-lack-": set(Lack),
        "fact-type-": set(FactType),
        "policy-gate-": set(Effect),
        "help-": {command_name(path) for path, _command in command_line()},
        "option-": {
            option_key(command_name(path), option).removeprefix("option-")
            for path, command in command_line()
            for option in command.get_params(click.Context(command, **zixin.main.context_settings))
            if isinstance(option, click.Option)
        },
    }


def command_line() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that one types for it; the program itself by its name."""
    groups: list[tuple[tuple[str, ...], click.Group]] = [((), zixin.main)]
    yield ("zixin",), zixin.main
    for path, group in groups:
        for name, command in group.commands.items():
            yield (*path, name), command
            if isinstance(command, click.Group):
                groups.append(((*path, name), command))


def command_name(path: tuple[str, ...]) -> str:
    """A command as its texts are named."""
    return "-".join(path)


def asked() -> Iterator[Named]:
    """The words of every question, and of the buttons that offer its answer for change."""
    library = Library()
    talk: Any = SimpleNamespace(
        desk=SimpleNamespace(office=SimpleNamespace(vocabulary=library.vocabulary)),
        today=A_DAY,
        policy=library.policy_in_force(POLICY, A_DAY),
        needs=library.policy_in_force(POLICY, A_DAY).needs,
        marked=(),
    )
    for form in FLOWS.forms.values():
        subjects = [f"1:1:{verdict}" for verdict in Verdict] if form.name == "decision" else ["1"]
        for ask in (ask for subject in subjects for ask in form.asks(talk, subject)):
            yield Named(ask.text or f"ask-{form.name}-{ask.key}", form.name)
            if form.review is not None:
                short = f"{ask.text}-short" if ask.text else f"short-{form.name}-{ask.key}"
                yield Named(short, form.name)
            if form.long and ask.text:
                yield Named(f"{ask.text}-page", form.name)


@cache
def in_code() -> tuple[Named, ...]:
    """The texts that calls name. A computed key whose beginning nobody knows fails."""
    found: list[Named] = []
    for path, tree in _modules():
        where = str(path.relative_to(ROOT))
        for function, call in _calls(tree):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name == "Ask":
                found += _question(call, where)
            if name not in PLACES or len(call.args) <= PLACES[name][0]:
                continue
            place, before = PLACES[name]
            facts = _handed_over(call, place)
            for key in _keys(call.args[place], function, before):
                found.append(Named(key, where, facts))
    return tuple(found)


@cache
def in_cards() -> tuple[Named, ...]:
    """The words that cards are put together from."""
    found: list[Named] = []
    for name, card in _cards().items():
        for call in card.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                spelled_out = call.dyn_kwargs is None
                facts = frozenset(pair.key for pair in call.kwargs) if spelled_out else None
                found += [Named(key, name, facts) for key in _card_keys(call.args[0])]
    return tuple(found)


@cache
def words() -> frozenset[str]:
    """Every text that stands in the code or a card, beginnings of computed ones too."""
    code = {
        node.value
        for _, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    cards = {node.value for card in _cards().values() for node in card.find_all(nodes.Const)}
    drawn = {word for name in picture.names() for word in picture.words_of(name)}
    return frozenset(code | drawn | {word for word in cards if isinstance(word, str)})


def _hyphened(words: Iterable[str]) -> set[str]:
    return {word.replace("_", "-") for word in words}


@cache
def _cards() -> dict[str, nodes.Template]:
    environment = Environment(autoescape=True)
    return {path.name: environment.parse(path.read_text("utf-8")) for path in sorted(CARDS.glob("*.jinja"))}


def _modules() -> list[tuple[Path, ast.Module]]:
    paths = [ROOT / "zixin.py", *sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py"))]
    return [(path, _tree(path)) for path in paths]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _calls(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.Call]]:
    """Every call with the innermost function around it."""
    stack: list[tuple[ast.AST, ast.AST]] = [(tree, tree)]
    while stack:
        function, node = stack.pop()
        if isinstance(node, ast.Call):
            yield function, node
        inner = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
        stack += [(inner, child) for child in ast.iter_child_nodes(node)]


def _keys(node: ast.AST, function: ast.AST, before: str = "") -> Iterator[str]:
    """What an expression may say: constants, either branch, a name that was given one, a computed key."""
    match node:
        case ast.Constant(value=str(key)):
            yield before + key
        case ast.IfExp(body=body, orelse=orelse):
            yield from _keys(body, function, before)
            yield from _keys(orelse, function, before)
        case ast.Name(id=name) if not isinstance(function, ast.Module):
            for each in ast.walk(function):
                if isinstance(each, ast.Assign) and name in {getattr(to, "id", "") for to in each.targets}:
                    yield from _keys(each.value, function, before)
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_]):
            yield from _family(before + beginning)
        case _:
            return


def _card_keys(node: nodes.Node) -> Iterator[str]:
    match node:
        case nodes.Const(value=str(key)):
            yield key
        case nodes.CondExpr(expr1=first, expr2=second):
            yield from _card_keys(first)
            yield from _card_keys(second) if second is not None else ()
        case nodes.Concat(nodes=[nodes.Const(value=str(beginning)), *_]):
            yield from _family(beginning)


def _family(beginning: str) -> Iterator[str]:
    if beginning in RAISED:
        return
    assert beginning in families(), f"list in families() what may follow {beginning!r}"
    yield from (beginning + end for end in families()[beginning])


def _handed_over(call: ast.Call, place: int) -> frozenset[str] | None:
    """The names of the facts: keywords, or a dictionary written out behind the key."""
    behind = call.args[place + 1 :]
    if isinstance(call.func, ast.Name) and behind:
        return frozenset(_strings(behind[0].keys)) if isinstance(behind[0], ast.Dict) else None
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg) - SENT_ALONG


def _question(call: ast.Call, where: str) -> Iterator[Named]:
    """A question with the facts that it spells out; the form is whichever has such a question."""
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "facts"), None)
    if isinstance(given, ast.Lambda) and isinstance(given.body, ast.Dict):
        facts = _strings(given.body.keys)
    elif given is None:
        facts = set()
    else:
        return
    for key in _keys(call.args[0], call):
        for form in FLOWS.forms:
            text = f"ask-{form}-{key}"
            if text in messages("zh_CN") and where == f"{_module_of(form)}.py":
                yield Named(text, where, frozenset({"progress", *facts}))


def _strings(found: Iterable[ast.expr | None]) -> set[str]:
    return {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _module_of(form: str) -> str:
    """The module that a form is written in."""
    return FLOWS.forms[form].finish.__module__.replace(".", "/")


def _arguments(path: str, callee: str, place: int | str) -> set[str]:
    """The constants that stand at one place of every call of a function."""
    found: set[str] = set()
    for _, call in _calls(_tree(ROOT / path)):
        if getattr(call.func, "id", "") != callee:
            continue
        if isinstance(place, str):
            found |= _strings(keyword.value for keyword in call.keywords if keyword.arg == place)
        else:
            found |= _strings(call.args[place : place + 1])
    return found


def _table(path: str, name: str) -> set[str]:
    """The values of a table written out at the top of a module."""
    for node in _tree(ROOT / path).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            assert isinstance(node.value, ast.Dict)
            return _strings(node.value.values)
    raise LookupError(name)
