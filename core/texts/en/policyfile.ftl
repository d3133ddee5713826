# Errors of policy files: which file, which line, what is wrong, what would be right
policy-problem = { $file }, line { $line }: { $problem }
    What would be right: { $example }
problem-bad_range = { $range } is no range: write “lowest, highest”, the lowest not above the highest.
problem-duplicate = Given twice: this name or number is used elsewhere already.
problem-empty_text = “{ $key }” must not be empty.
problem-escalates_before_nagging = People are nagged ({ $nag_after } hours) before it is escalated: that has to come later.
problem-gap = One case has no rule (every grade × long-term or temporary × credit before or not needs one).
problem-missing_key = “{ $key }” is missing.
problem-no_order = The fact “{ $fact }” is yes or no: { $op } cannot compare it.
problem-no_time = { $start } to { $end } is no span of time.
problem-not_rising = The days must rise from rung to rung: { $days } is not above { $before }.
problem-not_toml = This line is not TOML: { $parser }
problem-one_else_grade = Exactly one grade takes all the rest; here it is: { $found }
problem-other_policy = This file belongs to the policy { $policy }, not to this one.
problem-overlap = The same case has two rules.
problem-too_small = “{ $key }” is { $value } and must be at least { $at_least }.
problem-unknown_choice = This cannot stand here. Possible: { $known }
problem-unknown_fact = The vocabulary has no fact “{ $fact }”.
problem-unknown_grade = There is no grade “{ $grade }”. There are: { $known }
problem-unknown_key = “{ $key }” is not known here.
problem-unknown_parameter = The policy { $policy } has no parameter “{ $parameter }”.
problem-unknown_policy = There is no policy “{ $over }”. There are: { $known }
problem-unknown_role = There is no role “{ $role }”. There are: { $known }
problem-unreachable_grade = Nobody can get grade “{ $grade }”: no criterion leads to it.
problem-unused_parameter = No criterion uses the parameter “{ $parameter }”.
problem-wrong_parameter_type = The parameter “{ $parameter }” is not of the kind of the fact “{ $fact }”: { $wanted }.
problem-wrong_type = “{ $key }” is { $value }, which is not { $wanted }.

fact-problem-unknown_fact = There is no fact “{ $fact }”. The nearest: { $nearest }
fact-problem-wrong_type = The fact “{ $fact }” is { $value }, which is not { $wanted }.
fact-problem-out_of_range = The fact “{ $fact }” is { $value }, outside { $low } to { $high }.
