"""A request for flexible working: asked, met about, decided in time, appealed, withdrawn."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clocks.flexible_working import (
    FlexibleRule,
    counted,
    decide_by,
    flexible_rule,
    may_ask_again_on,
)
from moothall.cases.models import Case, Service
from moothall.cases.rules.opening import moment_received, open_case
from moothall.cases.rules.ticking import tick
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.letters.rules.fields import date_in
from moothall.people.models import Account
from moothall.personnel.models import FlexibleMeeting, FlexibleRequest
from moothall.workforce.models import Employment, WorkPattern
from moothall.workforce.rules.assigning import hold

from . import refusals, ticking
from .noting import happened

SERVICE = "flexible_working"
MISSED_TWICE = 2
TICK = dt.timedelta(microseconds=1)
DAY = dt.timedelta(days=1)
NATIONS = {"ENG": "ENG", "WLS": "WLS", "SCT": "SCO", "NIR": "NI"}


@dataclass(frozen=True)
class Wanted:
    """What is to be otherwise; what is None stays."""

    weekly_hours: Decimal | None = None
    pattern: WorkPattern | None = None
    is_home_based: bool | None = None


def rule_for(employment: Employment, on: dt.date) -> FlexibleRule | None:
    return flexible_rule(NATIONS[employment.nation], employment.workforce, on)


def earlier_days(employment: Employment) -> list[dt.date]:
    """The days of the statutory requests that count; one that was withdrawn counts as well."""
    rows = FlexibleRequest.objects.filter(employment=employment, is_statutory=True)
    return list(rows.order_by("received_on").values_list("received_on", flat=True))


@for_the_office()
@transaction.atomic
def ask_flexible(
    employment: Employment,
    *,
    asks_for: str,
    wanted_from: dt.date,
    received_on: dt.date,
    by: Account | None,
    at: dt.datetime,
    effect: str = "",
    wanted: Wanted | None = None,
    outside: bool = False,
) -> FlexibleRequest:
    """Written, dated, and within the number of the law, or outside it where the office agrees to look."""
    employment = hold(employment)
    if received_on > in_london(at).date():
        raise refusals.InTheFuture
    if employment.started_on > received_on or (employment.ended_on and employment.ended_on < received_on):
        raise refusals.NotEmployed
    rule = rule_for(employment, received_on)
    is_statutory = not outside and rule is not None and _has_the_right(employment, rule, received_on)
    if rule is not None and is_statutory:
        _refuse_beyond(employment, rule, received_on)
    wanted = wanted or Wanted()
    made = FlexibleRequest.objects.create(
        employment=employment,
        case=_case_for(employment, received_on, by=by, at=at),
        received_on=received_on,
        is_statutory=is_statutory,
        asks_for=asks_for.strip(),
        effect=effect.strip(),
        wanted_from=wanted_from,
        weekly_hours=wanted.weekly_hours,
        pattern=wanted.pattern,
        is_home_based=wanted.is_home_based,
        decide_by=decide_by(rule, received_on) if rule is not None and is_statutory else None,
        asked_by=by,
        asked_at=at,
    )
    happened("asked", made, by=by, at=at, words=asks_for, received_on=received_on.isoformat())
    ticking.tick_received(made, by=by, at=at)
    return made


def _has_the_right(employment: Employment, rule: FlexibleRule, on: dt.date) -> bool:
    served = (on - employment.continuous_from).days
    return rule.is_statutory and served >= 7 * rule.service_weeks


def _refuse_beyond(employment: Employment, rule: FlexibleRule, on: dt.date) -> None:
    if FlexibleRequest.objects.waiting().filter(employment=employment, is_statutory=True).exists():
        raise refusals.OneIsLive
    earlier = earlier_days(employment)
    if rule.requests is not None and counted(earlier, on) >= rule.requests:
        again = may_ask_again_on(rule, earlier, on)
        language = "cy" if get_language() == "cy" else "en"
        raise refusals.TooMany(
            _("They have asked as often in twelve months as the law lets them; the next may be from %(day)s.")
            % {"day": date_in(language, again)}
        )


def _case_for(
    employment: Employment, received_on: dt.date, *, by: Account | None, at: dt.datetime
) -> Case | None:
    """A case on the service of the process, where the office offers it."""
    service = Service.objects.filter(key=SERVICE, retired_at=None).first()
    if service is None:
        return None
    return open_case(
        service,
        at=at,
        title=f"{service.name}: {employment.person.full_name}",
        channel="staff",
        received_at=moment_received(received_on, at=at),
        by=by,
        subject=employment.person,
        language=employment.person.language,
    )


def held(request: FlexibleRequest, *, by: Account | None) -> FlexibleRequest:
    """The request as it now stands, held until the transaction ends; nobody decides on their own."""
    if by is not None and by.person_id is not None and by.person_id == request.employment.person_id:
        raise refusals.AboutThemself
    return FlexibleRequest.objects.select_for_update(of=("self",)).shown().get(pk=request.pk)


@transaction.atomic
def arrange_meeting(
    request: FlexibleRequest,
    *,
    starts_at: dt.datetime,
    place: str,
    companion: str,
    by: Account,
    at: dt.datetime,
) -> FlexibleMeeting:
    """The person may bring a companion. Nobody is told yet."""
    fresh = held(request, by=by)
    if not fresh.is_live:
        raise refusals.NotWaiting
    made = FlexibleMeeting.objects.create(
        request=fresh,
        starts_at=starts_at,
        place=place.strip(),
        companion=companion.strip(),
        arranged_by=by,
        arranged_at=at,
    )
    tick(fresh.case_id, "easy", by=by, at=at, outcome="consult")
    happened("met", fresh, by=by, at=at, day=in_london(starts_at).date().isoformat())
    return made


@transaction.atomic
def write_down_meeting(
    meeting: FlexibleMeeting, *, state: str, notes: str, by: Account, at: dt.datetime
) -> FlexibleMeeting:
    """It took place, was missed, or could not be."""
    fresh = held(meeting.request, by=by)
    if not fresh.is_live:
        raise refusals.NotWaiting
    if meeting.starts_at > at and state != FlexibleMeeting.EXCUSED:
        raise refusals.NotYetBegun
    FlexibleMeeting.objects.filter(pk=meeting.pk).update(state=state, notes=notes.strip())
    happened("held", fresh, by=by, at=at, words=notes, state=state)
    meeting.refresh_from_db()
    missed = fresh.meetings.filter(state=FlexibleMeeting.MISSED).count()
    ticking.tick_meeting(meeting, missed, by=by, at=at)
    return meeting


@transaction.atomic
def extend(
    request: FlexibleRequest, *, until: dt.date, agreed: str, by: Account, at: dt.datetime
) -> FlexibleRequest:
    """More time to decide, as the person agreed; how is written down."""
    fresh = held(request, by=by)
    if not fresh.is_waiting:
        raise refusals.NotWaiting
    if fresh.decide_by is None:
        raise refusals.NoDeadline
    if until <= fresh.decide_by:
        raise refusals.ShorterTime
    if not agreed.strip():
        raise refusals.ReasonNeeded
    FlexibleRequest.objects.filter(pk=fresh.pk).update(
        decide_by=until, extended_from=fresh.extended_from or fresh.decide_by, extension_agreed=agreed.strip()
    )
    happened("extended", fresh, by=by, at=at, words=agreed, until=until.isoformat())
    tick(fresh.case_id, "extend", by=by, at=at)
    return FlexibleRequest.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def appeal(
    request: FlexibleRequest, *, words: str, on: dt.date, by: Account, at: dt.datetime
) -> FlexibleRequest:
    """The person asks somebody else to look at a refusal: by themself, or as the desk writes it down."""
    fresh = FlexibleRequest.objects.select_for_update(of=("self",)).shown().get(pk=request.pk)
    if fresh.state != FlexibleRequest.REFUSED or fresh.appealed_on is not None:
        raise refusals.NotRefused
    if not words.strip():
        raise refusals.ReasonNeeded
    if on > in_london(at).date():
        raise refusals.InTheFuture
    if (
        fresh.is_statutory
        and FlexibleRequest.objects.waiting().filter(employment=fresh.employment, is_statutory=True).exists()
    ):
        raise refusals.OneIsLive
    FlexibleRequest.objects.filter(pk=fresh.pk).update(
        state=FlexibleRequest.APPEALED, appealed_on=on, appeal_words=words.strip()
    )
    happened("appealed", fresh, by=by, at=at, words=words)
    return FlexibleRequest.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def withdraw(request: FlexibleRequest, *, because: str, by: Account, at: dt.datetime) -> FlexibleRequest:
    """By the person at any time; by others once two meetings were missed without a good reason."""
    fresh = FlexibleRequest.objects.select_for_update(of=("self",)).shown().get(pk=request.pk)
    if not fresh.is_waiting:
        raise refusals.NotWaiting
    own = by.person_id is not None and by.person_id == fresh.employment.person_id
    missed = fresh.meetings.filter(state=FlexibleMeeting.MISSED).count()
    if not own and missed < MISSED_TWICE:
        raise refusals.MetTooSeldom
    FlexibleRequest.objects.filter(pk=fresh.pk).update(
        state=FlexibleRequest.WITHDRAWN, withdrawn_on=in_london(at).date(), withdrawn_because=because.strip()
    )
    happened("withdrawn", fresh, by=by, at=at, words=because)
    return FlexibleRequest.objects.shown().get(pk=fresh.pk)


@transaction.atomic
def put_back(request: FlexibleRequest, *, by: Account, at: dt.datetime) -> FlexibleRequest:
    """A withdrawal is taken back on its day."""
    fresh = FlexibleRequest.objects.select_for_update(of=("self",)).shown().get(pk=request.pk)
    if fresh.state != FlexibleRequest.WITHDRAWN or fresh.withdrawn_on != in_london(at).date():
        raise refusals.NotWaiting
    live = FlexibleRequest.objects.waiting().filter(employment=fresh.employment, is_statutory=True)
    if fresh.is_statutory and live.exists():
        raise refusals.OneIsLive
    state = FlexibleRequest.APPEALED if fresh.appealed_on else FlexibleRequest.ASKED
    FlexibleRequest.objects.filter(pk=fresh.pk).update(state=state, withdrawn_on=None, withdrawn_because="")
    happened("put_back", fresh, by=by, at=at)
    return FlexibleRequest.objects.shown().get(pk=fresh.pk)
