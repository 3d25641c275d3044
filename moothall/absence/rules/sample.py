"""A year of sickness among the sample staff: as many absences as a year brings, with their certificates."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from clocks import sickness
from clocks.sickness import Cover, Spell
from moothall.absence.models import (
    Certificate,
    Contact,
    Episode,
    EpisodeChange,
    Interview,
    Issuer,
    Reason,
    TriggerHit,
    TriggerRule,
)
from moothall.core.clock import in_london
from moothall.core.copying import Tables
from moothall.core.packs import Pack, Progress
from moothall.workforce.models import Assignment, Employment

from .evidence import lacking_from
from .triggers import trigger_of

DAY: Final = dt.timedelta(days=1)
A_YEAR: Final = 365
SELF_DAYS: Final = 7
TALKED_AFTER: Final = 5
SELF_COMES_IN, NOTE_COMES_IN = 10, 14
# How long absences last: of a hundred, so many of at least and at most so many days.
LENGTHS: Final = ((58, 1, 3), (22, 4, 7), (13, 8, 27), (5, 28, 90), (2, 91, 240))
COMMON: Final = {"cold": 22, "gastro": 14, "musculoskeletal": 9, "back": 7, "headache": 6, "stress-work": 6,
                 "anxiety": 6, "stress-other": 5, "covid": 5, "respiratory": 5, "surgery": 4, "pregnancy": 2,
                 "disability": 2, "injury-on-duty": 2}  # fmt: skip


@dataclass
class Year:
    """What the sample is drawn from, and where its rows go."""

    dice: Random
    today: dt.date
    at: dt.datetime
    tables: Tables
    reasons: list[Reason]
    weights: list[int]
    issuers: list[Issuer]
    spells: dict[int, list[Spell]] = field(default_factory=lambda: defaultdict(list))


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only for sample staff: as many absences as there are staff, in the proportion asked for."""
    staff = list(
        Employment.objects.filter(ended_on=None).order_by("pk").values_list("pk", "started_on")
        if pack.demo else []
    )  # fmt: skip
    wanted = round(len(staff) * min(pack.scale, 1))
    if not wanted or Episode.objects.exists():
        return
    progress.begin(_("A year of absence"), wanted)
    reasons = list(Reason.objects.order_by("position", "pk"))
    today = in_london(pack.at).date()
    year = Year(
        Random(pack.seed), today, pack.at, Tables(), reasons,  # noqa: S311 # nosec B311  (a sample, not a secret)
        [COMMON.get(each.key, 1) for each in reasons], list(Issuer.objects.order_by("position", "pk")),
    )  # fmt: skip
    for _number in range(wanted):
        _absence(year, *year.dice.choice(staff))
        progress.advance()
    _reach_triggers(year)
    year.tables.copy()
    progress.end()


def _absence(year: Year, employment: int, started_on: dt.date) -> None:
    """One absence that fits between those the person has already; where none fits, none is made."""
    dice = year.dice
    _share, least, most = dice.choices(LENGTHS, [share for share, _least, _most in LENGTHS])[0]
    begins = year.today - dt.timedelta(days=dice.randrange(A_YEAR))
    ends = begins + dt.timedelta(days=dice.randint(least, most) - 1)
    known = year.spells[employment]
    if begins < started_on or any(
        begins <= each.until(year.today) + DAY * 2 and each.first <= ends + DAY * 2 for each in known
    ):
        return
    last = ends if ends < year.today else None
    reason = dice.choices(year.reasons, year.weights)[0]
    covers = list(_certificates(year, begins, ends))
    spell = Spell(0, begins, last, reason.counts)
    lacking, until = lacking_from(spell, [each for each, _kind in covers], self_days=SELF_DAYS)
    waits = last is not None and (year.today - last).days < TALKED_AFTER
    reported = dt.datetime.combine(begins, dt.time(8, dice.randrange(60)), tzinfo=dt.UTC)
    episode = year.tables.add(
        Episode, employment_id=employment, reason_id=reason.pk, first_day=begins, last_day=last,
        counts=reason.counts, lacking_from=lacking, note_until=until, reported_at=min(reported, year.at),
        interview_due_on=last + dt.timedelta(days=5) if waits and last else None,
        on_duty_injury=reason.key == "injury-on-duty",
        accident_on=begins if reason.key == "injury-on-duty" else None,
    )  # fmt: skip
    year.spells[employment].append(Spell(episode, begins, last, reason.counts))
    year.tables.add(EpisodeChange, episode_id=episode, kind=EpisodeChange.BEGUN, at=min(reported, year.at))
    _paper(year, episode, covers)
    _care(year, episode, begins, last, talked=not waits)


