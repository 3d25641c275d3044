"""What is settled before the panel meets: who may go before the board, what their manager says, and whether
professional standards has anything to say."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Step
from moothall.cases.rules.closing import reopen_case
from moothall.cases.rules.stepping import reopen_step
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.promotion.models import Board, EligibilityCheck, Endorsement
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application
from moothall.workforce.models import Employment

from .eligibility import Finding, findings
from .going_on import UNSUCCESSFUL, board_of, end, finish, ready_step, write
from .ranks import employment_of
from .refusals import NotDecided, OwnManagerOnly, ReasonNeeded

ELIGIBLE, INELIGIBLE = "eligible", "ineligible"
SUPPORTED, NOT_SUPPORTED = "supported", "not_supported"
CLEAR, REFER = "clear", "refer"


def held(application: Application) -> Application:
    """The application, held until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",)).in_full()
    found: Application = rows.get(pk=application.pk)
    return found


@for_the_office()
def looked_at(application: Application, *, today: dt.date, language: str) -> list[Finding]:
    """What the rules say of a candidate today; nothing where they have no staff record."""
    employment = employment_of(application.applicant.person, on=today)
    if employment is None:
        return []
    board = board_of(application)
    return findings(board, employment, today=today, language=language, application=application)


@for_the_office()
@transaction.atomic
def decide_eligibility(
    application: Application, *, eligible: bool, because: str, by: Account | None, at: dt.datetime
) -> EligibilityCheck:
    """With what the rules said that day. Whoever is not eligible is told why, and their application ends."""
    fresh = held(application)
    if not eligible and not because.strip():
        raise ReasonNeeded
    rows = looked_at(fresh, today=in_london(at).date(), language=fresh.language)
    if not eligible:  # they hear while their application still runs
        write("board_ineligible", fresh, at=at, because=because.strip())
    finish(fresh, "elig", by=by, at=at, outcome=ELIGIBLE if eligible else INELIGIBLE, note=because.strip())
    made = EligibilityCheck.objects.create(
        application=fresh, eligible=eligible, found=[each.kept() for each in rows],
        because=because.strip()[:500], at=at, by=by,
    )  # fmt: skip
    if not eligible:
        end(fresh, UNSUCCESSFUL, by=by, at=at, reason=because.strip())
    append_audit("promotion.check", about=fresh, by=by, at=at, detail={"eligible": eligible})
    return made


@for_the_office()
@transaction.atomic
def take_back_check(application: Application, *, by: Account, at: dt.datetime) -> EligibilityCheck:
    """Decided by mistake: the application is open again at this step."""
    fresh = held(application)
    check = EligibilityCheck.objects.standing().filter(application=fresh).first()
    if check is None:
        raise NotDecided
    EligibilityCheck.objects.filter(pk=check.pk).update(undone_at=at, undone_by=by)
    because = str(_("Eligibility was decided by mistake."))
    case = Case.objects.get(pk=fresh.case_id)
    if case.is_closed:
        reopen_case(case, by=by, at=at, because=because)
    done = Step.objects.filter(case=fresh.case_id, key="elig", state=Step.DONE).select_related(
        "case__version"
    )
    for step in done:
        reopen_step(step, by=by, at=at, because=because)
    append_audit("promotion.take_back_check", about=fresh, by=by, at=at)
    return check


@for_the_office()
@transaction.atomic
def support(
    application: Application, *, supported: bool, words: str, by: Account, at: dt.datetime
) -> Endorsement:
    """By their manager of today. Where a rule asks for it, who is not supported hears it from the desk."""
    fresh, day = held(application), in_london(at).date()
    led = Employment.objects.managed_by(by, on=day).filter(person=fresh.applicant.person_id)
    if by.person_id == fresh.applicant.person_id or not led.exists():
        raise OwnManagerOnly
    if not words.strip():
        raise ReasonNeeded
    finish(fresh, "endorse", by=by, at=at, outcome=SUPPORTED if supported else NOT_SUPPORTED)
    made = Endorsement.objects.create(
        application=fresh, supported=supported, words=words.strip(), at=at, by=by
    )
    append_audit("promotion.support", about=fresh, by=by, at=at, detail={"supported": supported})
    return made


@for_the_office()
@transaction.atomic
def take_back_support(application: Application, *, by: Account, at: dt.datetime) -> None:
    """By whoever said it, as long as the application has not been marked."""
    fresh = held(application)
    said = Endorsement.objects.filter(application=fresh, by=by).first()
    step = (
        Step.objects.filter(case=fresh.case_id, key="endorse", state=Step.DONE)
        .exclude(case__status=Case.CLOSED).select_related("case__version").first()
    )  # fmt: skip
    marked = Step.objects.filter(case=fresh.case_id, key="sift", state=Step.DONE).exists()
    if said is None or step is None or marked:
        raise NotDecided
    reopen_step(step, by=by, at=at, because=str(_("The recommendation is written anew.")))
    said.delete()
    append_audit("promotion.take_back_support", about=fresh, by=by, at=at)


@for_the_office()
@transaction.atomic
def note_standards(
    application: Application, *, outcome: str, note: str, by: Account | None, at: dt.datetime
) -> None:
    """What professional standards and vetting say: nothing, or that they want to be asked. Why is theirs."""
    fresh = held(application)
    finish(fresh, "psd", by=by, at=at, outcome=outcome, note=note.strip())
    append_audit("promotion.note_standards", about=fresh, by=by, at=at, detail={"outcome": outcome})


@for_the_office()
@transaction.atomic
def turn_down(application: Application, *, because: str, by: Account, at: dt.datetime) -> None:
    """A candidate goes no further: not recommended, or referred by professional standards."""
    fresh = held(application)
    if not because.strip():
        raise ReasonNeeded
    if not any(ready_step(fresh, key) for key in ("elig", "endorse", "psd", "sift", "board")):
        raise NotDecided
    write("board_ineligible", fresh, at=at, because=because.strip())
    end(fresh, UNSUCCESSFUL, by=by, at=at, reason=because.strip())
    append_audit("promotion.turn_down", about=fresh, by=by, at=at)


def to_support(account: Account, *, on: dt.date) -> list[Application]:
    """Applications of the people somebody manages that wait for their word."""
    with for_the_office():
        led = Employment.objects.managed_by(account, on=on).order_by().values_list("person", flat=True)
        waiting = Step.objects.filter(key="endorse", state=Step.READY).order_by().values("case")
        boards = Board.objects.order_by().values("campaign")
        rows = Application.objects.running().in_full().filter(
            applicant__person__in=list(led), case__in=waiting, campaign__in=boards
        )  # fmt: skip
        return list(rows.exclude(applicant__person=account.person_id or 0).order_by("submitted_at", "pk"))


def said_by(account: Account) -> list[Endorsement]:
    """What somebody recommended, the last first."""
    with for_the_office():
        rows = Endorsement.objects.filter(by=account).select_related(
            "application__applicant__person", "application__campaign", "application__case"
        )
        return list(rows[:50])
