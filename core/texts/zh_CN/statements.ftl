# 财务报表：存档、填写、发文件、疑点
button-statements = 财务报表
button-statement-type = 打字填报表
button-statement-file = 发 Excel 报表
button-statement-template = 要一份模板
button-statement-correct = 更正或撤回
button-statement-save = 保存报表
button-statement-keep = 存
button-statement-audited = 存（已审计）
button-statement-unaudited = 存（未审计）
button-statement-drop = 不存
button-rest-by-excel = 其余用 Excel
button-next-period = 填下一期
button-all-ratios = 全部比率
button-ratios-solvency = 偿债
button-ratios-profit = 盈利
button-ratios-turnover = 周转
button-ratios-growth = 成长
button-explain-finding = 说明第 { $place } 处
button-change-period = 改 { $ends }
button-withdraw-period = 撤 { $ends }
operator = 管理员（命令行）

statements-title = <b>{ $customer }</b> · 财务报表
statements-none = 还没有报表。要两年的年报和最近一期；有三年前的更好，能算三年增长。
statements-ratios = <b>评级用的比率</b>
statements-findings = <b>有 { $count } 处要核对</b>
statement-year = 全年
statement-months = { $months } 个月
statement-is-audited = 已审计
statement-not-audited = 未审计
statement-head = <b>{ $ends }</b>（{ $span }，{ $audited }）
statement-origin = { $source }，{ $who } { $at } 存
statement-figure = { $name } { $amount }
ratio-line = { $name } <b>{ $value }{ $unit }</b>（{ $ends }）
ratio-line-none = { $name }：{ $reason }
ratio-formula = { $name } <b>{ $value }{ $unit }</b> = { $formula }
ratio-formula-none = { $name } = { $formula }：<b>{ $reason }</b>
ratio-figures = 本期：{ $figures }
ratio-earlier = 期初或上期：{ $figures }
ratios-title = <b>{ $customer }</b> · { $ends }（{ $span }）的比率

ask-statement-ends = <i>{ $progress }</i> 「{ $customer }」哪一期的报表？（点一下，或写期末那天，例如 2025-12-31）
ask-statement-audited = <i>{ $progress }</i> 审计过吗？
ask-statement-source = <i>{ $progress }</i> 报表从哪里来？
ask-statement-unit = <i>{ $progress }</i> 报表的单位？（后面的数都按它读；写了“万”的按写的算）
ask-statement-figure =
    <i>{ $progress } · { $ends } · { $unit }</i>
    { $figure }是多少？（亏损和净流出写负数，例如 -30.5）
ask-statement-figure-short = { $short }
ask-statement-figure-page = { $ends } · { $unit }
short-statement-ends = 截止日期
short-statement-audited = 是否审计
short-statement-source = 来源
short-statement-unit = 单位
unit-yuan = 元
unit-thousand = 千元
unit-ten_thousand = 万元
bad-figure = 「{ $typed }」不是数。例如 1234.5、-30、5万；不知道就点「问不到」。
bad-month-end = 报表到月底为止，{ $day } 不是月底。例如 2025-12-31。
bad-send-file = 请把 Excel 文件发过来，例如客户给的资产负债表；没有现成的，点「要一份模板」。
form-statement = 财务报表
form-statement_file = 报表文件
form-explanation = 说明疑点

statement-review-title = <b>{ $customer }</b> · { $ends }（{ $span }，{ $audited }）· { $source }
statement-review-unknown = 问不到的不算零，以前存过的也不动。
statement-review-check = 存之前请核对：
statement-kept = ✅ 「{ $customer }」{ $ends } 的报表已存。原来的数留有记录。
statement-unchanged = 「{ $customer }」{ $ends } 的报表和存着的一样，没有变。
statement-which = 「{ $customer }」要改哪一期？撤回的一期不再用来评级，记录还在。

ask-statement_file-source = 「{ $customer }」的报表从哪里来？
ask-statement_file-file = 把「{ $customer }」的报表发过来：客户自己的资产负债表、利润表、现金流量表（xlsx 或 csv）就行，几张表放在一个文件里也行。{ $page ->
        [none] {""}
       *[other] 这里发不了文件的话，打开 { $page } 发（要邀请码就向管理员要）。
    }
statement-template = 「{ $customer }」的报表模板，已知的数填在里面。空着的是不知道，不要填 0。填好发回来。
statement-reading = 收到「{ $customer }」的「{ $file }」，正在读……
preview-title = <b>{ $file }</b>：「{ $customer }」的报表
preview-period = <b>{ $ends }</b>（{ $span }）：{ $count } 项
preview-changed = 会改掉存着的：{ $names }
preview-no-unit = ⚠️ 文件没写单位，按元读的。不对就写上“单位：万元”再发。
preview-another-firm = ⚠️ 文件上写的是「{ $firm }」，不是「{ $customer }」。存之前先核对，别存错了客户。
preview-remarks = ⚠️ 有几处请看一下，其他的照读：
preview-remark = 「{ $sheet }」{ $cell } { $label }：{ $value } — { $why }
preview-remark-empty = 「{ $sheet }」{ $cell } { $label }：{ $why }
preview-remark-sheet = 「{ $sheet }」{ $why }
preview-more = ……还有 { $more } 处
statement-file-kept = ✅ 已存 { $count } 期报表。点「财务报表」看比率和疑点。
statement-file-unchanged = 和存着的一样，没有变。
statement-file-dropped = 好，没有存。改好可以再发。
statement-file-state-opened = 正在读
statement-file-state-read = 等你确认
statement-file-state-kept = 已存
statement-file-state-dropped = 已放弃
statement-file-state-unreadable = 读不了

