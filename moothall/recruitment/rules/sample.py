"""Sample campaigns of a demo office: some open, some being decided, with people at every stage."""

import datetime as dt
import random
import unicodedata
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.stepping import complete_step
from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields, Marked
from moothall.core.packs import Pack, Progress
from moothall.people.models import Account, Team
from moothall.recruitment.models import Application, Campaign, EligibilityRule, RoleProfile, Route, Vacancy

from . import campaigns, drafts, sending, vacancies
from .withdrawing import withdraw

HALF_A_DAY: Final = dt.timedelta(hours=12)
APPROVALS: Final = ("je", "fin", "head", "redep", "advert")
GOOD: Final = ("approved", "live", "none", "eligible", "met", "pass", "shortlisted", "fit", "accepted")
GIVES_UP: Final = 0.05


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/campaigns.yaml") if pack.demo else None
    if doc is None or Campaign.objects.exists():
        return
    fields = Fields(doc)
    names = names_of(pack)
    texts = list(fields.words("answers"))
    rows = list(fields.mappings("campaigns"))
    progress.begin(_("Sample campaigns"), len(rows))
    drawn = random.Random(pack.seed)  # noqa: S311
    for row in rows:
        _campaign(Fields(row), pack, names, texts, drawn)
        progress.advance()
    fields.finish()
    progress.end()


def names_of(pack: Pack) -> list[str]:
    """As many invented names as the workforce of the sample has, mixed anew."""
    fields = Fields(pack.file("demo/workforce.yaml") or Marked("", 0))
    given, family = fields.words("given_names"), fields.words("family_names")
    return [f"{one} {other}" for number, one in enumerate(given) for other in family[number % 5 :: 5]]


def _campaign(fields: Fields, pack: Pack, names: list[str], texts: list[str], drawn: random.Random) -> None:
    today = in_london(pack.at).date()
    profile = RoleProfile.objects.get(name=fields.text("profile"))
    team = Team.objects.get(key=fields.text("team"))
    opens, closes = fields.whole("opened_days_ago"), fields.whole("open_for_days")
    opened = pack.at - dt.timedelta(days=opens)
    manager = Account.objects.filter(email=fields.text("manager", "")).first()
    vacancy = _vacancy(fields, profile, team, manager, at=opened)
    opens_on = today - dt.timedelta(days=opens)
    content = campaigns.CampaignContent(
        name=fields.text("name"), name_cy=fields.text("name_cy"), about=fields.text("about"),
        about_cy=fields.text("about_cy"), profile=profile, opens_on=opens_on,
        closes_on=opens_on + dt.timedelta(days=closes), starts_on=opens_on + dt.timedelta(days=240),
        vacancies=[vacancy],
    )  # fmt: skip
    routes = [Route.objects.get(key=key) for key in fields.words("routes")]
    cohorts = [campaigns.Cohort(each, fields.whole("places"), content.starts_on) for each in routes]
    made = campaigns.draw_up_campaign(content, team=team, cohorts=cohorts, by=None, at=opened)
    many, waits = fields.whole("applicants"), fields.flag("waits")
    fields.finish()
    if waits:
        return
    made = campaigns.publish_campaign(made, by=None, at=opened)
    span = min(closes, opens)
    for number in range(many):
        day = opened + dt.timedelta(hours=24 * span * number / max(many, 1))
        _apply(made, routes[number % len(routes)], names, texts, drawn, at=day, until=pack.at)


def _vacancy(
    fields: Fields, profile: RoleProfile, team: Team, manager: Account | None, *, at: dt.datetime
) -> Vacancy:
    content = vacancies.VacancyContent(
        title=fields.text("job"), title_cy=fields.text("job_cy"), profile=profile, grade=fields.text("grade"),
        hours=Decimal(fields.text("hours")), cost_code=fields.text("cost_code"), welsh=fields.text("welsh"),
        welsh_because=_("The public is met in both languages."), because=fields.text("because"),
        places=fields.whole("places"), hiring_manager=manager, team=team,
    )  # fmt: skip
    made = vacancies.ask_for_vacancy(content, by=manager, at=at)
    if not fields.flag("waits"):
        for key in APPROVALS:
            finish_step(made.case, key, at=at)
    return made


def finish_step(case: Case, key: str, *, at: dt.datetime) -> bool:
    """The step, as well as it can end; nothing where it is not its turn."""
    step = Step.objects.filter(case=case, key=key, state=Step.READY).select_related("case__version").first()
    if step is None or step.sub_cases.exclude(status=Case.CLOSED).exists():
        return False
    allowed = definition_of(step.case.version).step(key).outcomes
    outcome = next((each for each in GOOD if each in allowed), allowed[0] if allowed else "")
    complete_step(step, by=None, at=at, outcome=outcome)
    return True


def _apply(
    campaign: Campaign, route: Route, names: list[str], texts: list[str], drawn: random.Random,
    *, at: dt.datetime, until: dt.datetime,
) -> None:  # fmt: skip
    """One person, who gets some way by today; a few withdraw."""
    name = names[drawn.randrange(len(names))]
    made = _send(campaign, route, name, texts, drawn, at=at)
    if drawn.random() < GIVES_UP:
        withdraw(made, because="", by=None, at=min(at + HALF_A_DAY, until))
        return
    moment = at
    for _stage in range(drawn.randrange(4)):
        moment += dt.timedelta(days=drawn.randint(3, 9))
        ready = Step.objects.filter(case=made.case_id, state=Step.READY).order_by("position").first()
        if moment > until or ready is None or not finish_step(made.case, ready.key, at=moment):
            return


def _send(
    campaign: Campaign, route: Route, name: str, texts: list[str], drawn: random.Random, *, at: dt.datetime
) -> Application:
    language = "cy" if drawn.random() < 0.25 else "en"
    draft = drafts.begin_draft(campaign, route, account=None, language=language, at=at)
    rules = EligibilityRule.objects.in_force(in_london(at).date(), route=route)
    found: dict[str, Any] = {
        each.key: drawn.randint(4, 30) if each.kind == each.AT_LEAST else each.kind == each.YES
        for each in rules if each.asks
    }  # fmt: skip
    found["born_on"] = dt.date(drawn.randint(1978, 2006), drawn.randint(1, 12), drawn.randint(1, 28))
    drafts.answer_page(draft, page=drafts.RULES, found=found, at=at)
    for each in drafts.criteria_of(draft):
        drafts.answer_page(draft, page=f"criterion-{each.key}", found={"text": drawn.choice(texts)}, at=at)
    helped = {"guaranteed_interview": drawn.random() < 0.1, "adjustments": ""}
    drafts.answer_page(draft, page=drafts.SUPPORT, found=helped, at=at)
    drafts.answer_page(draft, page=drafts.EQUALITY, found={"sex": drawn.choice(("female", "male"))}, at=at)
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    address = f"{plain.replace(' ', '.')}.{draft.pk}@post.example"
    reach = {"name": name, "email": address, "phone": ""}
    return sending.send_application(drafts.answer_page(draft, page=drafts.NAME, found=reach, at=at), at=at)
