"""What the columns of a table mean: each row becomes an enquiry, or the reasons why it cannot be one."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.cases.models import Case, Service
from moothall.core.refusals import Words
from moothall.people.models import Team
from moothall.records.rules.tables import read_day as read_day

FIELDS: dict[str, Words] = {
    "title": gettext_lazy("Title"),
    "text": gettext_lazy("What they wrote"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("Email"),
    "phone": gettext_lazy("Telephone"),
    "service": gettext_lazy("Service"),
    "team": gettext_lazy("Team"),
    "received": gettext_lazy("Day received"),
    "channel": gettext_lazy("How it came in"),
    "priority": gettext_lazy("Priority"),
    "language": gettext_lazy("Language"),
    "external": gettext_lazy("Number in the other system"),
}
WITH_VALUES = ("service", "team", "channel", "priority", "language")
CHANNELS = {"mail", "phone", "counter", "form", "api", "staff"}
PRIORITIES = {"urgent": 1, "high": 2, "normal": 3, "low": 4, "brys": 1, "uchel": 2, "arferol": 3, "isel": 4}
LANGUAGES = {"en": "en", "english": "en", "saesneg": "en", "cy": "cy", "welsh": "cy", "cymraeg": "cy"}
GUESSES = {
    "title": "title subject summary heading question teitl pwnc cwestiwn",
    "text": "description message text details body enquiry disgrifiad neges",
    "name": "name full name from requester customer enw",
    "email": "email e-mail email address ebost e-bost",
    "phone": "phone telephone tel mobile ffon ffôn",
    "service": "service category type gwasanaeth categori",
    "team": "team queue group tim tîm",
    "received": "received date created opened received on dyddiad derbyniwyd",
    "channel": "channel source sianel",
    "priority": "priority blaenoriaeth",
    "language": "language iaith",
    "external": "id reference ref number ticket ticket id case id cyfeirnod",
}
LONGEST_TITLE = 300
ANSWER = "answer:"


@dataclass(frozen=True)
class Means:
    """A mapping: the column of each field, what their words are called here, and how days are written."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    days: str = "dmy"

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Means":
        return cls(kept.get("columns", {}), kept.get("values", {}), kept.get("days", "dmy"))

    def as_dict(self) -> dict[str, Any]:
        return {
            "columns": dict(self.columns), "values": {k: dict(v) for k, v in self.values.items()},
            "days": self.days,
        }  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What rows may name: services and teams of this office, by key and by either name."""

    services: Mapping[str, Service]
    teams: Mapping[str, Team]

    @classmethod
    def now(cls) -> "Known":
        return cls(
            _by_name(Service.objects.filter(retired_at=None).order_by("id")),
            _by_name(Team.objects.order_by("id")),
        )


@dataclass(frozen=True)
class Enquiry:
    """A row that makes sense."""

    title: str
    text: str
    name: str
    email: str
    phone: str
    service: Service
    team: Team
    received_at: dt.datetime
    channel: str
    priority: int
    language: str
    answers: dict[str, str]
    key: str


def _by_name(rows: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in rows:
        for name in (each.key, each.name, each.name_cy):
            if name:
                found.setdefault(name.casefold(), each)
    return found


def guess_columns(columns: list[str]) -> dict[str, str]:
    """The likely column of each field, by what columns are usually called."""
    found: dict[str, str] = {}
    for name, words in GUESSES.items():
        usual = set(words.split()) | {words}
        for column in columns:
            plain = column.casefold().replace("_", " ").strip()
            if column not in found.values() and (plain in usual or f" {plain} " in f" {words} "):
                found[name] = column
                break
    return found


class Reader:
    """Reads rows by one mapping."""

    def __init__(
        self, means: Means, columns: list[str], known: Known, *, service: Service, team: Team
    ) -> None:
        self.means, self.known, self.service, self.team = means, known, service, team
        self.places = {name: columns.index(c) for name, c in means.columns.items() if c in columns}

    def read(self, cells: list[str], *, at: dt.datetime) -> tuple[Enquiry | None, list[str]]:
        """The enquiry, or every reason why there is none."""
        given = {name: cells[place].strip() for name, place in self.places.items()}
        wrong: list[str] = []
        service, team = self._named(given, "service", wrong), self._named(given, "team", wrong)
        received_at = self._received(given.get("received", ""), wrong, at=at)
        title, text = given.get("title", ""), given.get("text", "")
        if not title and not text:
            wrong.append(_("It has neither a title nor a text."))
        email = self._email(given.get("email", ""), wrong)
        channel, priority, language = self._plain(given, wrong)
        if wrong or received_at is None:
            return None, wrong
        enquiry = Enquiry(
            title=(title or text.splitlines()[0])[:LONGEST_TITLE], text=text,
            name=given.get("name", "")[:200],
            email=email, phone=given.get("phone", "")[:60], service=service or self.service,
            team=team or (self.team if service is None else service.team), received_at=received_at,
            channel=channel, priority=priority, language=language, answers=self._answers(given),
            key=key_of(given, cells),
        )  # fmt: skip
        return enquiry, []

    def _value(self, given: Mapping[str, str], name: str) -> str:
        said = given.get(name, "")
        ours = {theirs.casefold(): word for theirs, word in self.means.values.get(name, {}).items()}
        return ours.get(said.casefold(), said)

    def _named(self, given: Mapping[str, str], name: str, wrong: list[str]) -> Any:
        said = self._value(given, name)
        known: Mapping[str, Any] = self.known.services if name == "service" else self.known.teams
        found = known.get(said.casefold()) if said else None
        if said and found is None:
            words = _("No service is called “%s”.") if name == "service" else _("No team is called “%s”.")
            wrong.append(words % said[:80])
        return found

    def _plain(self, given: Mapping[str, str], wrong: list[str]) -> tuple[str, int, str]:
        channel = self._value(given, "channel").casefold() or "staff"
        if channel not in CHANNELS:
            wrong.append(_("“%s” is no way in which something comes in.") % channel[:80])
        said = self._value(given, "priority").casefold()
        priority = PRIORITIES.get(said) or (int(said) if said in {"1", "2", "3", "4"} else 0)
        if said and not priority:
            wrong.append(_("“%s” is no priority.") % said[:80])
        spoken = self._value(given, "language").casefold()
        if spoken and spoken not in LANGUAGES:
            wrong.append(_("“%s” is no language we write in.") % spoken[:80])
        return channel, priority or Case.NORMAL, LANGUAGES.get(spoken, "")

    def _email(self, said: str, wrong: list[str]) -> str:
        if said:
            try:
                validate_email(said)
            except ValidationError:
                wrong.append(_("“%s” is no email address.") % said[:80])
        return said

    def _received(self, said: str, wrong: list[str], *, at: dt.datetime) -> dt.datetime | None:
        if not said:
            return at
        found = read_day(said, self.means.days)
        if found is None:
            wrong.append(_("“%s” is no day in the order chosen.") % said[:80])
        elif found > at:
            wrong.append(_("“%s” is in the future.") % said[:80])
        return found

    def _answers(self, given: Mapping[str, str]) -> dict[str, str]:
        return {
            name.removeprefix(ANSWER): said
            for name, said in given.items()
            if name.startswith(ANSWER) and said
        }


def key_of(given: Mapping[str, str], cells: list[str]) -> str:
    """What makes a row this row: the other system's number, or everything that stands in it."""
    external = given.get("external", "")
    if external:
        return f"id:{external[:150]}"
    return "row:" + hashlib.sha256("\x1f".join(cells).encode("utf-8", "replace")).hexdigest()
