# 在哪里收得到消息；管理员管人
channel-telegram = Telegram
channel-wecom = 企业微信
channel-web = 浏览器

places = 你的渠道：{ $places }。平时发到最后用的那个，浏览器没开着就换别的；待审批和警报，每个都发。
places-sure = 解绑后，在{ $channel }就收不到也问不了了。要再用，得向管理员要新的邀请码。确定吗？
places-left = 已解绑{ $channel }。没发完的消息改走你的其他渠道；没有的话，先替你留着。
place-gained = 🔔 你的账号刚绑定了{ $channel }，那边也能看你的客户、以你的名义办事。是你本人，不用管；不是你，马上点下面解绑，再告诉管理员：邀请码可能泄露了。
place-lost = ⚠️ { $channel }送不到{ $name }了（{ $reason }）。{ $elsewhere ->
    [none] 没有别的渠道，消息先留着，请联系本人。
   *[other] 消息改走{ $elsewhere }。
}
staff-choose = 选一位：
staff-person =
    <b>{ $name }</b> · { $roles }
    收得到消息：{ $places ->
        [none] 还没有渠道
       *[other] { $places }
    }{ $lost ->
        [none] {""}
       *[other] （送不到：{ $lost }）
    }
staff-unbound = 已把{ $name }从{ $channel }解绑。
staff-shut-out-sure = 切断{ $name }的全部渠道？旧手机上的卡片会变空白，消息先留着，凭新的邀请码才能回来。
staff-shut-out-done = 已切断{ $name }的全部渠道。新的邀请码用 staff invite 发。
staff-unbound-places = 已解绑 { $name }：{ $count } 处。

button-places = 我的渠道
button-staff = 人员
button-unbind = 解绑{ $channel }
button-unbind-sure = 确定解绑
button-shut-out = 手机丢了
button-shut-out-sure = 确定切断

refusal-place-none = { $name }在这个渠道没有绑定。用 staff list 看都绑在哪里。
refusal-place-not-yours = 这个渠道已经不是你的了。从菜单看「我的渠道」。

command-start = 开始
command-leave = 请假代签
command-places = 我的渠道
command-staff = 人员

# 程序的某一部分出错中断，已自行恢复
part-stumbled = ⚠️ 程序出了故障，{ $part }中断了，会自动重来，没处理完的都留着。请把日志里编号 { $reference } 处的内容交给维护人员。同样的故障，今天不再提醒。
part-delivery = 发送消息
part-inbox = 处理收到的消息
part-files = 处理收到的文件
part-telegram = 接收 Telegram 消息
part-telegram-menus = 设置 Telegram 命令菜单
part-wecom = 接收企业微信消息
part-worker = 定时任务
part-wecom-menu = 设置企业微信应用菜单
