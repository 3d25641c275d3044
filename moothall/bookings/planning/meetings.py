"""Times for a meeting, asked of the planner with what the office knows, and told in the office's words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from moothall.bookings.engaged import Engaged
from moothall.bookings.models import PanelMember, Resource
from moothall.bookings.rules import engagements
from moothall.people.models import Account
from moothall.people.models.working import Span as FromUntil
from planner.meetings.finding import find_times
from planner.meetings.problem import Found, Meeting, MeetingError, Missing, Option, Person, Span
from planner.meetings.problem import Place as Room

WANTED, NOWHERE = 6, ""
JOURNEY = "journey: "


@dataclass(frozen=True)
class Sitting:
    """Somebody who is asked, and who could come for them."""

    account: Account
    role: str = PanelMember.NEEDED
    deputy: Account | None = None


@dataclass(frozen=True)
class Asked:
    """A question for a time: who, how long, between which days, where."""

    sitting: tuple[Sitting, ...]
    minutes: int
    first: dt.date
    last: dt.date
    rooms: tuple[Resource, ...] = ()
    online: bool = False
    quorum: int = 0
    papers_days: int = 0
    opens: dt.time = dt.time(9)
    shuts: dt.time = dt.time(17)


@dataclass(frozen=True)
class Absent:
    """Who cannot come, why, and who comes instead."""

    account: Account
    why: str
    needed: bool
    deputy: Account | None
    deputy_comes: bool


@dataclass(frozen=True)
class Suggestion:
    starts_at: dt.datetime
    ends_at: dt.datetime
    rooms: tuple[Resource, ...]
    present: tuple[Account, ...]
    absent: tuple[Absent, ...]
    needed: int
    papers_on: dt.date | None

    @property
    def there(self) -> int:
        """How many of those needed are there in person."""
        return self.needed - sum(each.needed for each in self.absent)

    @property
    def answered(self) -> int:
        return self.needed - sum(each.needed and not each.deputy_comes for each in self.absent)

    @property
    def invited(self) -> tuple[Account, ...]:
        """Those who are there, and deputies who come for those who are not."""
        instead = [each.deputy for each in self.absent if each.deputy_comes and each.deputy is not None]
        return tuple(dict.fromkeys([*self.present, *instead]))


@dataclass(frozen=True)
class Answer:
    """The suggestions, the best first; or in words why there are none."""

    suggestions: tuple[Suggestion, ...]
    nothing: str = ""


def suggest_times(asked: Asked) -> Answer:
    """Read what everybody and every room does in that time, once, and rank the times."""
    if not asked.sitting:
        return Answer((), _("Say who is asked, for how long, and where."))
    people = {each.account.pk: each.account for each in asked.sitting}
    deputies = {
        each.deputy.pk: each.deputy
        for each in asked.sitting
        if each.deputy is not None and each.deputy.pk not in people
    }
    taken = engagements.people_taken([*people, *deputies], asked.first, asked.last)
    busy = engagements.rooms_taken(asked.rooms, asked.first, asked.last)
    try:
        found = find_times(_meeting(asked, deputies, taken, busy), wanted=WANTED)
    except MeetingError:
        return Answer((), _("Say who is asked, for how long, and where."))
    known = people | deputies
    suggestions = tuple(_suggestion(asked, each, known, busy) for each in found.options)
    return Answer(suggestions, "" if suggestions else _nothing(found))


def _meeting(
    asked: Asked,
    deputies: Mapping[int, Account],
    taken: Mapping[int, Sequence[Engaged]],
    busy: Mapping[int, Sequence[FromUntil]],
) -> Meeting:
    rooms = [
        Room(
            str(each.pk),
            str(each.place_id),
            each.capacity,
            tuple(Span(*one) for one in busy.get(each.pk, ())),
        )
        for each in asked.rooms
    ]
    chair = next((str(each.account.pk) for each in asked.sitting if each.role == PanelMember.CHAIR), "")
    return Meeting(
        minutes=asked.minutes, first=asked.first, last=asked.last, chair=chair, quorum=asked.quorum,
        people=tuple(_person(each, deputies, taken) for each in asked.sitting),
        deputies=tuple(Person(str(pk), _spans(taken.get(pk, ()))) for pk in deputies),
        places=tuple(rooms) if not asked.online else (Room(NOWHERE),),
        protected=tuple(Span(*one) for one in engagements.protected_spans(asked.first, asked.last)),
        closed=engagements.closed_days(asked.first - dt.timedelta(days=60), asked.last),
        opens=asked.opens, shuts=asked.shuts, minutes_between=engagements.journeys(),
        papers_days=asked.papers_days,
    )  # fmt: skip


def _person(
    sitting: Sitting, deputies: Mapping[int, Account], taken: Mapping[int, Sequence[Engaged]]
) -> Person:
    deputy = sitting.deputy.pk if sitting.deputy is not None else 0
    return Person(
        str(sitting.account.pk), _spans(taken.get(sitting.account.pk, ())),
        required=sitting.role != PanelMember.WELCOME, deputy=str(deputy) if deputy in deputies else "",
    )  # fmt: skip


def _spans(rows: Iterable[Engaged]) -> tuple[Span, ...]:
    return tuple(
        Span(each.starts_at, each.ends_at, each.why, str(each.place_id or ""), each.tiring) for each in rows
    )


def _suggestion(
    asked: Asked,
    option: Option,
    known: Mapping[int, Account],
    busy: Mapping[int, Sequence[FromUntil]],
) -> Suggestion:
    free = [
        each
        for each in asked.rooms
        if each.capacity >= len(asked.sitting)
        and not any(one < option.end and option.start < other for one, other in busy.get(each.pk, ()))
    ]
    chosen = next((each for each in free if str(each.pk) == option.place), None)
    same_site = [each for each in free if chosen is None or each.place_id == chosen.place_id]
    rooms = sorted(same_site, key=lambda each: (each != chosen, each.capacity, each.name))
    return Suggestion(
        option.start, option.end, () if asked.online else tuple(rooms),
        tuple(known[int(name)] for name in option.present),
        tuple(_absent(each, known) for each in option.missing), option.required,
        option.papers_on if asked.papers_days else None,
    )  # fmt: skip


def _absent(missing: Missing, known: Mapping[int, Account]) -> Absent:
    why = missing.because
    if why == "rest":
        why = _("needs a break after three hours without one")
    elif why.startswith(JOURNEY):
        why = _("on the way from or to: %(what)s") % {"what": why.removeprefix(JOURNEY)}
    deputy = known[int(missing.deputy)] if missing.deputy else None
    return Absent(known[int(missing.name)], why, missing.required, deputy, missing.deputy_comes)


def _nothing(found: Found) -> str:
    """Why there is no time: the first rule that left nothing."""
    words = {
        "hours": _("No day in this time is open long enough."),
        "rooms": _("No room that seats everybody is free for so long."),
        "chair": _("Whoever takes the chair is never free while a room is."),
        "quorum": _("There are never enough of those needed while the chair and a room are free."),
    }
    first = next((rule for rule, count in found.left if not count), "quorum")
    return words[first]
