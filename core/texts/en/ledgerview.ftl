# Overdue and aging
overdue-title = <b>{ $customers ->
        [one] 1 customer
       *[other] { $customers } customers
    } overdue, { $total }</b> · { $day }
overdue-row = { $place }. { $name } <b>{ $amount }</b> · { $days ->
        [one] 1 day
       *[other] { $days } days
    } · { $invoices ->
        [one] 1 invoice
       *[other] { $invoices } invoices
    }
overdue-disputed = { $amount } of it disputed
overdue-none = ✅ Nothing is overdue.
aging-title = <b>Receivables { $amount }</b> · { $day }
aging-unallocated = Receipts not allocated yet: { $amount }
aging-not-due = not due
aging-days = { $days } days
aging-over = over { $days } days
aging-row = { $age } { $amount } · { $percent }%
aging-row-trace = { $age } { $amount } · under 0.1%
aging-largest = <b>Largest debtors</b> (of it overdue)
aging-customer = { $name } { $amount } ({ $overdue })
aging-customer-on-time = { $name } { $amount }
aging-none = No receivables now.
