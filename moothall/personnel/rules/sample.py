"""A year of requests, family leave and references among the sample staff, the same for the same seed."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from clocks.family import FamilyRule, family_rule, last_day_of_leave, maternity_dates, reply_by
from clocks.flexible_working import decide_by, load_grounds
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import in_london
from moothall.core.copying import Tables
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account
from moothall.personnel.models import (
    FamilyLeave,
    FlexibleMeeting,
    FlexibleRequest,
    Happening,
    ReferenceRequest,
)
from moothall.workforce.models import Employment

from .family import LONG, MATERNITY
from .flexible import NATIONS, rule_for
from .references import WORKING_DAYS
from .sample_shared import share_leave

DAY: Final = dt.timedelta(days=1)
A_YEAR: Final = 365
# Of nine thousand people so many in a year.
AMONG, FLEXIBLE, FAMILY, REFERENCES = 9000, 700, 350, 500
KINDS: Final = {"maternity": 45, "paternity": 34, "adoption": 3, "parental": 7,
                "carers": 4, "neonatal": 1, "bereavement": 1}  # fmt: skip
WISHES: Final = (
    "To work four longer days and have Fridays off.",
    "To begin at ten, so that I can take my daughter to school.",
    "To work from home on Mondays and Tuesdays.",
    "Fewer hours while I care for my father.",
    "No night shifts for the next year.",
    "Compressed hours over nine days in the fortnight.",
)
EMPLOYERS: Final = ("Cwm Taf Books", "Gwynfa Care", "Dyffryn Housing", "Pont Logistics", "Severn Insurance")


@dataclass
class Year:
    """What the sample is drawn from, and where its rows go."""

    dice: Random
    today: dt.date
    at: dt.datetime
    tables: Tables
    deciders: list[int]

    def moment(self, day: dt.date, hour: int) -> dt.datetime:
        return min(dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC), self.at)

    def ago(self) -> dt.date:
        return self.today - self.dice.randrange(A_YEAR) * DAY


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for sample staff, in the proportion asked for."""
    here = Employment.objects.filter(ended_on=None).order_by("pk")
    rows = here if pack.demo else here.none()
    staff = list(rows.only("pk", "workforce", "nation", "started_on", "continuous_from"))
    share = len(staff) * min(pack.scale, 1) / AMONG
    if not round(FLEXIBLE * share) or FlexibleRequest.objects.exists():
        return
    progress.begin(_("A year of requests of staff"))
    deciders = list(Account.objects.in_use().order_by("pk").values_list("pk", flat=True)[:2])
    dice = Random(pack.seed)  # noqa: S311 # nosec B311  (a sample, not a secret)
    year = Year(dice, in_london(pack.at).date(), pack.at, Tables(), deciders)
    for employment in dice.sample(staff, min(len(staff), round(FLEXIBLE * share))):
        _flexible(year, employment)
    for employment in dice.sample(staff, min(len(staff), round(FAMILY * share))):
        _family(year, employment)
    for employment in dice.sample(staff, min(len(staff), round(REFERENCES * share))):
        _reference(year, employment)
    year.tables.copy()
    if deciders:
        share_leave(dice, year.today, share=share, by=Account.objects.get(pk=deciders[0]))
    progress.end()


def _happened(year: Year, kind: str, day: dt.date, hour: int, **about: int) -> None:
    year.tables.add(Happening, kind=kind, at=year.moment(day, hour), **about)


def _flexible(year: Year, employment: Employment) -> None:
    """Most agreed, one in seven tried out, one in nine refused after a meeting; the last weeks wait."""
    dice, on = year.dice, max(year.ago(), employment.started_on)
    rule = rule_for(employment, on)
    statutory = rule is not None and rule.is_statutory
    due = decide_by(rule, on) if rule is not None and statutory else None
    values: dict[str, Any] = {
        "employment_id": employment.pk,
        "received_on": on,
        "is_statutory": statutory,
        "asks_for": dice.choice(WISHES),
        "wanted_from": on + dice.randint(30, 90) * DAY,
        "decide_by": due,
        "asked_at": year.moment(on, 9),
    }
    decided = on + dice.randint(5, 50) * DAY
    outcome = dice.choices(("AGREED", "TRIAL", "REFUSED"), (75, 14, 11))[0]
    if decided <= year.today and year.deciders:
        values |= {"state": outcome, "decided_on": decided, "decided_by_id": year.deciders[0]}
        values |= _said(year, outcome, values["wanted_from"])
    pk = year.tables.add(FlexibleRequest, **values)
    _happened(year, "asked", on, 9, flexible_id=pk)
    if "state" not in values:
        return
    if outcome != "AGREED":
        met = on + (decided - on) // 2
        year.tables.add(
            FlexibleMeeting,
            request_id=pk,
            starts_at=year.moment(met, 10),
            place=_("Meeting room 2"),
            state=FlexibleMeeting.HELD,
            arranged_at=year.moment(on, 10),
        )
    kind = {"AGREED": "agreed", "TRIAL": "tried", "REFUSED": "refused"}[outcome]
    _happened(year, kind, decided, 15, flexible_id=pk)


