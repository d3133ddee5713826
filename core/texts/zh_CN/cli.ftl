# 命令行
demo-loaded = 样例公司已建好：40 家客户，一年的发票和回款。
demo-address = 浏览器聊天：{ $address } （按 Ctrl-C 结束）
serves-chat = 浏览器聊天：{ $address }
serves-health = 运行状况：{ $address } （按 Ctrl-C 结束）
worker-nothing-due = 没有到时要做的事。
staff-added = 已添加：{ $name }
staff-shut-out = 已切断：{ $name } 的所有会话
aging-column-outstanding = 应收合计
aging-column-total = 合计
overdue-column-code = 客户编码
overdue-column-amount = 逾期金额
overdue-column-days = 最久天数
overdue-column-invoices = 笔数
overdue-column-name = 客户名称
template-written = 模板已写入 { $path }
import-result = 已导入 { $added } 行。
policy-in-order = { $path }：{ $blanks ->
        [0] { $remarks ->
            [0] 没有问题。
           *[other] 没有写错，还有 { $remarks } 处请再看一眼：
        }
       *[other] 没有写错，还有 { $blanks } 个空白，填了才能用。
    }
remark-cap-at-best = · 「{ $of }」最高评的就是最好的等级，等于没有封顶。
remark-chinese-grade = · 等级「{ $of }」没有英文名，用英文的同事看到的还是中文。可以在 code 旁边写上：name = {"{"} zh = "{ $of }", en = "..." {"}"}
remark-few-months = · 「{ $of }」最大的数是 { $months } 个月。按月写：三年写 36。
remark-few-yuan = · 「{ $of }」最大的数是 { $yuan } 元。金额都按元写：100 万写 1000000。
remark-low-points = · 「{ $of }」最高只有 { $most } 分。每项都按 100 分打，轻重由 weight 定。
remark-many-times = · 「{ $of }」是 { $times } 倍。如果要的是 { $times }%，就写 times = { $share }。
remark-small-percent = · 「{ $of }」有一档的界线是 { $value }，也就是 { $value }%。如果要的是 { $percent }%，就写 { $percent }。
policy-no-limit = 没有额度规则的等级：{ $grades }。申请多少，由审批人定。
audit-whole = 记录链完整：{ $records } 条，链头 { $head }
audit-broken = 记录链从第 { $broken } 条起不成立（之前 { $records } 条完好）。
audit-cut = 记录链到第 { $records } 条都成立，但找不到给定的链头：尾部可能被截断。
db-upgraded = 数据库已是版本 { $revision }。
db-backed-up = 备份已写入 { $path }
db-restored = 已从 { $path } 恢复；原来的数据库留在旁边，名字以 .before-restore 结尾。
refusal-db-missing = 没有这个文件：{ $path }
refusal-db-damaged = { $path } 不是完好的数据库：{ $detail }
refusal-job-unknown = 没有叫 { $job } 的任务。有：{ $known }
refusal-file-missing = 没有这个文件：{ $path }
refusal-customer-which = 「{ $name }」不止一家：{ $names }。请写客户编码。
refusal-policy-not-in-force = 没有政策「{ $policy }」，或者它在 { $on } 还没有生效。zixin policy list 列出有的；还在写的，给出文件名，例如 draft/md-score.toml。
command-menu = 菜单
command-check = 能不能发货
command-credit = 申请授信
command-requests = 我的申请
command-waiting = 待我审批
command-customers = 客户
command-change = 改客户资料
command-overdue = 逾期
command-aging = 账龄
command-import = 导入文件
command-language = 语言 / Language
command-help = 帮助
refusal-port-taken = { $host } 的端口 { $port } 已被占用：先停下占用它的程序，或用 ZIXIN_HTTP_PORT 换一个。
refusal-host-not-here = 在 { $host } 上开不了服务：这不是本机的地址。ZIXIN_HTTP_HOST 一般写 127.0.0.1；要让别的机器直接连，写 0.0.0.0。改好再启动。
refusal-port-not-allowed = 没有权限使用 { $host } 的端口 { $port }：1024 以下的端口要管理员权限。用 ZIXIN_HTTP_PORT 换一个大一些的，例如 8321，再启动。
refusal-not-listening = 在 { $host } 的端口 { $port } 上开不了服务：{ $problem }。检查 ZIXIN_HTTP_HOST 和 ZIXIN_HTTP_PORT，改好再启动。
refusal-facts-not-json-at = { $path } 不是 JSON，错在第 { $line } 行或它的上一行。名称和文字用半角双引号，项与项之间用半角逗号，最后一项后面不要逗号。正确的例子：{"{"}"速动比率": 0.85, "law_abiding": true{"}"}
refusal-facts-not-utf8 = { $path } 不是 UTF-8 编码。请在编辑器里“另存为”，编码选 UTF-8。
refusal-facts-no-object = { $path } 是 JSON，但不是事实文件：整个文件要放在一对花括号里，每项资料写名称和值。例如：{"{"}"速动比率": 0.85, "law_abiding": true{"}"}
refusal-facts-not-json = { $path } 不是 JSON：{ $detail }。正确的例子：{"{"}"速动比率": 0.85, "law_abiding": true{"}"}
facts-rated = { $policy }：{ graded } { $score }
facts-not-rated = { $policy }：评不了级
facts-gate = 门槛：{ $title }〔{ $article }〕→ { $effect }{ $unsure ->
        [1] （资料不全，先按此处理）
       *[0] {""}
    }
