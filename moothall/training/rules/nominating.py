"""Putting people forward, deciding on it, and taking it back."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from moothall.leave.models import decided_by
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Nomination, Session
from moothall.workforce.models import Employment

from .placing import find_hindrance, free_place, give_place, hold, hold_session
from .refusals import AlreadyPutForward, NotWaiting, NotYourOwn, SayWhy, SessionOver
from .telling import ask_for_filling, tell_of_refusal, tell_of_withdrawing

__all__ = ["find_hindrance", "may_decide"]


def is_own(account: Account, nomination: Nomination) -> bool:
    return account.person_id is not None and nomination.employment.person_id == account.person_id


def may_decide(account: Account, nomination: Nomination, *, on: dt.date) -> bool:
    """The manager of the day, whoever stands in, and whoever looks after training; nobody on their own."""
    if is_own(account, nomination):
        return False
    if account.may("training.manage"):
        return True
    return decided_by(account, on=on).filter(pk=nomination.employment_id).exists()


@transaction.atomic
def put_forward(
    employment: Employment, session: Session, *, by: Account | None, at: dt.datetime, today: dt.date,
    agreed: bool = False,
) -> Nomination:  # fmt: skip
    """Ask for a place for somebody. Where their manager puts them forward, or has `agreed`, it is decided at
    once: a place, or the waiting list with the reason."""
    held = hold_session(session.pk)
    if not held.is_standing or held.first_on < today:
        raise SessionOver
    Employment.objects.select_for_update(no_key=True).get(pk=employment.pk)
    if Nomination.objects.standing().filter(employment=employment, session=held).exists():
        raise AlreadyPutForward
    made = Nomination.objects.create(employment=employment, session=held, asked_at=at, asked_by=by)
    append_audit("training.put_forward", about=made, by=by, at=at, detail={"session": held.pk})
    own = by is not None and is_own(by, made)
    if not own and (agreed or (by is not None and _manages(by, employment, today))):
        _decide(made, by=by, at=at)
        give_place(made, by=by, at=at)
    return made


def _manages(account: Account, employment: Employment, today: dt.date) -> bool:
    return decided_by(account, on=today).filter(pk=employment.pk).exists()


def _decide(nomination: Nomination, *, by: Account | None, at: dt.datetime) -> None:
    nomination.decided_at, nomination.decided_by = at, by
    nomination.save(update_fields=["decided_at", "decided_by"])


@transaction.atomic
def put_many_forward(
    employments: Sequence[Employment], session: Session, *, by: Account, at: dt.datetime, today: dt.date,
    agreed: bool = False,
) -> list[Nomination]:  # fmt: skip
    """Several at once; whoever is put forward already is left as they are."""
    there = Nomination.objects.standing().filter(session=session, employment__in=employments)
    known = set(there.values_list("employment_id", flat=True))
    fresh = sorted((each for each in employments if each.pk not in known), key=lambda each: each.pk)
    if employments and not fresh:
        raise AlreadyPutForward
    return [put_forward(each, session, by=by, at=at, today=today, agreed=agreed) for each in fresh]


@transaction.atomic
def approve(
    nomination: Nomination, *, by: Account, at: dt.datetime, today: dt.date, despite: str = ""
) -> Nomination:
    """Yes: a place, or the waiting list with the reason. Also for whoever waits on account of the team, when
    somebody lets them through below the minimum by name and with a reason."""
    held = hold(nomination)
    if is_own(by, held):
        raise NotYourOwn
    lets_through = held.state == Nomination.WAITING and held.waits_because == Nomination.TEAM
    if held.state != Nomination.ASKED and not lets_through:
        raise NotWaiting
    if lets_through and not despite.strip():
        raise SayWhy
    if not held.session.is_standing or held.session.first_on < today:
        raise SessionOver
    if held.state == Nomination.ASKED:
        _decide(held, by=by, at=at)
        append_audit("training.approve", about=held, by=by, at=at)
    give_place(held, by=by, at=at, despite=despite)
    return held


@transaction.atomic
def refuse(nomination: Nomination, *, because: str, by: Account, at: dt.datetime) -> Nomination:
    """No, with the reason that the person reads."""
    held = hold(nomination)
    if is_own(by, held):
        raise NotYourOwn
    if held.state != Nomination.ASKED:
        raise NotWaiting
    if not because.strip():
        raise SayWhy
    held.state, held.because, held.decided_at, held.decided_by = (
        Nomination.REFUSED, because.strip()[:300], at, by,
    )  # fmt: skip
    held.save(update_fields=["state", "because", "decided_at", "decided_by"])
    append_audit("training.refuse", about=held, by=by, at=at, detail={"because": held.because})
    tell_of_refusal(held, by=by, at=at)
    return held


@transaction.atomic
def withdraw(nomination: Nomination, *, by: Account | None, at: dt.datetime, because: str = "") -> Nomination:
    """They do not come after all: the place goes to whoever waits."""
    held = hold(nomination)
    if not held.stands or held.attended is not None:
        raise NotWaiting
    had_a_place = held.state == Nomination.PLACED
    free_place(held, by=by, at=at)
    held.state, held.waits_because, held.waits_for = Nomination.WITHDRAWN, "", ""
    held.because = because.strip()[:300]
    held.save(update_fields=["state", "waits_because", "waits_for", "because"])
    append_audit("training.withdraw", about=held, by=by, at=at, detail={"because": held.because})
    if had_a_place:
        tell_of_withdrawing(held, by=by, at=at)
        ask_for_filling(held.session_id)
    return held


@transaction.atomic
def say_needs(nomination: Nomination, *, needs: str, by: Account, at: dt.datetime) -> Nomination:
    """What somebody needs to take part, for those who arrange and teach; its words are not in the audit."""
    held = hold(nomination)
    if not held.stands or not held.session.is_standing:
        raise NotWaiting
    held.needs = needs.strip()[:300]
    held.save(update_fields=["needs"])
    append_audit("training.say_needs", about=held, by=by, at=at)
    return held


@transaction.atomic
def put_back(nomination: Nomination, *, by: Account, at: dt.datetime, today: dt.date) -> Nomination:
    """What was refused or withdrawn is asked for again. Where somebody who decides does it, a decision that
    stood is tried anew; the person themselves asks anew, whoever withdrew it."""
    held = hold(nomination)
    if held.stands:
        raise NotWaiting
    if not held.session.is_standing or held.session.first_on < today:
        raise SessionOver
    if Nomination.objects.standing().filter(employment=held.employment_id, session=held.session_id).exists():
        raise AlreadyPutForward
    was_decided = held.state == Nomination.WITHDRAWN and held.decided_at is not None and not is_own(by, held)
    held.state, held.because = Nomination.ASKED, ""
    if not was_decided:
        held.decided_at, held.decided_by = None, None
    held.save(update_fields=["state", "because", "decided_at", "decided_by"])
    append_audit("training.put_back", about=held, by=by, at=at)
    if was_decided:
        give_place(held, by=by, at=at)
    return held
