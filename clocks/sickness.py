"""Sickness as plain sums: the Bradford factor, triggers, and what certificates cover and leave uncovered.

Days are dates; a spell is one unbroken time away, its first and last day counted. Nothing here knows who is
ill or why, and no number is fixed: windows, thresholds and lengths come from dated rows.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from clocks.months import corresponding_date, last_day_of_months

DAY = dt.timedelta(days=1)
HALF = Decimal("0.5")
Works = Callable[[dt.date], bool]
BRADFORD, SPELLS, DAYS, LONG_TERM = "BRADFORD", "SPELLS", "DAYS", "LONG_TERM"
SELF, NOTE = "SELF", "NOTE"


def every_day(_day: dt.date) -> bool:
    """A calendar day is a day: for counts that do not ask whether somebody would have worked."""
    return True


@dataclass(frozen=True)
class Spell:
    """One unbroken time away. `last` is None while it goes on; `counts` is False where it is left out."""

    key: int
    first: dt.date
    last: dt.date | None = None
    counts: bool = True
    half_first: bool = False
    half_last: bool = False

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"A spell that began on {self.first} cannot end on {self.last}.")

    def until(self, on: dt.date) -> dt.date:
        """Its last day, as far as that day knows."""
        return on if self.last is None or self.last > on else self.last

    def days(self, first: dt.date, last: dt.date, works: Works = every_day) -> Decimal:
        """The days lost between two days, both counted; half days as halves."""
        begins, ends = max(self.first, first), min(self.until(last), last)
        lost = Decimal(sum(1 for day in _each(begins, ends) if works(day)))
        for half, day in ((self.half_first, self.first), (self.half_last, self.last)):
            if half and day is not None and begins <= day <= ends and works(day):
                lost -= HALF
        if self.half_first and self.half_last and self.first == self.last and lost == 0:
            return HALF if begins <= ends and works(self.first) else lost
        return lost


def _each(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))


@dataclass(frozen=True)
class Bradford:
    """S² × D, with what it was made of."""

    score: Decimal
    days: Decimal
    spells: tuple[Spell, ...]


def bradford(spells: Iterable[Spell], on: dt.date, *, weeks: int = 52, works: Works = every_day) -> Bradford:
    """The Bradford factor on a day: spells squared times days lost, over the weeks that end with that day.

    Spells that do not count, and those without a day lost in the window, are left out. The usual window is 52
    weeks. Source: the definition used by CIPD and LRD, S² × D.
    """
    begins = on - dt.timedelta(weeks=weeks) + DAY
    counted = [(each, each.days(begins, on, works)) for each in spells if each.counts and each.first <= on]
    made = [(each, days) for each, days in counted if days > 0]
    days = sum((days for _each_one, days in made), Decimal(0))
    return Bradford(len(made) ** 2 * days, days, tuple(each for each, _days in made))


@dataclass(frozen=True)
class Trigger:
    """A line that is crossed: `threshold` by the kind of sum, over so many weeks or months to the day."""

    key: str
    kind: str
    threshold: Decimal
    weeks: int = 0
    months: int = 0

    def window_begins(self, on: dt.date) -> dt.date:
        if self.months:
            return corresponding_date(on, -self.months) + DAY
        return on - dt.timedelta(weeks=self.weeks or 52) + DAY


@dataclass(frozen=True)
class Hit:
    """A trigger that was reached: how far, and by which spells."""

    trigger: Trigger
    value: Decimal
    spells: tuple[Spell, ...]


def judge(trigger: Trigger, spells: Sequence[Spell], on: dt.date, works: Works = every_day) -> Hit | None:
    """Whether a trigger is reached on a day, and by what; spells that do not count never reach one.

    BRADFORD and DAYS count days that would have been worked, LONG_TERM calendar days of one spell that goes
    on, SPELLS the spells. Raises ValueError for a kind nobody knows.
    """
    counted = [each for each in spells if each.counts and each.first <= on]
    begins = trigger.window_begins(on)
    if trigger.kind == LONG_TERM:
        return _long_term(trigger, counted, on)
    if trigger.kind == BRADFORD:
        weeks = trigger.weeks or max((on - begins).days // 7 + 1, 1)
        found = bradford(counted, on, weeks=weeks, works=works)
        return _reached(trigger, found.score, found.spells)
    within = [(each, each.days(begins, on, works)) for each in counted]
    made = tuple(each for each, days in within if days > 0)
    if trigger.kind == SPELLS:
        return _reached(trigger, Decimal(len(made)), made)
    if trigger.kind == DAYS:
        return _reached(trigger, sum((days for _each_one, days in within), Decimal(0)), made)
    raise ValueError(f"No trigger is of the kind {trigger.kind!r}.")


def _long_term(trigger: Trigger, spells: Iterable[Spell], on: dt.date) -> Hit | None:
    open_on = [each for each in spells if each.last is None or each.last >= on]
    for each in open_on:
        hit = _reached(trigger, Decimal((on - each.first).days + 1), (each,))
        if hit:
            return hit
    return None


def _reached(trigger: Trigger, value: Decimal, spells: tuple[Spell, ...]) -> Hit | None:
    return Hit(trigger, value, spells) if spells and value >= trigger.threshold else None


@dataclass(frozen=True)
class Cover:
    """What one certificate says: SELF or NOTE, from the first to the last day it covers."""

    key: int
    kind: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Gap:
    """Days without evidence: NOTE where only a fit note will do, else SELF."""

    first: dt.date
    last: dt.date
    needs: str


@dataclass(frozen=True)
class Overlap:
    first: dt.date
    last: dt.date
    keys: tuple[int, int]


def gaps(spell: Spell, covers: Iterable[Cover], on: dt.date, *, self_days: int) -> list[Gap]:
    """The days of a spell, as far as that day, that no certificate covers.

    The first `self_days` calendar days may be covered by the person's own certificate; a fit note covers any.
    What a self-certificate says of later days is worth nothing.
    """
    last_own = spell.first + dt.timedelta(days=self_days - 1)
    covered = [(each.first, min(each.last, last_own) if each.kind == SELF else each.last) for each in covers]
    covered = [(first, last) for first, last in covered if first <= last]
    found: list[Gap] = []
    ends = spell.until(on)
    for first, last in _uncovered(spell.first, ends, covered):
        if first <= last_own:
            found.append(Gap(first, min(last, last_own), SELF))
        if last > last_own:
            found.append(Gap(max(first, last_own + DAY), last, NOTE))
    return found


def _uncovered(
    first: dt.date, last: dt.date, covered: Iterable[tuple[dt.date, dt.date]]
) -> Iterable[tuple[dt.date, dt.date]]:
    reached = first
    for begins, ends in sorted(covered):
        if begins > last:
            break
        if begins > reached:
            yield reached, begins - DAY
        reached = max(reached, ends + DAY)
    if reached <= last:
        yield reached, last


def overlaps(covers: Iterable[Cover]) -> list[Overlap]:
    """Certificates of one kind that speak of the same days, each with the one before it."""
    found = []
    for kind in (SELF, NOTE):
        ordered = sorted(
            (each for each in covers if each.kind == kind), key=lambda each: (each.first, each.last)
        )
        for before, after in pairwise(ordered):
            if after.first <= before.last:
                last = min(before.last, after.last)
                found.append(Overlap(after.first, last, (before.key, after.key)))
    return found


@dataclass(frozen=True)
class Standing:
    """How the evidence for a spell stands on a day: what is next, and by when.

    `rung` is one of RUNGS; `due_on` is the day it was or will be needed.
    """

    rung: str
    due_on: dt.date | None
    covered_until: dt.date | None


COVERED, SELF_WANTED, SELF_LATE = "COVERED", "SELF_WANTED", "SELF_LATE"
NOTE_WANTED, NOTE_MISSING, EXPIRING, EXPIRED = "NOTE_WANTED", "NOTE_MISSING", "EXPIRING", "EXPIRED"
RUNGS = (COVERED, SELF_WANTED, SELF_LATE, NOTE_WANTED, NOTE_MISSING, EXPIRING, EXPIRED)


def standing(
    spell: Spell, covers: Sequence[Cover], on: dt.date, *, self_days: int, warn_days: int
) -> Standing:
    """The rung of the ladder on which a spell stands: the most pressing thing about its evidence.

    A missing day comes first: SELF_LATE once `self_days` are over, NOTE_MISSING when there never was a fit
    note, EXPIRED when the last one has ended. Then what is wanted soon: EXPIRING `warn_days` before the last
    note ends while the spell goes on, NOTE_WANTED when the person's own days end as soon.
    """
    missing = gaps(spell, covers, on, self_days=self_days)
    notes = [each for each in covers if each.kind == NOTE and each.first <= on]
    last_own = spell.first + dt.timedelta(days=self_days - 1)
    until = max((each.last for each in notes), default=None)
    for gap in reversed(missing):
        if gap.needs == NOTE:
            return Standing(EXPIRED if until and until < gap.first else NOTE_MISSING, gap.first, until)
    goes_on = spell.last is None or spell.last > on
    if missing:
        late = on > last_own or not goes_on
        return Standing(SELF_LATE if late else SELF_WANTED, last_own if not late else missing[0].first, until)
    if goes_on:
        ends = max([last_own, *(each.last for each in notes)])
        if (spell.last is None or spell.last > ends) and (ends - on).days <= warn_days:
            return Standing(EXPIRING if until == ends else NOTE_WANTED, ends + DAY, ends)
        return Standing(COVERED, None, ends)
    return Standing(COVERED, None, until)


def longest_note(first_day: dt.date, note_from: dt.date, *, months: int, during: int) -> dt.date | None:
    """The last day a fit note may name: so many months in the first so many months of being unfit; later,
    None: any period. Three months in the first six, by the guide for doctors."""
    if note_from > last_day_of_months(first_day, during):
        return None
    return last_day_of_months(note_from, months)
