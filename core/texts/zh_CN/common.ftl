# 各处都用的词
literal = { $text }
unknown = 未知
list-comma = 、
list-semicolon = ；
grade-none = 还没有评级
graded = { WRITTEN($grade) ->
    [words] { $grade }
   *[letters] { $grade }{ "\u00A0" }级
}

state-in_approval = 审批中
state-returned = 已退回
state-awaiting_cap = 等总额度
state-granted = 已同意
state-rejected = 已拒绝
state-withdrawn = 已撤回

verdict-approve = 同意
verdict-approve_less = 减额同意
verdict-return = 退回
verdict-reject = 拒绝

kind-long_term = 长期
kind-temporary = 临时

line-open = 使用中
line-suspended = 已暂停
line-closed = 已关闭

ceiling-average_month_receipts = 月均回款
ceiling-average_month_shipments = 月均发货
ceiling-last_year_average_exposure = 上年平均赊销额
ceiling-collateral = 抵押

# 为什么还不能授信，怎样才行
noground-no_earlier_credit = 原来没有赊销，不给长期额度
noground-grade_has_no_credit = 这个等级不予授信
noground-new_customer = 新客户还没有往来，算不出额度
noground-not_rated = 还没有评级
noground-collateral_missing = 还没有抵押
noground-amount_unknown = 算额度要用的数还缺一项
noground-figure_unknown = 算额度要用的客户数据还缺一项
noground-figure_is_zero = 按客户的数据算出来的额度是零
noground-term_unknown = 算账期要用的数据还没有
noground-ceiling_is_zero = 近 12 个月的往来算出来是零
opens-temporary_credit = 非常必要时可以申请临时授信
opens-better_grade = 先把等级提上去
opens-trade_for_cash = 先现款交易几个月
opens-rating = 先填资信调查表
opens-pledge_collateral = 办好抵押，再填抵押金额
opens-supply_amount = 请财务补录往来数据
opens-supply_figure = 先补调查表或报表

# 一句评级依据：速动比率 0.71 < 0.745
input-value = { $value }{ $unit }
input-is = { $name }：{ $value }{ $unit }
input-compared = { $name } { $value }{ $unit } { $sign } { $threshold }{ $unit }
lift = { $name } { $sign } { $threshold }{ $unit }
lift-answer = { $name }：{ $threshold }
gate-unsure = { $gate }（资料不全，先按此处理）
criterion-why = { $title }〔{ $article }〕：{ $inputs }
indicator-why = { $title }〔{ $article }〕：{ $inputs }，少得 { $loss } 分
indicator-earned = { $inputs }：{ $points } 分，满 { $weight } 计 { $contribution }
indicator-left-out = { $title }：未知，不计入
group-not-scored = { $group }（按权重只知道 { $percent }%，太少，不能计分）

# 填表
form-customer = 建客户档案
form-file-change = 改客户资料
form-survey = 资信调查
form-credit = 授信申请
form-answer = 回答问题
form-decision = 审批意见
form-cap = 授信总额
form-leave = 请假
form-taken-up = 接着上次的填，前 { $count } 项已有答案。
form-kept = 已存好，随时从菜单接着填。
form-discarded = 已作废。
form-change = 改哪一项？其他的不动。
form-not-open = 「{ $form_name }」现在没有打开。从菜单再进一次，存过的答案都在。
form-answered-already = 这一题已经答过了，现在问的是下面这题。
draft-gone = 这份草稿已经提交或作废。

button-menu = 菜单
button-later = 先存着
button-as-page = 整页填写
button-skip = 跳过
button-back = 返回
button-previous = 上一页
button-next = 下一页
button-change = 改一项
button-discard = 作废
button-details = 看客户
button-see = 看申请
button-all = 全部资料

card-not-yours = 这张卡不在你的权限内。
trouble = 抱歉，出了问题，你的操作没有生效。请再试一次；还不行，把编号 <code>{ $reference }</code> 告诉管理员。
left-undone = 抱歉，出了问题，这件事没有做完。{ $resumes ->
    [yes] 已经记下的不会丢，也不会记两遍；程序下次启动时接着做。请
   *[no] 请再点一次；还不行，
}把编号 <code>{ $reference }</code> 告诉管理员。
not-understood = 没看懂「{ $typed }」。可以直接发客户名，或问「华东机械 能发5万吗」。
not-understood-kind = 这种消息看不了。请发文字，或发 Excel、CSV 文件。
not-understood-kind-page = 这种消息在这里看不了。请发文字；要发 Excel、CSV 文件，这里发不出的话，打开 { $page } 发。
