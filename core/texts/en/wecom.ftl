# WeCom: words of its cards
wecom-choose = Choose
wecom-closed = Closed

# The self-built app: the menu under the input field (first level: at most 16 bytes)
wecom-menu-do = Do
wecom-menu-see = Look up

# Another program has taken the bot
channel-taken-over = ⚠️ Another program has connected as the { $channel } bot: nothing comes in or goes out here. End the other one and start Zixin again; nothing that waits is lost.
