"""Places for very many at once, by the same rules as for one: so many statements a week, however many people.

Locks are taken in the order in which one place takes them: sessions, employments, then lines of the ledger by
number. The caller holds the sessions.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, F
from django.db.models.functions import Greatest

from moothall.people.models import Account
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import append_audits, audit_event
from moothall.training.models import Nomination, PlaceDay, Session, SparedRow, TeamDay, TeamMinimum

from .courses_before import read_before
from .ledger import count_lines, line_words, lost_duties, new_line
from .placing import Hindrance, keeps_away, spoken
from .resting import Rests, hours_of_session
from .rota import ONE, rota_of

AT_ONCE: Final = 2000
Lost = list[tuple[dt.date, str]]


@dataclass
class Candidate:
    """Somebody who is to have a place, and what giving it would take."""

    nomination: Nomination
    hindrance: Hindrance | None = None
    unit: int | None = None
    lost: Lost = field(default_factory=list)
    skills: Collection[int] = ()
    lines: list[TeamDay] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.nomination.session

    @property
    def who(self) -> int:
        return self.nomination.employment_id


def free_many(nominations: Sequence[Nomination]) -> None:
    """The places of these and what they took are there again. The caller says in what state they are then."""
    placed = [each for each in nominations if each.state == Nomination.PLACED]
    ids = [each.pk for each in placed]
    spared = SparedRow.objects.filter(nomination__in=ids)
    counts = Counter(dict(spared.order_by().values_list("line").annotate(Count("pk"))))
    list(TeamDay.objects.select_for_update().filter(pk__in=counts).order_by("pk").values_list("pk"))
    for count, lines in _by_count(counts).items():
        out = F("out") - count
        beyond = Greatest(out - Greatest(F("present") - F("minimum"), 0), 0)
        TeamDay.objects.filter(pk__in=lines).update(out=out, beyond=beyond)
    SparedRow.objects.filter(nomination__in=ids).delete()
    PlaceDay.objects.filter(nomination__in=ids).delete()
    for count, sessions in _by_count(Counter(each.session_id for each in placed)).items():
        Session.objects.filter(pk__in=sessions).update(taken=F("taken") - count)


def _by_count(counts: Mapping[int, int]) -> dict[int, list[int]]:
    """Those that are counted as often, together: one statement changes them all."""
    found = defaultdict(list)
    for key, count in sorted(counts.items()):
        found[count].append(key)
    return found


def place_many(nominations: Sequence[Nomination], *, by: Account | None, at: dt.datetime) -> int:
    """Each of these gets a place or waits with the reason, in their order; the answer is how many have one.

    Their sessions and employments are loaded and locked; those without a number yet are made.
    """
    candidates = [Candidate(each) for each in nominations]
    _find_hindrances(candidates)
    _find_lines(candidates, at=at)
    left = {each.session.pk: each.session.left for each in candidates}
    busy: set[tuple[int, dt.date]] = set()
    for each in candidates:
        _decide(each, left, busy, at=at)
    _write(candidates, by=by, at=at)
    return sum(each.nomination.state == Nomination.PLACED for each in candidates)


def _decide(
    each: Candidate, left: dict[int, int], busy: set[tuple[int, dt.date]], *, at: dt.datetime
) -> None:
    """A place, or the reason why not; what it takes is gone for those who follow."""
    days = {(each.who, day) for day in each.session.days}
    hindrance = each.hindrance
    if hindrance is None and (there := days & busy):
        hindrance = Hindrance(Nomination.CLASH, spoken(min(day for _who, day in there)))
    if hindrance is None and left[each.session.pk] < 1:
        hindrance = Hindrance(Nomination.FULL)
    if hindrance is None and (short := [line for line in each.lines if line.left < 1]):
        hindrance = Hindrance(Nomination.TEAM, line_words(short[0]))
    nomination = each.nomination
    if hindrance is not None:
        nomination.state, nomination.waits_because = Nomination.WAITING, hindrance.why
        nomination.waits_for = hindrance.words[:300]
        return
    nomination.state, nomination.waits_because, nomination.waits_for = Nomination.PLACED, "", ""
    nomination.placed_at = at
    left[each.session.pk] -= 1
    busy |= days
    for line in each.lines:
        line.out += 1


def _write(candidates: Sequence[Candidate], *, by: Account | None, at: dt.datetime) -> None:
    everybody = [each.nomination for each in candidates]
    Nomination.objects.bulk_create([one for one in everybody if one.pk is None], batch_size=AT_ONCE)
    Nomination.objects.bulk_update(
        [one for one in everybody if one.pk is not None],
        ["state", "waits_because", "waits_for", "placed_at", "decided_at", "decided_by"],
        batch_size=AT_ONCE // 4,
    )
    placed = [each for each in candidates if each.nomination.state == Nomination.PLACED]
    PlaceDay.objects.bulk_create(
        [
            PlaceDay(nomination=each.nomination, employment_id=each.who, day=day)
            for each in placed
            for day in each.session.days
        ],
        batch_size=AT_ONCE,
    )
    taken = Counter(line.pk for each in placed for line in each.lines)
    for count, lines in _by_count(taken).items():
        TeamDay.objects.filter(pk__in=lines).update(out=F("out") + count)
    SparedRow.objects.bulk_create(
        [SparedRow(nomination=each.nomination, line=line) for each in placed for line in each.lines],
        batch_size=AT_ONCE,
    )
    for count, sessions in _by_count(Counter(each.session.pk for each in placed)).items():
        Session.objects.filter(pk__in=sessions).update(taken=F("taken") + count)
    append_audits(_event(one, by=by, at=at) for one in everybody)


def _event(one: Nomination, *, by: Account | None, at: dt.datetime) -> AuditEvent:
    if one.state == Nomination.PLACED:
        return audit_event("training.place", about=one, by=by, at=at, detail={"session": one.session_id})
    return audit_event("training.wait", about=one, by=by, at=at, detail={"why": one.waits_because})


def _find_hindrances(candidates: Sequence[Candidate]) -> None:
    """What stands in the way of each, apart from places and the team's minimum; and what they would lose."""
    before = read_before(
        {each.session.version_id for each in candidates},
        {each.nomination.employment.person_id for each in candidates},
    )
    there, rests = _elsewhere(candidates), Rests()
    for week in _by_week(candidates):
        begins = min(each.session.first_on for each in week) - ONE
        ends = max(each.session.last_on for each in week) + ONE
        rota = rota_of({each.who: each.nomination.employment for each in week}.values(), begins, ends)
        for each in week:
            person = each.nomination.employment.person_id
            rest, hours = rests.on(each.session.first_on), hours_of_session(each.session)
            if missing := before.missing(person, each.session.version_id, each.session.first_on):
                each.hindrance = Hindrance(Nomination.FIRST, ", ".join(missing))
            elif taken := sorted(day for day in each.session.days if day in there[each.who]):
                each.hindrance = Hindrance(Nomination.CLASH, spoken(taken[0]))
            else:
                each.hindrance = keeps_away(rota, each.who, each.session, rest)
            assigned = rota.people[each.who].assigned(each.session.first_on)
            each.unit = assigned.unit_id if assigned else None
            each.lost = lost_duties(rota, each.who, each.session.days, rest, hours)
            each.skills = rota.skills.get(each.who, ())


