# 复评：到期、有事、客户申诉或财务自己发起
reviews =
    <b>待你复评</b> · { $count } 户{ $appeals ->
        [0] {""}
       *[other] ，其中申诉 { $appeals } 户
    }{ $late ->
        [0] {""}
       *[other] ，过期 { $late } 户
    }
    { $pages ->
        [0] 点一户看变了什么。
       *[other] 这里是第 { $first }–{ $last } 户，急的在前。点一户看变了什么。
    }
reviews-none = 现在没有等你复评的客户。
review-heading = 复评 · { $customer }
review-state-open = 待复评
review-state-proposed = 待批准
review-state-returned = 已退回
review-state-in_force = 已生效
review-state-withdrawn = 已结束
review-cause-due = 评级到期
review-cause-event = 有事要重评
review-cause-appeal = 客户申诉
review-cause-manual = 财务发起
review-event-overdue = 新增逾期
review-event-new_statements = 有新财务报表
review-event-policy_changed = 评级制度换了
review-event-negative_event = 负面消息
review-because = { $cause } · { $day } 前办完
review-because-ended = { $cause }
review-about = 「{ $words }」
review-about-by = { $who }：「{ $words }」
review-grade-moves = 等级{ "\u00A0" }{ $former } → <b>{ $grade }</b>
review-grade-stays = 等级仍是{ "\u00A0" }<b>{ $grade }</b>
review-grade-first = 等级{ "\u00A0" }<b>{ $grade }</b>（以前没有评过）
review-grade-anew = 等级{ "\u00A0" }<b>{ $grade }</b>（原等级{ "\u00A0" }{ $former } 是按别的制度评的，不能对着看）
review-grade-none = 现在评不出等级
review-grade-lost = 等级取消（原来是 { $former }）
review-grade-none-ever = 没有评出等级
review-until = 原评级到 { $day } 止
review-by-policy = 按「{ $policy }」
review-score = { $score } 分
review-changed = 上次评级以来变了的 { $count } 项
review-change = { $name }：{ $before } → { $now }（{ $source } { $day }）
review-change-gone = { $name }：{ $before } → 现在不知道
review-changed-more = 还有 { $count } 项，点「看全部资料」
review-changed-none = 上次评级以来，资料没有变化。
review-changed-first = 以前没有留下评级资料。现在知道的 { $count } 项，点「确认并提交」一并确认。
review-picture = 「{ $customer }」按今天的资料：{ $grade ->
        [none] 评不了级
       *[other] { graded }
    }。{ $changed ->
        [first] 以前没有留下评级资料。
        [0] 上次评级以来，资料没有变化。
       *[other] 上次评级以来变了的 { $changed } 项在图的最上面。
    }
review-unchanged = 没变的 { $count } 项，点「确认并提交」一并确认。
review-unknown = 还不知道的 { $count } 项：{ $names }
review-line-suspends = ⚠ 新等级不能有授信，{ $limit } 的额度会停用。
review-line-restores = 额度 { $limit } 恢复使用。
review-line-run-down = ⚠ 现有额度 { $limit } 比新等级可批的多 { $amount }，超出部分要逐步压缩。
review-sheets = 专家评议：请了 { $asked } 位，交回 { $given } 位
review-overridden = { $who }调整为 { $grade }（制度评为 { $policy }）：「{ $reason }」
review-assessed-by = { $who }评定
review-approved-by = { $who }批准
review-answered = { $who }退回：「{ $answer }」
review-closed-because = 没有重评：「{ $answer }」
review-evidence = { $customer } 申诉附来的材料
review-confirmed = { $grade ->
        [none] 已生效：{ $customer } 现在没有等级。
       *[other] 已生效：{ $customer } 为 { graded }。已告诉业务员。
    }
review-closed = 已结束，原来的等级照旧，到期为止。
review-asked = 已请业务员更新 { $customer } 的资料。资料一到，卡片会自己更新。
review-facts-asked = { $unknown ->
        [none] { $who }正在复评 { $customer }，请把资料更新到最近。
       *[other] { $who }正在复评 { $customer }，请补这几项：{ $unknown }
    }
review-outcome-moved = 📌 { $customer } 复评：{ $former } → { $grade }（{ $cause }，{ $who }）
review-outcome-kept = 📌 { $customer } 复评：仍是 { $grade }（{ $cause }，{ $who }）
review-outcome-first = 📌 { $customer } 评为 { $grade }（{ $cause }，{ $who }）
review-outcome-lost = 📌 { $customer } 复评：等级取消（原来 { $former }；{ $cause }，{ $who }）
review-outcome-until = 有效到 { $day }
review-outcome-why = 主要原因：{ $reasons }
review-outcome-overridden = 人工调整：「{ $reason }」
review-outcome-suspended = ⛔ 额度停用：这个等级不能赊销。
review-outcome-restored = 额度恢复使用。
review-outcome-run-down = ⚠ 现有额度比新等级可批的多 { $amount }，超出部分要逐步压缩，压下来以前不加新货。

