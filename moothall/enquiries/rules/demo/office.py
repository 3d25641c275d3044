"""Who and what there is in the office that a sample year happens in."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from sys import intern
from typing import Any, NamedTuple

from moothall.cases.models import Case, Service, ServiceVersion
from moothall.cases.rules.definition import ClockDefinition, ServiceDefinition, definition_of
from moothall.cases.rules.reckoning import Holidays, holidays_in_force, new_clock
from moothall.core.clock import in_london
from moothall.core.packs import Pack
from moothall.enquiries.models import Mailbox
from moothall.knowledge.models import Signpost
from moothall.letters.models import Letterhead, LetterText
from moothall.letters.rules.fields import office_fields
from moothall.people.models import Account, ContactPoint, Grant, Person, PersonRole, Team

from .diary import moment
from .rhythm import Rhythm, read_rhythm

WORKS, MANAGES = "cases.work", "cases.manage"
ASKER = (
    *("person_id", "person__title", "person__given_name", "person__family_name", "person__full_name"),
    *("person__known_as", "person__language", "person__organisation__name"),
)


class Asker(NamedTuple):
    """Somebody who gets in touch, and how to answer them: no more than that, for there may be very many."""

    person_id: int
    title: str
    given_name: str
    family_name: str
    full_name: str
    known_as: str
    language: str
    organisation: str
    address: str

    def person(self) -> Person:
        """As much of the person as a letter says."""
        return Person(
            id=self.person_id, title=self.title, given_name=self.given_name, family_name=self.family_name,
            full_name=self.full_name, known_as=self.known_as, language=self.language,
        )  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """A service as it is offered now."""

    service: Service
    version: ServiceVersion
    definition: ServiceDefinition


@dataclass(frozen=True)
class Started:
    """A clock that started on a day: what every clock of its kind has in common."""

    rule: dict[str, Any]
    due_on: dt.date | None
    due_at: dt.datetime | None
    amber_on: dt.date | None


@dataclass
class Office:
    """Everything a sample case may refer to, read once."""

    offered: dict[str, Offered]
    teams: dict[str, Team]
    workers: dict[int, list[Account]]
    managers: dict[int, list[Account]]
    askers: dict[tuple[str, str], list[Asker]]
    mailboxes: dict[int, Mailbox]
    signposts: dict[str, Signpost]
    texts: dict[str, LetterText]
    letterhead: Letterhead | None
    holidays: Holidays
    rhythm: Rhythm
    _letter_fields: dict[str, dict[str, str]] = field(default_factory=dict)
    _started: dict[tuple[str, str, dt.date], Started] = field(default_factory=dict)

    def clock_started(self, offered: Offered, clock: ClockDefinition, on: dt.date) -> Started:
        """The clock as the rules compute it for that day; computed once for each day."""
        key = (offered.service.key, clock.key, on)
        found = self._started.get(key)
        if found is None:
            at = moment(on, 10)
            made, _event = new_clock(Case(), clock, started_at=at, at=at, by=None, holidays=self.holidays)
            found = self._started[key] = Started(made.rule, made.due_on, made.due_at, made.amber_on)
        return found

    def letter_fields(self, language: str) -> dict[str, str]:
        """What every letter may say of the office."""
        if language not in self._letter_fields:
            self._letter_fields[language] = office_fields(language)
        return self._letter_fields[language]

    def worker(self, team: Team, rng: Random) -> Account:
        """Somebody who does the work; the first in a team does most of it."""
        there = self.workers[team.pk]
        return there[min(int(rng.expovariate(0.9)), len(there) - 1)]

    def manager(self, team: Team, rng: Random) -> Account:
        return rng.choice(self.managers.get(team.pk) or self.workers[team.pk])

    def asker(self, rng: Random, *, kind: str, language: str) -> Asker:
        """Somebody of that kind who uses that language, or whose language is not known."""
        if not kind:
            [kind] = rng.choices(list(self.rhythm.asked_by), list(self.rhythm.asked_by.values()))
        found = self.askers.get((kind, language)) or self.askers.get((kind, "en")) or []
        return rng.choice(found or self.askers["manager", language] or self.askers["manager", "en"])

    def mailbox(self, offered: Offered) -> Mailbox:
        """Where mail about this service comes in."""
        for mailbox in self.mailboxes.values():
            if mailbox.service_id == offered.service.pk:
                return mailbox
        return next(box for box in self.mailboxes.values() if box.team_id == offered.service.team_id)


def read_office(pack: Pack) -> Office:
    desk = pack.key
    versions = ServiceVersion.objects.filter(service__desk=desk, current=True).select_related("service__team")
    offered = {
        version.service.key: Offered(version.service, version, definition_of(version))
        for version in versions.order_by("service__key")
    }
    return Office(
        offered=offered,
        teams={team.key: team for team in Team.objects.select_related("lead")},
        workers=_accounts_with(WORKS),
        managers=_accounts_with(MANAGES),
        askers=_askers(),
        mailboxes={box.pk: box for box in Mailbox.objects.filter(service__desk=desk).order_by("pk")},
        signposts={signpost.key: signpost for signpost in Signpost.objects.filter(retired_at=None)},
        texts={
            text.template.key: text
            for text in LetterText.objects.select_related("template").order_by("template_id", "version")
        },
        letterhead=Letterhead.objects.current(),
        holidays=holidays_in_force(),
        rhythm=read_rhythm(pack.file("demo/year.yaml"), offered),
    )


def _accounts_with(permission: str) -> dict[int, list[Account]]:
    found: dict[int, list[Account]] = defaultdict(list)
    grants = Grant.objects.filter(role__permissions__contains=[permission], ended_on=None, team__isnull=False)
    for grant in grants.select_related("account").order_by("account_id"):
        found[grant.team_id or 0].append(grant.account)
    return found


def _askers() -> dict[tuple[str, str], list[Asker]]:
    """Whoever is something else to the office than its own staff, and can be written to."""
    points = ContactPoint.objects.filter(kind=ContactPoint.EMAIL, ended_at=None).order_by("preferred", "-id")
    addresses = dict(points.values_list("person_id", "value").iterator())
    found: dict[tuple[str, str], list[Asker]] = defaultdict(list)
    roles = PersonRole.objects.exclude(kind__key="staff").order_by("person_id", "id")
    for kind, *values in roles.values_list("kind__key", *ASKER).iterator():
        if values[0] in addresses:
            values[-1] = intern(values[-1] or "")
            language = "cy" if values[-2] == "cy" else "en"
            found[kind, language].append(Asker._make([*values, addresses[values[0]]]))
    return found


def day_of(at: dt.datetime) -> dt.date:
    return in_london(at).date()
