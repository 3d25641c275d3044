"""References: referees are named and asked, write and come back, and what they sent is kept as it came."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import clocks
from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.reckoning import working_calendar
from moothall.cases.rules.stepping import complete_step
from moothall.cases.rules.timeline import add_entry
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.core.signed_links import new_token
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application, CheckKind, Referee, Reference

from .check_refusals import (
    AnsweredAlready,
    ApplicationOver,
    AskedAlready,
    NamedRefereeAlready,
    NotAskedAnyMore,
    TooManyReferees,
)
from .hearing import CALENDAR
from .reference_letters import tell_applicant, tell_referee
from .reference_wording import REMINDER, REQUEST

KIND: Final = "references"
ASK, REMINDERS, ALTERNATIVE = "ask", ("c1", "c2"), "alt"  # steps of its process
MOST: Final = 8
LONGEST: Final = 4000
ANSWER_WITHIN: Final = 10  # working days


@dataclass(frozen=True, kw_only=True)
class RefereeContent:
    """Who is to be asked."""

    name: str
    email: str
    knows_from: dt.date
    knows_until: dt.date | None = None
    organisation: str = ""
    language: str = "en"


def case_of(application: Application) -> Case | None:
    """The running case on which references are taken up."""
    services = CheckKind.objects.in_use().filter(key=KIND).values("service")
    rows = Case.objects.unfinished().filter(service__key__in=services)
    own = rows.filter(parent_step__case=application.case_id)
    deeper = rows.filter(parent_step__case__parent_step__case=application.case_id)
    return (own | deeper).select_related("version").order_by("id").first()


@for_the_office()
def are_asked_for(application: Application) -> bool:
    """Whether the applicant has to name referees now."""
    return case_of(application) is not None and not application.referees.standing().exists()


@for_the_office()
@transaction.atomic
def name_referee(
    application: Application, content: RefereeContent, *, by: Account | None, at: dt.datetime
) -> Referee:
    """By the applicant, or by the desk. Where references are being taken up they are asked at once."""
    held: Application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if Case.objects.get(pk=held.case_id).is_closed:
        raise ApplicationOver
    standing = held.referees.standing()
    if standing.count() >= MOST:
        raise TooManyReferees
    running = case_of(held)
    late = running is not None and running.steps.filter(key=ALTERNATIVE, state=Step.READY).exists()
    try:
        with transaction.atomic():
            made = Referee.objects.create(
                application=held, token=new_token(), added_at=at, added_by=by, is_alternative=late,
                **vars(content) | {"email": content.email.strip().lower()},
            )  # fmt: skip
    except IntegrityError as twice:
        raise NamedRefereeAlready from twice
    append_audit("recruitment.name_referee", about=held, by=by, at=at, detail={"referee": made.pk})
    return ask_referee(made, by=by, at=at) if running is not None else made


@for_the_office()
@transaction.atomic
def ask_referee(referee: Referee, *, by: Account | None, at: dt.datetime) -> Referee:
    """They are written to with a link of their own, once."""
    held = _held(referee)
    if held.asked_at is not None:
        raise AskedAlready
    held.asked_at = at
    held.save(update_fields=["asked_at"])
    tell_referee(REQUEST, held, by_day=answer_by(at), at=at)
    running = case_of(held.application)
    if running is not None:
        _done(running, (ASK,), by=by, at=at)
        _note(running, _("A reference was asked of %(name)s."), held, by=by, at=at)
    append_audit("recruitment.ask_referee", about=held.application, by=by, at=at, detail={"referee": held.pk})
    return held


def ask_all(application: Application, *, at: dt.datetime) -> int:
    """Everybody named who has not been asked yet."""
    waiting = list(application.referees.standing().filter(asked_at=None))
    for each in waiting:
        ask_referee(each, by=None, at=at)
    return len(waiting)


def answer_by(at: dt.datetime) -> dt.date:
    return clocks.add(in_london(at).date(), ANSWER_WITHIN, "wd", working_calendar(CALENDAR))


def _held(referee: Referee) -> Referee:
    held: Referee = Referee.objects.select_for_update(of=("self",)).in_full().get(pk=referee.pk)
    if held.answered_at is not None or held.declined_at is not None:
        raise AnsweredAlready
    if held.removed_at is not None:
        raise NotAskedAnyMore
    return held


@for_the_office()
@transaction.atomic
def keep_reference(referee: Referee, *, said: Mapping[str, str], at: dt.datetime) -> Reference:
    """For later: nobody reads it before it is sent."""
    held = _held(referee)
    words = {name: str(text)[:LONGEST] for name, text in said.items()}
    made, _new = Reference.objects.update_or_create(referee=held, defaults={"said": words, "kept_at": at})
    return made


@for_the_office()
@transaction.atomic
def send_reference(referee: Referee, *, said: Mapping[str, str], at: dt.datetime) -> Reference:
    """It is here, and is never changed again. Once every referee has answered nobody is reminded any more."""
    made = keep_reference(referee, said=said, at=at)
    Reference.objects.filter(pk=made.pk).update(sent_at=at)
    Referee.objects.filter(pk=referee.pk).update(answered_at=at)
    _came(referee, _("A reference came from %(name)s. It is on the page of the application."), at=at)
    made.refresh_from_db()
    append_audit(
        "recruitment.reference", about=referee.application, by=None, at=at, detail={"of": referee.pk}
    )
    return made


@for_the_office()
@transaction.atomic
def decline_reference(referee: Referee, *, at: dt.datetime) -> Referee:
    """They cannot give one; the applicant is asked for somebody else."""
    held = _held(referee)
    held.declined_at = at
    held.save(update_fields=["declined_at"])
    tell_applicant(held, at=at)
    _came(held, _("%(name)s cannot give a reference. The applicant is asked for somebody else."), at=at)
    append_audit("recruitment.decline_reference", about=held.application, by=None, at=at)
    return held


def _came(referee: Referee, words: str, *, at: dt.datetime) -> None:
    running = case_of(referee.application)
    if running is None:
        return
    _note(running, words, referee, by=None, at=at)
    settle(referee.application, running, at=at)


def settle(application: Application, running: Case, *, at: dt.datetime) -> None:
    """Nobody is waited for any more: reminders and alternatives are not needed."""
    standing = application.referees.standing()
    if standing.filter(answered_at__isnull=False).exists() and not standing.outstanding().exists():
        note = str(_("Every reference has come."))
        for key in (ASK, *REMINDERS, ALTERNATIVE):
            _done(running, (key,), by=None, at=at, note=note)


@for_the_office()
@transaction.atomic
def remove_referee(referee: Referee, *, by: Account | None, at: dt.datetime) -> bool:
    """They are not waited for; what they have sent stays."""
    rows = Referee.objects.standing().filter(pk=referee.pk, answered_at=None)
    gone = rows.update(removed_at=at)
    if gone:
        running = case_of(referee.application)
        if running is not None:
            settle(referee.application, running, at=at)
        detail = {"referee": referee.pk}
        append_audit("recruitment.remove_referee", about=referee.application, by=by, at=at, detail=detail)
    return bool(gone)


@for_the_office()
@transaction.atomic
def restore_referee(referee: Referee, *, by: Account | None, at: dt.datetime) -> bool:
    """Removed by mistake."""
    mail = Referee.objects.standing().filter(application=referee.application_id, email=referee.email)
    if mail.exists():
        raise NamedRefereeAlready
    back = Referee.objects.filter(pk=referee.pk, removed_at__isnull=False).update(removed_at=None)
    if back:
        append_audit("recruitment.restore_referee", about=referee.application, by=by, at=at)
    return bool(back)


@transaction.atomic
def read_reference(reference: Reference, *, by: Account, at: dt.datetime) -> Mapping[str, str]:
    """What a referee wrote, as they wrote it; who read it is written down."""
    detail = {"referee": reference.referee_id}
    append_audit(
        "recruitment.read_reference", about=reference.referee.application, by=by, at=at, detail=detail
    )
    return {str(name): str(text) for name, text in reference.said.items()}


@for_the_office()
def remind_referees(*, at: dt.datetime) -> int:
    """On the days of its process: whoever has not answered is reminded, and the second time the applicant is
    told. The answer is how many were reminded."""
    services = CheckKind.objects.in_use().filter(key=KIND).values("service")
    due = Step.objects.filter(
        case__service__key__in=services, state=Step.READY, key__in=REMINDERS,
        due_on__lte=in_london(at).date(),
    ).exclude(case__status=Case.CLOSED)  # fmt: skip
    return sum(_remind(step, at=at) for step in due.select_related("case__version").order_by("due_on", "id"))


@transaction.atomic
def _remind(step: Step, *, at: dt.datetime) -> int:
    from .check_cases import application_above

    application = application_above(step.case)
    if application is None or step.case.held_until is not None:
        return 0
    waiting = list(application.referees.outstanding().in_full())
    if not waiting:
        return 0
    for each in waiting:
        tell_referee(REMINDER, each, by_day=answer_by(at), at=at)
        Referee.objects.filter(pk=each.pk).update(reminded=each.reminded + 1, reminded_at=at)
        if step.key == REMINDERS[-1]:
            tell_applicant(each, at=at)
    _done(step.case, (step.key,), by=None, at=at)
    append_audit("recruitment.remind_referees", about=application, by=None, at=at)
    return len(waiting)


def _done(case: Case, keys: tuple[str, ...], *, by: Account | None, at: dt.datetime, note: str = "") -> None:
    step = (
        Step.objects.filter(case=case, key__in=keys, state=Step.READY).select_related("case__version").first()
    )
    if step is not None:
        complete_step(step, by=by, at=at, note=note)


def _note(case: Case, words: str, referee: Referee, *, by: Account | None, at: dt.datetime) -> None:
    add_entry(case, kind=Entry.NOTE, at=at, by=by, text=words % {"name": referee.name})
