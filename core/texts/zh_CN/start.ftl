# 进门、菜单、语言、请假
welcome-stranger =
    我是<b>资信</b>，公司的信用台：查客户、问能不能发货、申请和审批授信。
    请把邀请码发给我。没有的话，向管理员要。
menu =
    <b>{ $name }</b> · { $roles }
    { $example }
menu-example-sales = 直接问我：「华东机械 能发5万吗」。或点一项：
menu-example-other = 发客户名就能看客户。或点一项：
menu-example-none = 点一项：
help =
    <b>直接发给我</b>
    · 「华东机械 能发5万吗」：能不能发货，差在哪
    · 客户名或编码：等级、额度、在用、逾期
    · 「改资料 华东机械」：改客户档案里的一项（业务）
    · 「逾期」「账龄」「待审批」：看清单
    · Excel 或 CSV 文件：导入发票、回款、客户（财务）
    填到一半发「取消」就存下来；发「菜单」回到开头。
    金额可以写 5万、50,000；日期可以写 明天、12-31。
choose-language = 中文还是英文？/ Chinese or English?
language-chosen = 好，以后用中文。
leave-noted = 记下了：你请假到 { $until }，期间由{ $deputy }代签。
leave-over = 欢迎回来，审批重新由你签。

ask-leave-until = <i>{ $progress }</i> 请假到哪天？（可以写 周五、3-20）
ask-leave-deputy = <i>{ $progress }</i> 期间谁代你签？

button-draft = 接着填：{ $form_name }
button-draft-of = 接着填：{ $form_name } · { $customer }
button-check = 能不能发货
button-credit = 申请授信
button-waiting = 待我审批
button-customers = 客户
button-customer-new = 建客户档案
button-requests = 我的申请
button-overdue = 逾期
button-aging = 账龄
button-import = 导入文件
button-set-cap = 定授信总额
button-leave = 请假代签
button-leave-back = 我回来了
button-language = English
button-zh = 中文
button-en = English