def _by_week(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Those whose sessions begin in the same week, together: a rota of a week is small."""
    found: dict[dt.date, list[Candidate]] = defaultdict(list)
    for each in candidates:
        found[each.session.first_on - ONE * each.session.first_on.weekday()].append(each)
    return [found[monday] for monday in sorted(found)]


def _elsewhere(candidates: Sequence[Candidate]) -> dict[int, set[dt.date]]:
    """The days on which each of them is in training already."""
    found: dict[int, set[dt.date]] = defaultdict(set)
    days = [day for each in candidates for day in each.session.days]
    if not days:
        return found
    rows = PlaceDay.objects.filter(employment__in={each.who for each in candidates})
    rows = rows.filter(day__gte=min(days), day__lte=max(days)).order_by()
    for who, day in rows.values_list("employment_id", "day"):
        found[who].add(day)
    return found


def _find_lines(candidates: Sequence[Candidate], *, at: dt.datetime) -> None:
    """The lines of the ledger that each place would take from, locked in one order."""
    units = {each.unit for each in candidates if each.lost and each.unit is not None}
    units &= set(TeamMinimum.objects.standing().order_by().values_list("unit", flat=True))
    wanted = {(each.unit, day) for each in candidates if each.unit in units for day, _part in each.lost}
    if not wanted:
        return
    days = {day for _unit, day in wanted}
    rows = TeamDay.objects.filter(unit__in=units, day__in=days)
    _make_sure_of_lines(wanted - set(rows.order_by().values_list("unit_id", "day")), at=at)
    lines = defaultdict(list)
    for line in rows.select_for_update(of=("self",)).select_related("skill").order_by("pk"):
        if (line.unit_id, line.day) in wanted:
            lines[line.unit_id, line.day, line.part].append(line)
    for each in candidates:
        each.lines = [
            line
            for day, part in each.lost
            for line in lines.get((each.unit or 0, day, part), ())
            if line.skill_id is None or line.skill_id in each.skills
        ]


def _make_sure_of_lines(missing: Collection[tuple[int | None, dt.date]], *, at: dt.datetime) -> None:
    """Count the lines of those teams and days that have none yet, week by week."""
    weeks = defaultdict(set)
    for unit, day in missing:
        if unit is not None:
            weeks[day - ONE * day.weekday()].add((unit, day))
    for _monday, theirs in sorted(weeks.items()):
        days = [day for _unit, day in theirs]
        counted = count_lines({unit for unit, _day in theirs}, min(days), max(days))
        fresh = [new_line(key, line, at) for key, line in counted.items() if key[:2] in theirs]
        TeamDay.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=AT_ONCE)
