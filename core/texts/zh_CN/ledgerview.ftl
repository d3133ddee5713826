# 逾期和账龄
overdue-title = <b>逾期 { $customers } 户 { $total }</b> · { $day }
overdue-row = { $place }. { $name } <b>{ $amount }</b> · { $days } 天 · { $invoices } 张
overdue-disputed = 争议 { $amount }
overdue-none = ✅ 没有逾期。
aging-title = <b>应收 { $amount }</b> · { $day }
aging-unallocated = 另有未核销回款 { $amount }
aging-not-due = 未到期
aging-days = { $days } 天
aging-over = 超过 { $days } 天
aging-row = { $age } { $amount } · { $percent }%
aging-row-trace = { $age } { $amount } · 不到 0.1%
aging-largest = <b>欠款最多</b>（其中逾期）
aging-customer = { $name } { $amount }（{ $overdue }）
aging-customer-on-time = { $name } { $amount }
aging-none = 现在没有应收账款。
