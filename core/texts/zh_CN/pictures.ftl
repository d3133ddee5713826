# 图上的字
picture-score = 合计得分
picture-points = { $earned } / { $weight }
picture-grade = { graded }
picture-no-grade = 评不了级
picture-for = { graded }：都要达到
picture-against = { graded }：有一条就是（✓ 表示没有这一条）
picture-review = 评议
picture-changed = 上次评级以来变了的
picture-week-ago = 一周前

# 图的名字，也是文件名
picture-name-waterfall = 得分构成图
picture-name-checklist = 条件对照图
picture-name-aging = 账龄图
picture-name-ceilings = 额度上限图
picture-name-migration = 等级变动图