def _certificates(year: Year, begins: dt.date, ends: dt.date) -> Iterator[tuple[Cover, str]]:
    """Of the last days half certify themselves so far, before that nearly all have; from the eighth day notes
    follow, and a gap between them is filled in the end."""
    last = min(ends, year.today)
    if year.dice.random() < (0.985 if (year.today - begins).days > SELF_COMES_IN else 0.47):
        yield Cover(1, sickness.SELF, begins, min(last, begins + dt.timedelta(days=SELF_DAYS - 1))), ""
    day, number = begins + dt.timedelta(days=SELF_DAYS), 2
    while day <= last:
        until = min(ends, day + dt.timedelta(days=year.dice.choice((13, 13, 27, 27, 41))))
        if year.dice.random() < (0.995 if (year.today - day).days > NOTE_COMES_IN else 0.85):
            fitness = Certificate.MAY_BE_FIT if year.dice.random() < 0.12 else Certificate.NOT_FIT
            yield Cover(number, sickness.NOTE, day, until), fitness
        day, number = until + DAY, number + 1


def _paper(year: Year, episode: int, covers: list[tuple[Cover, str]]) -> None:
    for cover, fitness in covers:
        own, may = cover.kind == sickness.SELF, fitness == Certificate.MAY_BE_FIT
        at = min(dt.datetime.combine(cover.first + DAY, dt.time(11), tzinfo=dt.UTC), year.at)
        decided = may and cover.last < year.today
        year.tables.add(
            Certificate, episode_id=episode, kind=cover.kind, from_on=cover.first, until_on=cover.last,
            issued_on=cover.first, issuer_id=None if own else year.dice.choice(year.issuers).pk,
            fitness=fitness or Certificate.NOT_FIT, phased_return=may, recorded_at=at,
            decision=Certificate.MADE if decided else "", decided_at=at if decided else None,
        )  # fmt: skip


def _care(year: Year, episode: int, begins: dt.date, last: dt.date | None, *, talked: bool) -> None:
    day = begins + dt.timedelta(days=2)
    while day <= (last or year.today) and day <= year.today:
        at = dt.datetime.combine(day, dt.time(10), tzinfo=dt.UTC)
        year.tables.add(Contact, episode_id=episode, held_on=day, how="PHONE", at=min(at, year.at))
        day += dt.timedelta(days=7 if (day - begins).days < 28 else 14)
    if last is not None and talked:
        held = last + DAY * 2
        at = dt.datetime.combine(held, dt.time(15), tzinfo=dt.UTC)
        outcome = "SUPPORT" if year.dice.random() < 0.2 else "NO_ACTION"
        year.tables.add(Interview, episode_id=episode, held_on=held, outcome=outcome, at=min(at, year.at))


def _reach_triggers(year: Year) -> None:
    """What stands reached today, of one kind the highest; two in three were settled."""
    rules = list(TriggerRule.objects.in_force(year.today).filter(workforce="").order_by("threshold", "pk"))
    works = _patterns(year)
    for employment, spells in sorted(year.spells.items()):
        highest: dict[tuple[str, int, int], tuple[TriggerRule, sickness.Hit]] = {}
        ordered = sorted(spells, key=lambda each: each.first)
        for rule in rules:
            hit = sickness.judge(trigger_of(rule), ordered, year.today, works(employment))
            if hit is not None:
                highest[rule.kind, rule.weeks, rule.months] = (rule, hit)
        for rule, hit in highest.values():
            _hit(year, rule, hit, works(employment))


def _hit(year: Year, rule: TriggerRule, hit: sickness.Hit, works: sickness.Works) -> None:
    latest = max(hit.spells, key=lambda each: each.first)
    long_term = rule.kind == sickness.LONG_TERM
    since = latest.first if long_term else trigger_of(rule).window_begins(year.today)
    settled = latest.last is not None and (year.today - latest.last).days > 20
    year.tables.add(
        TriggerHit, rule_id=rule.pk, episode_id=latest.key, value=hit.value, raised_on=year.today,
        raised_at=year.at, settled_at=year.at if settled else None, outcome=_("Talked.") if settled else "",
        made_by=[
            {"episode": each.key, "first": each.first.isoformat(),
             "last": each.last.isoformat() if each.last else None,
             "days": str(each.days(since, year.today, sickness.every_day if long_term else works))}
            for each in hit.spells
        ],
    )  # fmt: skip


def _patterns(year: Year) -> Callable[[int], sickness.Works]:
    """On which days each works, by the main assignment of today."""
    rows = Assignment.objects.in_force(year.today).filter(is_main=True, employment__in=list(year.spells))
    found = {each.employment_id: each for each in rows.select_related("pattern")}

    def works_of(employment: int) -> sickness.Works:
        held = found.get(employment)
        if held is None:
            return lambda day: day.weekday() < 5
        return lambda day: held.hours_on(day) > 0

    return works_of
