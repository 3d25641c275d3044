"""Crews of a sample office: drivers and escorts with staff records, this week and the next manned."""

import datetime as dt
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.core.serving import for_the_office
from moothall.people.models import Organisation, Post
from moothall.people.rules.persons import add_person
from moothall.transport.models import CrewMember, CrewWeek, Depot, Run
from moothall.transport.rules.accounting import owner_of_all
from moothall.transport.rules.crew_weeks import monday_of
from moothall.transport.rules.crews import join_crew
from moothall.workforce.models import Employment, WorkPattern
from moothall.workforce.rules.assigning import Terms
from moothall.workforce.rules.starting import start_employment

SINCE: Final = dt.date(2021, 9, 6)  # a Monday
DEPARTMENT: Final = "department"
FREE: Final = [Decimal(0), Decimal(0)]
ROUNDS: Final = 3
SECONDS: Final = 10
WEEKS: Final = 2


@transaction.atomic
@for_the_office()
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/crews.yaml") if pack.demo else None
    if doc is None or CrewMember.objects.exists():
        return
    fields = Fields(doc)
    rows = list(fields.mappings("crew"))
    progress.begin(_("Sample crews"), len(rows))
    posts = {row["of"]: _post(Fields(row)) for row in fields.mappings("posts")}
    pattern = _pattern(Fields(fields.mapping("pattern")))
    depots = {each.key: each for each in Depot.objects.all()}
    unit, _made = Organisation.objects.get_or_create(
        name=_("Transport Operations"), kind=DEPARTMENT, defaults={"name_cy": "Gweithrediadau Cludiant"}
    )
    for number, row in enumerate(map(Fields, rows), start=1):
        drives, escorts = row.flag("drives"), row.flag("escorts")
        terms = Terms(
            post=posts["driver" if drives else "escort"], unit=unit, pattern=pattern, pattern_from=SINCE,
            weekly_hours=sum(pattern.hours, Decimal(0)),
        )  # fmt: skip
        _member(row, f"TR{number:04}", terms, depots, pack, drives=drives, escorts=escorts)
        progress.advance()
    fields.finish()
    _man(pack)
    progress.end()


def _post(fields: Fields) -> Post:
    names = {"title": fields.text("title"), "title_cy": fields.text("title_cy")}
    fields.text("of")
    made, _new = Post.objects.get_or_create(number=fields.text("number"), defaults=names)
    fields.finish()
    return made


def _pattern(fields: Fields) -> WorkPattern:
    names = {"name": fields.text("name"), "name_cy": fields.text("name_cy")}
    hours = [Decimal(fields.text("hours"))] * 5 + FREE
    made, _new = WorkPattern.objects.get_or_create(key=fields.text("key"), defaults=names | {"hours": hours})
    fields.finish()
    return made


def _member(
    fields: Fields, number: str, terms: Terms, depots: dict[str, Depot], pack: Pack, *, drives: bool,
    escorts: bool,
) -> CrewMember:  # fmt: skip
    given, family = fields.text("given_name"), fields.text("family_name")
    person = add_person(
        full_name=f"{given} {family}", given_name=given, family_name=family, by=None, at=pack.at
    )
    employment = start_employment(
        person, number=number, started_on=SINCE, terms=terms, nation=Employment.ENGLAND, by=None, at=pack.at
    )
    depot = depots[fields.text("depot")]
    fields.finish()
    return join_crew(
        employment, depot=depot, drives=drives, escorts=escorts, by=None, at=pack.at,
        today=in_london(pack.at).date(),
    )  # fmt: skip


def _man(pack: Pack) -> None:
    """As a worker would, for a few rounds; the solver is only loaded where there is something to man."""
    if not Run.objects.exists():
        return
    from .crew_making import make_week

    today = in_london(pack.at).date()
    for ahead in range(WEEKS):
        week = CrewWeek.objects.create(
            first_on=monday_of(today) + dt.timedelta(weeks=ahead), seconds=SECONDS, asked_at=pack.at,
            asked_by=owner_of_all(),
        )  # fmt: skip
        make_week(week.pk, clock=lambda: pack.at, today=today, rounds=ROUNDS)
