"""The cells of a week of rooms. A hundred and twenty rooms are 840 of them, so whatever is the same in many
is made once: addresses, names, days, and who may know what."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from moothall.bookings.models import Closure, OpeningHours, Reservation, Resource, ResourcePart, Taking
from moothall.bookings.rules.refusals import named
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.people.models.working import at_on, days_between

Cells = dict[tuple[int, dt.date], list[SafeString]]
DAY = dt.timedelta(days=1)
MORNING, EVENING = dt.time(8), dt.time(18)
WANTED = (
    "resource_id", "shown", "reservation_id", "reservation__title", "reservation__state",
    "reservation__is_private", "reservation__made_by_id", "asked_for",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A room, and its week as cells."""

    resource: Resource
    cells: SafeString


def week_of(
    resources: Sequence[Resource], days: Sequence[dt.date], account: Account, *, ahead_of: dt.date
) -> list[Row]:
    """A row for each; asks as often for many as for few."""
    taken, shut = _taken(resources, days, account), _shut(resources, days)
    written = [(day, day >= ahead_of, conditional_escape(f"{day:%d/%m/%Y}")) for day in days]
    address, said = reverse("reserve"), _("Book %(room)s on %(day)s")
    rows = []
    for each in resources:
        room = format_html('<a class="mh-grid__free" href="{}?resource={}&amp;on=', address, each.pk)
        before, after = map(conditional_escape, (said % {"room": named(each), "day": "\0"}).split("\0"))
        cells = (
            _cell(
                taken.get((each.pk, day)), shut.get((each.pk, day)), room if ahead else None,
                (before, date, after),
            )
            for day, ahead, date in written
        )  # fmt: skip
        rows.append(Row(each, format_html_join("", "{}", ((cell,) for cell in cells))))
    return rows


def _cell(
    lines: list[SafeString] | None,
    why: str | None,
    room: SafeString | None,
    words: tuple[SafeString, SafeString, SafeString],
) -> SafeString:
    """What is booked, why nothing can be, or the way to book, said with the day in its midst."""
    mark = "" if why is None else " mh-grid__shut"
    if lines:
        listed = format_html_join("", "{}", ((each,) for each in lines))
        return format_html('<td class="{}"><ul class="govuk-list mh-grid__list">{}</ul></td>', mark, listed)
    if why:
        return format_html('<td class="{}">{}</td>', mark, why)
    if room is None:
        return format_html('<td class="{}"></td>', mark)
    return format_html('<td class="{}">{}{}" aria-label="{}{}{}">+</a></td>', mark, room, words[1], *words)


def _taken(resources: Sequence[Resource], days: Sequence[dt.date], account: Account) -> Cells:
    """What stands in each cell. A part that is taken stands in the line of its whole too."""
    span = at_on(days[0], dt.time(0)), at_on(days[-1] + DAY, dt.time(0))
    names = {each.pk: each for each in resources}
    wholes: dict[int, list[int]] = defaultdict(list)
    for whole, part in ResourcePart.objects.filter(whole__in=names).values_list("whole_id", "part_id"):
        wholes[part].append(whole)
    rows = Taking.objects.between(*span).filter(resource__in={*names, *wholes}, shown__overlap=span)
    cells: Cells = defaultdict(list)
    midnights = {day: at_on(day, dt.time(0)) for day in days}
    words = _Words(account)
    for resource, shown, *rest, asked_for in rows.order_by("shown", "id").values_list(*WANTED):
        begins, ends = in_london(shown.lower), in_london(shown.upper)
        said = words.of(*rest)
        in_part = said
        if asked_for and resource in wholes and resource in names:
            in_part = format_html("{}: {}", named(names[resource]), said)
        for day in days_between(max(begins.date(), days[0]), min(ends.date(), days[-1])):
            if ends > midnights[day]:
                first = begins.strftime("%H:%M") if begins.date() == day else "…"
                last = ends.strftime("%H:%M") if ends.date() == day else "…"
                cells[resource, day].append(format_html("<li>{}–{} {}</li>", first, last, said))
                for whole in wholes[resource] if asked_for and resource in wholes else ():
                    cells[whole, day].append(format_html("<li>{}–{} {}</li>", first, last, in_part))
    return cells


class _Words:
    """What somebody may know of what takes a room: its title and the way to it, or that it is taken."""

    def __init__(self, account: Account) -> None:
        self.account, self.sees_all = account.pk, account.may("bookings.manage")
        self.before, self.after = reverse("reservation", args=[0]).rsplit("0", 1)
        self.states = {key: f" ({words})" for key, words in Reservation.STATES} | {Reservation.CONFIRMED: ""}
        self.appointment, self.private = _("Appointment"), _("Private booking")

    def of(self, pk: int | None, title: str, state: str, is_private: bool, made_by: int | None) -> Any:
        if pk is None:
            return self.appointment
        if is_private and made_by != self.account and not self.sees_all:
            return self.private
        return format_html(
            '<a class="govuk-link" href="{}{}{}">{}</a>{}',
            self.before,
            pk,
            self.after,
            title,
            self.states[state],
        )


def _shut(resources: Sequence[Resource], days: Sequence[dt.date]) -> dict[tuple[int, dt.date], str]:
    """Why nothing is booked: closed for the whole of the day. An empty word where only the hours of the place
    say that it is not open: whoever has a key may still book."""
    found: dict[tuple[int, dt.date], str] = {}
    weekdays = {(place, room, weekday) for place, room, weekday in _hours(days)}
    with_hours = {(place, room) for place, room, _weekday in weekdays}
    closures = list(_closures(days))
    for each in resources:
        key = next(
            (one for one in ((each.place_id, each.pk), (each.place_id, None)) if one in with_hours), None
        )
        for day in days:
            if key is not None and (*key, day.weekday()) not in weekdays:
                found[each.pk, day] = ""
        for closure, closed in closures:
            if (closure.room_id or each.pk) == each.pk and (
                closure.place_id or each.place_id
            ) == each.place_id:
                found |= {(each.pk, day): _("Shut: %s") % closure.reason for day in closed}
    return found


def _hours(days: Sequence[dt.date]) -> Iterator[tuple[int, int | None, int]]:
    rows = OpeningHours.objects.in_force(days[0], days[-1])
    yield from rows.values_list("place_id", "room_id", "weekday")


def _closures(days: Sequence[dt.date]) -> Iterator[tuple[Closure, list[dt.date]]]:
    """Those that last through the working hours of some of these days, and which days those are."""
    span = at_on(days[0], dt.time(0)), at_on(days[-1] + DAY, dt.time(0))
    for closure in Closure.objects.between(*span).order_by("begins_at", "id"):
        begins, ends = closure.begins_at, closure.ends_at
        if closed := [day for day in days if begins <= at_on(day, MORNING) and ends >= at_on(day, EVENING)]:
            yield closure, closed
