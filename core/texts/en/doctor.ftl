# zixin doctor: what was found, and what to do about it
doctor-well = All is well: nothing to mend.
doctor-to-mend = { $count ->
    [one] One thing has to be mended first.
   *[other] { $count } things have to be mended first.
}

doctor-settings-ok = Every setting is known.
doctor-setting-unknown = There is no setting { $setting }: it does nothing. Compare it with the runbook; it may be misspelt.
doctor-no-channel = No channel is on, so nobody can use it. Fill in Telegram or WeCom, or set ZIXIN_WEB_CHAT to login.

doctor-public-url = ZIXIN_PUBLIC_URL is { $address }: it has to begin with https://, or no form opens as a page in Telegram and WeCom.
doctor-why-name = no server of that name
doctor-why-certificate = its certificate is not trusted
doctor-why-silent = no answer in time
doctor-why-closed = no connection
doctor-database-ok = The database { $path } is sound and writable, at revision { $revision }.
doctor-database-new = There is no database yet; the first start makes { $path }.
doctor-folder-not-writable = The folder { $path } cannot be written. Give it to the user who runs Zixin, or name another in ZIXIN_DATABASE_URL.
doctor-database-damaged = { $path } is not a sound database ({ $problem }). Stop every process and bring the last backup back with zixin db restore.
doctor-database-not-writable = { $path } cannot be written ({ $problem }). Look at the rights of file and folder; if it is locked, at what else has it open.
doctor-database-old = The database is at revision { $revision }, the program needs { $needed }. Back up, then run zixin db upgrade.
doctor-database-newer = The database, at revision { $revision }, is newer than the program, at { $needed }. Install the newer program again; do not open it with this one.
doctor-disk-ok = { $mib } MiB are free on the disk.
doctor-disk-low = Only { $mib } MiB are free on the disk of { $path }. Make room before a backup needs it.
doctor-disk-full = Only { $mib } MiB are free on the disk of { $path }: soon nothing can be written. Make room now.

doctor-policy-ok = Policy { $policy } { $version } is in force and reads well.
doctor-policy-bad = A policy file is wrong, and nothing starts. { $problem }
doctor-policy-missing = No policy { $policy } is in force today. Add one to ZIXIN_POLICY_DIR, or change its date.
doctor-policy-gone = The file of { $policy } { $version }, the policy in force, is gone or has changed since it was confirmed. Without it nobody is rated and no limit is checked. Put the file back, or propose it as it is now for somebody else to confirm.
doctor-tolerances-gone = The file of the tolerances in force, { $version }, is gone or has changed since it was confirmed. Without it nobody is rated. Put the file back, or propose it as it is now for somebody else to confirm.
doctor-tolerances-unconfirmed = Two people have not confirmed the tolerances { $version }, so they count for nothing. Write “tolerances” in the chat, or propose them with zixin policy activate tolerances.
doctor-policy-unset = Policy { $policy } leaves open: { $parameters }. Nobody can be rated until the credit controller decides them.

doctor-delivered = Every message has arrived.
doctor-waiting-long = A message has waited { $minutes } minutes to be sent. Is zixin run up, and what does its log say?
doctor-unreached = A channel no longer reaches: { $names }. Ask them to unblock the bot, or invite them anew.
doctor-failed = { $count ->
    [one] One message could not be delivered. The table outbox says why, in the column trouble.
   *[other] { $count } messages could not be delivered. The table outbox says why, in the column trouble.
}
doctor-parked = { $count ->
    [one] One thing that came in was not worked. Look for parked in the table inbox, and report it with the log.
   *[other] { $count } things that came in were not worked. Look for parked in the table inbox, and report them with the log.
}

doctor-telegram-ok = Telegram is reached; the bot is @{ $name }.
doctor-telegram-token-shape = ZIXIN_TELEGRAM_TOKEN does not look like a token, 123456789:AAE… for example. Copy it again from BotFather.
doctor-telegram-token-wrong = Telegram does not know this token. Copy it again from BotFather into ZIXIN_TELEGRAM_TOKEN.
doctor-telegram-unreached = { $address } is not reached ({ $problem }). Look at network, proxy and firewall; a Bot API server of your own has to be up.
doctor-webhook-ok = Telegram posts to { $address }, and all is well.
doctor-webhook-foreign = We poll, but this bot has a webhook at { $address }. zixin run takes it away when it starts; if another system lives by it, use another token.
doctor-webhook-not-set = { $other ->
    [none] Telegram has no webhook yet. zixin run sets { $address }
   *[other] Telegram’s webhook is { $other }, and not { $address }. zixin run sets it
} when it starts; if it does not stay, read the log.
doctor-webhook-failing = Telegram cannot post to { $address } ({ $problem }); waiting: { $count }. Look at proxy, certificate and name.
doctor-webhook-not-https = Telegram does not post to { $address }: it takes https, on port 443, 80, 88 or 8443. Change ZIXIN_TELEGRAM_WEBHOOK_URL.
doctor-webhook-unreached = { $address } cannot be reached from this machine ({ $problem }). If it cannot from outside either, look at name and proxy.
doctor-webhook-elsewhere = { $address } leads elsewhere (HTTP { $status }). Have the proxy hand it on to /telegram/webhook on ZIXIN_HTTP_PORT, and see that zixin run is up.

doctor-clock-ok = The clock is right.
doctor-clock-off = The clock and { $address } are { $seconds } seconds apart. Turn on automatic time (NTP).
doctor-clock-wrong = The clock and { $address } are { $seconds } seconds apart: reminders and records get wrong times. Turn on automatic time (NTP), then start.

doctor-check-failed = The check “{ $check }” could not be made ({ $problem }). Report it with this sentence.

doctor-wecom-bot-reached = { $address } is reached. Whether BotID and Secret are right is not tried, since that would push the running program out: if they are not, the log of zixin run says “WeCom refuses this bot”.
doctor-wecom-bot-address = ZIXIN_WECOM_WS_URL is no address to connect to: { $address }. It is seldom wanted: leave it out.
doctor-wecom-ok = The secret and the trusted address of the WeCom app are right.
doctor-wecom-unreached = { $address } is not reached ({ $problem }). Look at network, proxy and firewall.
doctor-wecom-address = WeCom does not trust the address { $address } of this machine. Enter it under 企业可信IP of the app, in the console.
doctor-wecom-secret = WeCom does not know ZIXIN_WECOM_SECRET. Copy it again from the app’s page in the console.
doctor-wecom-corp = WeCom does not know ZIXIN_WECOM_CORP_ID. Copy 企业ID again from 我的企业 in the console.
doctor-wecom-agent = WeCom does not know ZIXIN_WECOM_AGENT_ID. Copy AgentId again from the app’s page in the console.
doctor-wecom-declined = WeCom did not do as asked ({ $problem }). Compare the app’s settings in the console.
doctor-wecom-outside = These cannot be written to: { $names }. Add them to 可见范围 of the app in the console, or unbind a misspelt id with staff unbind.
doctor-wecom-callback-ok = { $address } on this machine leads to Zixin. If 接收消息 can be saved in the console, Token and EncodingAESKey are right.
doctor-wecom-callback-down = { $address } on this machine does not answer ({ $problem }). Start zixin run.
doctor-wecom-callback-elsewhere = { $address } on this machine leads elsewhere. See whether another program has taken ZIXIN_HTTP_PORT.
