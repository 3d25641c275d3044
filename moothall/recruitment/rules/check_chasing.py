"""Which checks are late, department by department, and the letter of the week about them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from moothall.cases.models import Case, Step
from moothall.core.clock import in_london
from moothall.core.serving import for_the_office
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, Team
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application, CheckKind, CheckWeek
from moothall.recruitment.models.check import check_cases

from .check_wording import WEEKLY
from .checks import Check, checks_of_many

MOST: Final = 2000


@dataclass
class Waiting:
    """What a department is late with."""

    team: Team
    checks: list[tuple[Application, Check]] = field(default_factory=list)


def late_by_department(account: Account, *, today: dt.date) -> list[Waiting]:
    """Of the applications somebody sees; the department with most first."""
    seen = Application.objects.visible_to(account).running()
    return _late(seen.filter(pk__in=_with_late_steps(today)), today=today)


def _with_late_steps(today: dt.date) -> list[int]:
    keys = [key for kind in CheckKind.objects.in_use() for key in kind.steps]
    late = Step.objects.filter(state=Step.READY, due_on__lt=today, key__in=keys).exclude(
        case__status=Case.CLOSED
    )
    pairs = late.order_by("pk").values_list("case", "case__parent_step__case")
    cases = {case for pair in pairs for case in pair if case is not None}
    return list(Application.objects.filter(case__in=cases).order_by("pk").values_list("pk", flat=True))


def _late(rows: "object", *, today: dt.date) -> list[Waiting]:
    applications = list(rows.select_related("campaign__team", "applicant__person").order_by("pk")[:MOST])  # type: ignore[attr-defined]
    found: dict[int, Waiting] = {}
    by_key = {each.pk: each for each in applications}
    for key, checks in checks_of_many(applications).items():
        for check in checks:
            if check.is_late(today):
                team = check.by or by_key[key].campaign.team
                found.setdefault(team.pk, Waiting(team)).checks.append((by_key[key], check))
    for each in found.values():
        each.checks.sort(key=lambda pair: (pair[1].due_on or today, pair[0].pk))
    return sorted(found.values(), key=lambda each: (-len(each.checks), each.team.name))


@for_the_office()
def chase_departments(*, at: dt.datetime) -> int:
    """Once a week each department reads how many checks wait for it, and where they are. The letter names
    nobody. The answer is how many departments were written to."""
    today = in_london(at).date()
    monday = today - dt.timedelta(days=today.weekday())
    running = Application.objects.running().filter(pk__in=_with_late_steps(today))
    return sum(_chase(each, monday, at=at) for each in _late(running, today=today))


@transaction.atomic
def _chase(waiting: Waiting, monday: dt.date, *, at: dt.datetime) -> bool:
    team = waiting.team
    if not team.email:
        return False
    try:
        with transaction.atomic():
            week = CheckWeek.objects.create(team=team, on=monday, late=len(waiting.checks), told_at=at)
    except IntegrityError:
        return False
    text, language = WEEKLY.text(), team.lead.language if team.lead is not None else "en"
    since = min(check.asked_on or monday for _application, check in waiting.checks)
    merged = merge(text, language, fields_for(week, language=language, person=None, by=None, at=at) | {
        "checks.team": team.name_in(language), "checks.late": str(week.late),
        "checks.since": date_in(language, since),
        "checks.link": settings.PUBLIC_URL.rstrip("/") + reverse("checks"),
    })  # fmt: skip
    queue_letter(
        about=week, person=None, channel="MAIL", language=merged.language, to_address=team.email,
        to_name=team.name_in(language), from_address="", from_name="", subject=merged.subject,
        body=merged.body, by=None, at=at, automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip
    append_audit("recruitment.chase_department", about=week, by=None, at=at, detail={"late": week.late})
    return True


def no_fields(_week: CheckWeek, _language: str) -> dict[str, str]:
    """All that the letter says is known to whoever writes it."""
    return {}


def visible_weeks(account: Account) -> list[int]:
    """Those of one's own teams."""
    return list(CheckWeek.objects.filter(team__in=account.team_ids()).values_list("pk", flat=True))


def next_check(account: Account, *, after: Case) -> Case | None:
    """The next of the department’s checks that waits for it, the one due first."""
    kinds = [each.service for each in CheckKind.objects.of_departments()]
    rows = check_cases(account, kinds).unfinished().exclude(pk=after.pk).filter(held_until=None)
    ours = rows.filter(steps__state=Step.READY, steps__waiting_on=Case.US)
    return ours.order_by(F("steps__due_on").asc(nulls_last=True), "pk").first()