facts-criterion = { $answer } { $grade } { $title }〔{ $article }〕{ $inputs }
facts-indicator-unknown = { $title }〔{ $article }〕：不知道，没有分
facts-indicator = { $title }〔{ $article }〕{ $inputs }，得 { $points } 分，满 { $weight } 计 { $contribution }
facts-ceiling = 上限：{ $name }〔{ $article }〕{ $amount }{ $binds ->
        [1] {" "}（起作用）
       *[0] {""}
    }{ $inputs }
facts-no-credit = 不给额度：{ $why }〔{ $article }〕
facts-completeness = 资料完整度 { $percent }%{ $missing ->
        [0] {""}
       *[other] ，{ $missing } 项不知道
    }
facts-held = 单看资料是 { graded }，没有评到：
facts-band = 在 { $band } 档
facts-source = { $source } { $day }
facts-beside = ：{ $facts }
facts-lift = 只差一条：{ $change } → { graded }
facts-unknown = 不知道的：{ $names }
facts-limit-needs = 算不出额度，还要知道：{ $names }
facts-limit = 额度 { $limit }，{ $days ->
        [0] 账期按合同
       *[other] { $days } 天
    }
answered-yes = 是
answered-no = 否
answered-unknown = 未知
obstacle-unset = 公司还没有定：{ $of }
obstacle-figure_missing = 缺这个数就不评：{ $of }
obstacle-coverage_too_low = 知道的太少：{ $of }（按权重只知道 { $percent }%）
obstacle-gate = 不评级：{ $of }
obstacle-too_few_experts = 评议的专家不够：只有 { $of } 位
obstacle-expert_twice = 同一位专家交了两份评议表：{ $of }
obstacle-sheet_incomplete = 评议表没有填全：{ $of }
refusal-facts-too-large = { $path } 太大了：事实文件最多 { $most } 字节。
library-policy = { $id } { $version } { $title }：{ $count ->
        [0] 额度模型
       *[other] { $grades }
    }，要 { $needs } 项资料{ $unset ->
        [0] {""}
       *[other] ，还有 { $unset } 项没有定
    }{ $in_force ->
        [1] ，现行
       *[0] {""}
    }
library-grade = { graded }〔{ $article }〕{ $count ->
        [0] {""}
       *[other] ：{ $brings }
    }{ $no_credit ->
        [1] {" "}（不授信）
       *[0] {""}
    }
library-standing = { $standing } · 文件 { $document } · { $since } 起
library-term-days = { $days } 天
library-term-key-days = { $days } 天（重点客户 { $key_days } 天）
library-term-fact = 账期等于「{ $fact }」，最长天数还没有定
library-term-fact-up-to = 账期等于「{ $fact }」，最长 { $days } 天
library-term-open = 账期还没有定
library-term-contract = 账期按合同
library-line = · { $of } { $title }〔{ $article }〕
library-weighed = · { $of } { $title }〔{ $article }〕满分 { $weight }
library-weight-open = · { $of } { $title }〔{ $article }〕权重还没有定
library-basic = · { $of } { $title }〔{ $article }〕基本指标，满分 { $weight }
library-modifying = · { $of } { $title }〔{ $article }〕修正指标，权数 { $weight }
library-gate = · { $title }〔{ $article }〕→ { $effect }{ $unsure ->
        [1] （不知道也算）
       *[0] {""}
    }
library-needs = 要 { $count } 项资料：{ $names }
library-parameter = { $key } = { $value }  { $note }〔{ $article }〕
library-blank = { $key } 没有定：{ $note }〔{ $article }〕
library-suggested = { $key } 没有定：{ $note }〔{ $article }〕建议 { $value }（{ $source }）
vocabulary-fact = { $key }  { $name }：{ $type }{ $count ->
        [0] {""}
       *[other] （{ $choices }）
    }{ $asked ->
        [1] {""}
       *[0] ，系统自己知道
    }
vocabulary-none = 名称和问题里都没有「{ $word }」{ $near ->
        [0] 。
       *[other] ，上面的是相近的。
    }换个说法再找（销售额叫发货额，按时付款看逾期占比），或者自己加一个，见 docs/policy.zh-CN.md。
fact-type-yes_no = 是或否
fact-type-number = 数字
fact-type-percent = 百分数（65% 写 65）
fact-type-money = 金额（元）
fact-type-count = 整数
fact-type-date = 日期
fact-type-choice = 选一个
fact-type-sheets = 专家评议表
fact-type-text = 文字
case-broken = 案例「{ $title }」不符：写的是 { $stated }，政策给的是 { $found }
replay-counted = 重算了 { $count } 份评估，{ $same } 份结果相同。
replay-policy-gone = { $number }：当时的政策文件（{ $policy }）不在库里，重算不了。
replay-differs = { $number }：结果不同的有 { $what }
refusal-request-unknown = 没有编号为 { $number } 的申请。
