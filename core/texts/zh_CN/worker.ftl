digest-greeting = 早上好。
digest-items = 今天要你看的 { $items } 件：
digest-customer = { $name } { $amount }
digest-late = （最久逾期 { $days } 天）
digest-due = { $days ->
    [0] （今天到期）
   *[other] （{ $days } 天后到期）
}
digest-more = …还有 { $more } 户
digest-overdue = 逾期 { $invoices } 笔 { $amount }
digest-upcoming = 快到期 { $invoices } 笔 { $amount }
digest-waiting = 待你审批 { $requests } 件（最久 { $hours } 个工作小时）
digest-suspended = 额度停用 { $count } 户：到期未重新评级
digest-suspended-line = { $name }：{ $last_day } 到期
digest-endings = 快到期的评级和额度 { $count } 项
digest-ending = { $name }：{ $what } { $last_day } 到期{ $left ->
    [0] （今天）
   *[other] （还有 { $left } 天）
}
digest-rating = 评级
digest-line = 额度
digest-vacancy = 没有人担任{ $role }：{ $invoices } 笔逾期 { $amount } 没有人跟进。请指派一人，或给客户指定业务员。
digest-differences = 夜间对账：{ $count } 笔余额与核销记录不符。已记入记录链，请核对这些单据。
digest-calendar = 节假日历只到 { $last_day }。之后按周一至周五算工作日，请升级到新版本。
digest-total = 总额度 { $granted } / 上限 { $cap }
digest-total-uncapped = 总额度 { $granted } / 上限还没有定
digest-head = 记录链到第 { $seq } 条，链头 <code>{ $hash }</code>
digest-see-overdue = 看逾期清单
digest-see-waiting = 看待审批
approval-nag = ⏰ { $customer } 申请 { $amount }（{ $number }）等你审批已 { $hours } 个工作小时。
approval-escalated = ⏰ { $customer } 申请 { $amount }（{ $number }）已等 { $hours } 个工作小时，审批人还没有处理。请你代为处理。
approval-stuck = ⚠️ { $customer } 申请 { $amount }（{ $number }）已等 { $hours } 个工作小时，审批人的代理人和上级都没有，或不能代签。请给审批人指定一位代理人。
