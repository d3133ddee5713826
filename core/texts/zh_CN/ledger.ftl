# 导入文件：读、预览、确认、做完
import-kind-customers = 客户
import-kind-invoices = 发票
import-kind-receipts = 收款
import-state-opened = 正在读
import-state-previewed = 等确认
import-state-running = 正在导入
import-state-done = 已导入
import-state-cancelled = 已放弃
import-state-unreadable = 读不了

import-how = 把客户、发票或收款的 Excel（xlsx）或 CSV 文件发给我：先告诉你会改什么，你确认后才导入。没有现成的文件，点一个模板：
import-how-page = 把客户、发票或收款的 Excel（xlsx）或 CSV 文件发给我：先告诉你会改什么，你确认后才导入。这里发不了文件的话，打开 { $page } 发（要邀请码就向管理员要）。没有现成的文件，点一个模板：
import-template = 「{ $kind }」模板。第一行的列名不要改，从第二行起填；第二张表有每一列的说明。填好发回来。
import-reading = 收到「{ $file }」，正在读……
import-begun = 开始导入，完成后告诉你。
import-dropped = 好，这个文件没有导入，账没有变。改好可以再发。
button-template = { $kind }模板
button-import-confirm = 导入 { NUMBER($new) } 行
button-import-cancel = { $bad ->
        [0] 不导入
       *[other] 改好再发
    }
button-import-marked = 下载标注好的文件
import-marking = 正在标注，马上发来。
import-marked = 「{ $file }」：有问题的格子标红，最后一列写明原因。改好发回来，已导入的行不会重复。
import-marked-heading = 问题
import-marked-cell = { $column }：{ $why }

import-read = <b>{ $file }</b>：读到{ $kind } { $rows } 行
import-new = 新增 <b>{ $new }</b> 户
import-new-amount = 新增 <b>{ $new }</b> 笔，合计 <b>{ $amount }</b>
import-unchanged = 已有 { $unchanged } 行，不变
import-bad = ⚠️ <b>{ $bad } 行有问题</b>，不会导入：
import-bad-cell = 第 { $row } 行「{ $column }」：{ $value } — { $why }
import-bad-empty = 第 { $row } 行「{ $column }」：{ $why }
import-bad-row = 第 { $row } 行：{ $why }
import-bad-more = ……还有 { $more } 处
import-ignored = 没有用到的列：{ $columns }
import-added = ✅ { $file } 导入完成：新增{ $kind } <b>{ $added }</b> 户
import-added-amount = ✅ { $file } 导入完成：新增{ $kind } <b>{ $added }</b> 笔，合计 <b>{ $amount }</b>
import-refused = ⚠️ { $refused } 行和账对不上，没有导入。改好再发这个文件，导过的行不会重复。

refusal-import-unknown = 没有这个文件，或不是你发的。请把文件再发一次。
refusal-import-not-allowed = 导入由财务做，请把文件转给信用控制主管或财务主管。要交客户的报表或资料，先打开这家客户，点「财务报表」再发。
refusal-import-not-waiting = 这个文件不在等确认：{ $state }。要导入，请再发一次。
refusal-import-nothing-new = 没有可以导入的新行：{ $unchanged } 行已在账里，{ $bad } 行有问题。改好有问题的行，再发一次。
refusal-import-has-bad-rows = 有 { $bad } 行有问题，要求全部导入或都不导入，所以都没有导入。改好再发。
refusal-import-kind-unclear = 看不出是客户、发票还是收款。第一行的列名是：{ $header }。请照模板写列名，再发一次。
refusal-allocation-not-standing = 没有这笔核销，或已经撤销了。请看最新的往来明细。

# 一行和账对不上
books-other-content = 账里同一个编号写的是 { $was }
books-customer-unknown = 没有这个客户编码
books-customer-mistyped = 没有这个客户编码，最接近：{ $nearest } { $name }
books-other-currency = 账只记人民币，不能记 { $currency }
books-no-terms = 没有到期日，客户也没有账期。请填到期日
books-invoice-of-other = 发票 { $invoice } 是别的客户的
books-owner-unknown = 没有叫这个名字的业务员
books-uscc-taken = 这个信用代码是客户 { $code } 的
row-kind-invoice = 发票
row-kind-credit_note = 红字
row-kind-customer = 客户
row-kind-supplier = 供应商

# 一格读不了
cell-empty = 空着，这一列必填
cell-too-long = 太长，最多 { $limit } 个字
cell-too-many = 太多，最多 { $limit } 个
cell-digits-lost = 数字太长，Excel 已经丢了后几位。请把这一列设成文本再填
cell-not-a-choice = 只能填：{ $choices }
cell-repeated = 和第 { $first_row } 行重复
day-unreadable = 不像日期，例如 2026-03-31
day-no-such-day = 没有这一天
day-no-year = 没写年份，例如 2026-03-31
day-out-of-range = { $day } 太早或太远，多半是年份错了
amount-unreadable = 不像金额，例如 12300.50
amount-negative = 不能小于零；红字请在「类型」列写明
amount-zero = 不能是零
amount-too-large = 太大，最多一万亿元
amount-too-precise = 比分还细，最多两位小数
amount-disputed-above = 比发票金额 { $amount } 还大
uscc-length = 不是 18 位
uscc-alphabet = 有不会出现的字符（I、O、S、V、Z 都不用）
uscc-check-digit = 校验位不对，多半抄错了一位
row-too-many-cells = 比列名多出几格，多半是金额里的逗号把一格分成了两格