# 申诉
ask-appeal-words = { $customer } 现在是 { graded }。客户为什么不认可？请把客户的话写下来。
ask-appeal-evidence = 有材料就发一张照片或一个文件，没有就跳过。
appeal-filed = { $customer } 的申诉已送出，由没有评过它、也不卖货给它的人重新评。结果会告诉你。
appeal-withdrawn = 申诉已撤回，等级不变。
appeal-outcome-changed = 申诉有结果了：{ $customer } 由 { $former } 改为 { $grade }。
appeal-outcome-kept = 申诉有结果了：{ $customer } 仍是 { $grade }。
appeal-outcome-lost = 申诉有结果了：{ $customer } 暂时不予评级。
appeal-forward = 可以转给客户：
appeal-letter-changed = { $customer }：贵公司提出的异议，我们已换人重新核对。信用等级由 { $former } 调整为 { $grade }，有效期至 { $day }。
appeal-letter-kept = { $customer }：贵公司提出的异议，我们已换人重新核对。核对后信用等级维持 { $grade }，有效期至 { $day }。
appeal-letter-lost = { $customer }：贵公司提出的异议，我们已换人重新核对。按现有资料，暂时不予评级。
appeal-letter-why = 主要依据：{ $reasons }。
appeal-letter-end = 如有新的资料，欢迎随时提供，我们据实重评。

# 调整等级
ask-override-grade = 按制度评为 { $grade }。调整为哪一级？
ask-override-why = 为什么？写一句，批准的人和以后查账的人都会看到。
override-sent = 已送去批准调整为 { $grade }。批准以前，原来的等级照旧。
override-returned = { $who }没有批准 { $customer } 调整为 { $grade }：「{ $reason }」。请再看一遍。
override-returned-noted = 已退回给评定的人。
ask-review-return-why = 为什么不批准？写一句，评定的人会看到。
ask-review-close-why = 为什么不用重评？例如 客户已不再往来。

# 负面消息
ask-event-what = { $customer } 出了什么事？例如被起诉、账户冻结、停工。写清楚从哪里听说的。
event-recorded = 已记下，{ $customer } 已列入复评，财务会看。

# 专家评议
expert-asked = { $who }请你给 { $customer } 做评议打分。各打各的，交出以前看不到别人的分。
experts =
    <b>专家评议</b> · { $customer }
    已交：{ $given ->
        [none] 还没有
       *[other] { $given }
    }
    在等：{ $open ->
        [none] 没有
       *[other] { $open }
    }
    点一位，请他打分。
ask-sheet-mark = ({ $progress }) { $customer } · <b>{ $indicator }</b>（权重 { $weight }）：A 最好，E 最差，打几档？
sheet-kept = 收到，谢谢。打分交出以后不再改。

# 登记簿、人工调整、公布名单
register-title = 信用等级登记簿 · { $day }
register-count = { $count } 户有等级
register-grade = { $grade }：{ $count } 户（{ $policy }）
register-overridden = 人工调整 { $count } 户
register-expired = 已到期 { $count } 户
register-row = { $name } · { $grade } · 到 { $day }
register-row-of = { $grade }（{ $policy }）
register-row-expired = （已到期）
register-row-overridden = （制度评为 { $grade }）
register-row-assessor = { " " }· { $who }
register-more = 还有 { $count } 户，见 Excel。
register-empty = 还没有客户有等级。
register-file = 信用等级登记簿 { $day }
register-sheet = 登记簿
register-nobody = 评定人未记录
register-column-code = 客户编码
register-column-name = 客户名称
register-column-grade = 等级
register-column-policy = 制度
register-column-version = 版本
register-column-since = 生效日
register-column-until = 到期日
register-column-assessor = 评定人
register-column-overridden = 制度评为（有调整时）
overrides-title = 人工调整等级 · { $begin } 至 { $end }
overrides-share = { $ratings } 次评级里调整了 { $count } 次，占 { $percent }%：上调 { $up }，下调 { $down }
overrides-none = 这段时间没有评级。
overrides-by = { $who }：{ $ratings } 次里上调 { $up }，下调 { $down }
override-sheet = 人工调整
override-column-assessor = 评定人
override-column-ratings = 评级次数
override-column-up = 上调
override-column-down = 下调
publication-title = { $year } 年度 { graded }客户名单
publication-count = 共 { $count } 户，只列这一级，别的等级一律不公布。
publication-nobody = 现在没有客户是这一级。
publication-off = 没有开启。要财务两个人先后点头才会开。
publication-waits = 有人提议开启，等财务另一个人确认。
publication-risk = ⚠ 公布信用等级有法律风险：评错会损害对方名誉，资料也可能涉及商业秘密。公布前请法务看过，并取得客户书面同意。
publication-asked = { $who }提议开启年度名单公布（只公布最好一级）。要你确认才会开；公布有法律风险，先问过法务。

