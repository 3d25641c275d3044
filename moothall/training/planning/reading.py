"""A plan read back: judged, counted by week, team and course, and as rows of the office."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from moothall.training.models import LeftOut
from planner.training import reasons
from planner.training.checking import check

CODES: Final = {
    reasons.NO_RUN: LeftOut.NO_RUN,
    reasons.CLOSED: LeftOut.CLOSED, reasons.PATTERN: LeftOut.PATTERN, reasons.AWAY: LeftOut.AWAY,
    reasons.MINIMUM: LeftOut.MINIMUM, reasons.FIRST: LeftOut.FIRST, reasons.OWN: LeftOut.OWN,
    reasons.SKILL: LeftOut.SKILL, reasons.TEAM: LeftOut.TEAM, reasons.FULL: LeftOut.FULL,
    reasons.CLASSES: LeftOut.CLASSES,
}  # fmt: skip
DAY: Final = re.compile(r"\bday (\d+)")
TOLD: Final = 3  # breaches named where a plan is refused


@dataclass(frozen=True)
class Reading:
    """A case, the names of its numbers, and a plan of it."""

    case: Mapping[str, Any]
    names: Mapping[str, Any]
    plan: Mapping[str, Any]

    @property
    def monday(self) -> dt.date:
        return dt.date.fromisoformat(self.names["first"])

    def day(self, number: int) -> dt.date:
        return self.monday + dt.timedelta(days=number)

    def breaches(self) -> list[str]:
        """Every rule the plan breaks, as the independent judge says it, with dates for its days."""
        said = check(self.case, self.plan).breaches
        return [DAY.sub(lambda found: f"{self.day(int(found[1])):%d/%m/%Y}", each) for each in said]

    def unit_of(self, officer: int) -> int:
        unit: int = self.names["teams"][self.case["officers"][officer]["team"]]
        return unit

    def left_out(self) -> Iterator[LeftOut]:
        """A row, without its run, for everybody who has no place."""
        for each in self.plan["unplaced"]:
            course = self.case["reqs"][each["requirement"]]["c"]
            yield LeftOut(
                employment_id=self.names["officers"][each["officer"]], unit_id=self.unit_of(each["officer"]),
                version_id=self.names["courses"][course][1], reason=CODES[each["reason"]],
                causes=[[CODES[words], count] for words, count in sorted(each["causes"].items())],
            )  # fmt: skip

    def figures(self) -> dict[str, Any]:
        """Sessions by week, and what every team and course wanted and got: the worst first."""
        return {
            "classes": len(self.plan["classes"]),
            "weeks": self._weeks(),
            "teams": self._shares(lambda need: self.unit_of(need["o"])),
            "courses": self._shares(lambda need: self.names["courses"][need["c"]][0]),
            "reasons": dict(Counter(CODES[each["reason"]] for each in self.plan["unplaced"])),
        }

    def at_minimum(self) -> dict[int, int]:
        """For each unit, how many have no place because it is at its minimum on every session."""
        those = [each for each in self.plan["unplaced"] if each["reason"] == reasons.MINIMUM]
        return Counter(self.unit_of(each["officer"]) for each in those)

    def _weeks(self) -> list[tuple[str, int, int, int]]:
        """Monday, sessions that begin in the week, the places in them, and trainer-days of the week."""
        people = Counter(place["class"] for place in self.plan["places"])
        found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        for held in self.plan["classes"]:
            begins = found[held["days"][0] // 7]
            begins[0] += 1
            begins[1] += people[held["id"]]
            for day in held["days"]:
                found[day // 7][2] += len(held["trainers"])
        return [(self.day(7 * week).isoformat(), *found[week]) for week in sorted(found)]  # type: ignore[misc]

    def _shares(self, of: Any) -> list[tuple[int, int, int]]:
        """For each key, how many places were wanted and how many are given; the smallest share first."""
        wanted = Counter(of(need) for need in self.case["reqs"])
        given = Counter(of(self.case["reqs"][place["requirement"]]) for place in self.plan["places"])
        order = sorted(wanted, key=lambda key: (given[key] / wanted[key], -wanted[key], key))
        return [(key, wanted[key], given[key]) for key in order]
