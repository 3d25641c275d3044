"""Which column of a file is what, and what each of its rows says somebody holds."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.refusals import Words
from moothall.credentials.models import CredentialKind
from moothall.records.rules.tables import read_day
from moothall.workforce.rules.bringing.columns import plain
from moothall.workforce.rules.bringing.meaning import WITHOUT_END, number_of

FIELDS: dict[str, Words] = {
    "employee": gettext_lazy("Employee number"),
    "kind": gettext_lazy("Kind of credential"),
    "number": gettext_lazy("Its number"),
    "issuer": gettext_lazy("Who issued it"),
    "issued_on": gettext_lazy("Day of issue"),
    "expires_on": gettext_lazy("Last day on which it counts"),
    "restrictions": gettext_lazy("Restrictions"),
}
GUESSES: dict[str, tuple[str, ...]] = {
    "employee": (
        "employee number", "employee no", "staff number", "payroll number", "personal reference",
        "collar number", "employee id", "userid", "driver number", "rhif gweithiwr", "rhif staff",
    ),
    "kind": (
        "credential", "kind of credential", "kind", "type", "certificate", "qualification", "competency",
        "licence type", "check type", "clearance", "cymhwyster", "math", "tystysgrif",
    ),
    "number": (
        "certificate number", "licence number", "credential number", "its number", "reference",
        "disclosure number", "document number", "badge number", "number", "rhif tystysgrif",
        "rhif trwydded", "rhif",
    ),
    "issuer": ("issuer", "issued by", "awarding body", "provider", "authority", "rhoddwyd gan", "darparwr"),
    "issued_on": (
        "issue date", "date of issue", "issued", "issued on", "valid from", "start date", "date achieved",
        "day of issue", "from", "dyddiad cyhoeddi", "dyddiad dechrau",
    ),
    "expires_on": (
        "expiry date", "expiry", "expires", "expires on", "valid to", "valid until", "end date",
        "renewal date", "last day", "until", "dyddiad dod i ben", "dyddiad gorffen",
    ),
    "restrictions": ("restrictions", "conditions", "notes", "cyfyngiadau"),
}  # fmt: skip


@dataclass(frozen=True)
class Means:
    """A mapping: the column of each field, what their kinds are called here, and how days are written.

    `kind` is the key of the one kind of a file without such a column; what was `seen` counts at once.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    days: str = "dmy"
    kind: str = ""
    seen: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Means":
        return cls(**kept)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"columns": dict(self.columns), "words": dict(self.words)}


def guess_means(columns: list[str]) -> Means:
    """The likely column of each field, by what columns are usually called."""
    by_name = {plain(column): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for name, usual in GUESSES.items():
        free = (by_name[each] for each in usual if by_name.get(each) not in (None, *found.values()))
        if column := next(free, ""):
            found[name] = column
    return Means(found)


@dataclass(frozen=True)
class Said:
    """What a row says that somebody holds."""

    employee: str
    kind: CredentialKind
    issued_on: dt.date
    expires_on: dt.date | None = None
    number: str = ""
    issuer: str = ""
    restrictions: str = ""


class Reader:
    """Reads rows by one mapping; what is wrong names the column and says what to do."""

    def __init__(self, means: Means, columns: list[str]) -> None:
        self.means = means
        self.places = {name: columns.index(c) for name, c in means.columns.items() if c in columns}
        self.kinds: dict[str, CredentialKind] = {}
        for kind in CredentialKind.objects.in_use():
            for name in (kind.key, kind.name, kind.name_cy):
                if name:
                    self.kinds.setdefault(plain(name), kind)
        self.words = {plain(theirs): ours for theirs, ours in means.words.items()}

    def read(self, cells: list[str]) -> tuple[Said | None, list[str]]:
        given = {name: cells[place].strip() for name, place in self.places.items()}
        wrong: list[str] = []
        employee = number_of(given.get("employee", ""))
        if not employee:
            wrong.append(self._at("employee", _("It is empty. Give the number by which they are known.")))
        kind = self._kind(given.get("kind", ""), wrong)
        issued_on = self._day("issued_on", given.get("issued_on", ""), wrong)
        if issued_on is None and not given.get("issued_on"):
            wrong.append(self._at("issued_on", _("It is empty. Give the day of issue.")))
        expires_on = self._day("expires_on", given.get("expires_on", ""), wrong)
        if wrong or kind is None or issued_on is None:
            return None, wrong
        texts = {name: given.get(name, "") for name in ("number", "issuer", "restrictions")}
        return Said(employee, kind, issued_on, expires_on, **texts), []

    def _at(self, name: str, words: str) -> str:
        return f"{self.means.columns.get(name) or FIELDS[name]}: {words}"

    def _kind(self, said: str, wrong: list[str]) -> CredentialKind | None:
        word = said or self.means.kind
        found = self.kinds.get(plain(self.words.get(plain(word), word)))
        if found is None:
            words = _("No kind is called “%s”. Say under Words which of ours it is.")
            wrong.append(self._at("kind", words % word[:60]))
        return found

    def _day(self, name: str, said: str, wrong: list[str]) -> dt.date | None:
        if not said or said in WITHOUT_END:
            return None
        with_words = any(each.isalpha() for each in said)  # 12-Jan-2026
        found = read_day(said.replace("-", " ") if with_words else said, self.means.days, since=1950)
        if found is None:
            wrong.append(self._at(name, _("“%s” is no day in the order chosen.") % said[:40]))
        return found.date() if found else None
