# 政策文件的错误:哪个文件、哪一行、错在哪里、怎样才对
policy-problem = { $file } 第 { $line } 行：{ $problem }
    正确的例子：{ $example }
policy-problem-only = { $file } 第 { $line } 行：{ $problem }
problem-above_parameters = 「{ $key }」写在 [parameters] 的上面，不是里面。
problem-adjustments_not_rising = 调整档要从 0 开始、一档比一档高，现在是：{ $at }
problem-bad_clip = 修正系数的上下限要写成「最小，最大」，最小不大于 1，最大不小于 1，现在是：{ $at }
problem-bad_header = 表名「{ $name }」的方括号不对。
problem-bad_key = 代码「{ $key }」只能用小写英文字母、数字和下划线，以字母开头；给人看的名称写在 zh 和 en 里。
problem-bad_range = 范围不对：{ $range }。要写成「最小，最大」，最小不大于最大。
problem-band_from = 一档不写下限：它总是从上一档的末尾开始，中间不会有空档。只写上限 below（不含）或 up_to（含），最后一档不写上限。
problem-band_gap = 「{ $fact }」第 { $at } 档与前一档之间有空档，有些数没有分。
problem-band_overlap = 「{ $fact }」第 { $at } 档与前一档重叠，有些数有两个分。
problem-band_upside_down = 「{ $fact }」第 { $at } 档的上限不大于下限。各档要从低到高写。
problem-band_without_end = 「{ $fact }」第 { $at } 档没有上限，后面的档永远轮不到。只有最后一档不写上限。
problem-bare_name = 等号左边写英文代码，不写「{ $name }」。只有案例里的事实可以写中文名，要加半角双引号。
problem-colon = 冒号应该是等号：先写名称，再写 =，再写值。
problem-coverage_out_of_range = 至少要知道的权重（min_coverage）要大于 0、不大于 1，现在是：{ $at }
problem-cutoffs_not_falling = 等级「{ $at }」的最低分要低于前一等级的。
problem-duplicate = 「{ $name }」写了两次，别处已经用过。
problem-empty_text = 「{ $key }」不能是空的。
problem-escalates_before_nagging = 先催办（{ $nag_after } 小时）后升级：升级的时间要更长。
problem-fact_by_name = 事实在政策文件里写代码，不写中文名「{ $fact }」。
problem-fact_twice = 事实「{ $name }」在 { $other } 里已经有了，直接用那一个，或者另起一个名字。
problem-file_twice = { $other } 也是 { $id } 的 { $value }。同一个政策每出一版，版本号和生效日都要换。
problem-fraction_or_percent = { fact-problem-fraction_or_percent }
problem-full_width = 这里有全角符号「{ $mark }」。引号、逗号、等号、括号和数字要用半角，请切换到英文输入法。
problem-future_day = { fact-problem-future_day }
problem-gap = 等级「{ $grade }」缺一条额度规则：{ $credit ->
        [long_term] 长期额度
       *[temporary] 临时额度
    }、{ $had_credit ->
        [True] 以前赊销过的客户
       *[False] 以前没有赊销过的客户
    }。不写 credit 和 had_credit 就是两种情况都算。
