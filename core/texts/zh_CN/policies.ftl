# 制度库：看、试算、提出启用、确认
policies =
    <b>信用制度</b> · 制度库里有 { $count } 套
    现行：{ $title }（{ $version }）。点一套，看它评哪些等级、要哪些资料。
policy-in-force = ✅ 现行制度
policy-ready = 可以启用
policy-not-ready = ⏳ 还有参数没定，不能启用
policy-document = 文件 { $document }
policy-article = 〔{ $article }〕
policy-upkeep = 审批与复评
policy-limit-open-for = 等级{ "\u00A0" }{ $grades } 没有额度规则：给多少由审批人定
limit-models =
    <b>额度模型</b> · { $count } 套
    只算额度，不评等级；制度文件里写上它，就多一道上限。点一套看它要哪些资料。
button-limit-models = 额度模型
policy-grades = 等级
policy-no-credit = 不予授信
policy-needs = 要 { $count } 项资料：
policy-needs-more =  等（还有 { $count } 项）
policy-unset = 公司要先定的 { $count } 项
policy-blank = { $name }〔{ $article }〕
policy-suggestion = 建议 { $value }（{ $source }），定了才算数
policy-limit-model = 额度模型：只算额度，不评等级；在制度文件里引用
policy-limit = { $cases }〔{ $article }〕：{ $count ->
    [0] 额度没有上限规定
    [1] 额度不超过{ $ceilings }
   *[other] 额度取最低的：{ $ceilings }
}；{ $terms }
policy-limit-refused = { $cases }〔{ $article }〕：不给，{ $why }
policy-limit-open = 没有额度规则：给多少由审批人定
policy-credit-before = 原来有赊销
policy-no-credit-before = 原来没有赊销
policy-when-necessary = 非常必要时
policy-guarantee = 要有抵押
policy-ceiling = 额度不超过：{ $name }〔{ $article }〕
policy-approval = 额度都要审批（{ $chain } { $version }）：{ $path }
approval-step = { $roles }〔{ $article }〕
approval-then = { $before } → { $then }
policy-house-rule = 本系统的规定
policy-validity = 评级有效 { $months } 个月〔{ $article }〕{ $count ->
    [0] {""}
   *[other] ，到期前 { $days } 天提醒
}
policy-cycle-grade = { graded }每 { $months } 个月复评〔{ $article }〕
policy-cycle-key = 重点客户每 { $months } 个月复评〔{ $article }〕
policy-rerated-on = 提前复评：{ $events }；由{ $roles }办〔{ $article }〕
policy-override = 人工调整：{ $up ->
    [0] 不许上调
   *[other] 最多上调 { $up } 级
}，最多下调 { $down } 级，{ $roles }批准〔{ $article }〕
policy-appeal = 客户可在 { $days } 天内提异议〔{ $article }〕
policy-published = 等级可以公布〔{ $article }〕
policy-unpublished = 等级不公布〔{ $article }〕
policy-gate-not_rated = 不评级
policy-gate-veto = 直接评 { graded }
policy-gate-cap = 最高评 { graded }
policy-gate-downgrade = 降 { $notches } 级

ask-activation-from_day = 「{ $title }」从哪天起启用？提出以后，要财务总监或总经理确认。
choice-day = { $day } 起
activation-sent = 已送给财务总监和总经理确认，{ $from_day } 起用。
activation-state-proposed = 待确认
activation-state-confirmed = 已确认
activation-state-declined = 未同意
activation-state-withdrawn = 已撤回
activation-from = { $day } 起启用，{ $who }提出
activation-replaces = 替换现行的 { $title }（{ $version }）
activation-others = ⚠ { $count } 户的等级是按别的制度评的，字母不能对着看，启用后要重评；已批的额度用到期满。
activation-tried = 试算（{ $on } 的资料）：
activation-not-tried = 还没有试算过，不知道会动多少额度。
activation-file-changed = ⚠ 文件在提出以后改过，不能确认。请撤回，再提一次。
activation-decided = { $who }{ $state } · { $at }
activation-confirmed = 好，{ $from_day } 起按新制度评级。
activation-withdrawn = 已撤回，现行的不变。
activation-declined-noted = 已告诉提出的人，现行的不变。
activation-declined = { $who }没有同意启用 { $policy }：「{ $reason }」
activation-news = 📌 { $from_day } 起按「{ $title }」（{ $version }）评级。
ask-activation-decline-reason = 为什么不同意？写一句，会告诉提出的人。
who-operator = 系统操作员

form-activation = 提出启用
form-activation-decline = 不同意启用
button-tolerances = 疑点的尺度
button-policies = 信用制度
button-policy = 看制度
button-policy-named = { $title }
button-policy-activate = 启用
button-policy-simulate = 试算
button-activation = 待确认的制度
button-activation-tolerances = 待确认的尺度
button-activation-confirm = 确认启用
button-activation-decline = 不同意

