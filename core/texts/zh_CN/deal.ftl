# 发货检查
deal-pass = ✅ <b>{ $customer } · { $amount }</b> · 可以发
deal-hold = ⛔ <b>{ $customer } · { $amount }</b> · 暂不能发
deal-left = 额度现余 { $available }。
deal-remedy = <b>这样就能发</b>
article = 〔制度第{ $article }条〕

hold-no_line = 没有授信额度（在欠 { $exposure }），只能现款
hold-line_suspended = 额度已暂停（到期日 { $ends }），要重新评级
hold-line_closed = 额度已关闭
hold-line_not_started = 额度从 { $starts } 起才能用
hold-line_ended = 额度已于 { $ends } 到期
hold-not_rated = 还没有评级
hold-rating_expired = 评级（{ graded }）已于 { $rated_until } 到期
hold-grade_has_no_credit = { graded }客户不予授信
hold-overdue = { $count ->
        [1] 逾期 { $amount }（{ $days } 天，发票 { $oldest }）
       *[other] 逾期 { $amount }，共 { $count } 笔（最久 { $days } 天，发票 { $oldest }）
    }
hold-not_cleared = 上次欠款 { $exposure } 未结清
hold-over_limit = 额度余 { $available }，差 { $short }
hold-run_down = 在欠 { $exposure } 已超额度 { $limit }，超出 { $above }；只减不增

remedy-collect_overdue = 收到逾期的 { $receive }
remedy-collect_exposure = 收回 { $receive } 欠款
remedy-deal_less = 改发 { $up_to } 以内
remedy-request_line = 申请授信额度
remedy-renew_line = 重新申请授信（评级随之更新）
remedy-wait_for_start = 等额度生效
remedy-rate_customer = 填好资信调查表并申请授信
remedy-renew_rating = 更新资信调查表并重新评级
remedy-deal_for_cash = 现款现货
remedy-then-passes = {" "}→ 额度余 { $available }，全单可发
remedy-then-up-to = {" "}→ 可发 { $up_to } 以内

form-check = 发货检查
ask-check-customer = 给哪家发货？（点一下，或直接打名字）
ask-check-amount = 发多少？（可以写 5万、50,000）
