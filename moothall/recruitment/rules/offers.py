"""Offers: made with their letter, answered by the applicant, taken back, and turned into an employment."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.stepping import complete_step
from moothall.cases.rules.ticking import untick
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.people.models import Account, Organisation, Post
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application, CheckKind, Offer
from moothall.recruitment.models.check import CLEARED
from moothall.workforce.beginnings import Beginning, tell_of_beginning
from moothall.workforce.models import Employment
from moothall.workforce.rules.assigning import Terms
from moothall.workforce.rules.starting import start_employment, take_back_start

from .beginning import make_credentials, probation_of, take_back_credentials
from .check_refusals import (
    ApplicationOver,
    ChecksGoOn,
    ClearanceTooShort,
    NotAccepted,
    NotStarted,
    OfferOver,
    OfferThere,
    StartedAlready,
    StartsTooEarly,
)
from .checks import checks_of
from .offer_letters import letter_of, tell_accepted, tell_offer
from .withdrawing import withdraw

AT_STEP: Final = {Offer.CONDITIONAL: ("offer",), Offer.FINAL: ("place", "date")}  # of an application
IN_SET: Final = {Offer.CONDITIONAL: ("start",), Offer.FINAL: ("done",)}  # of its set of checks
RECORDED: Final = "hrrec"  # of the actions for a starter
ACCEPTED: Final = "accepted"


@dataclass(frozen=True, kw_only=True)
class OfferContent:
    """What is offered."""

    kind: str
    job: str
    grade: str
    hours: Decimal
    pay: str
    answer_by: dt.date
    job_cy: str = ""
    post: Post | None = None
    starts_on: dt.date | None = None


def suggested(application: Application, kind: str) -> dict[str, Any]:
    """What is known already: of an earlier offer, else of the vacancy and the campaign."""
    earlier = application.offers.standing().order_by("-pk").first()
    if earlier is not None:
        names = ("job", "job_cy", "grade", "hours", "pay", "starts_on", "post")
        return {"kind": kind} | {name: getattr(earlier, name) for name in names}
    vacancy = application.campaign.vacancies.select_related("post").order_by("pk").first()
    found: dict[str, Any] = {"kind": kind, "starts_on": application.campaign.starts_on}
    if vacancy is not None:
        found |= {"job": vacancy.title, "job_cy": vacancy.title_cy, "grade": vacancy.grade}
        found |= {"hours": vacancy.hours, "post": vacancy.post}
    return found


def preview(application: Application, content: OfferContent, *, at: dt.datetime) -> tuple[str, str]:
    """Subject and words of the letter as it would go out now."""
    return letter_of(Offer(application=application, made_at=at, **vars(content)), at=at)


@for_the_office()
@transaction.atomic
def make_offer(application: Application, content: OfferContent, *, by: Account, at: dt.datetime) -> Offer:
    """The applicant is written to, and answers on their own page. A final one only once every check is good
    for the first day."""
    held: Application = Application.objects.select_for_update(of=("self",)).in_full().get(pk=application.pk)
    if held.case.is_closed:
        raise ApplicationOver
    if content.kind == Offer.FINAL:
        _all_is_good(held, content, at=at)
    try:
        with transaction.atomic():
            made = Offer.objects.create(application=held, made_at=at, made_by=by, **vars(content))
    except IntegrityError as twice:
        raise OfferThere from twice
    made.letter = tell_offer(made, at=at)
    made.save(update_fields=["letter"])
    append_audit("recruitment.offer", about=held, by=by, at=at, detail={"kind": made.kind, "offer": made.pk})
    return made


def _all_is_good(application: Application, content: OfferContent, *, at: dt.datetime) -> None:
    if content.starts_on is None or content.starts_on <= in_london(at).date():
        raise StartsTooEarly
    checks = checks_of(application)
    if any(each.state != CLEARED for each in checks):
        raise ChecksGoOn
    if any(each.runs_out_on is not None and each.runs_out_on < content.starts_on for each in checks):
        raise ClearanceTooShort


def _held(offer: Offer) -> Offer:
    held: Offer = Offer.objects.select_for_update(of=("self",)).in_full().get(pk=offer.pk)
    if not held.is_open:
        raise OfferOver
    return held


@for_the_office()
@transaction.atomic
def accept_offer(offer: Offer, *, at: dt.datetime) -> Offer:
    """By the applicant. The step that waited for it is done: checks begin, or the first day stands."""
    held = _held(offer)
    held.accepted_at = at
    held.save(update_fields=["accepted_at"])
    _go_on(held, at=at)
    tell_accepted(held, at=at)
    append_audit(
        "recruitment.accept_offer", about=held.application, by=None, at=at, detail={"offer": held.pk}
    )
    return held


@for_the_office()
@transaction.atomic
def decline_offer(offer: Offer, *, because: str, at: dt.datetime) -> Offer:
    """By the applicant: their application is withdrawn with it, which the desk can take up again."""
    held = _held(offer)
    held.declined_at, held.declined_because = at, because.strip()[:300]
    held.save(update_fields=["declined_at", "declined_because"])
    withdraw(held.application, because=because, by=None, at=at)
    append_audit("recruitment.decline_offer", about=held.application, by=None, at=at)
    return held


@for_the_office()
@transaction.atomic
def take_back_offer(offer: Offer, *, because: str, by: Account, at: dt.datetime) -> Offer:
    """Made by mistake, or a condition is not met. What has begun with it is ended on the case."""
    held: Offer = Offer.objects.select_for_update(of=("self",)).in_full().get(pk=offer.pk)
    if held.taken_back_at is not None or held.declined_at is not None:
        raise OfferOver
    if held.employment_id is not None:
        raise StartedAlready
    held.taken_back_at, held.taken_back_by, held.taken_back_because = at, by, because.strip()[:300]
    held.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_because"])
    detail = {"offer": held.pk, "because": because}
    append_audit("recruitment.take_back_offer", about=held.application, by=by, at=at, detail=detail)
    return held


def _go_on(offer: Offer, *, at: dt.datetime) -> None:
    """The steps of the application, and of its set of checks, at which such an offer is answered."""
    case_id = offer.application.case_id
    _finish(Step.objects.filter(case=case_id, key__in=AT_STEP[offer.kind]), at=at)
    sets = CheckKind.objects.in_use().filter(is_set=True).values("service")
    served = Case.objects.unfinished().filter(parent_step__case=case_id, service__key__in=sets)
    _finish(Step.objects.filter(case__in=list(served), key__in=IN_SET[offer.kind]), at=at)


def _finish(steps: Any, *, at: dt.datetime) -> None:
    for step in steps.filter(state=Step.READY).select_related("case__version"):
        declared = definition_of(step.case.version).step(step.key).outcomes
        if not declared or ACCEPTED in declared:
            complete_step(step, by=None, at=at, outcome=ACCEPTED if declared else "")


@for_the_office()
@transaction.atomic
def enter_among_staff(
    offer: Offer, *, number: str, unit: Organisation, post: Post, manager: Employment | None,
    workforce: str, by: Account, at: dt.datetime, answers: Mapping[str, str] | None = None,
) -> Employment:  # fmt: skip
    """Whoever accepted is on record as starting: what they must be given, which courses they need, what they
    were cleared for and the cohort they begin with follow from that by themselves."""
    held: Offer = Offer.objects.select_for_update(of=("self",)).in_full().get(pk=offer.pk)
    if held.employment_id is not None:
        raise StartedAlready
    if held.kind != Offer.FINAL or held.accepted_at is None or held.taken_back_at is not None:
        raise NotAccepted
    if held.starts_on is None:
        raise NotAccepted
    application = held.application
    terms = Terms(post=post, unit=unit, weekly_hours=held.hours, manager=manager)
    made = start_employment(
        application.applicant.person, number=number, started_on=held.starts_on, terms=terms,
        workforce=workforce, by=by, at=at, probation_until=probation_of(application.route, held.starts_on),
    )  # fmt: skip
    held.employment = made
    held.save(update_fields=["employment"])
    _finish(Step.objects.filter(case__parent_step__case=application.case_id, key=RECORDED), at=at)
    make_credentials(held, by=by, at=at)
    tell_of_beginning(Beginning(made, application.route.key, answers or {}), by=by, at=at)
    append_audit("recruitment.start", about=application, by=by, at=at, detail={"employment": made.pk})
    return made


@for_the_office()
@transaction.atomic
def take_back_start_of(offer: Offer, *, by: Account, at: dt.datetime, today: dt.date) -> Offer:
    """Entered by mistake, before the first day: the record goes, with their cohort and credentials. The offer
    stands as accepted."""
    held: Offer = Offer.objects.select_for_update(of=("self",)).in_full().get(pk=offer.pk)
    if held.employment is None:
        raise NotStarted
    employment, application = held.employment, held.application
    because = _("The start was taken back.")
    take_back_credentials(held, because=because, by=by, at=at)
    held.employment = None
    held.save(update_fields=["employment"])
    take_back_start(employment, by=by, at=at, today=today)
    for case in Case.objects.filter(parent_step__case=application.case_id).order_by("pk"):
        untick(case.pk, RECORDED, because=because, by=by, at=at)
    append_audit("recruitment.take_back_start", about=application, by=by, at=at, detail={"offer": held.pk})
    return held