def _said(year: Year, outcome: str, wanted_from: dt.date) -> dict[str, Any]:
    if outcome == FlexibleRequest.REFUSED:
        ground = year.dice.choice(load_grounds())
        return {"ground": ground.key, "reasons": ground.name}
    trial = wanted_from + 90 * DAY if outcome == FlexibleRequest.TRIAL else None
    return {"agreed_from": wanted_from, "trial_until": trial}


def _family(year: Year, employment: Employment) -> None:
    """By the rule of its own day; a kind that no rule gives them is not drawn."""
    dice = year.dice
    kind = dice.choices(list(KINDS), list(KINDS.values()))[0]
    event = year.ago() + dice.randrange(120) * DAY
    rule = family_rule(kind, NATIONS[employment.nation], employment.workforce, event)
    if (
        rule is None
        or rule.weeks is None
        or (event - employment.continuous_from).days < 7 * rule.service_weeks
    ):
        return
    starts = event - dice.randrange(7, 40) * DAY if kind == MATERNITY else event + dice.randrange(20) * DAY
    told = min(_told(kind, event, dice), year.today)
    if starts < employment.started_on or told < employment.started_on:
        return
    _leave(year, employment, rule, event=event, starts=starts, told=told)


def _told(kind: str, event: dt.date, dice: Random) -> dt.date:
    if kind == MATERNITY:
        return maternity_dates(event).notice_by - dice.randrange(20) * DAY
    return event - dice.randrange(15, 60) * DAY


def _leave(
    year: Year, employment: Employment, rule: FamilyRule, *, event: dt.date, starts: dt.date, told: dt.date
) -> None:
    weeks = (rule.weeks or 1) if rule.kind in (*LONG, "paternity") else 1
    last = last_day_of_leave(starts, weeks)
    calendar = working_calendar(NATIONS[employment.nation])
    answer = reply_by(told) if rule.kind in LONG else calendar.add_working_days(told, WORKING_DAYS)
    confirmed = told + year.dice.randint(1, 20) * DAY
    pk = year.tables.add(
        FamilyLeave,
        employment_id=employment.pk,
        kind=rule.kind,
        event_on=event,
        notified_on=told,
        starts_on=starts,
        ends_on=last,
        full_end_on=last,
        reply_by=answer,
        entered_at=year.moment(told, 11),
        confirmed_on=confirmed if confirmed <= year.today else None,
        born_on=event if rule.kind == MATERNITY and event <= year.today else None,
        certificate_on=told if event <= year.today else None,
    )
    _happened(year, "entered", told, 11, family_id=pk)
    if confirmed <= year.today:
        _happened(year, "confirmed", confirmed, 12, family_id=pk)


def _reference(year: Year, employment: Employment) -> None:
    """Nine in ten are sent within their days; one in thirty is declined."""
    dice = year.dice
    on = max(year.ago(), employment.started_on)
    due = working_calendar(NATIONS[employment.nation]).add_working_days(on, WORKING_DAYS)
    values: dict[str, Any] = {
        "employment_id": employment.pk,
        "received_on": on,
        "due_on": due,
        "organisation": dice.choice(EMPLOYERS),
        "address": "people@example.org",
        "purpose": _("A post with them"),
        "entered_at": year.moment(on, 9),
    }
    done = on + dice.choices((2, 3, 5, 6, 9), (20, 30, 30, 12, 8))[0] * DAY
    answered = done <= year.today and len(year.deciders) > 1
    declined = answered and dice.random() < 0.03
    if declined:
        values |= {"declined_on": done, "declined_because": _("Nobody there knew of the request.")}
    elif answered:
        values |= {
            "verified_on": done,
            "verified_how": _("Rang the number on their own website"),
            "text": _("Dates and post, as on the staff record."),
            "drafted_by_id": year.deciders[0],
            "drafted_at": year.moment(done, 9),
            "checked_by_id": year.deciders[1],
            "checked_at": year.moment(done, 10),
            "sent_on": done,
        }
    pk = year.tables.add(ReferenceRequest, **values)
    _happened(year, "asked", on, 9, reference_id=pk)
    if answered:
        _happened(year, "declined" if declined else "sent", done, 11, reference_id=pk)
