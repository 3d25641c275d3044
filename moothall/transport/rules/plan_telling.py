"""Families told of a published plan: those alone for whom something differs, each once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from moothall.core.serving import for_the_office
from moothall.letters.models import MAIL
from moothall.letters.rules.fields import LANGUAGES, date_in
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint, Person
from moothall.people.models.often_asked import ways_to_reach
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Application, PlanningFigure, Ride, RunNotice, RunPlan

from . import plan_refusals as refusals

TELL: Final = "transport.tell_of_plan"
FIVE: Final = 5.0  # minutes, where no figure is on record
Key = tuple[int, str, int]
"""Passenger, direction, home."""
Line = dict[str, Any]


def tell_later(plan: RunPlan) -> None:
    """Have families told once this transaction stands."""
    app.configure_task(TELL).defer(plan_id=plan.pk)


def note_differences(plan: RunPlan, *, at: dt.datetime) -> int:
    """Who is fetched or brought at another time than by the plans in force, or by none: a notice for each.
    It is written before the plan is published, in the same transaction."""
    minutes = PlanningFigure.objects.on(plan.from_on).get(PlanningFigure.MOVE, FIVE)
    before = _doors(_in_force_before(plan), plan)
    after = _doors(Ride.objects.filter(run__plan=plan), plan)
    lines: dict[int, list[Line]] = defaultdict(list)
    for key, now in sorted(after.items()):
        was = before.get(key)
        if was is None or abs(_minutes(was["at"]) - _minutes(now["at"])) > minutes:
            lines[key[0]].append({**now, "before": was["at"] if was else ""})
    for key, was in sorted(before.items()):
        if key not in after:
            lines[key[0]].append({**was, "at": "", "before": was["at"], "run": ""})
    RunNotice.objects.bulk_create(
        RunNotice(plan=plan, passenger_id=passenger, lines=found) for passenger, found in lines.items()
    )
    return len(lines)


def _in_force_before(plan: RunPlan) -> Any:
    """Rides that go in its first week by plans published until now."""
    by = Q(pk=None)
    for ahead in range(7):
        day = plan.from_on + dt.timedelta(days=ahead)
        for way, number in RunPlan.objects.going(day).items() if day.weekday() in plan.weekdays else ():
            if way in plan.directions:
                by |= Q(run__plan=number, run__direction=way)
    return Ride.objects.filter(by)


def _doors(rides: Any, plan: RunPlan) -> dict[Key, Line]:
    """When each is at their own door; of several plans the latest counts."""
    rows = rides.select_related("run", "picked_up", "set_down").order_by("run__plan__from_on", "run__plan_id")
    found: dict[Key, Line] = {}
    for each in rows:
        days = [day for day in each.weekdays if day in plan.weekdays]
        found[each.passenger_id, each.run.direction, each.home_id] = {
            "direction": each.run.direction, "days": days, "at": f"{each.at_home.at:%H:%M}",
            "run": each.run.called,
        }  # fmt: skip
    return found


def _minutes(at: str) -> int:
    hours, minutes = at.split(":")
    return int(hours) * 60 + int(minutes)


@for_the_office()
def tell_of_plan(plan_id: int, *, at: dt.datetime) -> int:
    """A letter to each family for all of their passengers; whoever has no address is to be rung. May run
    again: who was told is not told twice."""
    plan = RunPlan.objects.select_related("published_by").get(pk=plan_id)
    if plan.state != RunPlan.PUBLISHED:
        return 0
    rows = RunNotice.objects.filter(plan=plan, told_at=None, by_telephone=False).order_by("passenger")
    families: dict[int, list[int]] = defaultdict(list)
    people = {each.passenger_id: each for each in rows.select_related("passenger__person")}
    asked = who_asked(people)
    for number, notice in people.items():
        families[asked.get(number, notice.passenger.person_id)].append(notice.pk)
    return sum(_tell_family(plan, person, notices, at=at) for person, notices in sorted(families.items()))


def who_asked(passengers: Iterable[int]) -> dict[int, int]:
    """Who applied for each of them, latest last."""
    rows = Application.objects.filter(passenger__in=passengers, case__requester__isnull=False)
    return dict(rows.order_by("received_on", "id").values_list("passenger", "case__requester"))


@transaction.atomic
def _tell_family(plan: RunPlan, person_id: int, notices: Sequence[int], *, at: dt.datetime) -> int:
    held = RunNotice.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk__in=notices, told_at=None, by_telephone=False
    )
    rows = list(held.select_related("passenger__person").order_by("pk"))
    if not rows:
        return 0
    to = Person.objects.get(pk=person_id)
    reach = ways_to_reach(person=person_id, most=8)
    address = next((each.value for each in reach if each.kind == ContactPoint.EMAIL), "")
    if not address:
        RunNotice.objects.filter(pk__in=[each.pk for each in rows]).update(by_telephone=True)
        return 0
    language = "cy" if to.language == "cy" else "en"
    with translation.override(LANGUAGES[language]):
        subject, body = _words(plan, to, rows, language)
    letter = queue_letter(
        about=plan, person=to, channel=MAIL, language=language, to_address=address, to_name=to.full_name,
        from_address="", from_name="", subject=subject, body=body, by=plan.published_by, at=at,
        automatic=True,
    )  # fmt: skip
    RunNotice.objects.filter(pk__in=[each.pk for each in rows]).update(letter=letter, told_at=at)
    return len(rows)


def _words(plan: RunPlan, to: Person, rows: Sequence[RunNotice], language: str) -> tuple[str, str]:
    """Subject and body, in the language that is set."""
    day = date_in(language, plan.from_on)
    subject = _("Transport from %(day)s: what changes") % {"day": day}
    parts = [_("Dear %(name)s") % {"name": to.full_name}, _("From %(day)s this is different.") % {"day": day}]
    for each in rows:
        told = "\n".join(f"- {line_words(line)}" for line in each.lines)
        parts.append(f"{each.passenger.person.full_name}:\n\n{told}")
    parts.append(_("Please be ready five minutes before. If you cannot, ring us at once."))
    return subject, "\n\n".join(parts)


def line_words(line: Mapping[str, Any]) -> str:
    """One direction of one passenger, in the language that is set."""
    days = ", ".join(str(WEEKDAYS[each]) for each in line["days"])
    said = {"days": days, "at": line["at"], "before": line["before"], "run": line["run"]}
    there = line["direction"] == "TO"
    if not line["at"]:
        return (
            _("%(days)s: not fetched by us any more")
            if there
            else _("%(days)s: not brought home by us any more")
        ) % said
    if not line["before"]:
        return (
            _("%(days)s: fetched at %(at)s, run %(run)s")
            if there
            else _("%(days)s: home at %(at)s, run %(run)s")
        ) % said
    if there:
        return _("%(days)s: fetched at %(at)s instead of %(before)s, run %(run)s") % said
    return _("%(days)s: home at %(at)s instead of %(before)s, run %(run)s") % said


@transaction.atomic
def note_rung(notice: RunNotice, *, by: Account, at: dt.datetime) -> None:
    """Somebody rang the family."""
    rows = RunNotice.objects.filter(pk=notice.pk, told_at=None)
    if not rows.update(told_at=at, told_by=by, by_telephone=True):
        raise refusals.ChangedMeanwhile
    append_audit(
        "transport.ring_family", about=notice.plan, by=by, at=at, detail={"passenger": notice.passenger_id}
    )
