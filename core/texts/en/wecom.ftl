# WeCom: words of its cards
wecom-choose = Choose
