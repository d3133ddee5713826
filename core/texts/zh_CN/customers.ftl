# 客户档案
customers = 第 { $first }–{ $last } 户。点一个，或直接打名字、编码。
customers-none = 你名下还没有客户。建一份档案，或请管理员把客户分给你。
customer-opened = ✅ 已建档：<b>{ $name }</b> · { $code }。接着填资信调查，就能评级和申请授信。

customer-rated = { graded }（至 { $until }）
customer-line = 额度 <b>{ $limit }</b> / { $days ->
        [0] 账期按合同
       *[other] { $days } 天
    }（{ $state }，至 { $ends }）
customer-no-line = 没有额度
customer-exposure = 在用 { $amount }
customer-over-line = <b>超出额度 { $amount }</b>
customer-advance = 预收 { $amount }
customer-overdue = <b>逾期 { $amount }</b>，{ $count } 笔，最久 { $days } 天
customer-no-overdue = 没有逾期
customer-owner = 业务员 { $name }
customer-legal = 法定代表人 { $name }
customer-capital = 注册资本 { $amount }
customer-founded = { $day } 成立
customer-contacts = 联系人：{ $names }

review-title = <b>看一遍，没错就保存</b>
review-name = 客户名称：<b>{ $value }</b>
review-uscc = 信用代码：<code>{ $value }</code>
review-contact = 联系人：{ $value }
review-second_contact = 第二联系人：{ $value }
review-address = 地址：{ $value }
review-phone = 公司电话：{ $value }
review-legal_representative = 法定代表人：{ $value }
review-registered_capital = 注册资本：{ $value }
review-founded = 成立日期：{ $value }
review-scope = 经营范围：{ $value }
review-bank_account = 开户行和账号：{ $value }
review-industry = 行业：{ $value }
review-size = 规模：{ $value }
review-region = 区域：{ $value }

ask-customer-name = <i>{ $progress }</i> 客户全称？（和营业执照一致）
ask-customer-distinct = <i>{ $progress }</i> 已有相近的客户：{ $names }。是同一家就不用再建；确实是另一家，点下面。
ask-customer-uscc = <i>{ $progress }</i> 统一社会信用代码？（营业执照上的 18 位）
ask-customer-contact = <i>{ $progress }</i> 联系人和电话？（例如：陈芳 13800000000）
ask-customer-second_contact = <i>{ $progress }</i> 第二联系人和电话？
ask-customer-address = <i>{ $progress }</i> 公司地址？
ask-customer-phone = <i>{ $progress }</i> 公司电话？
ask-customer-legal_representative = <i>{ $progress }</i> 法定代表人？
ask-customer-registered_capital = <i>{ $progress }</i> 注册资本？（可以写 3000万）
ask-customer-founded = <i>{ $progress }</i> 成立日期？（例如 2009-04-17）
ask-customer-scope = <i>{ $progress }</i> 经营范围？（挑主要的写）
ask-customer-bank_account = <i>{ $progress }</i> 开户行和账号？（加密保存）
ask-customer-industry = <i>{ $progress }</i> 哪个行业？
ask-customer-size = <i>{ $progress }</i> 规模？
ask-customer-region = <i>{ $progress }</i> 哪个区域？（点一下，或直接打）

short-customer-name = 客户名称
short-customer-distinct = 是不是另一家
short-customer-uscc = 信用代码
short-customer-contact = 联系人
short-customer-second_contact = 第二联系人
short-customer-address = 地址
short-customer-phone = 公司电话
short-customer-legal_representative = 法定代表人
short-customer-registered_capital = 注册资本
short-customer-founded = 成立日期
short-customer-scope = 经营范围
short-customer-bank_account = 开户行和账号
short-customer-industry = 行业
short-customer-size = 规模
short-customer-region = 区域

choice-another-firm = 是另一家，继续建
industry-manufacturing = 制造
industry-wholesale = 批发
industry-retail = 零售
industry-construction = 建筑
industry-logistics = 物流
industry-it = 信息技术
industry-other = 其他
size-large = 大型
size-medium = 中型
size-small = 小型
size-micro = 微型

button-survey = 资信调查
button-rating = 看评级
button-save-file = 保存档案

# 改资料
file-change-whose = 改谁的资料？点一个，或直接发「改资料 华东机械」。
file-change-title = <b>{ $customer }</b> · 改哪一项？
file-field = { $field }：{ $value }
file-now = 现在：{ $value }
file-nothing = 空着
file-sealed = 已填（加密保存）
file-account = 末四位 { $end }（加密保存）
ask-file-change-distinct = 已有相近的客户：{ $names }。是同一家就不要改成这样，免得一家有两份档案；确实是另一家，点下面。
choice-nothing = 没有
choice-another-firm-renamed = 是另一家，就这样改
short-file-change-field = 改哪一项
short-file-change-distinct = 是不是另一家
ask-file-change-value-short = { $field }
file-old-new = { $field }：{ $old } → <b>{ $new }</b>
file-changed-title = ✅ <b>{ $customer }</b> 的资料改好了。
file-as-it-was = <b>{ $customer }</b> 的「{ $field }」已经是这样，没有再改。
touches-rating = 信用制度要看这一项：已有的等级不变，下次评级按新的算。
touches-answered = 信用制度要看这一项，但资信调查里另有回答，评级先看那边；那边也变了，就重填一次资信调查。
touches-scope = 区域变了，能看到这家客户的经理也跟着变。
file-changes-title = <b>{ $customer }</b> · 资料变更，新的在前
file-changes-none = 还没有改过。
file-change-by = { $at } { $who }
button-change-file = 改资料
button-file-changes = 资料变更
button-save-change = 就这样改
button-change-more = 再改一项
