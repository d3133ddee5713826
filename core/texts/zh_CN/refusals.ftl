# 不行：为什么，现在怎么办
refusal-not-allowed = 这件事不在你的权限内。需要的话，请管理员给你加角色。
refusal-button-forged = 这个按钮用不了了：已过期，或不是发给你的。请从菜单重新进。
refusal-form-gone = 这张表已经不在填了：送出了，或者作废了。请回对话里看结果，或从菜单重新开始。
refusal-code-unknown = 邀请码不对、已用过或已过期（有效 7 天）。核对后再发；还不行，请管理员重发。
refusal-person-unknown = 没有「{ $name }」这个人。用 staff list 看名单。
refusal-role-unknown = 没有「{ $role }」这个角色。可用的：{ $known }。
refusal-deputy-not-possible = 这个人不能代签：已离职，或就是你自己。请另选一位。

refusal-customer-not-yours = 没有这个客户，或不在你的范围内。需要的话，请客户的业务员或管理员转给你。
refusal-customer-not-found = 没有找到「{ $name }」。换个写法，例如名字里的几个字，或编码 C0001。
refusal-customer-code-taken = 信用代码 <code>{ $uscc }</code> 已有档案：<b>{ $name }</b>（{ $code }）。一家只建一份；代码抄错了，改一下代码再保存。
refusal-field-not-changeable = 「{ $field }」不能直接改。请联系管理员。
refusal-field-never-blank = 「{ $field }」不能空着。填上新的，再保存。
refusal-field-moved-on = 「{ $field }」刚才有别人改过，你的还没有保存。看一下现在的，要改就再填一次。

refusal-fact-unknown = 调查表里没有「{ $fact }」这一项。请照表里的名称填。
refusal-fact-kind = 「{ $fact }」答的不是题目要的那种。请改这一项。
refusal-fact-range = 「{ $fact }」要在 { $low } 到 { $high } 之间，例如 { $low }。请改这一项。
refusal-source-unknown = 没有「{ $source }」这个来源。请从列出的来源里选。
refusal-as-of-future = { $day } 还没到。资料截至日要是今天或以前，请改「截至日期」。

refusal-request-not-yours = 没有这份申请，或不在你的范围内。从菜单看「我的申请」或「待我审批」。
refusal-request-open-already = { $customer } 还有一份没完的申请 { $number }。先等它结束，或撤回它再申请。
refusal-request-moved-on = { $number } 已经往前走了，现在：{ $state ->
        [in_approval] { state-in_approval }
        [returned] { state-returned }
        [awaiting_cap] { state-awaiting_cap }
        [granted] { state-granted }
        [rejected] { state-rejected }
       *[withdrawn] { state-withdrawn }
    }。看最新的卡片再决定。
refusal-policy-unset = 还不能评级：公司的标准没有定（{ $parameters }）。请信用控制主管在制度文件里定好，再试一次。
refusal-no-ground = 现在不能授信：{ $why ->
        [no_earlier_credit] { noground-no_earlier_credit }。{ opens-temporary_credit }
        [grade_has_no_credit] { noground-grade_has_no_credit }。{ opens-better_grade }
        [new_customer] { noground-new_customer }。{ opens-trade_for_cash }
        [collateral_missing] { noground-collateral_missing }。{ opens-pledge_collateral }
        [amount_unknown] { noground-amount_unknown }。{ opens-supply_amount }
        [ceiling_is_zero] { noground-ceiling_is_zero }。{ opens-trade_for_cash }
        [figure_unknown] { noground-figure_unknown }。{ opens-supply_figure }
        [figure_is_zero] { noground-figure_is_zero }。{ opens-trade_for_cash }
        [term_unknown] { noground-term_unknown }。{ opens-supply_figure }
       *[not_rated] { noground-not_rated }。{ opens-rating }
    }{ article }。
refusal-above-hard-ceiling = { $asked } 超过了不能突破的上限 { $ceiling }。改成 { $ceiling } 以内，或增加抵押。
refusal-reason-needed = 超过建议上限 { $ceiling }，或属非常必要的临时授信，都要写理由。点「改一项」补一句再提交。
refusal-chain-vacant = 审批链缺人：{ $roles }。请管理员指派后再提交，草稿已留着。

refusal-own-request = 自己的申请不能自己批。它会送给别的审批人。
refusal-signed-already = { $number } 你已经签过了，现在等：{ $roles }。
refusal-not-your-turn = { $number } 现在不轮到你签，在等：{ $roles }。轮到时会发给你。
refusal-question-needed = 退回要带一个问题。写一句再退回。
refusal-reason-due = 这样决定要写理由。写一句再提交。
refusal-less-is-not-less = 减额要大于零、小于现在的 { $current }。不减就点「同意」。
refusal-above-cap = { $granted } 超过了授信总额还剩的 { $room }〔制度第23条〕。减额同意，或请财务先调总额。

refusal-db-in-use = { $path } 正开着，没有动它。先停掉所有 Zixin 进程，再恢复。
refusal-db-onto-itself = { $path } 就是正在用的数据库。请给备份另起一个名字。

refusal-file-empty = 文件里没有数据。第一行放列名，下面放数据，再发一次。
refusal-file-too-large = 文件太大，最多 { $limit_mib } MiB。分成几个再发。
refusal-file-wrong-type = 「{ $suffix }」文件读不了。请另存为 xlsx 或 csv 再发。
refusal-file-encrypted = 文件加了密码，或是旧版 xls。去掉密码、另存为 xlsx 再发。
refusal-file-macros = 文件带宏，不读。请另存为不带宏的 xlsx 再发。
refusal-file-bomb = 文件展开后太大，没有读。只留数据，另存为新的 xlsx 再发。
refusal-file-encoding = 文件的编码认不出。请另存为 UTF-8 的 csv，或 xlsx 再发。
refusal-file-unreadable = 文件读不出来，可能损坏了。用 Excel 打开，另存为 xlsx 再发。
refusal-file-not-a-table = 这不是表格文件。请另存为 xlsx 或 csv 再发。
refusal-file-too-many-rows = 超过 { $limit } 行。分成几个文件再发。
refusal-file-too-many-columns = 超过 { $limit } 列。删掉多余的列再发。
refusal-file-took-too-long = { $seconds } 秒没有读完，已停下。分成几个小文件再发。
refusal-file-not-fetched = 文件没有取到。请再发一次。
refusal-file-missing-columns = 缺少必填的列：{ $missing }。补上列名，或照模板填好再发。
refusal-file-repeated-columns = 有两列是同一个意思：{ $columns }。留一列再发。

refusal-amount-empty = { bad-amount-empty }
refusal-amount-unreadable = { bad-amount-unreadable }
refusal-amount-negative = { bad-amount-negative }
refusal-amount-zero = { bad-amount-zero }
refusal-amount-too-large = { bad-amount-too-large }
refusal-amount-too-precise = { bad-amount-too-precise }
