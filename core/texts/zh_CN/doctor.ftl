# zixin doctor：查出了什么，该怎么办
doctor-well = 都好，没有要修的。
doctor-to-mend = 有 { $count } 处要修好才能用。

doctor-settings-ok = 设置都认得。
doctor-setting-unknown = 没有 { $setting } 这个设置，不起作用。对照运维手册，看是不是写错了。
doctor-no-channel = 一个渠道也没开，没有人能用。填 Telegram 或企业微信的设置，或把 ZIXIN_WEB_CHAT 设为 login。

doctor-public-url = ZIXIN_PUBLIC_URL 是 { $address }：要以 https:// 开头，否则 Telegram 和企业微信里打不开整页表单。
doctor-why-name = 找不到这个名字的服务器
doctor-why-certificate = 证书不被信任
doctor-why-silent = 等不到应答
doctor-why-closed = 连接不上
doctor-database-ok = 数据库 { $path } 完好、可写，版本 { $revision }。
doctor-database-new = 还没有数据库，第一次启动时建在 { $path }。
doctor-folder-not-writable = 文件夹 { $path } 写不进去。把它交给运行资信的用户，或用 ZIXIN_DATABASE_URL 换一处。
doctor-database-damaged = { $path } 不是完好的数据库（{ $problem }）。停下所有进程，用 zixin db restore 恢复最近的备份。
doctor-database-not-writable = { $path } 写不进去（{ $problem }）。看文件和文件夹的权限；如果是被锁住，看有没有别的程序开着它。
doctor-database-old = 数据库版本是 { $revision }，程序要 { $needed }。先备份，再运行 zixin db upgrade。
doctor-database-newer = 数据库版本 { $revision } 比程序的 { $needed } 还新。装回较新的程序，不要用旧的打开它。
doctor-disk-ok = 磁盘还剩 { $mib } MiB。
doctor-disk-low = { $path } 所在的磁盘只剩 { $mib } MiB。腾出空间，别让备份写不下。
doctor-disk-full = { $path } 所在的磁盘只剩 { $mib } MiB，快写不进去了。马上腾出空间。

doctor-policy-ok = 政策 { $policy } { $version } 生效中，读得通。
doctor-policy-bad = 政策文件有错，启动不了。{ $problem }
doctor-policy-missing = 今天没有生效的政策 { $policy }。在 ZIXIN_POLICY_DIR 里补上，或改生效日期。
doctor-policy-gone = 现行政策 { $policy } { $version } 的文件不见了，或启用以后改过；没有它评不了级，也核不了额度。放回原来的文件，或按现在的文件重新提出启用、由第二个人确认。
doctor-tolerances-gone = 现行的疑点尺度 { $version } 的文件不见了，或启用以后改过；没有它评不了级。放回原来的文件，或按现在的文件重新提出启用、由第二个人确认。
doctor-tolerances-unconfirmed = 疑点尺度的文件 { $version } 还没有两个人确认，不算数。在聊天里写「尺度」，或用 zixin policy activate tolerances 提出启用。
doctor-policy-unset = 政策 { $policy } 还有没定的参数：{ $parameters }。定好之前评不了级，请信用控制主管定。

doctor-delivered = 消息都送到了。
doctor-waiting-long = 有消息等了 { $minutes } 分钟还没发出去。看 zixin run 是不是开着，日志里为什么发不出。
doctor-unreached = 有渠道送不到这些人：{ $names }。请他们解除屏蔽，或重新邀请。
doctor-failed = 有 { $count } 条消息发不出去。在表 outbox 里看原因（trouble 一栏）。
doctor-parked = 有 { $count } 条收到的消息没有处理。在表 inbox 里查 parked，连同日志报给开发者。