# 摘要里的一行
digest-reviews = 待你复评 { $count } 户
digest-late-reviews = 复评过期没办完 { $count } 户，请过问
digest-see-reviews = 看复评

form-override = 调整等级
form-review-close = 结束复评
form-review-return = 退回调整
form-event = 负面消息
form-appeal = 客户申诉
form-sheet = 评议打分

command-reviews = 复评：等你看的客户
command-register = 信用等级登记簿
button-reviews = 复评
button-review = 复评
button-review-named = { $customer } · { $day } 前
button-review-confirm = 确认并提交
button-review-ask = 更新资料
button-review-override = 调整等级
button-review-experts = 请专家评议
button-review-close = 不用重评
button-review-approve = 同意调整
button-review-evidence = 看申诉材料
button-review-see = 看复评
button-review-facts = 看全部资料
button-review-picture = 看图
button-appeal = 客户申诉
button-event = 记负面消息
button-sheet = 开始打分
button-register = 等级登记簿
button-register-file = 下载 Excel
button-overrides = 人工调整
button-publication = 公布名单
button-publication-propose = 提议开启
button-publication-confirm = 确认开启
button-publication-end = 关闭公布

source-ledger = 台账
source-findings = 资料核对
source-customer_file = 客户档案
source-review = 专家评议
assess-not-assessor = 制度没有让你评定客户
assess-own-customer = 这是你自己的客户，或者申诉是你递的
assess-former-assessor = 客户申诉的那次是你评的

bad-file-wanted = 这里要一张照片或一个文件，例如 盖章的说明。没有就点「跳过」。
refusal-review-unknown = 没有这件复评，或者你看不到这个客户。从菜单点「复评」看你的。
refusal-review-not-independent = { $customer } 不能由你评定：{ $why }。请换一位评定人。
refusal-review-moved-on = { $number } 现在{ $state }，刚才那一下没有生效。打开卡片看现在的样子。
refusal-review-facts-changed = { $number } 的资料在你看的时候变了，结果不一样了。请打开卡片再看一遍。
refusal-review-not-ratable = { $number } 资料不够，评不出等级。先点「更新资料」，补齐再提交。
refusal-review-appeal-decided-only = 申诉要有结果，不能直接结束。维持原等级，就点「确认并提交」。
refusal-review-no-owner = { $customer } 现在没有业务员。请管理员先指派一位。
refusal-review-over = { $number } 已经结束，不用再打分。
refusal-override-out-of-bounds = { $allowed ->
        [none] 这个客户的等级不能调整为 { $grade }：制度不许，或有一票否决、封顶、疑点。请按制度的结果提交。
       *[other] 不能调整为 { $grade }。制度许可的是：{ $allowed }。
    }
refusal-override-nobody = 没有别的{ $roles }能批准。请管理员先指派一位。
refusal-override-own = 自己评定的调整不能自己批准，要另一个人来批。
refusal-override-not-yours = 这项调整由{ $roles }批准。
refusal-appeal-not-owner = { $customer } 的申诉由它的业务员递交。
refusal-appeal-under-way = { $number } 正在办，等它有结果再说。
refusal-appeal-nobody = 没有别人能重评 { $customer }：评定人不能是它的业务员，也不能是上次评的人。请管理员先指派一位。
refusal-appeal-not-yours = { $number } 只能由递交申诉的人撤回。
refusal-appeal-no-grade = { $customer } 还没有等级，没有什么可申诉的。先申请授信或请财务评级。
refusal-appeal-too-late = 申诉要在评级后 { $days } 天内提出。{ $customer } 是 { $since } 评的，{ $last_day } 截止。有新资料，可请财务复评。
refusal-appeal-decided = { $customer } 现在的等级就是申诉（{ $number }）的结果，不再受理。有新资料，可请财务复评。
refusal-expert-not-possible = 这位不能给 { $customer } 打分：是它的业务员，或看不到它的档案。请另选一位。
refusal-sheet-not-yours = 这张评议表不是给你的。
refusal-sheet-given = 这张评议表 { $at } 已经交了，不能再改。
refusal-sheet-incomplete = 评议表要 { $count } 项都打分。请补齐再交。
refusal-sheet-not-asked = 现行制度和已确认的下一个制度都没有专家评议，不用打分。
refusal-publication-not-allowed = 现行制度 { $policy } 不许公布等级。要公布，先在制度文件里写明 [publication] allowed = true，并按程序启用。
refusal-publication-off = 没有开启公布。请财务一人提议、另一人确认。
refusal-publication-nobody = 财务没有第二个人能确认。请管理员先指派一位。
refusal-publication-not-proposed = 没有等着确认的提议。请先由一个人提议。
refusal-publication-own = 自己提议的不能自己确认，要财务另一个人来确认。