bad-activation-day = { $day } 已经过去，只能从今天或以后启用。例如 明天、2026-12-31。
refusal-policy-file-gone = 现行制度 { $policy } { $version } 的文件不见了，或启用以后改过。请管理员放回原来的文件，或重新提出启用、由第二个人确认。
refusal-activation-in-force = { $from_day } 起生效的已经是「{ $title }」，不用再启用。
refusal-activation-rates-nobody = 「{ $title }」只算额度，不评等级，不能单独启用。请在制度文件里引用它。
refusal-activation-waits = { $policy }（{ $from_day } 起）还在等确认。先确认或撤回它，再提新的。
refusal-activation-nobody = 没有别的{ $roles }能确认。请管理员先指派一位。
refusal-activation-past = { $from_day } 已经过去，只能从今天或以后启用。请换个日子再提。
refusal-activation-changed = { $policy } { $version } 的文件在提出以后改过，没有人看过现在这一份。请撤回，再提一次。
refusal-activation-own = 自己提出的不能自己确认。要另一位财务总监或总经理来确认。
refusal-activation-moved-on = { $policy } 的启用{ $state }，不能再动。要改，重新提出。
refusal-activation-unknown = 现在没有等着确认的。从菜单看「信用制度」。

# 疑点的尺度：看、对比、启用
tolerances-title = 疑点的尺度
tolerances-own = 现行：公司的 { $version }，{ $since } 起。在这些以内，不用说明：
tolerances-shipped = 现行：系统自带的。在这些以内，不用说明：
tolerances-gone = ⚠ { $version } 的文件不见了，或启用以后改过，现在评不了级。请管理员放回原来的文件，或按现在的文件重新提出启用。
tolerances-newest = 公司的新文件 { $version }，最早 { $begins } 起可以启用。
tolerances-to-come = 公司的新文件 { $version }，已确认 { $day } 起启用。
tolerances-replace = 替换公司现行的 { $version }
tolerances-says = 尺度是：
tolerances-changes = 会改的：
tolerances-unchanged = 和现行的没有差别。
tolerances-replace-shipped = 替换系统自带的尺度
tolerances-confirmed = 好，{ $from_day } 起按新尺度看疑点。
tolerances-news = 📌 { $from_day } 起按公司的「{ $title }」（{ $version }）看资料有没有疑点。
tolerances-entered = 📌 系统升级了：公司自己的疑点尺度，现在也要一人提出、财务总监或总经理确认才算数。{ $former ->
    [0] {""}
   *[other] { $in_force } 升级前已经在用，照旧。
}{ $later ->
    [0] {""}
   *[other] { $coming } 还没到日子，到时不会自己生效，请提出启用。
}
tolerance-is = { $name }：{ $value }
tolerance-changed = { $name }：{ $before } → { $after }
tolerance-unlooked = 不看
tolerance-jumps = { $ratio }一年里可以变
tolerance-of-least = 合计可以相差
tolerance-of-share = 合计可以相差（占较大的数）
tolerance-of-unit_jump = 总资产一年里差多少倍，像是单位弄错
tolerance-of-copied_share = 两期数字有多少相同，像是照抄
tolerance-of-copied_fewest = 两期至少能对比多少个数字，才看有没有照抄
tolerance-of-stale_months = 最新报表过多久算太旧
tolerance-of-source_share = 两个来源可以相差
tolerance-of-source_days = 两个来源隔多久以上就不对比
tolerance-in-percent = { $value }%
tolerance-in-points = { $value } 个百分点
tolerance-in-times = { $value } 倍
tolerance-in-figures = { $value } 个
tolerance-in-months = { $value } 个月
tolerance-in-days = { $value } 天
refusal-tolerances-file-gone = 现行的疑点尺度 { $version } 的文件不见了，或启用以后改过。请管理员放回原来的文件，或按现在的文件重新提出启用、由第二个人确认。
refusal-tolerances-none = 公司没有在 { $on } 可以启用的疑点尺度文件。文件怎么写，见政策说明里的「疑点的尺度」。

