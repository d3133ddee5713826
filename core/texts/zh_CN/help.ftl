# 命令行的说明，用错时怎么说；每条说明都以它的命令命名
help-zixin = 资信（Zixin）：公司在聊天里的信用管理台。
help-run = 启动全部：对话和定时工作。
help-bot = 只启动对话。
help-demo = 样例公司和浏览器聊天，不用任何令牌。
help-doctor = 检查哪里会让它用不了，该怎么办；有要修的，退出码是 1。
help-worker = 只启动定时工作；也可以单独跑一项。
help-worker-run = 跑某一天的一项任务；重跑无害。
help-worker-run-due = 跑到这一刻为止该做的全部；重跑无害。
help-staff = 公司的人。
help-staff-add = 添加一个人；已经在的，添加角色或渠道。
help-staff-list = 有哪些人，各有什么角色和渠道。
help-staff-invite = 给 NAME 打印一个邀请码：一周内有效，只能用一次。
help-staff-shut-out = 马上切断 NAME 的全部会话：手机丢了，或人走了。
help-staff-unbind = 把 NAME 从一个渠道解绑，或全部解绑；消息改走剩下的渠道。
help-import = 从 Excel 或 CSV 文件导入客户、发票、回款等。
help-statement = 客户的财务报表。
help-statement-template = 写一个空的报表模板，供填写。
help-statement-import = 存 FILE 里的报表：客户自己的资产负债表、利润表和现金流量表，或我们的模板。
help-check = 今天能给 CUSTOMER 赊发 AMOUNT 的货吗？只问，不改任何东西。
help-customer = 客户档案。
help-customer-show = 客户档案的要点。
help-rate = 按一份资料评级，什么都不存。
help-report = 账龄、逾期、等级名册、偏离政策的评级、可以公布的名单。
help-policy = 政策文件。
help-policy-list = 政策库：每个政策和额度模型有哪些等级，要什么资料，还有什么没定。
help-policy-show = 一个政策：各等级给什么，由什么构成，参数定了多少或建议多少。
help-policy-schema = 政策、资料或案例文件的 JSON Schema，给能边写边查的编辑器用。
help-policy-check = 按启用时的严格程度检查政策文件；有错就说出文件、行号、错在哪里和正确的例子。
help-policy-simulate = 全部客户按 DRAFT（政策编号或文件）评一遍，和现行政策对照。不改任何东西。
help-policy-validate = 拿后来的事实检验 POLICY（编号或文件）评的等级准不准。不改任何东西。
help-policy-activate = 提出从某天起启用政策 ID；写 tolerances，是公司自己的疑点尺度。由财务总监或总经理在聊天里确认。
help-policy-facts = 政策可以用的全部资料，或名称、问题里带 WORD 的，各是什么类型、有哪些答案。
help-audit = 记录链。
help-audit-verify = 证明记录链完整，否则指出第一条不成立的记录。
help-audit-replay = 把存下的评估（REQUEST 那份或全部）按当时的资料重算；结果不同的都说出来。
help-audit-export = 逐条导出记录，每条一行 JSON。
help-db = 数据库。
help-db-upgrade = 把数据库升级到这个版本。
help-db-backup = 完整备份，不用停下来。
help-db-restore = 用备份换下数据库；原来的留在旁边。

option-help = 显示这份说明。
option-version = 显示版本。
option-json = 输出 JSON。
option-output = xlsx 或 png 写到哪里；不写就放在当前文件夹。
option-format = 输出成什么格式。
option-demo-open = 同时在浏览器里打开。
option-worker-run-on = 跑哪一天的。
option-worker-run-due-at = 公司时间。
option-staff-add-name = 姓名。
option-staff-add-role = 角色；有几个就写几次。
option-staff-add-english = 英文名。
option-staff-add-telegram = 这个人在 Telegram 的数字编号。
option-staff-add-wecom = 这个人在企业微信的账号。
option-staff-add-region = 区域。
option-staff-add-reports-to = 上级的姓名。
option-staff-add-deputy = 代签人的姓名。
option-staff-shut-out-leaves = 这个人离开公司了。
option-staff-unbind-channel = 只解绑这一个：telegram、wecom、web。
option-import-all-or-nothing = 有一行错，就整个文件不导入。
option-import-dry-run = 只说会改什么，不改。
option-import-template = 写一个空文件，供填写。
option-statement-import-customer = 客户编码，或名称的一部分。
option-statement-import-source = 报表从哪里来。
option-statement-import-audited = 文件没有写明的各期，都是审计过的。
option-statement-import-ends = 文件没有写明的，期末是哪一天。
option-statement-import-dry-run = 只说读到什么，不存。
option-rate-policy = 政策或额度模型，编号或文件。
option-rate-facts = 资料，一个 JSON 文件。
option-rate-kind = 长期还是临时。
option-rate-asked = 申请多少；不写，额度就取最低的上限。
option-report-on = 哪一天的；不写就是今天。
option-policy-check-cases = 它的案例文件。
option-policy-simulate-on = 按哪一天；不写就是今天，要看几天就写几次。
option-policy-validate-from = 从哪一天的等级看起；不写就是截止日的一年前。
option-policy-validate-to = 看到哪一天；不写就是今天。
option-policy-validate-overdue-days = 逾期多少天算违约。
option-policy-activate-from = 从哪一天起用它。
option-audit-verify-head = 以前记下的链头：它必须还在链上。

help-usage = 用法：{ $usage }
help-options = 选项：
help-commands = 命令：
help-required = { $words }（必填）
help-default = { $words }（不写就是 { $value }）

misuse-no-command = 没有「{ $name }」这个命令。{ $near ->
        [none] {""}
       *[other] 是不是 { $near }？
    }
misuse-no-option = 没有 { $name } 这个选项。{ $near ->
        [none] {""}
       *[other] 是不是 { $near }？
    }
misuse-missing = 还要写 { $what }{ $wanted ->
        [none] 。
       *[other] ：{ $wanted }。
    }
misuse-bad-value = { $what } 写得不对{ $wanted ->
        [none] 。
       *[other] ：{ $wanted }。
    }
misuse-option-value = { $what } 后面不对：要值的选项得写上值，开关后面不写值。
misuse-too-many = 多写了，或者顺序不对：照上面的用法写。
misuse-file-or-template = 要写文件名；要空模板，用 --template。
misuse-no-workbook = { $name } 没有 xlsx，用 text 或 json。
misuse-wanted-one-of = 只能是 { $choices }
misuse-wanted-moment = 例如 { $example }
misuse-wanted-file = 要写一个有的文件
misuse-wanted-number = 要写 { $least } 到 { $most } 之间的整数
misuse-help = 详细说明：{ $command } --help
