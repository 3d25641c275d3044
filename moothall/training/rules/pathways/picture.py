"""A cohort as a picture: a line for each group, weeks from left to right, a block for each module."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words
from moothall.training.models import Cohort, CohortClass, CohortGroup, PathwayModule
from moothall.training.planning.weeks import WEEK

WHYS: Final[dict[str, Words]] = {
    "no tutor": _("nobody who can teach it is free"), "no room": _("no room is free"),
    "no host": _("hosts have too few places"), "no week": _("the weeks are too short"),
}  # fmt: skip


@dataclass(frozen=True)
class Block:
    """So many weeks of one class, or of nothing."""

    span: int
    held: CohortClass | None = None
    now: bool = False


@dataclass(frozen=True)
class Line:
    """A group, what it has week by week, and how many are in it."""

    group: CohortGroup
    blocks: Sequence[Block]
    students: int


@dataclass(frozen=True)
class Without:
    """A module of a group that found no weeks, and why."""

    group: int
    module: PathwayModule
    why: Words


@dataclass(frozen=True)
class Picture:
    months: Sequence[tuple[dt.date, int]] = ()
    weeks: Sequence[dt.date] = ()
    lines: Sequence[Line] = ()
    without: Sequence[Without] = field(default=())
    this_week: dt.date | None = None


def draw(cohort: Cohort, *, today: dt.date) -> Picture:
    """What is planned of it; empty where nothing is."""
    groups = list(cohort.groups.order_by("number"))
    held = CohortClass.objects.filter(group__cohort=cohort).select_related("module", "trainer__person")
    by_group: dict[int, list[CohortClass]] = {each.pk: [] for each in groups}
    for each in held.order_by("first_on", "pk"):
        by_group[each.group_id].append(each)
    ends = [each.last_on for some in by_group.values() for each in some]
    if not ends:
        return Picture()
    weeks = _weeks(cohort.starts_on, max(ends))
    counts: dict[int | None, int] = {}
    for group in cohort.students.on_the_way().order_by().values_list("group_id", flat=True):
        counts[group] = counts.get(group, 0) + 1
    lines = [
        Line(each, list(_blocks(by_group[each.pk], weeks, today)), counts.get(each.pk, 0)) for each in groups
    ]
    monday = today - dt.timedelta(days=today.weekday())
    return Picture(_months(weeks), weeks, lines, list(_without(cohort)), monday)


def _months(weeks: Sequence[dt.date]) -> list[tuple[dt.date, int]]:
    """Each month, and how many of these Mondays are in it."""
    found = [list(some) for _month, some in groupby(weeks, key=lambda day: (day.year, day.month))]
    return [(some[0], len(some)) for some in found]


def _weeks(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + WEEK * number for number in range((last - first).days // 7 + 1)]


def _blocks(held: Iterable[CohortClass], weeks: Sequence[dt.date], today: dt.date) -> Iterable[Block]:
    """Classes and the gaps between them; a week that is shut within a class is part of its block."""
    upto = weeks[0]
    for each in held:
        if gap := (each.first_on - upto).days // 7:
            yield Block(gap)
        span = (each.last_on - each.first_on).days // 7 + 1
        yield Block(span, each, each.first_on <= today <= each.last_on)
        upto = each.first_on + WEEK * span
    if gap := (weeks[-1] + WEEK - upto).days // 7:
        yield Block(gap)


def _without(cohort: Cohort) -> Iterable[Without]:
    modules = {each.pk: each for each in cohort.pathway.modules.all()} if cohort.without else {}
    for group, module, why in cohort.without:
        if module in modules:
            yield Without(group, modules[module], WHYS.get(why, why))
