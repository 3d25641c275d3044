"""Why somebody has no time, and why somebody is moved, in the language of whoever reads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moothall.recruitment.models import EventCandidate, EventPlan, SelectionEvent

from .event_rows import number_of

RULES: Final[Mapping[str, Any]] = {
    "away": gettext_lazy("They are not there for as long as it takes."),
    "assessor": gettext_lazy("Too few people may assess them."),
    "room": gettext_lazy("No room would do: large enough, reached without steps, and open long enough."),
    "interpreter": gettext_lazy("Nobody who interprets is there long enough."),
    "long": gettext_lazy("Room, assessors and interpreter are never there together."),
    "full": gettext_lazy("The days are full: add a day, a room or people who assess."),
}
COUNTED: Final = re.compile(r"(\d+) (are not trained|know the|do not speak|are not there)")
OF: Final = re.compile(r"^Of (\d+) assessors")
ENDS: Final[Mapping[str, Any]] = {
    " no longer assesses.": gettext_lazy("{who} assesses no more."),
    " is away.": gettext_lazy("{who} is away."),
    " is no longer trained for it.": gettext_lazy("{who} no longer holds what it needs."),
    " knows the candidate.": gettext_lazy("{who} knows them."),
    " cannot be used.": gettext_lazy("{who} cannot be used."),
}


@dataclass(frozen=True)
class Names:
    """What numbers of a plan are called."""

    exercises: Mapping[int, str]
    rooms: Mapping[int, str]
    assessors: Mapping[int, str]
    candidates: Mapping[int, EventCandidate]

    def of(self, name: str) -> str:
        kinds = {"e": self.exercises, "r": self.rooms, "a": self.assessors}
        return kinds.get(name[:1], {}).get(number_of(name), "–") if name[1:].isdigit() else "–"


def names_of(event: SelectionEvent, language: str) -> Names:
    return Names(
        {each.pk: each.name_in(language) for each in event.exercises.all()},
        {each.pk: each.name_in(language) for each in event.rooms.select_related("resource")},
        {each.pk: each.account.name for each in event.assessors.select_related("account")},
        {each.pk: each for each in event.candidates.in_full()},
    )


def why_no_time(rule: str, reason: str) -> str:
    """The rule; of those who assess, how many each rule keeps away."""
    said = str(RULES.get(rule, RULES["full"]))
    if rule != "assessor":
        return said
    parts = [_counted(int(number), words) for number, words in COUNTED.findall(reason)]
    of = OF.match(reason)
    if not parts or of is None:
        return said
    return said + " " + _("Of %(many)s: %(parts)s.") % {"many": of[1], "parts": "; ".join(parts)}


def _counted(number: int, words: str) -> str:
    said = {
        "are not trained": ngettext("%(n)s may not assess it", "%(n)s may not assess it", number),
        "know the": ngettext("%(n)s knows them", "%(n)s know them", number),
        "do not speak": ngettext(
            "%(n)s does not work in their language", "%(n)s do not work in their language", number
        ),
        "are not there": ngettext(
            "%(n)s is not there long enough", "%(n)s are not there long enough", number
        ),
    }  # fmt: skip
    return said[words] % {"n": number}


def why_moved(why: str, names: Names) -> str:
    for ending, words in ENDS.items():
        if why.endswith(ending):
            return str(format_lazy(words, who=names.of(why.removesuffix(ending))))
    if why.startswith("It makes room"):
        return _("It makes room for somebody else.")
    return why_no_time("assessor" if why.startswith("Of ") else "full", why) if why else ""


@dataclass(frozen=True)
class NoTime:
    """Somebody the plan has no time for."""

    candidate: EventCandidate
    exercise: str
    why: str


@dataclass(frozen=True)
class Moved:
    """What a mending changes for somebody in one exercise."""

    candidate: EventCandidate
    exercise: str
    before: str
    after: str
    why: str
    told: bool  # they have to hear of it


def without_time(plan: EventPlan, names: Names) -> list[NoTime]:
    found = []
    for each in plan.unseated:
        candidate = names.candidates.get(number_of(each["candidate"]))
        if candidate is not None:
            why = why_no_time(each["rule"], each["reason"])
            found.append(NoTime(candidate, names.of(each["exercise"]), why))
    return found


def changes_of(plan: EventPlan, names: Names, days: list[Any]) -> list[Moved]:
    """Those who are moved first."""
    found = []
    for each in plan.changes:
        candidate = names.candidates.get(number_of(each["candidate"]))
        if candidate is not None:
            found.append(
                Moved(
                    candidate, names.of(each["exercise"]), _sitting(each["before"], names, days),
                    _sitting(each["after"], names, days), why_moved(each["why"], names), each["moved"],
                )
            )  # fmt: skip
    return found


def _sitting(said: Mapping[str, Any] | None, names: Names, days: list[Any]) -> str:
    """`1 December 09:30–10:00, Castle room, Idris Okafor`; empty where there is none."""
    if said is None:
        return ""
    day = days[said["day"]].on if said["day"] < len(days) else None
    times = f"{_clock(said['begins'])}–{_clock(said['ends'])}"
    staff = ", ".join(names.of(each) for each in said["assessors"])
    return f"{day:%d/%m} {times}, {names.of(said['room'])}: {staff}" if day else times


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
