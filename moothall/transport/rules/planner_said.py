"""What the planner says in English, in the language of the reader: its numbers are kept, the words are ours.

Plans keep its sentences as they came. Each is known here by the words around its numbers.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from moothall.core.refusals import Words

HEAD: Final = "No vehicle is left for a run of their own, and of the runs there are: "
SAYINGS: Final = (
    gettext_noop(
        "The direct ride with getting aboard takes %(direct)s minutes, and %(limit)s minutes is the longest "
        "they may be aboard."
    ),
    gettext_noop(
        "The direct ride with getting out takes %(direct)s minutes, and %(limit)s minutes is the longest "
        "they may be aboard."
    ),
    gettext_noop("They travel with passenger %(who)s, who cannot be taken."),
    gettext_noop("The school is not open long enough for them to get aboard."),
    gettext_noop("The school is not open long enough for them to get out."),
    gettext_noop(
        "No streets were used: distances are guessed as the straight line times %(times)s, times are "
        "%(speed)s km/h along that (%(band)s). They are no basis for promises."
    ),
    gettext_noop("Times are by street (OpenStreetMap extract %(name)s of %(day)s; %(credit)s), %(band)s."),
    gettext_noop(
        "Times are by street (OpenStreetMap extract %(name)s, which bears no date; %(credit)s), %(band)s."
    ),
    gettext_noop("Speeds hold since %(day)s: %(source)s."),
    gettext_noop(
        "Times are corrected from %(legs)s recorded legs of %(days)s days until %(day)s; %(out)s were left "
        "out."
    ),
    gettext_noop(
        "%(lost)s places lie on no street: %(some)s of %(all)s journeys are guessed as the straight line "
        "times %(times)s."
    ),
)
NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
FORMS: Final[Mapping[str, str]] = {
    "day": r"\d+ \w+ \d{4}", "band": r"[\w-]+", "name": r"[^;]+?", "credit": "[^)]*", "source": "[^.]*",
}  # fmt: skip
BANDS: Final[Mapping[str, Words]] = {
    "morning": gettext_lazy("in the morning"), "afternoon": gettext_lazy("in the afternoon"),
    "off-peak": gettext_lazy("between the peaks"),
}  # fmt: skip
OF_ITSELF = gettext_noop(
    "cautious first values of this project, no measurement; to be corrected from recorded journeys"
)


def _pattern(saying: str) -> re.Pattern[str]:
    """What the planner says, with a place for each number, day or name."""
    words = re.escape(saying).replace(r"\ minutes", r"\ minutes?")
    found = re.sub(r"%\\\((\w+)\\\)s", lambda name: f"(?P<{name[1]}>{FORMS.get(name[1], NUMBER)})", words)
    return re.compile(found)


PATTERNS: Final = tuple((_pattern(each), each) for each in SAYINGS)


def _told(name: str, value: str) -> str:
    """Days as the reader writes them, bands and sources in their words."""
    if name == "day":
        day, month, year = value.split()
        at = dt.date(int(year), MONTHS.index(month) + 1, int(day))
        return date_format(at, "j F Y")
    return str(BANDS.get(value, value)) if name == "band" else _(value) if name == "source" else value


MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def said(words: str) -> str:
    """The same in the language of the reader; what is not known here stays as it came."""
    if not words or (get_language() or "en").startswith("en"):
        return words
    whole = _(words)
    if whole != words:
        return whole
    return _in_the_way(words) if words.startswith(HEAD) else _one_by_one(words)


def is_english(words: str) -> bool:
    """Whether it cannot be told in the language of the reader."""
    return bool(words) and not (get_language() or "en").startswith("en") and said(words) == words


def _in_the_way(words: str) -> str:
    """What stands in the way on so many runs each."""
    parts = (part.partition(" × ") for part in words.removeprefix(HEAD).removesuffix(".").split("; "))
    told = "; ".join(f"{many} × {_(why)}" if cross else many for many, cross, why in parts)
    return _("No vehicle is left for a run of their own, and of the runs there are: %(told)s.") % {
        "told": told
    }


def _one_by_one(words: str) -> str:
    """Sentence after sentence, as far as each is known."""
    done, rest = [], words
    while rest:
        found = ((match, saying) for pattern, saying in PATTERNS if (match := pattern.match(rest)))
        match, saying = next(found, (None, ""))
        if match is None:
            done.append(rest)
            break
        told = {name: _told(name, value) for name, value in match.groupdict().items()}
        done.append(_(saying) % told)
        rest = rest[match.end() :].lstrip()
    return " ".join(done)
