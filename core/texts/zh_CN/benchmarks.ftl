# 标准值表、权数表中的错误。
problem-not_ordered = 标准值须从优秀到较差依次排列且互不相等(方向:{ $direction });“{ $level }”一档次序不对。
problem-weights_do_not_add_up = 权数合计为 { $found },应为 { $whole }。
