# What is wrong in a table of standard values or weights.
problem-not_ordered = The standard values must go from excellent to poor without two equal ones ({ $direction } is better); “{ $level }” is out of order.
problem-weights_do_not_add_up = The weights add up to { $found } and must make { $whole }.
