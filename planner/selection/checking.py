"""Assessment days judged by their case alone: rules written again, points counted again.

No code is shared with what makes plans, and nothing is trusted to have been read rightly by anybody else; a
case that makes no sense is the reader's business, not the judge's. Here time is minutes, never steps.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Said = Mapping[str, Any]
Taken = tuple[int, int, int, str]  # a day, from, until, by what
COUNTS = {"candidate": 10_000, "wait": 1, "room": 30, "fair": 1, "moved": 100, "handed": 20}


@dataclass(frozen=True)
class Verdict:
    """What the judge counted, and every rule that is broken, in a sentence."""

    candidates: int
    seated: int
    cost: int
    breaches: tuple[str, ...]


def check_files(case: Path, plan: Path) -> Verdict:
    """Judge the plan in one file by the case in the other. Raises what reading raises."""
    return check(_opened(case), _opened(plan))


def _opened(path: Path) -> Said:
    raw = path.read_bytes()
    said: Said = json.loads(gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw)
    return said


def check(case: Said, plan: Said) -> Verdict:
    """Judge what a plan file says by what a case file says."""
    return Judge(case, plan).verdict()


class Judge:
    """The two files, and what is worked out of them."""

    def __init__(self, case: Said, plan: Said) -> None:
        self.case, self.plan = case, plan
        self.days: Sequence[Said] = case["days"]
        self.exercises = {one["id"]: one for one in case["exercises"]}
        self.rooms = {one["id"]: one for one in case["rooms"]}
        self.staff = {one["id"]: one for one in case["assessors"]}
        self.people = {one["id"]: one for one in case["candidates"]}
        self.sittings: list[Said] = []
        self.breaches = list(self._strangers())
        self.mine: dict[str, list[Said]] = defaultdict(list)
        for one in self.sittings:
            for who in one["candidates"]:
                self.mine[who].append(one)

    def _strangers(self) -> Iterator[str]:
        """What names something the case does not have is not looked at further."""
        for one in self.plan["sittings"]:
            known: list[tuple[Sequence[str], Mapping[str, Said]]] = [
                ([one["exercise"]], self.exercises), ([one["room"]], self.rooms),
                (one["assessors"], self.staff), (one["candidates"], self.people),
                (list(one.get("interpreters", {}).values()), self.staff),
                (list(one.get("interpreters", {})), self.people),
            ]  # fmt: skip
            strangers = [name for names, those in known for name in names if name not in those]
            yield from (f"{name} is not of the case." for name in strangers)
            if not 0 <= one["day"] < len(self.days):
                yield f"Day {one['day']} is not of the case."
            elif not strangers:
                self.sittings.append(one)

    def verdict(self) -> Verdict:
        for one in self.sittings:
            self.breaches += [f"{_called(one)}: {said}." for said in (*self._whole(one), *self._panel(one))]
            for who in one["candidates"]:
                self.breaches += [f"{who} in {_called(one)}: {said}." for said in self._seat(one, who)]
        self.breaches += self._everybody()
        for who, mine in self.mine.items():
            self.breaches += [f"{who} {said}." for said in self._in_order(who, mine)]
        self.breaches += self._twice()
        seated = sum(self._complete(who) for who in self.people)
        return Verdict(len(self.people), seated, self._cost(), tuple(self.breaches))

    def _asked(self, who: str) -> list[str]:
        return self.people[who].get("exercises") or list(self.exercises)

    def _complete(self, who: str) -> bool:
        return sorted(one["exercise"] for one in self.mine[who]) == sorted(self._asked(who))

    def _everybody(self) -> Iterator[str]:
        """Everybody has all of their exercises, once each, or a reason and nothing."""
        told = {one["candidate"]: one for one in self.plan["unseated"]}
        for who in self.people:
            if who in told:
                if self.mine[who]:
                    yield f"{who} has a reason for having no day, and sits something."
                if not told[who]["reason"]:
                    yield f"{who} has no day and nobody says why."
            elif not self._complete(who):
                yield f"{who} does not sit each exercise once, and nobody says why."

    def _whole(self, one: Said) -> Iterator[str]:
        """Time, size and room of a sitting."""
        asked, day, room = self.exercises[one["exercise"]], self.days[one["day"]], self.rooms[one["room"]]
        until = one["ends"] + asked.get("hold", 0)
        if one["begins"] < day["opens"] or until > day["closes"] or one["ends"] <= one["begins"]:
            yield "the house is not open"
        if not 1 <= len(one["candidates"]) <= asked.get("size", 1):
            yield f"{len(one['candidates'])} candidates"
        if asked.get("room") and asked["room"] not in room.get("kinds", ()):
            yield f"{one['room']} is no {asked['room']} room"
        seats = sum(
            1 + bool(self.people[who].get("carer")) + bool(self.people[who].get("interpreter"))
            for who in one["candidates"]
        )
        if seats > room["seats"]:
            yield f"{seats} places in a room of {room['seats']}"
        if any(d == one["day"] and a < until and one["begins"] < b for d, a, b in room.get("closed", ())):
            yield f"{one['room']} is closed"

    def _panel(self, one: Said) -> Iterator[str]:
        """Whether the assessors are as many as asked for, trained and there."""
        asked, on = self.exercises[one["exercise"]], self.days[one["day"]]["on"]
        wanted, so_many = asked.get("assessors", 1), len(set(one["assessors"]))
        if so_many != wanted or len(one["assessors"]) != wanted:
            yield f"{so_many} assessors instead of {wanted}"
        for name in one["assessors"]:
            trained = self.staff[name].get("trained", {})
            if one["exercise"] not in trained:
                yield f"{name} is not trained for it"
            elif (trained[one["exercise"]] or "9999") < on:
                yield f"{name}'s training ended on {trained[one['exercise']]}"
            if not self._there(name, one["day"], one["begins"], one["ends"] + asked.get("hold", 0)):
                yield f"{name} is not there"

    def _there(self, name: str, day: int, begins: int, until: int) -> bool:
        """Whether the whole time lies in somebody's hours, which may be put together of several."""
        person = self.staff[name]
        if any(d == day and a < until and begins < b for d, a, b in person.get("away", ())):
            return False
        hours = person.get("hours") or [[day, self.days[day]["opens"], self.days[day]["closes"]]]
        at = begins
        for d, a, b in sorted(hours):
            if d == day and a <= at < b:
                at = b
        return at >= until

    def _seat(self, one: Said, who: str) -> Iterator[str]:
        """What a candidate may ask for."""
        person, room = self.people[who], self.rooms[one["room"]]
        asked, length = self.exercises[one["exercise"]], one["ends"] - one["begins"]
        if one["exercise"] not in self._asked(who):
            yield "is not to sit it"
        if 100 * length < asked["minutes"] * (100 + person.get("longer", 0)):
            yield f"{length} minutes are too short"
        if person.get("step_free") and not room.get("step_free"):
            yield f"{one['room']} is not step-free"
        if any(
            d == one["day"] and a < one["ends"] and one["begins"] < b for d, a, b in person.get("away", ())
        ):
            yield "is not there"
        for name in one["assessors"]:
            if who in self.staff[name].get("conflicts", ()):
                yield f"{name} has a conflict of interest"
            if person.get("language") and person["language"] not in self.staff[name].get("languages", ()):
                yield f"{name} does not speak {person['language']}"
        if person.get("interpreter"):
            yield from self._interpreted(one, who)

    def _interpreted(self, one: Said, who: str) -> Iterator[str]:
        name = one.get("interpreters", {}).get(who)
        if name is None:
            yield "has no interpreter"
            return
        if self.people[who]["interpreter"] not in self.staff[name].get("interprets", ()):
            yield f"{name} does not interpret {self.people[who]['interpreter']}"
        if who in self.staff[name].get("conflicts", ()):
            yield f"{name} has a conflict of interest"
        if not self._there(name, one["day"], one["begins"], one["ends"]):
            yield f"{name} is not there"

    def _in_order(self, who: str, mine: Sequence[Said]) -> Iterator[str]:
        """One day, never two places, rested, and what comes first comes first."""
        if len({one["day"] for one in mine}) > 1:
            yield "comes on more than one day"
        row = sorted(mine, key=lambda one: (one["day"], one["begins"]))
        for one, other in pairwise(row):
            if one["day"] != other["day"]:
                continue
            rest = max(self.people[who].get("rest", 0), self.exercises[one["exercise"]].get("rest", 0))
            if other["begins"] < one["ends"]:
                yield f"is in two places: {_called(one)} and {_called(other)}"
            elif other["begins"] < one["ends"] + rest:
                yield f"has less than {rest} minutes between {_called(one)} and {_called(other)}"
        ends = {one["exercise"]: (one["day"], one["ends"]) for one in row}
        for one in row:
            for first in self.exercises[one["exercise"]].get("after", ()):
                if first in self._asked(who) and ends.get(first, (99, 0)) > (one["day"], one["begins"]):
                    yield f"sits {one['exercise']} before {first}"

    def _twice(self) -> Iterator[str]:
        """No room and nobody who works has two things at once; nobody assesses more than was agreed."""
        taken: dict[tuple[str, str], list[Taken]] = defaultdict(list)
        work: dict[tuple[str, int], int] = defaultdict(int)
        for one in self.sittings:
            until = one["ends"] + self.exercises[one["exercise"]].get("hold", 0)
            held = (one["day"], one["begins"], until, _called(one))
            taken["room", one["room"]].append(held)
            for name in one["assessors"]:
                taken["assessor", name].append(held)
                work[name, one["day"]] += until - one["begins"]
            for name in one.get("interpreters", {}).values():
                taken["assessor", name].append((one["day"], one["begins"], one["ends"], _called(one)))
        for (_, name), those in taken.items():
            for here, there in pairwise(sorted(those)):
                if here[0] == there[0] and there[1] < here[2]:
                    yield f"{name} is taken twice: {here[3]} and {there[3]}."
        for (name, _), minutes in work.items():
            if minutes > self.staff[name].get("most", minutes):
                yield f"{name} assesses {minutes} minutes in a day, more than was agreed."

    def _cost(self) -> int:
        """What the plan costs, counted from nothing."""
        counts = {**COUNTS, **self.case.get("weights", {})}
        total = counts["candidate"] * sum(not self._complete(who) for who in self.people)
        for mine in self.mine.values():
            if mine:
                on_site = max(one["ends"] for one in mine) - min(one["begins"] for one in mine)
                total += counts["wait"] * (on_site - sum(one["ends"] - one["begins"] for one in mine))
        total += counts["room"] * len({(one["room"], one["day"]) for one in self.sittings})
        total += counts["fair"] * sum(self._shares())
        return int(total + self._changed(counts))

    def _shares(self) -> Iterator[int]:
        grid = self.case.get("grid", 5)
        for name, person in self.staff.items():
            if not person.get("trained"):
                continue
            ticks = sum(self._free_ticks(name, day, grid) for day in range(len(self.days)))
            hold = {key: -(-one.get("hold", 0) // grid) * grid for key, one in self.exercises.items()}
            mine = [one for one in self.sittings if name in one["assessors"]]
            worked = sum(one["ends"] - one["begins"] + hold[one["exercise"]] for one in mine)
            yield (100 * (worked // grid) // max(1, ticks)) ** 2 // 100

    def _free_ticks(self, name: str, day: int, grid: int) -> int:
        opens, closes = -(-self.days[day]["opens"] // grid) * grid, self.days[day]["closes"]
        return sum(self._there(name, day, at, at + grid) for at in range(opens, closes - grid + 1, grid))

    def _changed(self, counts: Mapping[str, int]) -> int:
        now = {(who, one["exercise"]): one for one in self.sittings for who in one["candidates"]}
        at = {_place(one): one for one in self.sittings}
        total = 0
        for was in self.case.get("published", ()):
            for who in was["candidates"]:
                found = now.get((who, was["exercise"]))
                total += counts["moved"] * (found is not None and _place(found) != _place(was))
            same = at.get(_place(was))
            if same is not None:
                total += counts["handed"] * len(set(was["assessors"]) - set(same["assessors"]))
        return total


def _place(one: Said) -> tuple[str, int, int, str]:
    return one["exercise"], one["day"], one["begins"], one["room"]


def _called(one: Said) -> str:
    return f"{one['exercise']} at {one['begins'] // 60}:{one['begins'] % 60:02} in {one['room']}"
