"""Where one is reached: a person's own channels, and for the admin everybody's (9.1, 10.1)."""

from bot.dialog.filling import Filling
from bot.dialog.talk import MENU, Talk
from core.queries.actor import actor_of, named
from core.queries.people.staff import active_people
from core.records.staff import Person
from core.rules.permission import Permission
from core.rules.refusal import Refusal
from core.services.people import reach
from core.services.people.staff import ShutOut
from core.services.people.unbinding import LeavePlace, Unbind
from core.texts.message import Button, rows
from core.texts.wire import Label

_PAGE = 10


def places(talk: Talk, _filling: Filling) -> None:
    """One's own channels, each to be given up."""
    assert talk.me.person is not None
    found = reach.places(talk.session, talk.me.person)
    buttons = [
        Button(f"places.leave:{place.id}", "button-unbind", {"channel": Label(f"channel-{place.channel}")})
        for place in found
    ]
    talk.say(
        "places",
        (*rows(*buttons), (MENU,)),
        places=[Label(f"channel-{place.channel}") for place in found],
    )


def leave(talk: Talk, _filling: Filling, place: str, sure: str = "") -> None:
    """Give up a channel, once it is sure: coming back takes a new invitation."""
    if not sure:
        assert talk.me.person is not None
        found = (each for each in reach.places(talk.session, talk.me.person) if each.id == int(place))
        mine = next(found, None)
        if mine is None:
            raise Refusal("place-not-yours")
        talk.say(
            "places-sure",
            rows(Button(f"places.leave:{place}:sure", "button-unbind-sure"), MENU),
            channel=Label(f"channel-{mine.channel}"),
        )
        return
    channel = talk.do(LeavePlace(int(place)))
    talk.say("places-left", channel=channel)


def staff(talk: Talk, _filling: Filling, start: str = "0") -> None:
    """Everybody, ten at a time."""
    _may(talk)
    first = int(start)
    found = active_people(talk.session, first, _PAGE + 1)
    buttons = rows(*(Button.named(f"staff.person:{number}", name) for number, name in found[:_PAGE]))
    pages = []
    if first:
        pages.append(Button(f"staff:{max(first - _PAGE, 0)}", "button-previous"))
    if len(found) > _PAGE:
        pages.append(Button(f"staff:{first + _PAGE}", "button-next"))
    talk.say("staff-choose", (*buttons, (*pages, MENU)))


def person(talk: Talk, _filling: Filling, number: str) -> None:
    """Somebody's roles and channels, and how to cut them off."""
    _may(talk)
    who = talk.session.get_one(Person, int(number))
    actor = actor_of(talk.session, int(number))
    found = reach.places(talk.session, int(number))
    channels = dict.fromkeys(place.channel for place in found)
    buttons = [
        Button(f"staff.unbind:{number}:{channel}", "button-unbind", {"channel": Label(f"channel-{channel}")})
        for channel in channels
    ]
    buttons.append(Button(f"staff.shut-out:{number}", "button-shut-out"))
    talk.say(
        "staff-person",
        (*rows(*buttons), (Button("staff", "button-back"), MENU)),
        name=named(who),
        roles=[Label(f"role-{role}") for role in sorted(actor.roles)] if actor else [],
        places=[Label(f"channel-{place.channel}") for place in found if not place.trouble] or "none",
        lost=[Label(f"channel-{place.channel}") for place in found if place.trouble] or "none",
    )


def unbind(talk: Talk, filling: Filling, number: str, channel: str) -> None:
    talk.do(Unbind(_name(talk, number), channel))
    talk.say("staff-unbound", name=_name(talk, number), channel=Label(f"channel-{channel}"))
    person(talk, filling, number)


def shut_out(talk: Talk, _filling: Filling, number: str, sure: str = "") -> None:
    """A lost phone: every channel of the person's at once."""
    if not sure:
        talk.say(
            "staff-shut-out-sure",
            rows(Button(f"staff.shut-out:{number}:sure", "button-shut-out-sure"), MENU),
            name=_name(talk, number),
        )
        return
    talk.do(ShutOut(_name(talk, number)))
    talk.say("staff-shut-out-done", ((Button("staff", "button-back"), MENU),), name=_name(talk, number))


def _name(talk: Talk, number: str) -> str:
    return talk.session.get_one(Person, int(number)).name


def _may(talk: Talk) -> None:
    if not talk.may(Permission.MANAGE_STAFF):
        raise Refusal("not-allowed")
