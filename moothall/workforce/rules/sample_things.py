"""Skills of the sample staff, what they were given, and what waits to be given or to come back."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import in_london
from moothall.core.copying import Tables
from moothall.core.packs import Pack, Progress
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import (
    ChecklistEntry,
    EmployeeSkill,
    Employment,
    IssuedItem,
    ItemKind,
    ItemRule,
    Skill,
)

SKILLED: Final = 35  # of a hundred
KEPT_BY_LEAVERS: Final = 4
NEW: Final = dt.timedelta(days=10)


@dataclass
class Things:
    dice: Random
    tables: Tables
    at: dt.datetime
    today: dt.date
    asked: dict[str, list[ItemKind]]
    skills: list[int]


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for a share of the sample staff that fits the scale."""
    if not pack.demo or not pack.scale or IssuedItem.objects.exists():
        return
    rows = Employment.objects.order_by("pk").values_list("pk", "workforce", "started_on", "ended_on")
    staff = list(rows)[: round(Employment.objects.count() * min(pack.scale, 1))]
    progress.begin(_("Sample skills and items"), len(staff))
    things = Things(
        Random(pack.seed), Tables(), pack.at, in_london(pack.at).date(), _asked(),  # noqa: S311 # nosec B311
        list(Skill.objects.order_by("key").values_list("pk", flat=True)),
    )  # fmt: skip
    for number, workforce, started_on, ended_on in staff:
        _give(things, number, workforce, started_on, ended_on)
        _skill(things, number, started_on)
        progress.advance()
    made = things.tables.copy()
    progress.end()
    if made:
        append_audit("workforce.add_sample_things", by=None, at=pack.at, detail={"count": made})


def _asked() -> dict[str, list[ItemKind]]:
    found: dict[str, list[ItemKind]] = defaultdict(list)
    for rule in ItemRule.objects.filter(unit=None).select_related("kind").order_by("kind__key", "id"):
        for workforce in [rule.workforce] if rule.workforce else [key for key, _w in Employment.WORKFORCES]:
            if rule.kind not in found[workforce]:
                found[workforce].append(rule.kind)
    return found


def _give(
    things: Things, employment: int, workforce: str, started_on: dt.date, ended_on: dt.date | None
) -> None:
    """What their workforce must have; a few who came lately wait for some of it, a few leavers kept it."""
    given_at = min(dt.datetime.combine(started_on, dt.time(9, 30), tzinfo=dt.UTC), things.at)
    left = ended_on is not None and ended_on < things.today
    fresh = started_on > things.today - NEW * 4
    for kind in things.asked.get(workforce, []):
        if fresh and things.dice.random() < 0.3:
            things.tables.add(
                ChecklistEntry, employment_id=employment, kind_id=kind.pk, act=ChecklistEntry.GIVE,
                because=ChecklistEntry.STARTS, due_on=started_on, made_at=given_at,
            )  # fmt: skip
            continue
        back = left and kind.comes_back and things.dice.randrange(100) >= KEPT_BY_LEAVERS
        ended_at = dt.datetime.combine(ended_on, dt.time(16), tzinfo=dt.UTC) if back and ended_on else None
        item = things.tables.add(
            IssuedItem, employment_id=employment, kind_id=kind.pk, given_on=started_on, given_at=given_at,
            number=f"{kind.key[:2].upper()}{employment:06}" if kind.has_number else "",
            ended_at=ended_at, ended_as=IssuedItem.RETURNED if ended_at else "",
        )  # fmt: skip
        if ended_on is not None and kind.comes_back and ended_at is None:
            things.tables.add(
                ChecklistEntry, employment_id=employment, kind_id=kind.pk, act=ChecklistEntry.TAKE,
                because=ChecklistEntry.LEAVES, item_id=item, due_on=ended_on, made_at=things.at,
            )  # fmt: skip


def _skill(things: Things, employment: int, started_on: dt.date) -> None:
    if not things.skills or things.dice.randrange(100) >= SKILLED:
        return
    for skill in things.dice.sample(things.skills, min(len(things.skills), things.dice.choice((1, 1, 2, 3)))):
        confirmed = things.dice.random() < 0.7
        things.tables.add(
            EmployeeSkill, employment_id=employment, skill_id=skill, since=started_on,
            level=things.dice.choice((1, 2, 2, 3, 3, 4)), added_at=things.at,
            confirmed_at=things.at if confirmed else None,
        )  # fmt: skip
