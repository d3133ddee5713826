# Settings that cannot be used: which, why, and how to write them
setting-bad = { $setting } cannot be used: { $problem }. Correct it and start again.
setting-one-of = it has to be one of { $choices }
setting-whole-number = it has to be a whole number, for example { $example }
setting-no-port = a port is a whole number from 1 to { $last }, for example 8321
setting-no-host = it has to be an address of this machine, as a rule 127.0.0.1; write 0.0.0.0 to let other machines connect to it directly
setting-no-agent-id = it has to be the AgentId that the WeCom console shows for the self-built app, for example 1000002
setting-only-sqlite = only SQLite is served, for example sqlite+aiosqlite:///data/zixin.db
setting-no-time-zone = there is no time zone “{ $given }”; write for example Asia/Shanghai
setting-no-web-address = it has to be a whole address, for example https://credit.example.com/telegram/webhook
setting-webhook-without-secret = ZIXIN_TELEGRAM_WEBHOOK_URL needs ZIXIN_TELEGRAM_WEBHOOK_SECRET as well
setting-no-webhook-secret = Telegram takes letters, digits, _ and - only, 256 at most
setting-half-a-wecom-bot = the WeCom bot needs both ZIXIN_WECOM_BOT_ID and ZIXIN_WECOM_BOT_SECRET
setting-half-a-wecom-app = the WeCom app needs { $missing } as well
setting-no-aes-key = it has 43 letters and digits; copy it from the WeCom console again