figure-unreadable = 不是数，或大得不合理，没有读
figure-too-large = 太大，多半单位不对，没有读
figure-twice = 和 { $at } 的 { $other } 是同一项，只用了前一个
figure-of-a-month = 只有本月数，评级要本年累计，没有读
figure-of-the-future = { $ends } 还没到，没有读
figure-months = 月数要是 1 到 12，按日历月算了
total-missing = { $ends } 没有“{ $total }”。请补上，不会替你加
subtotal-missing = { $ends } 没有“{ $total }”，这几个比率会算不出来：{ $ratios }。请补上，不会替你加
sum-differs = { $ends } 的“{ $total }”和各项加起来的 { $made } 差 { $difference }

refusal-statement-not-found = 文件里没有认出报表项目。请发资产负债表、利润表或现金流量表，或照模板填。
refusal-statement-no-date = 看不出「{ $sheet }」是哪一期的报表。请在表头写上“2025年12月31日”或“2025年度”，再发。
refusal-statement-currency = 报表是{ $currency }的，这里只用人民币。请换算成人民币再发。
refusal-statement-too-many-periods = 一个文件最多 { $limit } 期。请留最近几年的，再发。
refusal-statement-unit-unclear = 文件没写单位，数的大小又差了上千倍：{ $earlier } 是 { $before }，{ $later } 是 { $now }。请在表头写上“单位：元”或“单位：万元”，再发。
refusal-statement-file-unknown = 没有这个文件，或不是你发的。请把文件再发一次。
refusal-statement-file-not-waiting = 这个文件不在等确认：{ $state }。要存，请再发一次。
refusal-statement-empty = 一个数也没有。至少填一项再存。
refusal-statement-future = { $ends } 还没到。报表要是已经过完的一期，请改「截止日期」。
refusal-statement-not-month-end = { $ends } 不是月底。请把「截止日期」改成月底那天。
refusal-statement-unknown = 没有 { $ends } 的报表。请从「财务报表」里看存着哪几期。
refusal-finding-gone = 这一处已经不在了：数改过，或者对上了。请看最新的「财务报表」。
refusal-explanation-empty = 说明是空的。写一句再提交。

request-findings = 财务资料有 { $count } 处对不上（{ $open } 处没有说明），请看「全部资料」
everything-findings = <b>财务资料对不上的地方</b>
finding-ask = 「{ $customer }」这一处怎么回事？写一句，审批人会看到：
finding-explained = ✅ 说明已记下，审批人会看到。
finding-said = 说明：「{ $words }」（{ $who } { $at }）
finding-unsaid = 还没有说明
severity-refuse = ⛔
severity-blocks_best_grade = ⚠️
severity-explain = ·
finding-balance_identity = { $ends } 资产总计 { $total_assets }，负债加权益 { $liabilities_and_equity }，差 { $difference }。请对照原表更正；对不上，不评最好一级。
finding-part_over_whole = { $ends } { $part } { $amount }，比{ $whole } { $of } 还大。请对照原表更正；不改，不评最好一级。
finding-cash_flow_sum = { $ends } 三项现金流加起来是 { $flows }，净增加额是 { $change }，差 { $difference }。请补汇率影响，或对照原表更正。
finding-cash_tie = { $ends } 期初现金 { $opening } 加净增加 { $change }，不等于期末 { $closing }。请对照原表更正；不改，不评最好一级。
finding-cash_opening = { $earlier } 期末现金 { $closing }，{ $later } 的期初是 { $opening }。请问客户为什么接不上；不改，不评最好一级。
finding-ratio_jump = { $ratio }从 { $before } 变到 { $now }，超过 { $allowed } 要有原因。请问清楚，写一句说明。
finding-copied_year = { $earlier } 和 { $later } 有 { $same } 项的数一模一样（共比了 { $compared } 项），像是抄的。请向客户要原表；不改，不评最好一级。
finding-unit_jump = { $earlier } 资产总计 { $before }，{ $later } 是 { $now }，差了上千倍，多半一个是元、一个是万元。请更正；真是这样就写说明，否则评不了级。
finding-sources_disagree = { $fact }：{ $source }说 { $value }，{ $other_source }说 { $other_value }。请核实哪个对，写一句说明。
finding-stale_statements = 最近的报表是 { $ends } 的，过了 { $months } 个月。请向客户要新的。
source-filed_statements = 存档报表
statements-read = 读到 { $count } 期（{ $ends }），没有存。
statements-imported = { $count ->
        [0] 没有新的可存。
       *[other] 已存 { $count } 期报表。
    }
