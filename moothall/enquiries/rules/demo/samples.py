"""What people in the sample year write, and what they are answered: read from the pack, then filled in."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.core.marked_yaml import Fields, Marked, near_match
from moothall.core.packs import Pack

LANGUAGES = ("en", "cy")
LISTS = ("notes", "calls", "handed", "answered_at_once", "signposted")
PAIRS = ("thanks", "again", "again_answers")
FEW = (3, 12)
GAP = re.compile(r"\{(\w+)\}")
GAPS = frozenset({"me", "org", "course", "place", "day", "date", "today", "number"})


@dataclass(frozen=True)
class Sample:
    """One thing somebody might ask, and how it goes."""

    language: str
    service: str
    subject: str
    text: str
    reply: str = ""
    asked: str = ""
    told: str = ""
    outcome: str = "answered"
    asked_by: str = ""
    signpost: str = ""
    numbers: tuple[int, int] = FEW
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Phrases:
    """What varies from one piece of sample work to another."""

    lists: Mapping[str, Sequence[str]]
    pairs: Mapping[str, Mapping[str, Sequence[str]]]
    words: Mapping[str, Mapping[str, str]]
    courses: Sequence[Mapping[str, str]]
    places: Sequence[Mapping[str, str]]
    held: Sequence[Mapping[str, str]]


def read_samples(pack: Pack, services: Mapping[str, object], signposts: Mapping[str, object]) -> list[Sample]:
    """The samples of both languages; a service or a signpost that is not there is a mistake on its line."""
    found = []
    for language in LANGUAGES:
        doc = pack.file(f"demo/enquiries-{language}.yaml")
        if doc is not None:
            fields = Fields(doc)
            found += [_sample(row, language, services, signposts) for row in fields.mappings("enquiries")]
            fields.finish()
    return found


def _sample(
    row: Marked, language: str, services: Mapping[str, object], signposts: Mapping[str, object]
) -> Sample:
    fields = Fields(row)
    service, signpost = fields.text("service"), fields.text("signpost", "")
    for named, known, key in ((service, services, "service"), (signpost, signposts, "signpost")):
        if named and named not in known:
            said = _("There is no %(kind)s “%(named)s”.") % {"kind": key, "named": named}
            raise row.mistake(said + near_match(named, known), at=key)
    for key, text in row.items():
        unknown = set(GAP.findall(text)) - GAPS if isinstance(text, str) else set()
        if unknown:
            raise row.mistake(_("Nothing fills {%(gap)s}.") % {"gap": min(unknown)}, at=key)
    numbers = fields.raw("numbers") or FEW
    sample = Sample(
        language=language,
        service=service,
        subject=fields.text("subject"),
        text=fields.text("text"),
        reply=fields.text("reply", "") if signpost else fields.text("reply"),
        asked=fields.text("asked", ""),
        told=fields.text("told", ""),
        outcome=fields.text("outcome", "signposted" if signpost else "answered"),
        asked_by=fields.text("from", ""),
        signpost=signpost,
        numbers=(int(numbers[0]), int(numbers[1])),
        answers=fields.mapping("answers"),
    )
    fields.finish()
    return sample


def read_phrases(doc: Marked) -> Phrases:
    fields = Fields(doc)
    phrases = Phrases(
        lists={name: fields.words(name) for name in LISTS},
        pairs={
            name: {each: Fields(fields.mapping(name)).words(each) for each in LANGUAGES} for name in PAIRS
        },
        words={name: fields.mapping(name) for name in ("greetings", "closings", "asking")},
        courses=list(fields.mappings("courses")),
        places=list(fields.mappings("places")),
        held=list(fields.mappings("held")),
    )
    fields.finish()
    return phrases


def values_for(
    sample: Sample, phrases: Phrases, rng: Random, *, me: str, org: str, received: dt.date, day: dt.date
) -> dict[str, str]:
    """What fills the gaps of a sample: the same course and day from the question to the answer."""
    language = sample.language
    return {
        "me": me,
        "org": org,
        "course": rng.choice(phrases.courses)[language],
        "place": rng.choice(phrases.places)[language],
        "day": said_day(day, language),
        "date": day.isoformat(),
        "today": received.isoformat(),
        "number": str(rng.randint(*sample.numbers)),
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    return GAP.sub(lambda found: values[found[1]], text)


def filled_answers(answers: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    return {
        key: filled(value, values)
        if isinstance(value, str)
        else list(value)
        if isinstance(value, list)
        else value
        for key, value in answers.items()
    }


@lru_cache(maxsize=4096)
def said_day(day: dt.date, language: str) -> str:
    with translation.override("cy" if language == "cy" else "en-gb"):
        return date_format(day, "j F")
