# Where people are reached; the admin looks after them
channel-telegram = Telegram
channel-wecom = WeCom
channel-web = the browser

places = Messages reach you here: { $places }. They go to the one you used last, or to another if that is the browser and it is not open; what waits for your approval, and alarms, go to every one.
places-sure = Unbound, you are neither told nor answered by { $channel } any more. Using it again takes a new invitation code from the administrator. Are you sure?
places-left = { $channel } is unbound. What was still to be told comes by your other channels, or is kept for you.
place-gained = 🔔 { $channel } has just been bound to you: whoever is there sees your customers and acts in your name. If that was you, all is well. If not, unbind it below at once, and tell the administrator: somebody has your invitation code.
place-lost = ⚠️ { $channel } no longer reaches { $name } ({ $reason }). { $elsewhere ->
    [none] There is no other channel: messages are kept. Speak to them.
   *[other] Messages go by { $elsewhere } instead.
}
staff-choose = Choose somebody:
staff-person =
    <b>{ $name }</b> · { $roles }
    Reached by: { $places ->
        [none] nothing yet
       *[other] { $places }
    }{ $lost ->
        [none] {""}
       *[other] { " " }(no longer by { $lost })
    }
staff-unbound = { $name } is out of { $channel }.
staff-shut-out-sure = Cut { $name } off everywhere? The cards on the old phone go blank, messages are kept, and only a new invitation code lets them back in.
staff-shut-out-done = { $name } is cut off everywhere. A new code comes from staff invite.
staff-unbound-places = Unbound { $name }: { $count ->
    [one] one place.
   *[other] { $count } places.
}

button-places = My channels
button-staff = Staff
button-unbind = Unbind { $channel }
button-unbind-sure = Yes, unbind
button-shut-out = Phone lost
button-shut-out-sure = Yes, cut off

refusal-place-none = { $name } is not bound there. See the channels with staff list.
refusal-place-not-yours = That channel is not yours any more. See “My channels” in the menu.

command-start = Start
command-leave = Go on leave
command-places = My channels
command-staff = Staff

# A part of the program stopped over a bug, and has begun again by itself
part-stumbled = ⚠️ A fault in the program stopped { $part }. It begins again by itself, and what was waiting is still there. Please hand what the log says at { $reference } to whoever maintains the program. If it happens again today, you will not be told again.
part-delivery = the sending of messages
part-inbox = the handling of incoming messages
part-files = the handling of incoming files
part-telegram = the receiving of messages from Telegram
part-telegram-menus = the setting of the command menus in Telegram
part-wecom = the receiving of messages from WeCom
part-worker = the daily jobs
part-wecom-menu = the setting of the WeCom app’s menu
