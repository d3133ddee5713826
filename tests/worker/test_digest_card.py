"""The digest as it is read, in both languages (storyboard: Monday, 09:00)."""

from datetime import date, timedelta

from core.queries.digests.digest import Digest, Vacancy
from core.queries.digests.news import Climbed, Ending, Ends, Head
from core.rules.money import Money
from core.services.digests import message_of
from core.texts.message import Message
from tests.worker.company import shown

MONDAY = date(2026, 3, 9)


def climbed(name: str, yuan: int, days: int, invoices: int = 1) -> Climbed:
    return Climbed(("sales",), name, 1, "", days > 0, invoices, Money.of(yuan), days)


FULL = Digest(
    overdue=[climbed("华东机械", 12_300, 17), climbed("宁波海港", 74_100, 3, 2), climbed("华东机械", 700, 8)],
    upcoming=[climbed(f"客户{n}", 1000 * n, -7) for n in range(1, 8)],
    waiting=[timedelta(hours=5, minutes=50), timedelta(hours=1)],
    endings=[Ending(Ends.RATING, "甬江电子", 1, MONDAY), Ending(Ends.LINE, "嘉善五金", 1, date(2026, 4, 8))],
    suspensions=[Ending(Ends.LINE, "越州纺织 <b>", 1, date(2026, 3, 8))],
    vacancies=[Vacancy("legal", 2, Money.of(9_000))],
    differences=1,
    calendar_ends=date(2026, 12, 31),
    granted=Money.of(41_200_000),
    cap=Money.of(45_000_000),
    head=Head(18_204, "7f3a"),
)

IN_CHINESE = """\
<b>早上好。</b>今天要你看的 19 件：
🔴 逾期 4 笔 ¥87,100
· 宁波海港 ¥74,100（最久逾期 3 天）
· 华东机械 ¥13,000（最久逾期 17 天）
🔵 快到期 7 笔 ¥28,000
· 客户7 ¥7,000（7 天后到期）
· 客户6 ¥6,000（7 天后到期）
· 客户5 ¥5,000（7 天后到期）
· 客户4 ¥4,000（7 天后到期）
· 客户3 ¥3,000（7 天后到期）
· …还有 2 户
🟡 待你审批 2 件（最久 5 个工作小时）
⛔ 额度停用 1 户：到期未重新评级
· 越州纺织 &lt;b&gt;：2026-03-08 到期
🟠 快到期的评级和额度 2 项
· 甬江电子：评级 2026-03-09 到期（今天）
· 嘉善五金：额度 2026-04-08 到期（还有 30 天）
⚠️ 没有人担任法务：2 笔逾期 ¥9,000 没有人跟进。请指派一人，或给客户指定业务员。
⚠️ 夜间对账：1 笔余额与核销记录不符。已记入记录链，请核对这些单据。
📅 节假日历只到 2026-12-31。之后按周一至周五算工作日，请升级到新版本。
总额度 ¥41,200,000 / 上限 ¥45,000,000
记录链到第 18,204 条，链头 <code>7f3a</code>"""

IN_ENGLISH = """\
<b>Good morning.</b> 19 things for you today:
🔴 Overdue: 4 invoices, ¥87,100
· 宁波海港 ¥74,100 (up to 3 days late)
· 华东机械 ¥13,000 (up to 17 days late)
🔵 Due soon: 7 invoices, ¥28,000
· 客户7 ¥7,000 (due in 7 days)
· 客户6 ¥6,000 (due in 7 days)
· 客户5 ¥5,000 (due in 7 days)
· 客户4 ¥4,000 (due in 7 days)
· 客户3 ¥3,000 (due in 7 days)
· … and 2 more customers
🟡 Waiting for your decision: 2 requests (longest 5 working hours)
⛔ 1 line suspended: ended without a new rating
· 越州纺织 &lt;b&gt;: ended 2026-03-08
🟠 2 ratings and lines about to end
· 甬江电子: rating ends 2026-03-09 (today)
· 嘉善五金: line ends 2026-04-08 (in 30 days)
⚠️ Nobody minds these as Legal counsel: 2 invoices, ¥9,000. Give somebody the role, or the customer a salesperson.
⚠️ Nightly reconciliation: 1 balance does not agree with the allocations. It is on the audit trail; please check these items.
📅 The holiday calendar ends on 2026-12-31. After that Monday to Friday count as working days; please upgrade.
Total of lines ¥41,200,000 / cap ¥45,000,000
Audit trail up to record 18,204, head <code>7f3a</code>"""


def test_everything_at_once_in_chinese() -> None:
    assert shown(message_of(FULL, MONDAY)) == IN_CHINESE


def test_everything_at_once_in_english() -> None:
    assert shown(message_of(FULL, MONDAY), "en") == IN_ENGLISH


def test_a_digest_survives_the_outbox() -> None:
    kept = Message.from_text(message_of(FULL, MONDAY).to_text())
    assert shown(kept) == IN_CHINESE
    assert [button.do for row in kept.buttons for button in row] == ["overdue", "waiting"]


def test_an_auditor_with_nothing_else_gets_the_head_alone() -> None:
    digest = Digest(head=Head(1, "ab"))
    assert shown(message_of(digest, MONDAY)) == "<b>早上好。</b>\n记录链到第 1 条，链头 <code>ab</code>"


def test_a_cap_that_is_not_set_is_not_zero() -> None:
    digest = Digest(waiting=[timedelta()], granted=Money.of(5), cap=None)
    assert "总额度 ¥5 / 上限还没有定" in shown(message_of(digest, MONDAY))
