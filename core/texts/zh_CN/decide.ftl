# 审批
waiting = 等你审批 { $count } 件，等得最久的在前：
waiting-none = 没有等你审批的申请。
button-waiting-request = { $customer } { $amount } · { $hours ->
        [0] 刚到
       *[other] { $hours } 小时
    }
button-approve = 同意 { $amount }
button-approve-less = 减额同意
button-send-back = 退回问一句
button-reject = 拒绝

ask-decision-amount = 同意多少？（要比现在的少；可以写 20万）
ask-decision-approve = 额度比原来的或建议的高，同意要写理由。一句话：
ask-decision-approve-less = 减额的理由？一句话，会写进记录。
ask-decision-return = 要问什么？申请人答了再回到你这里。
ask-decision-reject = 拒绝的理由？一句话，申请人会看到。
choice-amount = { $amount }
reason-payer-reliable = 回款一贯按时
reason-demand = 订单增加，确有需要
reason-overdue = 逾期还没有清
reason-start-small = 先小额，看回款
reason-risk = 风险太大

decided-approve = ✅ { $number } 你同意了 { $amount }。
decided-approve-less = ✅ { $number } 你减额同意了 { $amount }。
decided-return = ↩ { $number } 已退回，申请人回答后会再送来。
decided-reject = ⛔ { $number } 你拒绝了，理由已告诉申请人。

question-answered =
    { $number } 有了回答。
    你问：「{ $question }」
    答：「{ $answer }」
request-returned =
    ↩ { $number } 退回给你，{ $who }问：
    「{ $question }」
outcome-granted-line = ✅ <b>{ $customer }</b> 授信 <b>{ $amount }</b> · { $days ->
        [0] 账期按合同
       *[other] { $days } 天
    }，额度已开（{ $number }）
outcome-granted-grade = 等级{ "\u00A0" }{ $grade }
outcome-rejected-line = ⛔ <b>{ $customer }</b> 的授信申请被拒绝（{ $number }）
outcome-said = { $who }：「{ $reason }」
outcome-again = 条件变了可以再申请。

# 申请卡
request-your-turn = 等你审批
request-in-place = 等你代签
request-waits-for = 等{ $roles }
request-asks = <b>{ $customer }</b> 申请 <b>{ $amount }</b> / { $days ->
        [0] 账期按合同
       *[other] { $days } 天
    } · { $kind }
request-now = 现额度 { $limit }
request-cut = 已减到 <b>{ $amount }</b>
request-grade = <b>{ graded }</b>（上次 { $last }）
request-first-grade = <b>{ graded }</b>（首次评级）
request-proposed = 建议 { $amount }
request-exposure = 在用 { $amount }
request-overdue = <b>逾期 { $amount } / { $days } 天</b>
request-no-overdue = 没有逾期
request-receipts = 近12月回款 { $amount }
request-late = 平均晚 { $days } 天
request-collateral = 抵押 { $amount }
request-collateral-note = 抵押 { $amount }（{ $note }）
request-says = { $who }：「{ $reason }」
request-made-by = 申请人 { $who }
request-watch = 要留意：
request-raised = 高于现额度，同意要写理由{ article }
request-above = 高于建议额度，同意要写理由
request-conflict = 好坏两级的条件同时符合，请核对资料
request-question = 待回答：「{ $question }」
request-signed = ✓ { $role } { $who } { $verdict } { $amount } · { $at }
request-turned = · { $role } { $who } { $verdict } · { $at }
request-because = 「{ $reason }」

everything-title = <b>{ $customer }</b> · { $number }
everything-grade = { graded } · 政策 { $policy }
everything-asked = 申请 { $asked } · 建议 { $proposed }
everything-survey = <b>{ $source }</b>（{ $day }）
