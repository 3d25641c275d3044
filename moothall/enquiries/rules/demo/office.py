"""Who and what there is in the office that a sample year happens in."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import Any

from moothall.cases.models import Case, Service, ServiceVersion
from moothall.cases.rules.definition import ClockDefinition, ServiceDefinition, definition_of
from moothall.cases.rules.reckoning import Holidays, holidays_in_force, new_clock
from moothall.core.clock import in_london
from moothall.enquiries.models import Mailbox
from moothall.knowledge.models import Signpost
from moothall.letters.models import Letterhead, LetterText
from moothall.letters.rules.fields import office_fields
from moothall.people.models import Account, ContactPoint, Grant, Person, PersonRole, Team

from .diary import moment

WORKS, MANAGES = "cases.work", "cases.manage"
USUAL_KINDS = (("manager", 70), ("school", 22), ("partner", 8))


@dataclass(frozen=True)
class Asker:
    """Somebody who gets in touch, and how to answer them."""

    person: Person
    address: str
    organisation: str


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
            [kind] = rng.choices([one for one, _ in USUAL_KINDS], [share for _, share in USUAL_KINDS])
        found = self.askers.get((kind, language)) or self.askers.get((kind, "en")) or []
        return rng.choice(found or self.askers["manager", language])

    def mailbox(self, offered: Offered) -> Mailbox:
        """Where mail about this service comes in."""
        for mailbox in self.mailboxes.values():
            if mailbox.service_id == offered.service.pk:
                return mailbox
        return next(box for box in self.mailboxes.values() if box.team_id == offered.service.team_id)


def read_office(desk: str) -> Office:
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
    )


def _accounts_with(permission: str) -> dict[int, list[Account]]:
    found: dict[int, list[Account]] = defaultdict(list)
    grants = Grant.objects.filter(role__permissions__contains=[permission], ended_on=None, team__isnull=False)
    for grant in grants.select_related("account").order_by("account_id"):
        found[grant.team_id or 0].append(grant.account)
    return found


def _askers() -> dict[tuple[str, str], list[Asker]]:
    addresses: dict[int, str] = {}
    points = ContactPoint.objects.filter(kind=ContactPoint.EMAIL, ended_at=None).order_by("-preferred", "id")
    for person_id, value in points.values_list("person_id", "value"):
        addresses.setdefault(person_id, value)
    found: dict[tuple[str, str], list[Asker]] = defaultdict(list)
    roles = PersonRole.objects.exclude(kind__key="staff").select_related("person__organisation", "kind")
    for role in roles.order_by("person_id"):
        person = role.person
        if person.pk in addresses:
            organisation = person.organisation.name if person.organisation else ""
            language = "cy" if person.language == "cy" else "en"
            found[role.kind.key, language].append(Asker(person, addresses[person.pk], organisation))
    return found


def day_of(at: dt.datetime) -> dt.date:
    return in_london(at).date()
