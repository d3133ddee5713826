# 授信总额（B9 第23条）
ask-cap-amount =
    { $year } 年授信总额定多少？原则上不超过上年末应收账款余额〔制度第23条〕。
    现在：{ $now }，已授 { $granted }。
choice-closing = 上年末余额 { $amount }
cap-now = ✅ 授信总额定为 <b>{ $amount }</b>，已授 { $granted }。
cap-opened = 等着的申请开了 { $opened } 户额度。
cap-waiting = 还有 { $waiting } 户放不下，继续等。
cap-needed = { $number } 已签完，等 { $year } 年授信总额〔制度第23条〕。定了总额，额度就开。