problem-grade_twice = 等级写了两次：{ $at }
problem-grade_unreachable = 等级「{ $at }」没有人能得到：分数到不了那里。
problem-indicator_twice = 指标「{ $at }」写了两次。
problem-indicators_missing = 组「{ $at }」里没有指标。
problem-key_twice = 「{ $key }」在这个表里写了两次，删掉一个。
problem-last_cutoff_not_zero = 最后一个等级「{ $at }」的最低分必须是 0，否则有人评不到任何等级。
problem-list_left_open = 这一行的方括号 [ 没有配上 ]，到第 { $next } 行还没有结束。
problem-missing_key = 缺少「{ $key }」。
problem-no_bands = 「{ $fact }」没有分档。
problem-no_braces = 几项写在一起，要用花括号 { "{" } { "}" } 括起来。
problem-no_comma = 这里少一个逗号（半角）。
problem-no_else_grade = 没有一个等级接住其余的客户。最后要有一个等级写 rule = "else"，谁都不符合时就是它。
problem-no_equals = 名称和值之间少一个等号。
problem-no_notches = 门槛「{ $at }」要写降几级。
problem-no_order = 事实「{ $fact }」只有是和否，不能用 { $op } 比大小。
problem-no_parameters = 「{ $key }」要写数字，现在是「{ $value }」。（写名称也可以，但要先在 [parameters] 里定下它，这个文件没有。）
problem-no_quotes = 「{ $value }」是文字，要用半角双引号括起来。
problem-no_such_day = 没有 { $value } 这一天。
problem-no_time = 时间不对：{ $start } 到 { $end }。
problem-not_a_choice = { fact-problem-not_a_choice }
problem-not_a_comment = 说明的文字前面用 #。
problem-not_a_day = 日期「{ $value }」要写成年-月-日，月和日各两位，不加引号。
problem-not_an_hour = 时间「{ $value }」要写成时:分:秒，各两位，不加引号。
problem-not_bare = 「{ $value }」只写数字：不带百分号、单位、万和千分位逗号。
problem-not_named_toml = 文件名要以小写的 .toml 结尾，不然系统不会读它。记事本会悄悄在后面加上 .txt：另存为时，类型选“所有文件”。
problem-not_open_ended = 最后一档（第 { $at } 档）不写上限，这样再大的数也有分。
problem-not_rising = 天数要一级比一级大：{ $days } 不大于前面的 { $before }。
problem-not_text = 这不是纯文本文件。Word、WPS 和 Excel 的文件读不了：用记事本或代码编辑器写，存成 .toml。
problem-not_toml = 这一行读不懂。一行写一项：名称 = 值。（解析器的原话：{ $parser }）
problem-not_true_or_false = 「{ $value }」：是写 true，否写 false，小写，不加引号。
problem-not_utf8 = 文件不是 UTF-8 编码{ $encoding ->
        [GBK] ，看来是 GBK（又叫 ANSI）
        [UTF-16] ，看来是 UTF-16（又叫 Unicode）
       *[other] {""}
    }。请在编辑器里“另存为”，编码选 UTF-8。
problem-not_yours = 来源「{ $value }」由系统自己算，公司自己的事实只能是问来的（survey）。
problem-number_in_quotes = 「{ $key }」写的是「{ $value }」，这里要数字：不加引号，不带单位。
problem-one_else_grade = 「其余」的等级要有且只有一个，现在是：{ $found }
problem-one_scale = 事实「{ $fact }」要有且只有一种打分方式：数字写分档，选择和是否写选项。
problem-open_ended_slope = 第 { $at } 档没有两端，分数不能按直线变化（to）。
problem-open_quote = 引号没有成对：文字前后各要一个半角双引号，写在同一行里。
problem-options_missing = 事实「{ $fact }」的每个答案都要有分，还缺：{ $missing }
problem-other_policy = 这个文件是给政策 { $policy } 的，不是这一个。
problem-out_of_range = { fact-problem-out_of_range }
problem-overlap = 等级「{ $grade }」的{ $credit ->
        [long_term] 长期额度
       *[temporary] 临时额度
    }、{ $had_credit ->
        [True] 以前赊销过的客户
       *[False] 以前没有赊销过的客户
    }，已经有一条规则了，这是第二条。
