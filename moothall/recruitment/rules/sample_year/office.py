"""What a sample year of recruitment is drawn from: services, teams, people who work, words of letters."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from random import Random
from typing import Any, Final

import clocks
from moothall.cases.models import Service, ServiceVersion
from moothall.cases.rules.definition import ServiceDefinition, StepDefinition, definition_of
from moothall.cases.rules.indexing import Words
from moothall.cases.rules.opening import current_version
from moothall.cases.rules.reckoning import working_calendar
from moothall.core.clock import LONDON, in_london
from moothall.core.copying import Tables, numbers_from
from moothall.core.packs import Pack
from moothall.letters.models import Letterhead, LetterText
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import office_fields
from moothall.people.models import Account, Team
from moothall.people.rules.persons import references
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import NOBODY
from moothall.recruitment.models import CheckKind
from moothall.recruitment.rules.withdrawing import OUTCOMES as GIVEN_UP

GOOD: Final = (
    "fill", "approved", "live", "closed", "volunteer", "eligible", "met", "through", "shortlisted", "pass",
    "passed", "appointable_preferred", "accepted", "attested", "clear", "satisfactory", "fit", "unlimited",
    "verified", "not_listed", "none", "returned", "attended", "granted", "cleared", "proceed", "complete",
    "confirmed", "independent", "accompanied_patrol", "on_track", "fit_on_paper",
)  # fmt: skip
ALSO_GOOD: Final = frozenset({*GOOD, "fit_with_adjustments", "granted_conditions",
"cleared_with_restrictions",
                              "appointment", "gp_report", "appointable_reserve", "RV",
                              "time_limited"})  # fmt: skip
JOINED: Final = ("joined", "appointed", "confirmed", "independent", "completed_kept", "active")
TURNED_DOWN: Final = ("rejected", "no_appointment", "not_placed")
OPTIONS: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "triage": (("fit_on_paper", 70), ("appointment", 22), ("gp_report", 8)),
    "outcome": (("fit", 88), ("fit_with_adjustments", 12)), "decide": (("granted", 92),
    ("granted_conditions", 8)),
    "rtw": (("unlimited", 93), ("time_limited", 7)),
}  # fmt: skip
IN_DAYS: Final = {"wd": 1.4, "cd": 1.0, "wk": 7.0, "mo": 30.4, "h": 0.05}
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True)
class Offered:
    """A service as it stands today."""

    service: Service
    version: ServiceVersion
    definition: ServiceDefinition
    days: clocks.WorkingCalendar
    teams: Mapping[str, Team]

    def ends(self, wanted: Sequence[str]) -> str:
        declared = {each.key for each in self.definition.outcomes}
        return next((each for each in wanted if each in declared), "not_needed")


@dataclass
class Office:
    """Where the rows of the year go, and what chance decides."""

    pack: Pack
    dice: Random
    goes_on: Mapping[str, float]
    otherwise: float
    held: float
    withdraws: float
    given_names: Sequence[str]
    family_names: Sequence[str]
    tables: Tables = field(default_factory=Tables)
    words: list[Words] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    _offered: dict[str, Offered] = field(default_factory=dict)
    _working: dict[int, list[Account]] = field(default_factory=dict)
    _texts: dict[str, LetterText] = field(default_factory=dict)
    case_ids: Iterator[int] = field(default_factory=lambda: numbers_from("cases_case_id_seq"))
    step_ids: Iterator[int] = field(default_factory=lambda: numbers_from("cases_step_id_seq"))
    references: Iterator[int] = field(default_factory=lambda: numbers_from("case_reference"))
    numbers: Iterator[int] = field(default_factory=lambda: numbers_from("application_number"))

    @property
    def at(self) -> dt.datetime:
        return self.pack.at

    @cached_property
    def today(self) -> dt.date:
        return in_london(self.pack.at).date()

    @cached_property
    def kinds(self) -> list[CheckKind]:
        return list(CheckKind.objects.in_use())

    @cached_property
    def letterhead(self) -> Letterhead | None:
        return Letterhead.objects.current()

    @cached_property
    def about_office(self) -> dict[str, dict[str, str]]:
        return {language: office_fields(language) for language in ("en", "cy")}

    @cached_property
    def person_references(self) -> Iterator[str]:
        return (each for _round in count() for each in references(500))

    def offered(self, key: str) -> Offered:
        if key not in self._offered:
            service = Service.objects.select_related("team__lead").get(key=key)
            version = current_version(service)
            definition = definition_of(version)
            teams = {each.key: each for each in Team.objects.select_related("lead")}
            owners = {owner: teams[team] for owner, team in definition.owners.items() if team in teams}
            days = working_calendar(definition.calendar)
            self._offered[key] = Offered(service, version, definition, days, owners)
        return self._offered[key]

    def text(self, words: BuiltIn) -> LetterText:
        if words.key not in self._texts:
            self._texts[words.key] = words.text()
        return self._texts[words.key]

    def working_in(self, team: int) -> list[Account]:
        if team not in self._working:
            self._working[team] = list(Account.objects.working_in(team))
        return self._working[team]

    def worker(self, team: Team | None, own: Team) -> Account | None:
        there = (self.working_in(team.pk) if team is not None else []) or self.working_in(own.pk)
        return self.dice.choice(there) if there else None

    def works_for_us(self, account: Account) -> bool:
        """Whoever has a team, or leads one; not somebody who only looks after accounts."""
        return bool(account.team_ids())

    @cached_property
    def markers(self) -> list[Account]:
        """Those who cannot see who applied."""
        team = Team.objects.get(key="recruitment").pk
        rows = Account.objects.filter(is_active=True).order_by("pk")
        return [each for each in rows if not each.standing().covers("cases.view", [team])]

    def somebody(self) -> str:
        return f"{self.dice.choice(self.given_names)} {self.dice.choice(self.family_names)}"

    def name_of(self, person: int | None) -> str:
        return self.names.get(person or 0, "")

    def audit(
        self, verb: str, at: dt.datetime, by: Account | None, kind: str, about: int, detail: Mapping[str, Any]
    ) -> None:
        self.tables.add(
            AuditEvent, at=at, actor_id=by.pk if by else None, actor_name=by.name if by else NOBODY,
            verb=verb,
            about_kind=kind, about_id=about, detail=dict(detail),
        )  # fmt: skip

    def how_it_ends(self, step: StepDefinition, *, is_own: bool) -> str:
        """An outcome of a step; nothing where it has none."""
        if not step.outcomes:
            return ""
        share = self.goes_on.get(step.key, self.otherwise if is_own else 1.0)
        if self.dice.random() < share:
            options = [each for each in OPTIONS.get(step.key, ()) if each[0] in step.outcomes]
            if options:
                return self.dice.choices([key for key, _of in options], [of for _key, of in options])[0]
            return next((each for each in GOOD if each in step.outcomes), step.outcomes[0])
        bad = [each for each in step.outcomes if each not in ALSO_GOOD and each not in GIVEN_UP]
        return self.dice.choice(bad) if bad else step.outcomes[-1]

    def takes(self, step: StepDefinition, since: dt.datetime) -> dt.datetime:
        """When a step that became ready then is done: mostly in time, one in ten late."""
        days = step.target * IN_DAYS[step.unit] * self.dice.uniform(0.25, 0.95)
        if self.dice.random() < 0.1:
            days *= self.dice.uniform(1.3, 2.2)
        return max(self.moment(in_london(since + days * DAY).date()), since + dt.timedelta(hours=1))

    def moment(self, day: dt.date) -> dt.datetime:
        """In the hours of an office, on that day or the next on which it works."""
        while day.weekday() > 4:
            day += DAY
        minutes = self.dice.randrange(8 * 60 + 30, 17 * 60 + 15)
        return dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60), tzinfo=LONDON).astimezone(
            dt.UTC
        )
