# 资信调查
survey-as-of = <i>{ $progress }</i> 「{ $customer }」的资料截至哪天？
ask-survey-source = <i>{ $progress }</i> 下面的答案主要从哪里来？（中途可以换）
ask-survey-question =
    <i>{ $progress } · { $source }</i>
    { $question }
ask-survey-question-short = { $short }
ask-survey-question-page = { $question } · { $source }
short-survey-as_of = 截至日期
short-survey-source = 来源

source-customer = 客户提供
source-bank = 银行
source-authority = 工商税务
source-visit = 实地走访
source-own_records = 我方往来记录
source-agency = 中介机构
source-statements = 财务报表

choice-yes = 是
choice-no = 否
choice-unknown = 问不到
choice-today = 今天
choice-last-year-end = 上年末

survey-title = <b>{ $customer }</b> · 资信调查 · 截至 { $day }
survey-line = { $name }：{ $value }{ $unit }
survey-line-changed = { $name }：<b>{ $value }{ $unit }</b>（有变）
survey-known = 已经知道的，不用再答（不对请更正报表或客户档案）：
survey-known-of = { $source } · { $day }
survey-nothing-to-ask = 「{ $customer }」要调查的都已经知道了，没有要问的。
survey-asks-nothing = 现行政策评「{ $customer }」只看系统已有的，没有要问的。
survey-sign = 签名人 { $who } 对以上资料的真实性负责〔制度第9条〕。
survey-kept = ✅ 「{ $customer }」的 { $count } 项资料已存。现在可以申请授信，或先看评级。
button-sign-survey = 签名提交
button-change-source = 换来源
