"""Rows for tests: a rank to be promoted to, its board, and candidates as far as they have come."""

import datetime as dt
from itertools import count
from typing import Any

from moothall.cases.models import Service, Step
from moothall.cases.rules.definition import OutcomeDefinition
from moothall.cases.rules.stepping import complete_step
from moothall.cases.tests.make import make_service, make_step
from moothall.core.clock import in_london
from moothall.people.models import Account, Team
from moothall.people.tests.make import AT, make_account, make_person, make_team
from moothall.promotion.models import Board, Period, PoolPlace, PromotionRule, Rank, TemporaryPromotion
from moothall.promotion.rules import boards, checking, results
from moothall.promotion.rules.applying import apply_to_board
from moothall.promotion.rules.temporary import Posting, begin
from moothall.recruitment.models import Application, Route
from moothall.recruitment.rules import campaigns, drafts, sending, vacancies
from moothall.recruitment.tests.make import approve, make_profile, make_vacancy, make_vacancy_service
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_post, make_unit

LOWER, HIGHER = "Police Constable", "Police Sergeant"
ENDS = ("promoted", "pool_expired", "unsuccessful", "withdrew")
LEADS = {
    "elig": {"ineligible": "unsuccessful"}, "sift": {"not_through": "again"},
    "temp": {"extended": "again", "reverted": "unsuccessful"},
}  # fmt: skip
PERIODS = {
    Period.POOL: 12, Period.TEMPORARY: 12, Period.REVIEW: 6, Period.POOL_WARNING: 60, Period.END_WARNING: 42,
}  # fmt: skip
_numbers = count(1)


def make_process(team: Team) -> Service:
    """As the pack has it, without its letters."""
    return make_service(
        make_step("plan", owner="people_services"), make_step("advert", "plan", owner="people_services"),
        make_step("apply", "advert", owner="candidate", waiting="person"),
        make_step("elig", "apply", owner="people_services", outcomes=("eligible", "ineligible")),
        make_step("endorse", "apply", owner="line_manager", outcomes=("supported", "not_supported")),
        make_step("psd", "elig", owner="psd", outcomes=("clear", "refer")),
        make_step("sift", "elig", "endorse", "psd", owner="panel", outcomes=("through", "not_through")),
        make_step("board", "sift", owner="panel", outcomes=("pass", "fail", "no_show")),
        make_step("mod", "board", owner="panel"), make_step("result", "mod", owner="people_services"),
        make_step("appeal", "result", owner="appeal_panel", outcomes=("upheld", "dismissed", "none")),
        make_step("pool", "result", owner="resourcing"),
        make_step("temp", "pool", owner="assessor", outcomes=("confirmed", "extended", "reverted")),
        make_step("subst", "temp", owner="people_services"),
        team=team, clocks=(), group="promotion",
        outcomes=tuple(OutcomeDefinition(each, each.capitalize()) for each in ENDS), leads=LEADS,
    )  # fmt: skip


def make_ranks(team: Team) -> Rank:
    """Constables may become sergeants; every period has its row."""
    number = next(_numbers)
    route = Route.objects.create(
        key=f"PROMOTION-{number}", name="Promotion to sergeant", name_cy="Dyrchafiad i ringyll",
        entry_step="apply", service=make_process(team), facts={"internal": True},
    )  # fmt: skip
    below = Rank.objects.create(
        key=f"constable-{number}", name="Constable", name_cy="Cwnstabl", titles=[LOWER]
    )
    for what, length in PERIODS.items():
        Period.objects.get_or_create(
            what=what, from_on=dt.date(2015, 1, 1), defaults={"length": length, "source": "The framework"}
        )
    return Rank.objects.create(
        key=f"sergeant-{number}", name="Sergeant", name_cy="Rhingyll", titles=[HIGHER], place=2, below=below,
        route=route,
    )  # fmt: skip


def make_rule(kind: str, **changes: Any) -> PromotionRule:
    given: dict[str, Any] = {
        "key": f"asked-{next(_numbers)}", "kind": kind, "told": f"Not met: {kind}.",
        "told_cy": f"Heb ei fodloni: {kind}.", "from_on": dt.date(2015, 1, 1), "source": "The framework",
    }  # fmt: skip
    return PromotionRule.objects.create(**given | changes)


