digest-greeting = Good morning.
digest-items = {" "}{ $items ->
    [one] One thing for you today:
   *[other] { $items } things for you today:
}
digest-customer = { $name } { $amount }
digest-late = { $days ->
    [one] {" "}(1 day late)
   *[other] {" "}(up to { $days } days late)
}
digest-due = { $days ->
    [0] {" "}(due today)
    [one] {" "}(due tomorrow)
   *[other] {" "}(due in { $days } days)
}
digest-more = { $more ->
    [one] … and one more customer
   *[other] … and { $more } more customers
}
digest-overdue = Overdue: { $invoices ->
    [one] 1 invoice
   *[other] { $invoices } invoices
}, { $amount }
digest-upcoming = Due soon: { $invoices ->
    [one] 1 invoice
   *[other] { $invoices } invoices
}, { $amount }
digest-waiting = Waiting for your decision: { $requests ->
    [one] 1 request
   *[other] { $requests } requests
} (longest { $hours } working hours)
digest-suspended = { $count ->
    [one] 1 line suspended
   *[other] { $count } lines suspended
}: ended without a new rating
digest-suspended-line = { $name }: ended { $last_day }
digest-endings = { $count ->
    [one] 1 rating or line
   *[other] { $count } ratings and lines
} about to end
digest-ending = { $name }: { $what } ends { $last_day }{ $left ->
    [0] { " " }(today)
    [one] { " " }(tomorrow)
   *[other] { " " }(in { $left } days)
}
digest-rating = rating
digest-line = line
digest-vacancy = Nobody minds these as { $role }: { $invoices ->
    [one] 1 invoice
   *[other] { $invoices } invoices
}, { $amount }. Give somebody the role, or the customer a salesperson.
digest-differences = Nightly reconciliation: { $count ->
    [one] 1 balance does
   *[other] { $count } balances do
} not agree with the allocations. It is on the audit trail; please check these items.
digest-calendar = The holiday calendar ends on { $last_day }. After that Monday to Friday count as working days; please upgrade.
digest-total = Total of lines { $granted } / cap { $cap }
digest-total-uncapped = Total of lines { $granted } / no cap set yet
digest-head = Audit trail up to record { $seq }, head <code>{ $hash }</code>
digest-see-overdue = See what is overdue
digest-see-waiting = See what waits
approval-nag = ⏰ { $customer } asks for { $amount } ({ $number }): it has waited for you for { $hours } working hours.
approval-escalated = ⏰ { $customer } asks for { $amount } ({ $number }): it has waited for { $hours } working hours and the approver has not decided. Please decide in their place.
approval-stuck = ⚠️ { $customer } asks for { $amount } ({ $number }): it has waited for { $hours } working hours, and the approver has no deputy or superior who can sign in their place. Please name a deputy.
