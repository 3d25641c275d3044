"""Suspension: begun with the reason, told in neutral words, reviewed at set intervals, ended."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Entry
from moothall.cases.rules.refusals import need_reason
from moothall.conduct.models import Matter, Suspension, SuspensionReview
from moothall.core.clock import in_london
from moothall.letters.models import Letter
from moothall.letters.rules.fields import date_in
from moothall.people.models import Account

from . import periods
from .holding import hold, put_on_timeline, write
from .refusals import BeganLater, NotSuspended, ReviewedThatDay, SuspendedAlready, ToldOfIt
from .telling import Sent, send_to_them


@transaction.atomic
def suspend(
    matter: Matter, *, kind: str, from_on: dt.date, because: str, terms: str, by: Account | None,
    at: dt.datetime,
) -> Suspension:  # fmt: skip
    """From this day they are away, or do other work; the first review is counted from it."""
    hold(matter, by=by)
    need_reason(because)
    need_reason(terms)
    if matter.suspensions.standing().exists():
        raise SuspendedAlready
    made = Suspension.objects.create(
        matter=matter, kind=kind, from_on=from_on, because=because.strip(), terms=terms.strip(),
        review_by=periods.suspension_review_by(matter.procedure, on=from_on), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    words = f"{made.get_kind_display()}\n\n{because.strip()}"
    put_on_timeline(matter, words, by=by, at=at, kind=Entry.DECISION)
    write("suspend", matter, by=by, at=at, suspension=made.pk, kind=kind, from_on=from_on.isoformat())
    return made


@transaction.atomic
def tell_suspension(
    suspension: Suspension, *, sent: Sent, by: Account, at: dt.datetime, given_on: dt.date | None = None
) -> Letter | None:
    """They are told in writing, once."""
    fresh = _held(suspension, by=by)
    if fresh.told_on is not None:
        raise ToldOfIt
    letter = send_to_them(fresh.matter, sent, by=by, at=at)
    told_on = given_on or in_london(at).date()
    Suspension.objects.filter(pk=fresh.pk).update(told_on=told_on, letter=letter)
    write("tell_suspension", fresh.matter, by=by, at=at, suspension=fresh.pk)
    return letter


@transaction.atomic
def review_suspension(
    suspension: Suspension, *, held_on: dt.date, decision: str, reasons: str, by: Account | None,
    at: dt.datetime,
) -> SuspensionReview:  # fmt: skip
    """It goes on, and the next review is counted from this one; or it ends with this day."""
    fresh = _held(suspension, by=by)
    need_reason(reasons)
    _refuse_day(fresh, held_on, at=at)
    if fresh.reviews.filter(held_on=held_on).exists():
        raise ReviewedThatDay
    made = SuspensionReview.objects.create(
        suspension=fresh, held_on=held_on, decision=decision, reasons=reasons.strip(),
        was_due_on=fresh.review_by, by=by, at=at,
    )  # fmt: skip
    after: dict[str, object] = {"review_by": periods.suspension_review_by(fresh.matter.procedure, on=held_on)}
    if decision == SuspensionReview.ENDS:
        after = {"ended_on": held_on, "ended_because": reasons.strip(), "review_by": None}
    Suspension.objects.filter(pk=fresh.pk).update(**after)
    words = f"{made.get_decision_display()}\n\n{reasons.strip()}"
    put_on_timeline(fresh.matter, words, by=by, at=at, kind=Entry.DECISION)
    write("review_suspension", fresh.matter, by=by, at=at, suspension=fresh.pk, decision=decision)
    return made


@transaction.atomic
def tell_review(
    review: SuspensionReview, *, sent: Sent, by: Account, at: dt.datetime, given_on: dt.date | None = None
) -> Letter | None:
    hold(review.suspension.matter, by=by)
    fresh = SuspensionReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if fresh.told_on is not None:
        raise ToldOfIt
    letter = send_to_them(review.suspension.matter, sent, by=by, at=at)
    SuspensionReview.objects.filter(pk=fresh.pk).update(
        told_on=given_on or in_london(at).date(), letter=letter
    )
    write("tell_review", review.suspension.matter, by=by, at=at, review=fresh.pk)
    return letter


@transaction.atomic
def end_suspension(
    suspension: Suspension, *, ended_on: dt.date, because: str, by: Account | None, at: dt.datetime
) -> Suspension:
    """Its last day, and why it is over, whenever the next review would have been."""
    fresh = _held(suspension, by=by)
    need_reason(because)
    _refuse_day(fresh, ended_on, at=at)
    Suspension.objects.filter(pk=fresh.pk).update(
        ended_on=ended_on, ended_because=because.strip(), review_by=None
    )
    words = _("The suspension ended.") + f"\n\n{because.strip()}"
    put_on_timeline(fresh.matter, words, by=by, at=at, kind=Entry.DECISION)
    write("end_suspension", fresh.matter, by=by, at=at, suspension=fresh.pk, ended_on=ended_on.isoformat())
    fresh.refresh_from_db()
    return fresh


def _held(suspension: Suspension, *, by: Account | None) -> Suspension:
    hold(suspension.matter, by=by)
    fresh = Suspension.objects.select_for_update(of=("self",)).get(pk=suspension.pk)
    fresh.matter = suspension.matter
    if fresh.ended_on is not None:
        raise NotSuspended
    return fresh


def _refuse_day(suspension: Suspension, day: dt.date, *, at: dt.datetime) -> None:
    if day > in_london(at).date() or day < suspension.from_on:
        raise BeganLater(_("That day is before the suspension began, or yet to come."), _("Check the day."))


def said_in(language: str, suspension: Suspension) -> dict[str, str]:
    """What a letter about a suspension may say."""
    review = suspension.review_by
    return {
        "suspension.from_on": date_in(language, suspension.from_on),
        "suspension.review_by": date_in(language, review) if review else "",
        "suspension.terms": suspension.terms,
    }


def review_said_in(language: str, review: SuspensionReview) -> dict[str, str]:
    return said_in(language, review.suspension) | {
        "suspension.reviewed_on": date_in(language, review.held_on), "suspension.reasons": review.reasons,
    }  # fmt: skip
