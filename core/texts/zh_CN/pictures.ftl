# 图上的字
picture-score = 合计得分
