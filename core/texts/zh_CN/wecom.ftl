# 企业微信：卡片上自己的字
wecom-choose = 选好了
wecom-closed = 已办结

# 自建应用：输入框下面的菜单（一级最多 16 字节，五个汉字）
wecom-menu-do = 办理
wecom-menu-see = 查看

# 机器人被别处占用
channel-taken-over = ⚠️ { $channel }的机器人被另一个程序连走了，这里已收不到也发不出。关掉多余的那个，再重启资信；没发完的消息都留着。