def make_board(
    team: Team | None = None, *, rank: Rank | None = None, published: bool = True, at: dt.datetime = AT,
    **changes: Any,
) -> Board:  # fmt: skip
    team = team or make_team()
    if not Service.objects.filter(key=vacancies.PROCESS).exists():
        make_vacancy_service(team)
    profile, day = make_profile(), in_london(at).date()
    given: dict[str, Any] = {
        "name": "Sergeants 2027", "name_cy": "Rhingylliaid 2027", "about": "Lead a team.",
        "about_cy": "Arwain tîm.", "opens_on": day, "closes_on": day + dt.timedelta(days=21),
        "profile": profile, "vacancies": [approve(make_vacancy(profile=profile, team=team))],
    }  # fmt: skip
    content = campaigns.CampaignContent(**given | changes)
    made = boards.draw_up_board(content, rank=rank or make_ranks(team), places=3, team=team, by=None, at=at)
    if published:
        campaigns.publish_campaign(made.campaign, by=None, at=at)
        made.campaign.refresh_from_db()
    return made


def make_constable(*, account: Account | None = None, **changes: Any) -> tuple[Account, Employment]:
    """Somebody in the rank below, who signs in."""
    account = account or make_account(person=make_person(full_name=f"Wyn Okafor {next(_numbers)}"))
    if "post" not in changes:
        changes["post"] = make_post(title=LOWER)
    return account, make_employment(account=account, **changes)


def make_candidate(
    board: Board, account: Account | None = None, *, at: dt.datetime = AT, **changes: Any
) -> Application:
    """Who has applied; with the account of one who works here already, or a new one."""
    if account is None:
        account, _employment = make_constable(**changes)
    draft = apply_to_board(board, by=account, language="en", at=at)
    assert account.person is not None
    answers: dict[str, dict[str, Any]] = {
        drafts.RULES: {}, "criterion-calm": {"text": "I waited."}, "criterion-welsh": {"text": ""},
        drafts.EQUALITY: {}, drafts.SUPPORT: {"guaranteed_interview": False, "adjustments": ""},
        drafts.NAME: {
            "name": account.person.full_name, "email": f"wyn{next(_numbers)}@borth.example", "phone": "",
        },
    }  # fmt: skip
    for page, found in answers.items():
        draft = drafts.answer_page(draft, page=page, found=found, at=at)
    return sending.send_application(draft, at=at)


def finish(application: Application, key: str, outcome: str = "", *, at: dt.datetime = AT) -> Step:
    step = Step.objects.select_related("case__version").get(case=application.case_id, key=key)
    return complete_step(step, by=None, at=at, outcome=outcome)


def to_the_board(application: Application, *, at: dt.datetime = AT) -> Application:
    """Everything before the board day is settled."""
    checking.decide_eligibility(application, eligible=True, because="", by=None, at=at)
    finish(application, "endorse", "supported", at=at)
    checking.note_standards(application, outcome=checking.CLEAR, note="", by=None, at=at)
    finish(application, "sift", "through", at=at)
    return application


def after_the_board(application: Application, outcome: str = "pass", *, at: dt.datetime = AT) -> Application:
    finish(to_the_board(application, at=at), "board", outcome, at=at)
    return application


def make_place(board: Board | None = None, *, at: dt.datetime = AT, **changes: Any) -> PoolPlace:
    """Somebody has passed and waits."""
    made = after_the_board(make_candidate(board or make_board(at=at), at=at, **changes), at=at)
    results.give_results(Board.objects.get(campaign=made.campaign_id), by=None, at=at)
    return PoolPlace.objects.in_full().get(application=made)


def a_posting(*, at: dt.datetime = AT, **changes: Any) -> Posting:
    given: dict[str, Any] = {
        "post": make_post(title=HIGHER), "unit": make_unit(), "because": "A sergeant retires",
        "from_on": in_london(at).date(), "allowance": "£2,400 a year",
    }  # fmt: skip
    return Posting(**given | changes)


def make_temporary(
    employment: Employment | None = None, *, rank: Rank | None = None, at: dt.datetime = AT, **changes: Any
) -> TemporaryPromotion:
    if employment is None:
        _account, employment = make_constable()
    return begin(
        employment, a_posting(at=at, **changes), rank=rank or make_ranks(make_team()), by=None, at=at
    )
