# 企业微信：卡片上自己的字
wecom-choose = 选好了
