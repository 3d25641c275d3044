"""What a row of an extract says of somebody, or why it cannot be read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from clocks.national_insurance import is_national_insurance_number
from moothall.people.models import Organisation, Post
from moothall.records.rules.tables import read_day
from moothall.workforce.models import LeavingReason

from .columns import FIELDS, Means, plain, words_of

# How other systems write that something has no end.
WITHOUT_END = {"31/12/9999", "12/31/9999", "9999-12-31", "31/12/4712", "4712-12-31", "31-DEC-4712"}


@dataclass
class Known:
    """What rows may name: units, posts and reasons of this office."""

    units: Mapping[str, Organisation]
    posts: dict[str, Post]
    titles: dict[str, Post]
    reasons: Mapping[str, LeavingReason]
    added: dict[str, Post] = field(default_factory=dict)

    def keep_added(self) -> None:
        """The row that added these posts stands, so that others may name them."""
        self.posts |= self.added
        self.added.clear()

    @classmethod
    def now(cls) -> "Known":
        units: dict[str, Organisation] = {}
        for row in Organisation.objects.order_by("-kind", "id"):
            for name in (row.name, row.name_cy):
                if name:
                    units.setdefault(name.casefold(), row)
        posts = list(Post.objects.order_by("id"))
        titles: dict[str, Post] = {}
        for post in posts:
            titles.setdefault(post.title.casefold(), post)
        reasons: dict[str, LeavingReason] = {}
        for reason in LeavingReason.objects.order_by("id"):
            for name in (reason.key, reason.name, reason.name_cy):
                reasons.setdefault(name.casefold(), reason)
        return cls(units, {post.number.casefold(): post for post in posts}, titles, reasons)


@dataclass(frozen=True)
class Said:
    """What a row says of somebody; what it does not say is None or empty."""

    number: str
    name: str = ""
    given_name: str = ""
    family_name: str = ""
    born_on: dt.date | None = None
    email: str = ""
    ni_number: str = ""
    workforce: str = ""
    started_on: dt.date | None = None
    continuous_from: dt.date | None = None
    ended_on: dt.date | None = None
    because: LeavingReason | None = None
    post_number: str = ""
    post_title: str = ""
    post: Post | None = None
    unit: Organisation | None = None
    manager: str = ""
    contract: str = ""
    contract_ends_on: dt.date | None = None
    weekly_hours: Decimal | None = None
    fte: Decimal | None = None
    from_on: dt.date | None = None


class Reader:
    """Reads rows by one mapping; `wrong` of each answer names the column and says what to do."""

    def __init__(self, means: Means, columns: list[str], known: Known) -> None:
        self.means, self.known = means, known
        self.places = {name: columns.index(c) for name, c in means.columns.items() if c in columns}
        self.words = {name: words_of(name) for name in ("contract", "workforce")}

    def read(self, cells: list[str]) -> tuple[Said | None, list[str]]:
        given = {name: cells[place].strip() for name, place in self.places.items()}
        wrong: list[str] = []
        found: dict[str, Any] = {"number": number_of(given.get("number", ""))}
        if not found["number"]:
            wrong.append(self._at("number", _("It is empty. Give the number by which they are known.")))
        for name in ("started_on", "continuous_from", "ended_on", "contract_ends_on", "born_on", "from_on"):
            found[name] = self._day(name, given.get(name, ""), wrong)
        for name in ("weekly_hours", "fte"):
            found[name] = self._amount(name, given.get(name, ""), wrong)
        for name in ("contract", "workforce"):
            found[name] = self._word(name, given.get(name, ""), wrong)
        self._names(given, found)
        self._who(given, found, wrong)
        self._where(given, found, wrong)
        begun, ended = found["started_on"], found["ended_on"]
        if begun and ended and ended < begun:
            wrong.append(self._at("ended_on", _("They would leave before they began. Check both days.")))
        return (None, wrong) if wrong else (Said(**found), [])

    def _at(self, name: str, words: str) -> str:
        column = self.means.columns.get(name)
        return f"{column}: {words}" if column else f"{FIELDS[name]}: {words}"

    def _day(self, name: str, said: str, wrong: list[str]) -> dt.date | None:
        if not said or said in WITHOUT_END:
            return None
        with_words = any(each.isalpha() for each in said)  # 12-Jan-2026
        found = read_day(said.replace("-", " ") if with_words else said, self.means.days, since=1900)
        if found is None:
            wrong.append(self._at(name, _("“%s” is no day in the order chosen.") % said[:40]))
        return found.date() if found else None

    def _amount(self, name: str, said: str, wrong: list[str]) -> Decimal | None:
        if not said:
            return None
        most = Decimal(168) if name == "weekly_hours" else Decimal(1)
        share = name == "fte" and said.endswith("%")
        try:
            found = Decimal(said.replace(",", ".").rstrip("% ")) / (100 if share else 1)
        except InvalidOperation:
            wrong.append(self._at(name, _("“%s” is no number.") % said[:40]))
            return None
        if not found.is_finite() or not 0 <= found <= most:
            wrong.append(self._at(name, _("“%(said)s” is not between 0 and %(most)s.") % {
                "said": said[:40], "most": most}))  # fmt: skip
            return None
        return found.quantize(Decimal("0.01") if name == "weekly_hours" else Decimal("0.0001"))

    def _said(self, name: str, said: str) -> str:
        """Their word as it is called here."""
        ours = {theirs.casefold(): word for theirs, word in self.means.words.get(name, {}).items()}
        return ours.get(said.casefold(), said)

    def _word(self, name: str, said: str, wrong: list[str]) -> str:
        if not said:
            return ""
        ours = self._said(name, said)
        found = self.words[name].get(plain(ours))
        if found is None:
            wrong.append(self._at(name, _("“%s” is not known. Say what it means under Words.") % said[:60]))
        return found or ""

    def _names(self, given: Mapping[str, str], found: dict[str, Any]) -> None:
        first, last = given.get("given_name", ""), given.get("family_name", "")
        whole = given.get("name", "")
        if "," in whole and not (first or last):
            last, _comma, first = (part.strip() for part in whole.partition(","))
            whole = ""
        found["given_name"], found["family_name"] = first[:120], last[:120]
        found["name"] = (f"{first} {last}".strip() or whole)[:250]

    def _who(self, given: Mapping[str, str], found: dict[str, Any], wrong: list[str]) -> None:
        number = "".join(given.get("ni_number", "").split()).upper()
        if number and not is_national_insurance_number(number):
            wrong.append(self._at("ni_number", _("That is not a National Insurance number.")))
        email = given.get("email", "")
        if email:
            try:
                validate_email(email)
            except ValidationError:
                wrong.append(self._at("email", _("“%s” is no email address.") % email[:60]))
        found["ni_number"], found["email"] = number[:9], email[:254]
        found["manager"] = number_of(given.get("manager", ""))
        said = self._said("because", given.get("because", "")) or self.means.because
        found["because"] = self.known.reasons.get(said.casefold())
        if found["ended_on"] and found["because"] is None:
            words = _("“%s” is no reason of ours. Say under Words which it is, or choose one for all.")
            wrong.append(self._at("because", words % said[:60]))

    def _where(self, given: Mapping[str, str], found: dict[str, Any], wrong: list[str]) -> None:
        unit = self._said("unit", given.get("unit", ""))
        found["unit"] = self.known.units.get(unit.casefold()) if unit else None
        if unit and found["unit"] is None:
            words = _("No unit is called “%s”. Add it, or say under Words which of ours it is.")
            wrong.append(self._at("unit", words % unit[:60]))
        number, title = given.get("post_number", "")[:20], given.get("post_title", "")[:160]
        found["post_number"], found["post_title"] = number, title
        found["post"] = self.known.posts.get(number.casefold()) if number else None
        if not number and title:
            found["post"] = self.known.titles.get(title.casefold())
        if found["post"] is None and (number or title) and not (number and title):
            words = _("No post is “%s”. Give its number and its title, and it is added.")
            wrong.append(self._at("post_number" if number else "post_title", words % (number or title)[:60]))


def number_of(said: str) -> str:
    """An employee number as it is kept; a whole number that a spreadsheet gave a point loses it."""
    said = " ".join(said.split()).upper()
    return (said.removesuffix(".0") if said.removesuffix(".0").isdigit() else said)[:20]
