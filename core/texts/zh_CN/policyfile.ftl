# 政策文件的错误:哪个文件、哪一行、错在哪里、怎样才对
policy-problem = { $file } 第 { $line } 行：{ $problem }
    正确的例子：{ $example }
problem-bad_range = 范围不对：{ $range }。要写成「最小，最大」，最小不大于最大。
problem-duplicate = 重复了：这里的名字或编号在别处已经用过。
problem-empty_text = 「{ $key }」不能是空的。
problem-escalates_before_nagging = 先催办（{ $nag_after } 小时）后升级：升级的时间要更长。
problem-gap = 有一种情况没有写规则（等级 × 长期或临时 × 是否有过赊销，每种都要有一条）。
problem-missing_key = 缺少「{ $key }」。
problem-no_order = 事实「{ $fact }」只有是和否，不能用 { $op } 比大小。
problem-no_time = 时间不对：{ $start } 到 { $end }。
problem-not_rising = 天数要一级比一级大：{ $days } 不大于前面的 { $before }。
problem-not_toml = 这一行不是 TOML:{ $parser }
problem-one_else_grade = 「其余」的等级要有且只有一个，现在是：{ $found }
problem-other_policy = 这个文件是给政策 { $policy } 的，不是这一个。
problem-overlap = 同一种情况写了两条规则。
problem-too_small = 「{ $key }」是 { $value }，至少要 { $at_least }。
problem-unknown_choice = 这里不能这样写。可以写的：{ $known }
problem-unknown_fact = 事实词汇表里没有「{ $fact }」。
problem-unknown_grade = 没有等级「{ $grade }」。有：{ $known }
problem-unknown_key = 不认识「{ $key }」。
problem-unknown_parameter = 政策 { $policy } 没有参数「{ $parameter }」。
problem-unknown_policy = 没有政策「{ $over }」。有：{ $known }
problem-unknown_role = 没有角色「{ $role }」。有：{ $known }
problem-unreachable_grade = 等级「{ $grade }」没有人能得到：没有任何标准指向它。
problem-unused_parameter = 参数「{ $parameter }」没有标准用到它。
problem-wrong_parameter_type = 参数「{ $parameter }」与事实「{ $fact }」类型不同，要 { $wanted }。
problem-wrong_type = 「{ $key }」的值 { $value } 类型不对，要 { $wanted }。

fact-problem-unknown_fact = 事实「{ $fact }」不认识。最接近的：{ $nearest }
fact-problem-wrong_type = 事实「{ $fact }」的值 { $value } 类型不对，要 { $wanted }。
fact-problem-out_of_range = 事实「{ $fact }」的值 { $value } 超出范围（{ $low } 到 { $high }）。
