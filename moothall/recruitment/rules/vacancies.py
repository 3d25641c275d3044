"""A vacancy is asked for, approved on its case, and cancelled."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction

from moothall.cases.models import Case, Service, Step
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import open_case
from moothall.cases.rules.stepping import complete_step
from moothall.core.serving import for_the_office
from moothall.people.models import Account, Post, Team
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Campaign, RoleProfile, Vacancy

from .refusals import CancelledAlready, InACampaign, NoVacancyService, WelshNeedsReason

PROCESS: Final = "council_vacancy"
NEED, WELSH, FILL = "need", "welsh", "fill"
CANCELLED: Final = "cancelled"


@dataclass(frozen=True, kw_only=True)
class VacancyContent:
    """What is asked for."""

    title: str
    profile: RoleProfile
    grade: str
    hours: Decimal
    cost_code: str
    welsh: str
    welsh_because: str
    because: str
    title_cy: str = ""
    post: Post | None = None
    places: int = 1
    is_new: bool = False
    hiring_manager: Account | None = None
    team: Team | None = None


@for_the_office()
@transaction.atomic
def ask_for_vacancy(content: VacancyContent, *, by: Account | None, at: dt.datetime) -> Vacancy:
    """The request is the first step of its case, and so is the Welsh-language category with its reason; then
    those who approve have it before them."""
    service = Service.objects.filter(key=PROCESS, retired_at=None).select_related("team").first()
    if service is None:
        raise NoVacancyService
    if not content.welsh_because.strip():
        raise WelshNeedsReason
    team = content.team or service.team
    case = open_case(
        service, title=content.title, channel="staff", received_at=at, at=at, by=by, team=team,
        words=f"{content.title}\n{content.because}",
        answers={"new_or_changed_role": content.is_new, "employer": {"welsh_standards": True}},
    )  # fmt: skip
    given = {name: value for name, value in vars(content).items() if name != "team"}
    made = Vacancy.objects.create(team=team, case=case, asked_at=at, asked_by=by, **given)
    _done(case, NEED, outcome=FILL, by=by, at=at)
    _done(case, WELSH, note=content.welsh_because, by=by, at=at)
    append_audit("recruitment.ask_for_vacancy", about=made, by=by, at=at)
    return made


def _done(
    case: Case, key: str, *, by: Account | None, at: dt.datetime, outcome: str = "", note: str = ""
) -> None:
    """What the request itself says is done with it."""
    step = Step.objects.filter(case=case, key=key, state=Step.READY).select_related("case__version").first()
    if step is None:
        return
    declared = definition_of(case.version).step(key).outcomes
    complete_step(step, by=by, at=at, outcome=outcome if outcome in declared else "", note=note)


@for_the_office()
@transaction.atomic
def cancel_vacancy(vacancy: Vacancy, *, because: str, by: Account, at: dt.datetime) -> Vacancy:
    """It is not filled after all: its case is closed, and a campaign not yet published goes on without it."""
    held: Vacancy = Vacancy.objects.select_for_update(of=("self",)).get(pk=vacancy.pk)
    if held.cancelled_at is not None:
        raise CancelledAlready
    if Campaign.objects.standing().filter(vacancies=held, published_at__isnull=False).exists():
        raise InACampaign
    held.cancelled_at, held.cancelled_because = at, because.strip()
    held.save(update_fields=["cancelled_at", "cancelled_because"])
    for campaign in held.campaigns.filter(published_at=None):
        campaign.vacancies.remove(held)
    if not held.case.is_closed:
        close_case(held.case, by=by, at=at, outcome=CANCELLED, reason=because)
    append_audit("recruitment.cancel_vacancy", about=held, by=by, at=at, detail={"because": because})
    return held
