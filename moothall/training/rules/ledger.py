"""The ledger of what every team can spare: its lines are counted from the rota, and taken from by places."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.people.models import Account, Organisation
from moothall.people.models.working import days_between
from moothall.records.rules.audit import append_audit
from moothall.training.models import MinimumOverride, Nomination, SparedRow, TeamDay, TeamMinimum
from moothall.workforce.models import Skill

from .refusals import NumberOrShare, SayWhy, TakenBack
from .resting import USUAL, Hours, Rest, unrested
from .rota import ONE, Rota, rota_of_units

AHEAD: Final = 180
Key = tuple[int, dt.date, str, int | None]


@dataclass(frozen=True)
class Counted:
    """What one line of the ledger says, before what training has taken."""

    rostered: int
    present: int
    minimum: int
    source: TeamMinimum

    @property
    def allowed(self) -> int:
        return max(self.present - self.minimum, 0)


def count_lines(units: Collection[int], first: dt.date, last: dt.date) -> dict[Key, Counted]:
    """Every line that a minimum in force asks for, counted from the rota."""
    minimums = minimums_between(units, first, last)
    if not minimums:
        return {}
    rota, members = rota_of_units(list(minimums), first, last)
    return count_rota(rota, members, minimums, days_between(first, last))


def minimums_between(units: Collection[int], first: dt.date, last: dt.date) -> dict[int, list[TeamMinimum]]:
    """The minimums of each unit that hold on some day between the two, the one set last being the last."""
    found = defaultdict(list)
    rows = TeamMinimum.objects.between(first, last).filter(unit__in=units)
    for each in rows.order_by("from_on", "id"):
        found[each.unit_id].append(each)
    return found


def count_rota(
    rota: Rota, members: Mapping[int, Sequence[int]], minimums: Mapping[int, Sequence[TeamMinimum]],
    days: Collection[dt.date],
) -> dict[Key, Counted]:  # fmt: skip
    """The lines of these days that the minimums ask for, from a rota that is read already."""
    found: dict[Key, Counted] = {}
    for unit, theirs in minimums.items():
        for day in days:
            for part, people in _by_part(rota, members.get(unit, []), day).items():
                for each in theirs:  # the one that was set last is what holds
                    if each.holds(day, part):
                        counted = _counted(rota, each, people, day)
                        found[unit, day, part, each.skill_id] = counted
    return found


def _by_part(rota: Rota, members: Sequence[int], day: dt.date) -> Mapping[str, list[int]]:
    found = defaultdict(list)
    for who in members:
        if part := rota.part(who, day):
            found[part].append(who)
    return found


def _counted(rota: Rota, minimum: TeamMinimum, people: Sequence[int], day: dt.date) -> Counted:
    due = [who for who in people if minimum.skill_id is None or minimum.skill_id in rota.skills.get(who, ())]
    there = [who for who in due if rota.is_there(who, day)]
    return Counted(len(due), len(there), minimum.needed(len(due)), minimum)


@transaction.atomic
def recount(units: Collection[int], first: dt.date, last: dt.date, *, at: dt.datetime) -> list[TeamDay]:
    """Bring the lines between two days up to date. The answer is those that are below their minimum since:
    what training has taken stays taken, and is shown."""
    counted = count_lines(units, first, last)
    rows = TeamDay.objects.select_for_update().of(list(units), first, last).order_by("pk")
    held: dict[Key, TeamDay] = {(each.unit_id, each.day, each.part, each.skill_id): each for each in rows}
    fresh, below = [], []
    for key, line in counted.items():
        if (row := held.get(key)) is None:
            fresh.append(new_line(key, line, at))
        elif _differs(row, line):
            beyond_before = row.beyond
            _set(row, line, at)
            if row.beyond > beyond_before:
                below.append(row)
    TeamDay.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
    gone = [row.pk for key, row in held.items() if key not in counted and not row.out]
    TeamDay.objects.filter(pk__in=gone, spared=None, overrides=None).delete()
    return below


def new_line(key: Key, line: Counted, at: dt.datetime) -> TeamDay:
    unit, day, part, skill = key
    return TeamDay(
        unit_id=unit, day=day, part=part, skill_id=skill, rostered=line.rostered, present=line.present,
        minimum=line.minimum, source=line.source, counted_at=at,
    )  # fmt: skip


def _differs(row: TeamDay, line: Counted) -> bool:
    said = (row.rostered, row.present, row.minimum, row.source_id)
    return said != (line.rostered, line.present, line.minimum, line.source.pk)


def _set(row: TeamDay, line: Counted, at: dt.datetime) -> None:
    row.beyond = max(row.out - line.allowed, 0)
    values = {
        "rostered": line.rostered, "present": line.present, "minimum": line.minimum,
        "source": line.source, "beyond": row.beyond, "counted_at": at,
    }  # fmt: skip
    TeamDay.objects.filter(pk=row.pk).update(**values)


def make_sure_of_lines(unit: int, days: Collection[dt.date], *, at: dt.datetime) -> None:
    """Count the lines of those days of a team that has none of them yet."""
    there = set(TeamDay.objects.filter(unit=unit, day__in=days).values_list("day", flat=True))
    missing = [day for day in days if day not in there]
    for day in missing:
        counted = count_lines([unit], day, day)
        fresh = [new_line(key, line, at) for key, line in counted.items()]
        TeamDay.objects.bulk_create(fresh, ignore_conflicts=True)


def lost_duties(
    rota: Rota, who: int, days: Sequence[dt.date], rest: Rest | None, hours: Hours = USUAL
) -> list[tuple[dt.date, str]]:
    """The duties that somebody misses by training on these days; several days also cost those that leave
    too little rest beside them."""
    found = [(day, rota.part(who, day)) for day in days]
    if len(days) > 1:
        found += [(each.day, each.part) for each in unrested(rota, who, days, rest, hours)]
    return [(day, part) for day, part in sorted(found) if part and rota.is_there(who, day)]


def lines_of(unit: int, skills: Collection[int], lost: Sequence[tuple[dt.date, str]]) -> list[TeamDay]:
    """The lines that losing these duties takes from, locked in one order so that nobody waits in a circle."""
    rows = TeamDay.objects.select_for_update(of=("self",)).filter(
        unit=unit, day__in=[day for day, _p in lost]
    )
    wanted = set(lost)
    return [
        each
        for each in rows.select_related("skill").order_by("pk")
        if (each.day, each.part) in wanted and (each.skill_id is None or each.skill_id in skills)
    ]


def take(
    nomination: Nomination,
    lines: Sequence[TeamDay],
    *,
    by: Account | None,
    at: dt.datetime,
    despite: str = "",
) -> None:
    """One from each line. Where none is left a named person lets it through with a reason, kept for good."""
    for each in lines:
        if each.left < 1:
            if by is None or not despite.strip():
                raise SayWhy
            TeamDay.objects.filter(pk=each.pk).update(beyond=each.beyond + 1)
            MinimumOverride.objects.create(
                nomination=nomination, line=each, reason=despite.strip()[:300], at=at, by=by
            )
        TeamDay.objects.filter(pk=each.pk).update(out=each.out + 1)
        SparedRow.objects.create(nomination=nomination, line=each)


def give_back(nomination: Nomination) -> None:
    """What a place took from the ledger is there again."""
    rows = TeamDay.objects.select_for_update().filter(spared__nomination=nomination).order_by("pk")
    for each in list(rows):
        out = each.out - 1
        beyond = max(out - max(each.present - each.minimum, 0), 0)
        TeamDay.objects.filter(pk=each.pk).update(out=out, beyond=beyond)
    SparedRow.objects.filter(nomination=nomination).delete()


def line_words(line: TeamDay) -> str:
    """Why nobody can be spared, in a sentence."""
    said = {
        "day": f"{line.day:%d/%m/%Y}", "part": line.get_part_display(), "present": line.present - line.out,
        "minimum": line.minimum, "skill": line.skill or "",
    }  # fmt: skip
    if line.skill_id:
        return _("%(day)s, %(part)s: %(present)s with %(skill)s left, %(minimum)s needed") % said
    return _("%(day)s, %(part)s: %(present)s left, %(minimum)s needed") % said


@transaction.atomic
def set_minimum(
    unit: Organisation, *, from_on: dt.date, why: str, by: Account, at: dt.datetime, today: dt.date,
    until_on: dt.date | None = None, part: str = "", skill: Skill | None = None, least: int | None = None,
    percent: int | None = None,
) -> TeamMinimum:  # fmt: skip
    """So many have to be left from a day on; the lines to come are counted anew."""
    if (least is None) == (percent is None):
        raise NumberOrShare
    if not why.strip():
        raise SayWhy
    made = TeamMinimum.objects.create(
        unit=unit, part=part, skill=skill, least=least, percent=percent, from_on=from_on, until_on=until_on,
        why=why.strip()[:200], set_at=at, set_by=by,
    )  # fmt: skip
    append_audit("training.set_minimum", about=made, by=by, at=at, detail={"unit": unit.pk})
    recount([unit.pk], today, today + AHEAD * ONE, at=at)
    return made


@transaction.atomic
def withdraw_minimum(minimum: TeamMinimum, *, by: Account, at: dt.datetime, today: dt.date) -> None:
    """It holds no more, from now on."""
    done = TeamMinimum.objects.standing().filter(pk=minimum.pk).update(withdrawn_at=at, withdrawn_by=by)
    if not done:
        raise TakenBack
    append_audit("training.withdraw_minimum", about=minimum, by=by, at=at)
    recount([minimum.unit_id], today, today + AHEAD * ONE, at=at)


@transaction.atomic
def restore_minimum(minimum: TeamMinimum, *, by: Account, at: dt.datetime, today: dt.date) -> None:
    """It holds again."""
    rows = TeamMinimum.objects.filter(pk=minimum.pk, withdrawn_at__isnull=False)
    if not rows.update(withdrawn_at=None, withdrawn_by=None):
        raise TakenBack
    append_audit("training.restore_minimum", about=minimum, by=by, at=at)
    recount([minimum.unit_id], today, today + AHEAD * ONE, at=at)


def recount_all(*, at: dt.datetime, today: dt.date) -> int:
    """Every team with a minimum, for the months ahead: leave and duties have changed since yesterday."""
    units = Counter(TeamMinimum.objects.standing().order_by().values_list("unit", flat=True))
    return sum(len(recount([unit], today, today + AHEAD * ONE, at=at)) for unit in units)
