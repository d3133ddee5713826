# Errors of policy files: which file, which line, what is wrong, what would be right
policy-problem = { $file }, line { $line }: { $problem }
    What would be right: { $example }
policy-problem-only = { $file }, line { $line }: { $problem }
problem-above_parameters = “{ $key }” stands above [parameters], not among them.
problem-adjustments_not_rising = The adjustments must begin at 0 and rise from there; here they are: { $at }
problem-bad_clip = The bounds of the modifying coefficient are “least, most”, the least at most 1, the most at least 1; here: { $at }
problem-bad_header = The brackets of the table “{ $name }” are wrong.
problem-bad_key = The key “{ $key }” may have only small letters a to z, digits and underscores, and begins with a letter; the name for people stands in zh and en.
problem-bad_range = { $range } is no range: write “lowest, highest”, the lowest not above the highest.
problem-band_from = A band has no lower end: it always begins where the one before it ends, so there is never a hole. Write only the upper end, below (not included) or up_to (included); the last band has none.
problem-band_gap = Between band { $at } of “{ $fact }” and the one before it there is a gap: some values have no points.
problem-band_overlap = Band { $at } of “{ $fact }” overlaps the one before it: some values have two scores.
problem-band_upside_down = Band { $at } of “{ $fact }” ends where it begins or before. Bands are written lowest first.
problem-band_without_end = Band { $at } of “{ $fact }” has no upper end, so the bands after it never count. Only the last band has none.
problem-bare_name = Left of the equals sign stands a key in letters a to z, not “{ $name }”. Only cases may name facts in Chinese, in double quotes.
problem-colon = The colon should be an equals sign: first the name, then =, then the value.
problem-coverage_out_of_range = The weight that must be known (min_coverage) is above 0 and at most 1; here: { $at }
problem-cutoffs_not_falling = The least score of grade “{ $at }” must be below that of the grade before it.
problem-duplicate = “{ $name }” is given twice: it is used elsewhere already.
problem-empty_text = “{ $key }” must not be empty.
problem-escalates_before_nagging = People are nagged ({ $nag_after } hours) before it is escalated: that has to come later.
problem-fact_by_name = A policy file names a fact by its key, not by its Chinese name “{ $fact }”.
problem-fact_twice = The fact “{ $name }” is in { $other } already: use that one, or give this one another name.
problem-file_twice = { $other } is { $value } of { $id } as well. Every new version of a policy has a version and a first day of its own.
problem-fraction_or_percent = { fact-problem-fraction_or_percent }
problem-full_width = There is a full-width mark here: “{ $mark }”. Quotes, commas, equals signs, brackets and digits must be half-width; switch the keyboard to English.
problem-future_day = { fact-problem-future_day }
problem-gap = Grade “{ $grade }” lacks a limit rule: { $credit ->
        [long_term] long-term credit
       *[temporary] temporary credit
    }, { $had_credit ->
        [True] customers who had credit before
       *[False] customers who had no credit before
    }. Without credit and had_credit a rule is for both.
problem-grade_twice = A grade is given twice: { $at }
problem-grade_unreachable = Nobody can reach grade “{ $at }”: no score is there.
problem-indicator_twice = The indicator “{ $at }” is given twice.
problem-indicators_missing = The group “{ $at }” has no indicators.
problem-key_twice = “{ $key }” is given twice in this table: delete one.
problem-last_cutoff_not_zero = The last grade, “{ $at }”, must begin at 0; otherwise some would have no grade.
problem-list_left_open = The bracket [ of this line has no ]: the list has not ended by line { $next }.
problem-missing_key = “{ $key }” is missing.
problem-no_bands = “{ $fact }” has no bands.
problem-no_braces = Several things written together need braces { "{" } { "}" } around them.
problem-no_comma = A comma is missing here.
problem-no_else_grade = No grade takes all the rest. One grade must have rule = "else": who fits no other gets it.
problem-no_equals = There is no equals sign between name and value.
problem-no_notches = The gate “{ $at }” must say by how many grades.
problem-no_order = The fact “{ $fact }” is yes or no: { $op } cannot compare it.
problem-no_parameters = “{ $key }” must be a number; here it is “{ $value }”. (A name would do if [parameters] defined it; this file has none.)
problem-no_quotes = “{ $value }” is text: it needs double quotes around it.
problem-no_such_day = There is no { $value }.
problem-no_time = { $start } to { $end } is no span of time.
problem-not_a_choice = { fact-problem-not_a_choice }
problem-not_a_comment = A remark begins with #.
problem-not_a_day = The day “{ $value }” is written year-month-day, with two digits each for month and day, without quotes.
problem-not_an_hour = The time “{ $value }” is to be hours:minutes:seconds of two digits each, without quotes.
problem-not_bare = “{ $value }” is to be a bare number: no percent sign, no unit, no 万, no commas between thousands.
problem-not_named_toml = The name of the file has to end in .toml, in small letters, or it will not be read. Notepad puts .txt behind it unseen: when saving, choose “All files” as the type.
problem-not_open_ended = The last band ({ $at }) has no upper end, so that every larger value has points.
problem-not_rising = The days must rise from rung to rung: { $days } is not above { $before }.
problem-not_text = This is not a plain text file. Files of Word, WPS and Excel cannot be read: write with a text editor and save as .toml.
problem-not_toml = This line makes no sense. One thing a line: name = value. (The parser says: { $parser })
problem-not_true_or_false = “{ $value }”: yes is true, no is false, in small letters, without quotes.
problem-not_utf8 = The file is not UTF-8{ $encoding ->
        [GBK] {""}; it looks like GBK (also called ANSI)
        [UTF-16] {""}; it looks like UTF-16 (also called Unicode)
       *[other] {""}
    }. In the editor choose “Save as” with the encoding UTF-8.
