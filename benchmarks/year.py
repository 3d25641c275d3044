"""A year of the workforce, walked day by day: people come, move, leave, fall ill, ask for leave, and every
job of the timetable that concerns them runs each morning. Every seventh day, and where one more run might do
harm (`runs_twice`), each runs twice over.

At the end it is proved that no clock was missed and that nobody was written to twice about one thing. The
answer is a table of what happened; where something is broken it says what, and the command fails.

    python -m benchmarks --year 365
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from random import Random
from typing import Any, Final
from unittest.mock import patch

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from moothall.absence.models import Certificate, Episode, Issuer, Reason, TriggerHit
from moothall.absence.rules.certifying import Paper, record_certificate
from moothall.absence.rules.reporting import Report, record_return, report_absence
from moothall.absence.rules.triggers import look_at_triggers
from moothall.conduct.models import Outcome
from moothall.config.timetable import TIMETABLE
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.credentials.models import Credential, CredentialKind, Reminder
from moothall.credentials.rules.recording import record_credential
from moothall.leave.models import LeaveDay, LeaveKind
from moothall.leave.rules.asking import Asked, ask_for_leave
from moothall.leave.rules.deciding import approve_leave
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.rules.persons import add_person
from moothall.records.models import AuditEvent
from moothall.reports.models import LeaveTaken, UnitMonth
from moothall.reports.rules.counting import count_months
from moothall.reports.rules.months import months_before
from moothall.reports.rules.progress import count_leave
from moothall.workforce.models import Assignment, Employment, LeavingReason
from moothall.workforce.rules.assigning import change_assignment, terms_of
from moothall.workforce.rules.ending import end_employment
from moothall.workforce.rules.starting import start_employment

DAY: Final = dt.timedelta(days=1)
APPS: Final = frozenset(
    {"workforce", "absence", "leave", "credentials", "conduct", "appraisal", "personnel", "terms", "reports"}
)
# Of a thousand people, how often in a year.
VOLUMES: Final = {
    "starters": 100, "movers": 80, "leavers": 100, "absences": 1000, "leave": 1000, "credentials": 250,
}  # fmt: skip
LENGTHS: Final = ((60, 1, 3), (22, 4, 7), (14, 8, 27), (4, 28, 120))


@dataclass
class Year:
    """What is walked, who does it, and what happened."""

    by: Account
    dice: Random
    people: list[int]
    first: dt.date
    day: dt.date
    counts: Counter[str] = field(default_factory=Counter)
    back: dict[dt.date, list[int]] = field(default_factory=dict)
    leaving: set[int] = field(default_factory=set)
    expiring: dict[int, dt.date] = field(default_factory=dict)
    numbers: int = 0

    @property
    def at(self) -> dt.datetime:
        return dt.datetime.combine(self.day, dt.time(9), tzinfo=dt.UTC)

    def someone(self) -> Employment | None:
        """Somebody who works here that day and is not about to leave."""
        pk = self.dice.choice(self.people)
        return None if pk in self.leaving else Employment.objects.in_force(self.day).filter(pk=pk).first()


@contextmanager
def as_if_it_were(at: dt.datetime) -> Iterator[None]:
    """The clock of this process stands at that moment."""
    with patch("django.utils.timezone.now", return_value=at):
        yield


def jobs() -> list[Callable[..., Any]]:
    """Every job of the timetable that concerns the workforce, in the order of the timetable."""
    found = []
    for job in TIMETABLE:
        module, _, name = job.task.partition(":")
        if module.split(".")[1] in APPS:
            found.append(getattr(import_module(module), name))
    return found


@for_the_office()
def walk(*, by: Account, first: dt.date, days: int, seed: int = 7) -> Year:
    """So many days, beginning with `first`, with the volumes of those who work here then."""
    here = Employment.objects.in_force(first).order_by("pk")
    year = Year(by, Random(seed), list(here.values_list("pk", flat=True)), first, first)
    if not year.people:
        raise LookupError("Nobody works here: load an office first.")
    year.numbers = Employment.objects.filter(number__startswith="Y").count()
    for pk in Episode.objects.off(first).filter(last_day=None).order_by("pk").values_list("pk", flat=True):
        year.back.setdefault(first + year.dice.randint(1, 60) * DAY, []).append(pk)
    for number in range(days):
        year.day = first + number * DAY
        with as_if_it_were(year.at):
            _live_a_day(year)
            _run_jobs(year)
    return year


def where_it_ended() -> dt.date | None:
    """The last day that was walked, or worked, in this office."""
    last = LeaveTaken.objects.order_by("-counted_at").values_list("counted_at", flat=True).first()
    return in_london(last).date() if last else None


def _live_a_day(year: Year) -> None:
    for episode in year.back.pop(year.day, []):
        _come_back(year, episode)
    for what, act in ACTS.items():
        expected = len(year.people) * VOLUMES[what] / 1000 / 365
        times = int(expected) + (year.dice.random() < expected % 1)
        for _each in range(times):
            _try(year, what, act)


def _try(year: Year, what: str, act: Callable[[Year], bool]) -> None:
    """What is refused by a rule is counted as refused: people ask for what they may not have."""
    try:
        year.counts[what] += act(year)
    except Refusal as refusal:
        year.counts[f"{what}, refused"] += 1
        year.counts[f"  {type(refusal).__name__}"] += 1


def _start(year: Year) -> bool:
    like = year.someone()
    held = Assignment.objects.in_force(year.day).filter(employment=like, is_main=True).in_full().first()
    if held is None or like is None:
        return False
    year.numbers += 1
    person = add_person(full_name=f"Newcomer {year.numbers}", by=year.by, at=year.at)
    made = start_employment(
        person, number=f"Y{year.day:%y}{year.numbers:06}", started_on=year.day, terms=terms_of(held),
        workforce=like.workforce, nation=like.nation, by=year.by, at=year.at,
    )  # fmt: skip
    year.people.append(made.pk)
    return True


def _move(year: Year) -> bool:
    employment, other = year.someone(), year.someone()
    there = Assignment.objects.in_force(year.day).filter(employment=other, is_main=True).first()
    mine = Assignment.objects.in_force(year.day).filter(employment=employment, is_main=True).first()
    if there is None or mine is None or employment is None or mine.unit_id == there.unit_id:
        return False
    change_assignment(
        employment,
        from_on=year.day,
        unit=there.unit,
        post=there.post,
        because="Moved",
        by=year.by,
        at=year.at,
    )
    return True


def _leave_us(year: Year) -> bool:
    employment = year.someone()
    if employment is None or employment.started_on > year.day:
        return False
    because = year.dice.choice(list(LeavingReason.objects.order_by("pk")))
    end_employment(employment, last_day=year.day + 28 * DAY, because=because, by=year.by, at=year.at)
    year.leaving.add(employment.pk)
    return True


def _fall_ill(year: Year) -> bool:
    employment = year.someone()
    if employment is None:
        return False
    _share, least, most = year.dice.choices(LENGTHS, [each[0] for each in LENGTHS])[0]
    reason = year.dice.choice(list(Reason.objects.order_by("pk")))
    report = Report(reason=reason, first_day=year.day)
    episode = report_absence(employment, report=report, by=year.by, at=year.at, with_case=False)
    back = year.day + year.dice.randint(least, most) * DAY
    year.back.setdefault(back, []).append(episode.pk)
    return True


def _come_back(year: Year, pk: int) -> None:
    """On the day after the last: the certificates are handed in, mostly, and the return is recorded."""
    episode = Episode.objects.select_related("employment").get(pk=pk)
    last = year.day - DAY
    own = min(last, episode.first_day + 6 * DAY)
    papers = [Paper(kind=Certificate.SELF, from_on=episode.first_day, until_on=own, issued_on=year.day)]
    if last > own:
        issuer = Issuer.objects.order_by("pk").first()
        papers.append(
            Paper(kind=Certificate.NOTE, from_on=own + DAY, until_on=last, issued_on=year.day, issuer=issuer)
        )
    for paper in papers:
        if year.dice.random() < 0.9:
            _try(year, "certificates", lambda each, paper=paper: bool(  # type: ignore[misc]
                record_certificate(episode, paper=paper, by=each.by, at=each.at)
            ))  # fmt: skip
    _try(year, "returns", lambda each: bool(record_return(episode, last_day=last, by=each.by, at=each.at)))


def _ask_for_leave(year: Year) -> bool:
    employment = year.someone()
    kind = LeaveKind.objects.in_use().filter(counts=LeaveKind.ANNUAL).first()
    if employment is None or kind is None:
        return False
    begins = year.day + year.dice.randint(20, 90) * DAY
    asked = Asked(kind, begins, begins + year.dice.randint(0, 9) * DAY)
    request = ask_for_leave(employment, asked, by=year.by, at=year.at, today=year.day)
    approve_leave(request, by=year.by, at=year.at, despite="Agreed")
    return True


def _hold_a_credential(year: Year) -> bool:
    employment = year.someone()
    kind = CredentialKind.objects.in_use().filter(second_check=False).first()
    if employment is None or kind is None:
        return False
    expires = year.day + year.dice.randint(40, 300) * DAY
    year.numbers += 1
    made = record_credential(
        employment.person, kind=kind, number=f"Y-{year.numbers}", issued_on=year.day, expires_on=expires,
        seen=True, by=year.by, at=year.at,
    )  # fmt: skip
    year.expiring[made.pk] = expires
    return True


ACTS: Final[dict[str, Callable[[Year], bool]]] = {
    "starters": _start, "movers": _move, "leavers": _leave_us, "absences": _fall_ill, "leave": _ask_for_leave,
    "credentials": _hold_a_credential,
}  # fmt: skip


def runs_twice(day: dt.date, first: dt.date) -> bool:
    """Every seventh day, the two days on which a month (of pay, of leave) turns, and those between which
    clocks change: then every job runs once more, as it does where a worker died."""
    turns = {(day - DAY).month, (day + DAY).month} != {day.month}
    hours = {_hours_ahead(day + number * DAY) for number in (-1, 0, 1)}
    return (day - first).days % 7 == 0 or turns or len(hours) > 1


def _hours_ahead(day: dt.date) -> dt.timedelta | None:
    return in_london(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)).utcoffset()


def _run_jobs(year: Year) -> None:
    """Each job, and on some days each again: the second time nobody is written to."""
    stamp = int(year.at.timestamp())
    for job in jobs():
        job(timestamp=stamp)
        year.counts["jobs run"] += 1
    if not runs_twice(year.day, year.first):
        return
    before = Letter.objects.count()
    for job in jobs():
        job(timestamp=stamp)
    year.counts["days on which every job ran twice"] += 1
    year.counts["letters of a second run"] += Letter.objects.count() - before


@for_the_office()
def prove(year: Year) -> list[str]:
    """What is broken, in words; nothing where all is well."""
    year.counts["letters"] = Letter.objects.filter(written_at__gte=year.at - 400 * DAY).count()
    found = []
    if year.counts["letters of a second run"]:
        found.append(f"{year.counts['letters of a second run']} letters of a job that ran again")
    with as_if_it_were(year.at):
        found += [f"{number} {words}" for words, number in (_missed(year) | _differs(year)).items() if number]
    return found


def _differs(year: Year) -> dict[str, int]:
    """What the nights kept, beside the same worked out from all records at once."""
    off = Employment.objects.filter(pk__in=Episode.objects.off(year.day).values("employment")).order_by("pk")
    today: dict[str, Any] = {"today": year.day, "at": year.at}
    return {
        "triggers that were reached and not raised": sum(
            len(look_at_triggers(each, on=year.day, at=year.at)) for each in off
        ),
        "units and months that come to something else": _changed(
            UnitMonth.objects.filter(closing=None, month__gte=months_before(year.day.replace(day=1), 12)),
            {"counted_at", "closing"}, lambda: count_months(**today),
        ),
        "people whose leave comes to something else": _changed(
            LeaveTaken.objects.all(), {"counted_at"}, lambda: count_leave(**today, everybody=True)
        ),
    }  # fmt: skip


def _changed(rows: QuerySet[Any], but: set[str], count_anew: Callable[[], int]) -> int:
    """How many rows are there before or after counting, and not both."""
    names = [each.attname for each in rows.model._meta.concrete_fields if each.name not in {"id", *but}]
    before = set(rows.values_list(*names))
    count_anew()
    return len(before ^ set(rows.values_list(*names)))


def _missed(year: Year) -> dict[str, int]:
    yesterday = year.day - DAY
    held = Credential.objects.verified().filter(pk__in=year.expiring, superseded_by=None)
    told = Reminder.objects.filter(credential=OuterRef("pk"))
    here = Employment.objects.in_force(year.day).filter(person=OuterRef("person"), started_on__lt=yesterday)
    due = held.filter(Exists(here), expires_on__lte=yesterday + 30 * DAY)
    off = Episode.objects.off(year.day).filter(first_day__lte=year.day - 29 * DAY)
    twice = Letter.objects.filter(automatic=True, about_id__isnull=False).annotate(on=TruncDate("written_at"))
    named = twice.values("about_kind", "about_id", "person", "subject", "on").annotate(times=Count("pk"))
    return {
        "credentials near their end of which nobody was reminded": due.filter(~Exists(told)).count(),
        "letters sent twice on one day": named.filter(times__gt=1).count(),
        "reminders sent twice at one rung": _doubled(Reminder, "credential", "days"),
        "triggers raised twice": _doubled(TriggerHit, "rule", "episode"),
        "outcomes that ran out and did not lapse": Outcome.objects.to_lapse(yesterday).count(),
        "people off twice at once": _off_twice(),
        "days of leave that stand twice": _doubled(
            LeaveDay, "employment", "day", only=Q(request__state="APPROVED", given_back_at=None)
        ),
        "absences that go on of people who have left": off.filter(
            employment__ended_on__lt=F("first_day")
        ).count(),
        "things done that the audit does not know": int(not AuditEvent.objects.exists()),
    }


def _doubled(model: Any, *names: str, only: Q | None = None) -> int:
    rows = model.objects.filter(only) if only is not None else model.objects.all()
    return int(rows.order_by().values(*names).annotate(times=Count("pk")).filter(times__gt=1).count())


def _off_twice() -> int:
    other = Episode.objects.standing().filter(
        Q(last_day=None) | Q(last_day__gte=OuterRef("first_day")), employment=OuterRef("employment"),
        first_day__lte=OuterRef("first_day"),
    )  # fmt: skip
    return Episode.objects.standing().filter(Exists(other.exclude(pk=OuterRef("pk")))).count()


def table(year: Year, seconds: float = 0, processor: float = 0) -> str:
    """What happened, a line each."""
    took = f"in {seconds:.0f} s, {processor:.0f} s of them worked by the processor"
    lines = [f"{len(year.people):,} people, up to {year.day}, {took}"]
    return "\n".join([*lines, *(f"{number:>10,}  {words}" for words, number in sorted(year.counts.items()))])