doctor-telegram-ok = Telegram 连得上，机器人是 @{ $name }。
doctor-telegram-token-shape = ZIXIN_TELEGRAM_TOKEN 不像令牌，应当像 123456789:AAE…。从 BotFather 那里重新复制。
doctor-telegram-token-wrong = Telegram 不认这个令牌。从 BotFather 那里重新复制，填进 ZIXIN_TELEGRAM_TOKEN。
doctor-telegram-unreached = 连不上 { $address }（{ $problem }）。看网络、代理和防火墙；自建 Bot API 服务器的话，看它是不是开着。
doctor-webhook-ok = Telegram 往 { $address } 推送，一切正常。
doctor-webhook-foreign = 现在是轮询，但这个机器人登记了推送地址 { $address }。zixin run 启动时会取消它；如果那是另一套在用的系统，请换一个令牌。
doctor-webhook-not-set = { $other ->
    [none] Telegram 还没有登记推送地址。zixin run 启动时会登记 { $address }
   *[other] Telegram 登记的推送地址是 { $other }，不是 { $address }。zixin run 启动时会改过来
}；一直不对，就看日志。
doctor-webhook-failing = Telegram 推送到 { $address } 失败（{ $problem }），积压 { $count } 条。看代理、证书和域名。
doctor-webhook-not-https = Telegram 不会推送到 { $address }：要 https，端口 443、80、88 或 8443。改 ZIXIN_TELEGRAM_WEBHOOK_URL。
doctor-webhook-unreached = 从这台机器连不到 { $address }（{ $problem }）。如果外面也连不到，看域名和代理。
doctor-webhook-elsewhere = { $address } 通到了别处（HTTP { $status }）。让代理把它转到 ZIXIN_HTTP_PORT 的 /telegram/webhook，并确认 zixin run 开着。

doctor-clock-ok = 时钟是准的。
doctor-clock-off = 时钟和 { $address } 差 { $seconds } 秒。打开自动对时（NTP）。
doctor-clock-wrong = 时钟和 { $address } 差 { $seconds } 秒，提醒和记录的时间都会错。打开自动对时（NTP）再启动。

doctor-check-failed = 「{ $check }」这一项没查成（{ $problem }）。连同这句话报给开发者。

doctor-wecom-bot-reached = { $address } 连得上。BotID 和 Secret 对不对，这里不试（再连一次会挤掉运行中的）：不对的话 zixin run 的日志会说 WeCom refuses this bot。
doctor-wecom-bot-address = ZIXIN_WECOM_WS_URL 不是连接地址：{ $address }。一般不用填，删掉这一项就好。
doctor-wecom-ok = 企业微信自建应用的 Secret 和可信 IP 都对。
doctor-wecom-unreached = 连不上 { $address }（{ $problem }）。看网络、代理和防火墙。
doctor-wecom-address = 企业微信不信任这台机器的 IP { $address }。在管理后台这个应用的「企业可信IP」里填上它。
doctor-wecom-secret = 企业微信不认 ZIXIN_WECOM_SECRET。从管理后台这个应用的页面重新复制。
doctor-wecom-corp = 企业微信不认 ZIXIN_WECOM_CORP_ID。从管理后台「我的企业」页面重新复制企业ID。
doctor-wecom-agent = 企业微信不认 ZIXIN_WECOM_AGENT_ID。从管理后台这个应用的页面重新复制 AgentId。
doctor-wecom-declined = 企业微信没有照办（{ $problem }）。对照管理后台看这个应用的设置。
doctor-wecom-outside = 发不到这些人：{ $names }。在管理后台把他们加进应用的「可见范围」，或用 staff unbind 解绑写错的账号。
doctor-wecom-callback-ok = 本机的 { $address } 通到资信。后台「接收消息」里保存得了，就说明 Token 和 EncodingAESKey 都对。
doctor-wecom-callback-down = 本机的 { $address } 没有应答（{ $problem }）。打开 zixin run。
doctor-wecom-callback-elsewhere = 本机的 { $address } 通到了别处。看 ZIXIN_HTTP_PORT 是不是被别的程序占着。