problem-not_yours = What is of source “{ $value }” the system counts itself; a company’s own facts can only be asked for (survey).
problem-number_in_quotes = “{ $key }” is “{ $value }”; here a number is needed, without quotes and without a unit.
problem-one_else_grade = Exactly one grade takes all the rest; here it is: { $found }
problem-one_scale = The fact “{ $fact }” takes exactly one scale: bands for a number, options for a choice or yes and no.
problem-open_ended_slope = Band { $at } lacks an end, so that its points cannot run in a line (to).
problem-open_quote = The quotes do not pair: a text has one double quote before and one after it, on the same line.
problem-options_missing = Every answer of the fact “{ $fact }” needs points; missing: { $missing }
problem-other_policy = This file belongs to the policy { $policy }, not to this one.
problem-out_of_range = { fact-problem-out_of_range }
problem-overlap = Grade “{ $grade }”, { $credit ->
        [long_term] long-term credit
       *[temporary] temporary credit
    }, { $had_credit ->
        [True] customers who had credit before
       *[False] customers who had no credit before
    }, has a rule already; this is a second one.
problem-points_out_of_range = The points of indicator “{ $at }” must be 0 to 100.
problem-row_over_lines = What stands in braces { "{" } { "}" } must be on one line.
problem-share_or_percent = A percentage is a plain number: { $value } would be only { $value } percent. For 65 percent write 65.
problem-share_out_of_range = The share of the review must be 0 up to 1; here: { $at }
problem-table_twice = “{ $name }” is there already. A table that may come several times has double brackets every time; any other stands once.
problem-told_twice = { fact-problem-told_twice }
problem-too_deep = Nested too deeply to be read.
problem-too_large = The file has { $size } bytes; a policy file has at most { $most }.
problem-too_large_number = “{ $key }” is { $value } and must be at most { $at_most }.
problem-too_precise = At most two decimals ({ $at }).
problem-too_small = “{ $key }” is { $value } and must be at least { $at_least }.
problem-two_ends = A band has one upper end: below (not included) or up_to (included).
problem-unknown_choice = “{ $value }” cannot stand here. Possible: { $known }
problem-unknown_fact = The vocabulary has no fact “{ $fact }”. If it is one of your own, check its file first and put it into the folder of policies.
problem-unknown_grade = There is no grade “{ $grade }”. There are: { $known }
problem-unknown_indicator = There is no scored indicator “{ $at }”.
problem-unknown_key = “{ $key }” is not known here. Possible: { $known }
problem-unknown_parameter = There is no parameter “{ $parameter }”.
problem-unknown_policy = There is no policy “{ $over }”. There are: { $known }
problem-unknown_role = There is no role “{ $role }”. There are: { $known }
problem-unknown_table = There is no table “{ $table }”. There are: { $known }
problem-unknown_version = There is no version { $version } of the policy “{ $over }”. There is: { $known }
problem-unreachable_grade = Nobody can get grade “{ $grade }”: no criterion leads to it.
problem-unseen = There is something here that cannot be seen, most likely copied from a web page or from Word. Delete the line and type it yourself.
problem-unused_parameter = No criterion uses the parameter “{ $parameter }”.
problem-weight_not_positive = The weight of “{ $at }” must be above 0.
problem-weights_not_100 = The weights of the groups must add up to 100; here they make { $at }.
problem-wrong_fact_type = The fact “{ $fact }” is of type { $found }; here it must be { $wanted }.
problem-wrong_parameter_type = The parameter “{ $parameter }” is not of the kind of the fact “{ $fact }”: { $wanted }.
problem-wrong_type = “{ $key }” is { $value }; here { $wanted ->
        [bool] true or false is needed, without quotes
        [yes_no] true or false is needed, without quotes
        [date] a date is needed, without quotes
        [time] a time of day is needed, without quotes
        [str] a text is needed, in quotes
        [int] a whole number is needed, without quotes
        [count] a whole number is needed, without quotes
        [number] a number is needed, without quotes
        [percent] a number (percent) is needed, without quotes
        [money] a number (yuan) is needed, without quotes
        [dict] a table is needed, in braces
        [int_list] a list of whole numbers is needed, in brackets
        [str_list] a list of texts is needed, in brackets
        [dict_list] a list of tables is needed; the name of a table stands in double brackets
       *[other] { $wanted } is needed
    }.

fact-problem-unknown_fact = There is no fact “{ $fact }”. The nearest: { $nearest }
fact-problem-wrong_type = The fact “{ $fact }” is { $value }. What it takes: { $wanted }.
fact-problem-out_of_range = The fact “{ $fact }” is { $value }, outside { $low } to { $high }.
fact-problem-fraction_or_percent = The value { $value } of the fact “{ $fact }” reads two ways: { $large }% or { $small }%? Write { $large }, or “{ $small }%”.
fact-problem-future_day = The day { $value } of the fact “{ $fact }” is after today ({ $today }).
fact-problem-not_a_choice = “{ $value }” is no answer to the fact “{ $fact }”. Possible: { $known }
fact-problem-wrong_parts = The fact “{ $fact }” is a bare value, or has these parts and no others: { $known } (value is a must).
fact-problem-told_twice = The fact “{ $fact }” is given twice (key and Chinese name are the same).
fact-problem-too_large_number = The value { $value } of the fact “{ $fact }” is absurdly large or has too many decimals.
