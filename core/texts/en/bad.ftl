# An answer that does not do: what is wrong, and how to write it
bad-too-short = Too short: at least { $least ->
        [one] one character.
       *[other] { $least } characters.
    }
bad-too-long = Too long: { $length } characters, at most { $most }.
bad-amount-empty = I see no amount. For example 300k, 300,000.
bad-amount-unreadable = “{ $typed }” is not an amount. For example 300k, 300,000, ¥50000, 30万.
bad-amount-negative = The amount has to be more than zero. For example 300k.
bad-amount-zero = The amount has to be more than zero. For example 300k.
bad-amount-too-large = “{ $typed }” is too large: at most a trillion yuan. For example 300k.
bad-amount-too-precise = “{ $typed }” is finer than a fen. For example 1234.50.
bad-day = “{ $typed }” is not a date. For example 2026-03-31, 3-31, tomorrow.
bad-day-past = “{ $typed }” is not a date. For example 2009-04-17, 2026/3/1, today.
bad-day-gone = { $day } is past; it has to be today or later. For example tomorrow, or 3-31.
bad-day-future = { $day } is still to come; it has to be today or earlier. For example 2026-03-01.
bad-uscc-length = “{ $typed }” does not have 18 characters. Copy it from the business licence, for example 91310117MAAY4CL12J.
bad-uscc-alphabet = “{ $typed }” has a character that never occurs (I, O, S, V and Z are not used). For example 91310117MAAY4CL12J.
bad-uscc-check-digit = The check digit of “{ $typed }” is wrong, so a character was miscopied. Compare it with the business licence, for example 91310117MAAY4CL12J.
bad-phone = “{ $typed }” is no phone number. For example 13800000000, 021-55500001.
bad-number = “{ $typed }” is no number. For example 0.85, 58.9%.
bad-number-range = It has to be from { $least } to { $most }. For example { $least }.
bad-count = It has to be a whole number, for example 3.
bad-fraction-or-percent = That can be read two ways: { $large }% or { $small }%? Please write “{ $large }” or “{ $small }%”.
bad-fact-range = { refusal-fact-range }
bad-choose = Tap one of the buttons, for example the first; or type what it says.
bad-as-it-is = The file says so already. Give what is new, for example as on the renewed licence; if nothing is to be changed, tap “Discard”.
bad-not-less = It has to be less than the present { $current }. For example half; to approve it all, go back to the request and tap Approve.
bad-customer-this-one = Is this “{ $typed }”? If so, tap it; if not, type more of the name, for example with the place.
bad-customer-several = Which one is “{ $typed }”? Tap it; if none is, type the full name or the code, for example C0001.
bad-customer-many = More customers than these fit “{ $typed }”. Tap the one, or type more of the name, or the code, for example C0001.
bad-customer-none-near = There is no customer “{ $typed }”. Did you mean one of these? If not, try a part of the name, or the code, for example C0001.
bad-customer-none = There is no customer “{ $typed }”. Try a part of the name, or the code, for example C0001.
