"""The campaigns of the sample year: vacancies asked for and approved, drawn up and published by the rules."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from moothall.core.clock import LONDON
from moothall.core.marked_yaml import Fields, Marked
from moothall.people.models import Account, Team
from moothall.recruitment.models import Campaign, RoleProfile, Route, Vacancy
from moothall.recruitment.rules import campaigns, vacancies
from moothall.recruitment.rules.sample import APPROVALS, finish_step

from .office import DAY, Office

CATEGORIES: Final = (Vacancy.ESSENTIAL, Vacancy.DESIRABLE, Vacancy.LEARN)
BEFORE: Final = 21 * DAY
UNTIL_START: Final = 240 * DAY
A_YEAR_OF_WEEKS: Final = 51
TEAM: Final = "recruitment"


@dataclass(frozen=True)
class Intended:
    """One campaign of the year, and how many apply to it by today."""

    name: str
    name_cy: str
    about: str
    about_cy: str
    job: str
    job_cy: str
    profile: str
    routes: Sequence[str]
    grade: str
    hours: str
    welsh: str
    open_for: int
    weeks_ago: int
    applied: int
    places: int


def intended(fields: Fields, office: Office, *, scale: float) -> list[Intended]:
    """All campaigns, those that opened first at the head. What is left of the year’s applications is shared
    out among the jobs of staff, more to some than to others."""
    wanted = round(fields.whole("applications") * scale)
    found = [each for row in fields.mappings("campaigns") for each in _of_route(row, scale)]
    left = wanted - sum(each.applied for each in found)
    found += _of_staff(Fields(fields.mapping("staff")), office, left, scale)
    return sorted(found, key=lambda each: (-each.weeks_ago, each.name))


def _of_route(marked: Marked, scale: float) -> Iterator[Intended]:
    fields = Fields(marked)
    given = {
        name: fields.text(name)
        for name in (
            "name",
            "name_cy",
            "about",
            "about_cy",
            "job",
            "job_cy",
            "profile",
            "grade",
            "hours",
            "welsh",
        )
    }
    routes, open_for, places = fields.words("routes"), fields.whole("open_for_days"), fields.whole("places")
    rows = [Fields(each) for each in fields.mappings("intakes")]
    fields.finish()
    for number, row in enumerate(rows, start=1):
        weeks, applied = row.whole("weeks_ago"), round(row.whole("applied") * scale)
        row.finish()
        said = {**given, "name": f"{given['name']}, {number}", "name_cy": f"{given['name_cy']}, {number}"}
        yield Intended(
            **said, routes=routes, open_for=open_for, weeks_ago=weeks, applied=applied,
            places=max(round(places * scale), 1),
        )  # fmt: skip


def _of_staff(fields: Fields, office: Office, left: int, scale: float) -> Iterator[Intended]:
    many = max(round(fields.whole("campaigns") * scale), 1)
    jobs = [{str(name): str(each[name]) for name in each} for each in fields.mappings("jobs")]
    given = {name: fields.text(name) for name in ("about", "about_cy", "profile", "hours")}
    route, open_for = fields.text("route"), fields.whole("open_for_days")
    fields.finish()
    weights = [office.dice.uniform(0.3, 1.7) for _each in range(many)]
    shares = shared_out(max(left, 0), weights)
    for number, applied in enumerate(shares):
        job, weeks = jobs[number % len(jobs)], A_YEAR_OF_WEEKS - number * (A_YEAR_OF_WEEKS - 1) // many
        again = number // len(jobs) + 1
        yield Intended(
            name=f"{job['job']}, {again}", name_cy=f"{job['job_cy']}, {again}", job=job["job"],
            job_cy=job["job_cy"],
            grade=job["grade"], routes=[route], welsh=office.dice.choice(CATEGORIES),
            open_for=open_for, weeks_ago=weeks, applied=applied, places=office.dice.choice((1, 1, 2, 3, 4,
            8)), **given,
        )  # fmt: skip


def shared_out(many: int, weights: Sequence[float]) -> list[int]:
    """So many in all, in these shares, each a whole number."""
    total, given, found, so_far = sum(weights), 0, [], 0.0
    for each in weights:
        so_far += each
        upto = round(many * so_far / total)
        found.append(upto - given)
        given = upto
    return found


class Drawing:
    """Draws campaigns up by the rules, as on the day on which each was."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.team = Team.objects.select_related("lead").get(key=TEAM)
        self.profiles = {each.name: each for each in RoleProfile.objects.in_use()}
        self.routes = {each.key: each for each in Route.objects.in_use()}
        self.by: Account | None = next(iter(office.working_in(self.team.pk)), None)

    def draw(self, wanted: Intended) -> tuple[Campaign, Vacancy]:
        opens_on = self.office.today - wanted.weeks_ago * 7 * DAY
        opens_on -= DAY * opens_on.weekday()
        opened = dt.datetime.combine(opens_on, dt.time(8), tzinfo=LONDON).astimezone(dt.UTC)
        vacancy = self._vacancy(wanted, opened - BEFORE)
        content = campaigns.CampaignContent(
            name=wanted.name, name_cy=wanted.name_cy, about=wanted.about, about_cy=wanted.about_cy,
            profile=self.profiles[wanted.profile], opens_on=opens_on, vacancies=[vacancy],
            closes_on=opens_on + wanted.open_for * DAY, starts_on=opens_on + UNTIL_START,
        )  # fmt: skip
        routes = [self.routes[key] for key in wanted.routes]
        each = max(wanted.places // len(routes), 1)
        cohorts = [campaigns.Cohort(route, each, content.starts_on) for route in routes]
        made = campaigns.draw_up_campaign(
            content, team=self.team, cohorts=cohorts, by=self.by, at=opened - DAY * 3
        )
        return campaigns.publish_campaign(made, by=self.by, at=opened - DAY), vacancy

    def _vacancy(self, wanted: Intended, at: dt.datetime) -> Vacancy:
        content = vacancies.VacancyContent(
            title=wanted.job, title_cy=wanted.job_cy, profile=self.profiles[wanted.profile],
            grade=wanted.grade,
            hours=Decimal(wanted.hours), cost_code="PPL-100", welsh=wanted.welsh, places=wanted.places,
            team=self.team,
            welsh_because=_("The public is met in both languages."),
            because=_("Somebody has left, and the work goes on."),
        )  # fmt: skip
        made = vacancies.ask_for_vacancy(content, by=self.by, at=at)
        for key in APPROVALS:
            finish_step(made.case, key, at=at + DAY)
        return made