problem-points_out_of_range = 指标「{ $at }」的分数要在 0 到 100 之间。
problem-row_over_lines = 花括号 { "{" } { "}" } 里的内容要写在一行里。
problem-share_or_percent = 百分数直接写数：{ $value } 只是百分之 { $value }，百分之六十五就写 65。
problem-share_out_of_range = 评议所占的份额要在 0 到 1 之间，现在是：{ $at }
problem-table_twice = 「{ $name }」前面已经有了。会有好几个的表，每一个都用两层方括号；其他的只写一次。
problem-told_twice = { fact-problem-told_twice }
problem-too_deep = 一层套一层太深了，读不了。
problem-too_large = 文件有 { $size } 字节，政策文件最多 { $most } 字节。
problem-too_large_number = 「{ $key }」是 { $value }，最多 { $at_most }。
problem-too_precise = 最多写两位小数（{ $at }）。
problem-too_small = 「{ $key }」是 { $value }，至少要 { $at_least }。
problem-two_ends = 一档只写一个上限：below（不含）或 up_to（含）。
problem-unknown_choice = 「{ $value }」不能写在这里。可以写：{ $known }
problem-unknown_fact = 事实词汇表里没有「{ $fact }」。如果是公司自己加的，先检查它所在的文件，放进政策文件夹。
problem-unknown_grade = 没有等级「{ $grade }」。有：{ $known }
problem-unknown_indicator = 没有打分的指标「{ $at }」。
problem-unknown_key = 不认识「{ $key }」。这里可以写：{ $known }
problem-unknown_parameter = 没有参数「{ $parameter }」。
problem-unknown_policy = 没有政策「{ $over }」。有：{ $known }
problem-unknown_role = 没有角色「{ $role }」。有：{ $known }
problem-unknown_table = 没有标准值或权数表「{ $table }」。有：{ $known }
problem-unknown_version = 政策「{ $over }」没有 { $version } 这一版。有：{ $known }
problem-unreachable_grade = 等级「{ $grade }」没有人能得到：没有任何标准指向它。
problem-unseen = 这里有看不见的字符，多半是从网页或 Word 里复制来的。请把这一行删掉，自己打一遍。
problem-unused_parameter = 参数「{ $parameter }」没有标准用到它。
problem-weight_not_positive = 「{ $at }」的权重要大于 0。
problem-weights_not_100 = 各组权重加起来要等于 100，现在是 { $at }。
problem-wrong_fact_type = 事实「{ $fact }」的类型是 { $found }，这里要 { $wanted }。
problem-wrong_parameter_type = 参数「{ $parameter }」与事实「{ $fact }」类型不同，要 { $wanted }。
problem-wrong_type = 「{ $key }」写的是 { $value }，这里要{ $wanted ->
        [bool] 是或否（true 或 false），不加引号
        [yes_no] 是或否（true 或 false），不加引号
        [date] 日期，不加引号
        [time] 时间，不加引号
        [str] 文字，加引号
        [int] 整数，不加引号
        [count] 整数，不加引号
        [number] 数字，不加引号
        [percent] 数字（百分数），不加引号
        [money] 数字（元），不加引号
        [dict] 表，写在花括号里
        [int_list] 一列整数，写在方括号里
        [str_list] 一列文字，写在方括号里
        [dict_list] 一列表；表名用两层方括号
       *[other] { $wanted }
    }。

fact-problem-unknown_fact = 事实「{ $fact }」不认识。最接近的：{ $nearest }
fact-problem-wrong_type = 事实「{ $fact }」写的是 { $value }，这里要的是{ $wanted }。
fact-problem-out_of_range = 事实「{ $fact }」的值 { $value } 超出范围（{ $low } 到 { $high }）。
fact-problem-fraction_or_percent = 事实「{ $fact }」的值 { $value } 有两种读法：{ $large }% 还是 { $small }%？请写 { $large } 或“{ $small }%”。
fact-problem-future_day = 事实「{ $fact }」的日期 { $value } 在今天（{ $today }）之后。
fact-problem-not_a_choice = 事实「{ $fact }」没有「{ $value }」这个答案。可以写：{ $known }
fact-problem-wrong_parts = 事实「{ $fact }」要写成一个值，或者只有这几项：{ $known }（value 必须有）。
fact-problem-told_twice = 事实「{ $fact }」写了两次（代码和中文名算同一个）。
fact-problem-too_large_number = 事实「{ $fact }」的值 { $value } 大得不合理，或小数位太多。
