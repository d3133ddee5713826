# 设置写错了：哪一项，为什么，怎么写
setting-bad = { $setting } 不对：{ $problem }。改好再启动。
setting-one-of = 只能写 { $choices } 里的一个
setting-whole-number = 要写整数，例如 { $example }
setting-no-port = 端口只能是 1 到 { $last } 的整数，例如 8321
setting-no-host = 要写本机的一个地址，一般写 127.0.0.1；要让别的机器直接连，写 0.0.0.0
setting-no-agent-id = 要写企业微信后台自建应用页面上的 AgentId，例如 1000002
setting-only-sqlite = 目前只支持 SQLite，例如 sqlite+aiosqlite:///data/zixin.db
setting-no-time-zone = 没有「{ $given }」这个时区，例如写 Asia/Shanghai
setting-no-web-address = 要写完整的网址，例如 https://credit.example.com/telegram/webhook
setting-webhook-without-secret = 用 ZIXIN_TELEGRAM_WEBHOOK_URL，就要一并填 ZIXIN_TELEGRAM_WEBHOOK_SECRET
setting-no-webhook-secret = Telegram 只收字母、数字、下划线和连字符，最多 256 个
setting-half-a-wecom-bot = 企业微信机器人的 ZIXIN_WECOM_BOT_ID 和 ZIXIN_WECOM_BOT_SECRET 要一起填
setting-half-a-wecom-app = 企业微信应用的设置要填齐，还差 { $missing }
setting-no-aes-key = 应是 43 个字母和数字，请到企业微信后台重新复制
