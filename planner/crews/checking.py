"""A week of crews judged by its case alone: files read again, rules written again, costs counted again.

No code is shared with what makes plans. Nothing of the case is trusted to have been read rightly by anybody
else; a case that makes no sense is the reader's business, not the judge's.
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

Said = Mapping[str, Any]
Seat = tuple[str, str, int]  # a task, a role, and which of the task's posts of that role
Worked = tuple[int, int, int, int]  # from, until (minutes of the week), driving, day
ENDLESS = 10**9
COUNTS = {
    "run": 10_000, "job": 2_000, "standby": 500, "unknown": 20, "another": 60, "early": 2, "travel": 2,
    "changed": 200,
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What the judge counted, and every rule that is broken, in a sentence."""

    posts: int
    manned: int
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
        self.case = case
        self.first = date.fromisoformat(case["first_day"])
        self.people: dict[str, Said] = {one["id"]: one for one in case["people"]}
        self.tasks: dict[str, Said] = {one["id"]: one for one in case["tasks"]}
        self.ways = {(a, b): minutes for a, b, minutes in case.get("ways", ())}
        self.counts = {**COUNTS, **case.get("weights", {})}
        self.seats = self._seats()
        self.given: dict[Seat, str] = {}
        self.breaches: list[str] = []
        self._read(plan)

    def _seats(self) -> list[Seat]:
        found: list[Seat] = []
        for one in self.case["tasks"]:
            times: Counter[str] = Counter()
            for role in one["posts"]:
                found.append((one["id"], role, times[role]))
                times[role] += 1
        return found

    def _read(self, plan: Said) -> None:
        known = set(self.seats)
        for one in plan["given"]:
            seat = (one["task"], one["role"], one.get("seat", 0))
            if seat not in known:
                self.breaches.append(f"{seat[0]} has no place for a {seat[1]} numbered {seat[2]}.")
            elif one["person"] not in self.people:
                self.breaches.append(f"{one['person']} is not of the case.")
            elif seat in self.given:
                self.breaches.append(f"{_called(seat)} is given twice.")
            else:
                self.given[seat] = one["person"]
        told = Counter((one["task"], one["role"], one.get("seat", 0)) for one in plan["unmanned"])
        for seat in self.seats:
            if told[seat] + (seat in self.given) != 1:
                self.breaches.append(f"{_called(seat)} has neither a person nor a reason, or both.")
        self.breaches += [
            f"{one['task']} has no {one['role']} and nobody says why."
            for one in plan["unmanned"]
            if not one["reason"]
        ]

    def verdict(self) -> Verdict:
        weeks: dict[str, list[Worked]] = defaultdict(list)
        for seat, who in self.given.items():
            self.breaches += self._may(seat, who)
            weeks[who].append(self._worked(seat, who))
        for who, week in weeks.items():
            self.breaches += self._hours(who, sorted(week))
        return Verdict(len(self.seats), len(self.given), self._cost(), tuple(self.breaches))

    def _day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def _way(self, who: str, task: Said) -> int:
        home = self.people[who]["depot"]
        return 0 if home == task["depot"] else int(self.ways.get((home, task["depot"]), ENDLESS))

    def _worked(self, seat: Seat, who: str) -> Worked:
        task = self.tasks[seat[0]]
        way, midnight = self._way(who, task) % ENDLESS, 1440 * task["day"]
        driving = task.get("driving", 0) if seat[1] == "driver" else 0
        return midnight + task["begins"] - way, midnight + task["ends"] + way, driving, task["day"]

    def _may(self, seat: Seat, who: str) -> Iterator[str]:
        """Whether this person may have this post whatever else they do."""
        person, task, on = self.people[who], self.tasks[seat[0]], self._day(self.tasks[seat[0]]["day"])
        if seat[1] not in person["roles"]:
            yield f"{who} is no {seat[1]} and has {_called(seat)}."
        if self._way(who, task) == ENDLESS:
            yield f"{who} of {person['depot']} has {_called(seat)} of {task['depot']}."
        if task["day"] in person.get("away", ()):
            yield f"{who} is away on {on} and has {_called(seat)}."
        riders = task.get("passengers", ())
        yield from (
            f"{who} is never given {one}, who is on {seat[0]}."
            for one in person.get("apart", ())
            if one in riders
        )
        asked = set(task.get("needs", {}).get(seat[1], ()))
        asked |= set(self.case.get("vehicle_needs", {}).get(task.get("vehicle", ""), {}).get(seat[1], ()))
        for one in riders:
            asked |= set(self.case.get("passenger_needs", {}).get(one, {}).get(seat[1], ()))
        has = {
            one["kind"]
            for one in person.get("credentials", ())
            if one["from_on"] <= str(on) <= (one.get("until_on") or "9999")
        }
        yield from (f"{who} has no valid {kind} on {on} for {_called(seat)}." for kind in sorted(asked - has))

    def _rows(self, who: str, day: int) -> list[Said]:
        on, roles = str(self._day(day)), self.people[who]["roles"]
        return [
            row
            for row in self.case["hours"]
            if row["role"] in roles and row["from_on"] <= on <= (row.get("until_on") or "9999")
        ]

    def _hours(self, who: str, week: Sequence[Worked]) -> Iterator[str]:
        """Whether the week of this person is one a person can have, and may have."""
        person = self.people[who]
        for one, other in pairwise(week):
            if other[0] < one[1]:
                yield f"{who} is in two places at once on {self._day(other[3])}."
        worked = sum(until - begins for begins, until, _, _ in week)
        if worked > person.get("most", ENDLESS):
            yield f"{who} works {worked} minutes in the week, more than was agreed."
        yield from (
            f"{who} works {worked} minutes in the week; {row['source']} allows {row['week']}."
            for row in self._rows(who, 0)
            if worked > row["week"]
        )
        days = {day: [one for one in week if one[3] == day] for day in sorted({one[3] for one in week})}
        for day, those in days.items():
            for row in self._rows(who, day):
                yield from (
                    f"{who} on {self._day(day)}: {said}; {row['source']}." for said in _of_day(those, row)
                )
        yield from self._rests(who, days)

    def _rests(self, who: str, days: Mapping[int, Sequence[Worked]]) -> Iterator[str]:
        ended, short = self.people[who].get("ended", -ENDLESS), 0
        gaps = []
        for day, those in days.items():
            rest = those[0][0] - ended
            gaps.append(those[0][0] - max(0, ended))
            rows = self._rows(who, day)
            full, least = (
                max(row["rest"] for row in rows),
                max(row.get("short_rest") or row["rest"] for row in rows),
            )
            if rest < least:
                yield f"{who} rests {rest} minutes before {self._day(day)}; {least} are the least."
            elif rest < full:
                short += 1
            ended = max(one[1] for one in those)
        gaps.append(1440 * self.case["days"] - max(0, ended))
        rows = self._rows(who, 0)
        if short and short > min(row.get("short_rests", 0) for row in rows):
            yield f"{who} has {short} short rests in the week."
        for row in rows:
            every = row.get("free_in_weeks", 2) < 2 or not self.people[who].get("rested", True)
            if every and max(gaps) < row.get("free", 0):
                yield f"{who} has no rest of {row['free']} minutes; {row['source']}."

    def _cost(self) -> int:
        """What the plan costs, counted from nothing."""
        counts, total = self.counts, 0
        published = {
            (one["task"], one["role"], one.get("seat", 0)): one["person"]
            for one in self.case.get("published", ())
        }
        lines, early = set(), defaultdict(set)
        for seat in self.seats:
            task = self.tasks[seat[0]]
            kind, who = task.get("kind", "run"), self.given.get(seat)
            if who is None:
                total += (task.get("worth", 0) or counts["job"]) if kind == "job" else counts[kind]
                continue
            known, weigh = self.people[who].get("known", ()), self.case.get("known_weight", {})
            total += counts["unknown"] * sum(
                weigh.get(one, 1) for one in task.get("passengers", ()) if one not in known
            )
            total += 2 * counts["travel"] * (self._way(who, task) % ENDLESS)
            total += counts["changed"] * (published.get(seat) not in (None, who))
            if kind == "run":
                lines.add((task.get("line") or task["id"], seat[1], seat[2], who))
            if task["begins"] < self.case.get("early_before", 0):
                early[who].add(task["day"])
        total += counts["another"] * len(lines)
        for who, days in early.items():
            before = self.people[who].get("early", 0)
            total += counts["early"] * ((before + len(days)) ** 2 - before**2)
        return int(total)


def _called(seat: Seat) -> str:
    return f"{seat[0]} as {seat[1]}" + (f" {seat[2] + 1}" if seat[2] else "")


def _of_day(those: Sequence[Worked], row: Said) -> Iterator[str]:
    """What one row says of one day's work."""
    driven = sum(one[2] for one in those)
    if driven > row.get("driving_a_day", ENDLESS):
        yield f"{driven} minutes of driving"
    if those[-1][1] - those[0][0] > row["working_day"]:
        yield f"a day of {those[-1][1] - those[0][0]} minutes"
    at_a_stretch = those[0][2]
    longest = at_a_stretch
    for before, after in pairwise(those):
        if after[0] - before[1] >= row.get("pause", 0):
            at_a_stretch = 0
        at_a_stretch += after[2]
        longest = max(longest, at_a_stretch)
    if longest > row.get("driving_unbroken", ENDLESS):
        yield f"{longest} minutes of driving without a break"
