# 申请授信、跟进、评级
ask-credit-customer = <i>{ $progress }</i> 给哪家申请？（点一下，或直接打名字）
ask-credit-amount = <i>{ $progress }</i> 「{ $customer }」要多少？（可以写 30万、300,000）
ask-credit-kind = <i>{ $progress }</i> 长期用，还是临时用一次？
ask-credit-collateral = <i>{ $progress }</i> 这个等级要有抵押。抵押物值多少？（可以写 26万）
ask-credit-collateral_note = <i>{ $progress }</i> 抵押的是什么？（例如：厂房，已登记）
ask-credit-reason = <i>{ $progress }</i> 为什么要这笔授信？（一句话；高于建议额度时必填）
short-credit-customer = 客户
short-credit-amount = 金额
short-credit-kind = 长期还是临时
short-credit-collateral = 抵押金额
short-credit-collateral_note = 抵押物
short-credit-reason = 理由
choice-long-term = 长期
choice-temporary = 临时
choice-no-collateral = 没有抵押

credit-asks = 申请 { $amount } · { $kind }
credit-proposal = 预评 <b>{ graded }</b> · 建议额度 <b>{ $limit }</b> · { $days ->
        [0] 账期按合同
       *[other] { $days } 天
    }
credit-needs-collateral = 要抵押
credit-now = 现额度 { $amount }
credit-graded = 预评 <b>{ graded }</b>
credit-no-ground = ⛔ 现在还不能授信：
credit-unset = ⛔ 还不能评级：公司的标准没有定（{ $parameters }）。请信用控制主管在政策文件里定好。
credit-reasons = 主要依据：
credit-lifts = 怎样提高：
credit-lift = { $fact } → { graded }
credit-lowest = 额度取最低：
credit-ceiling = { $name } { $amount }
credit-ceiling-asked = 申请 { $amount }
credit-months = （按有往来的 { $months } 个月平均）
credit-path = 将送：
credit-watch = 要留意：
credit-unknown = { $count } 项资料未知，未知的不算好
credit-capped = 单看资料够 { graded }，新客户或资料不全先不评到
credit-conflict = 好坏两级的条件同时符合，按坏的评，请核对资料
credit-necessary = 非常必要才批，要写理由
credit-vacant = ⛔ 审批链缺人：{ $roles }。请管理员指派后再提交。

credit-submitted = ✅ 已提交 { $number }。进展会发给你。
requests = 你的申请，点一个看现状：
requests-none = 你还没有申请过授信。
request-withdrawn = ✖ { $number } 已撤回，审批人的卡片同时更新。
ask-answer-answer =
    审批人问：「{ $question }」
    请回答，申请会接着走。
answer-sent = 已回答 { $number }，申请接着走。

rating-now = 按今天的资料：<b>{ graded }</b>
rating-not = 按今天的资料：<b>评不了级</b>
rating-in-force = 现行 { graded }，至 { $until }
rating-none-in-force = 没有生效的评级
rating-little-known = ⚠ 制度要看的，只知道 { $percent }%。等级是照制度评的，先补资料再用。
rating-policy = { $policy } · 资料完整度 { $percent }%
rating-for = { graded }：都要达到（✓ 达到 ✗ 没有 ? 未知）
rating-against = { graded }：有一条就是（✓ 没有 ✗ 有 ? 未知）
rating-score = { $score } 分
rating-gated = 单看得分是 { graded }，但：{ $gates }
rating-lifts = <b>只差一条就能提高</b>
rating-no-lift = 没有哪一条单独能提高等级。

button-request = { $number } { $customer } · { $state }
button-submit-amount = 按 { $amount } 提交
button-insist = 坚持 { $amount }
button-collateral = 改抵押
button-all-criteria = 看全部 { $count } 条
button-answer = 回答
button-withdraw = 撤回