# 试算：全部客户按新旧两套制度各评一遍
simulation-title = 试算：{ $draft }（{ $version }）
simulation-about = { $customers } 户，按 { $on } 的资料，与「{ $current }」对照。谁的等级和额度都没有动。
simulation-moves = 不变 { $same } · 升 { $better } · 降 { $worse }
simulation-anew = 新评出 { $count }
simulation-lost = 评不出 { $count }
simulation-two-schemes = 两套等级不同，字母只能并排看，不分升降。
simulation-table = 现行等级 → 试算等级
simulation-table-apart = 现行等级 ｜ 试算等级
simulation-cell = { $grade } { $count } 户
simulation-not-rated = 不评
simulation-lines = 额度：{ $shrinking } 户减少，{ $ending } 户取消，共少 { $lost }（现有额度合计 { $lines }）
simulation-exposure = 这些客户现在欠 { $amount }
simulation-no-lines = 没有额度减少或取消。
simulation-cases = 变化的客户
simulation-line-shrinks = 额度 { $limit } → { $proposed }
simulation-line-ends = 额度 { $limit } 取消
simulation-unrated = 评不出等级
simulation-not-so = 不符合：{ $title }
simulation-not-known = 不知道：{ $title }
simulation-more = 还有 { $count } 户，见 Excel。
simulation-sheet-cases = 变化的客户
simulation-sheet-everybody = 全部客户
simulation-sheet-table = 等级对照
simulation-column-code = 客户编码
simulation-column-name = 客户名称
simulation-column-before = 现行等级
simulation-column-after = 试算等级
simulation-column-exposure = 在用
simulation-column-limit = 额度
simulation-column-proposed = 试算额度
simulation-column-why = 为什么
simulation-begun = 正在试算，好了发给你，先做别的也行。
simulation-table-picture = 等级对照图
refusal-policy-rates-nobody = 「{ $title }」是额度模型，只算额度，不评等级，没有等级可以试算或回测。
refusal-simulation-own-customers = 试算要看全部客户，只有能看全部客户的人可以做。请财务来试算。
simulation-file-changed = { $policy } 的文件在试算期间改了，没有算。请再试算一次。

# 回测：当时评的等级，后来应验了没有
backtest-title = 回测：{ $title }（{ $version }）
backtest-about = { $begin } 的等级，看到 { $end }；逾期超过 { $days } 天算坏。{ $basis }
backtest-basis-stored = 等级取当时的评级记录。
backtest-basis-back_dated = 当时没有评级记录，按那天的资料补评。
backtest-lack-rated = ⚠ 数据太少：只有 { $count } 户（至少 { $fewest } 户才说明问题），下面的数只供参考。
backtest-lack-bad = ⚠ 坏客户只有 { $count } 户（至少 { $fewest } 户才比得出高下）。
backtest-lack-no_bad = ⚠ 这段时间没有一户变坏（至少要 { $fewest } 户），看不出等级准不准。
backtest-lack-no_good = ⚠ 这段时间户户变坏，看不出等级准不准。
backtest-lack-in_grade = ⚠ { graded }只有 { $count } 户（不到 { $fewest } 户），比例靠不住。
backtest-rates = 各等级变坏的比例（95% 区间）
backtest-rate = { $bad } / { $rated } 户 = { $rate }%（{ $low }%–{ $high }%）
backtest-nobody = 没有客户
backtest-not-rated = 评不出等级的 { $count } 户没有算。
backtest-bad-before = 开始时已经逾期超过这个天数的 { $count } 户没有算。
backtest-reversal = ⚠ 等级 { $better } 比 { $worse } 还差，高出 { $by } 个百分点，
backtest-certain = 不是偶然。
backtest-perhaps = 可能是偶然。
backtest-auc = 按等级区分好坏：AUC { $auc }（{ $low }–{ $high }），KS { $ks }
backtest-auc-score = 按分数区分好坏：AUC { $auc }（{ $low }–{ $high }），KS { $ks }
backtest-no-auc = 全好或全坏，算不出区分能力。
backtest-psi = 分布变化：PSI { $psi }（{ $shift }；纯属偶然的可能：{ $p }）
backtest-p-below = p 不到 0.0001
backtest-p = p = { $p }
backtest-shift-stable = 稳定
backtest-shift-watch = 留意
backtest-shift-act = 变化大，要查
backtest-hhi = 集中度：HHI { $hhi }，最多的是 { graded }，占 { $share }%
backtest-crowded = ⚠ 过半的客户挤在一个等级里。
backtest-overrides = 人工调整：{ $assessed } 次评级里调了 { $count } 次（上调 { $up }，下调 { $down }）
backtest-migration = 等级变化：{ $begin } → { $end }
backtest-sheet = 回测
backtest-column-grade = 等级
backtest-column-rated = 户数
backtest-column-bad = 变坏
backtest-column-rate = 比例
backtest-column-low = 区间下限
backtest-column-high = 区间上限
refusal-backtest-days = 起止日不对：{ $begin } 到 { $end }。开始要早于结束，结束不晚于今天。
file-written = 已写入 { $path }

# 等级是原制度评的
grade-formerly = 按原制度评为 { $grade }，请重评
