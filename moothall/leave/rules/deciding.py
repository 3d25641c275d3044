"""Deciding on leave against the cover that has to be kept; and taking the last step back."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.dateparse import parse_datetime

from moothall.leave.models import CoverRule, LeaveDay, LeaveEvent, LeaveRequest, decided_by
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.rules.assigning import hold

from .asking import hold_request, write_event
from .cover import Cover, cover_for, units_of
from .refusals import CoverNotKept, DaysTaken, NothingToUndo, NotSickThen, NotWaiting, NotYours, ReasonNeeded
from .telling import tell_of_decision
from .working import work_of


@transaction.atomic
def approve_leave(request: LeaveRequest, *, by: Account, at: dt.datetime, despite: str = "") -> LeaveEvent:
    """Yes, if enough people are left on each day; with a reason, all the same.

    The rules of the unit are held meanwhile, so that of two managers at once one sees the place taken.
    """
    held = _held_for_decision(request, by)
    cover = held_cover(held)
    if not cover.fits and not despite.strip():
        raise CoverNotKept
    event = write_event(
        held, LeaveEvent.APPROVED, LeaveRequest.APPROVED, by=by, at=at, cover=cover,
        reason="" if cover.fits else despite,
    )  # fmt: skip
    tell_of_decision(held, by=by, at=at)
    return event


@transaction.atomic
def refuse_leave(request: LeaveRequest, *, reason: str, by: Account, at: dt.datetime) -> LeaveEvent:
    """No, with the reason that the person reads."""
    held = _held_for_decision(request, by)
    if not reason.strip():
        raise ReasonNeeded
    event = write_event(
        held, LeaveEvent.REFUSED, LeaveRequest.REFUSED, by=by, at=at, reason=reason, cover=held_cover(held)
    )
    tell_of_decision(held, by=by, at=at)
    return event


@transaction.atomic
def approve_those_that_fit(
    requests: Iterable[LeaveRequest], *, by: Account, at: dt.datetime
) -> tuple[int, int]:
    """Approve every one that keeps the cover, the first asked first; how many were, and how many not."""
    approved = left = 0
    for request in sorted(requests, key=lambda each: (each.asked_at, each.pk)):
        try:
            with transaction.atomic():
                approve_leave(request, by=by, at=at)
        except (CoverNotKept, NotWaiting, NotYours):
            left += 1
        else:
            approved += 1
    return approved, left


def _held_for_decision(request: LeaveRequest, by: Account) -> LeaveRequest:
    held = hold_request(request)
    if held.state != LeaveRequest.REQUESTED:
        raise NotWaiting
    if by.person_id is not None and held.employment.person_id == by.person_id:
        raise NotYours
    return held


def held_cover(request: LeaveRequest) -> Cover:
    """The cover of a request, with the rules that it is judged by held until the transaction ends."""
    worked = work_of(request.employment, request.from_on, request.until_on)
    rules = CoverRule.objects.between(request.from_on, request.until_on).filter(unit__in=units_of(worked))
    list(rules.select_for_update(of=("self",)).order_by("pk"))
    days = [row.day for row in request.days.all()]
    return cover_for(worked, days, asked_at=request.asked_at, without=request.pk)


@transaction.atomic
def take_back(event: LeaveEvent, *, by: Account, at: dt.datetime) -> None:
    """Undo the last thing that happened to a request, as long as nothing else has happened since."""
    hold(event.request.employment)
    held = hold_request(event.request)
    last = held.events.filter(undone_at=None).order_by("-at", "-id").first()
    if last is None or last.pk != event.pk or not last.before:
        raise NothingToUndo
    LeaveEvent.objects.filter(pk=event.pk).update(undone_at=at, undone_by=by)
    append_audit("leave.undo", about=held, by=by, at=at, detail={"event": event.kind})
    if event.kind == LeaveEvent.GIVEN_BACK:
        LeaveDay.objects.filter(request=held, day__in=event.before["days"]).update(
            given_back_at=None, given_back_by=None
        )
        return
    _refuse_what_does_not_stand_again(held, event)
    before = event.before
    LeaveRequest.objects.filter(pk=held.pk).update(
        state=before["state"], reason=before["reason"], decided_by=before["decided_by"],
        decided_at=parse_datetime(before["decided_at"]) if before["decided_at"] else None,
    )  # fmt: skip
    if event.kind in {LeaveEvent.APPROVED, LeaveEvent.REFUSED}:
        held.refresh_from_db()
        tell_of_decision(held, by=by, at=at)


def _refuse_what_does_not_stand_again(request: LeaveRequest, event: LeaveEvent) -> None:
    """What was withdrawn has lost its days: they are taken again only if they are free."""
    if event.kind not in {LeaveEvent.WITHDRAWN, LeaveEvent.REFUSED}:
        return
    days = [row.day for row in request.days.all()]
    if LeaveDay.objects.counted().filter(employment=request.employment, day__in=days).exists():
        raise DaysTaken
    if event.before["state"] == LeaveRequest.APPROVED and not held_cover(request).fits:
        raise CoverNotKept


@transaction.atomic
def give_back(
    request: LeaveRequest, *, first: dt.date, last: dt.date, by: Account, at: dt.datetime, reason: str = ""
) -> LeaveEvent:
    """They were sick on these days of their leave: the leave is not used up."""
    held = hold_request(request)
    if held.state != LeaveRequest.APPROVED:
        raise NotSickThen
    rows = held.days.filter(day__gte=first, day__lte=last, given_back_at=None)
    days = [row.day.isoformat() for row in rows.order_by("day")]
    if not days:
        raise NotSickThen
    rows.update(given_back_at=at, given_back_by=by)
    append_audit("leave.given_back", about=held, by=by, at=at, detail={"days": days})
    return LeaveEvent.objects.create(
        request=held, kind=LeaveEvent.GIVEN_BACK, at=at, by=by, reason=reason.strip()[:300],
        before={"days": days},
    )  # fmt: skip


def may_decide(account: Account, request: LeaveRequest, *, on: dt.date) -> bool:
    """The manager of that day, whoever deputises, and the desk; never the person themselves."""
    if account.person_id is not None and request.employment.person_id == account.person_id:
        return False
    if account.standing().everywhere_for("absence.record"):
        return True
    if decided_by(account, on=on).filter(pk=request.employment_id).exists():
        return True
    teams = account.standing().teams_for("absence.record")
    held = request.employment.assignments.in_force(on).filter(is_main=True, post__team_id__in=teams)
    return bool(teams) and held.exists()
