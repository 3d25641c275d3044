"""A plan being made: who and what is free when, in bits, and what a candidate's next exercise could be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planner.selection.problem import DAY, NEVER, Candidate, Exercise, Problem
from planner.selection.ticks import inside, listed, lowest, open_ticks, span, starts, touched


@dataclass(eq=False, slots=True)
class Sit:
    """One exercise sat once, by numbers. `interpreters` gives by candidate who interprets."""

    exercise: int
    first: int
    length: int
    room: int
    members: list[int]
    staff: list[int]
    interpreters: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """A new sitting, or a place in one that stands."""

    first: int
    sit: Sit | None


class Board:
    """The plan as it stands."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.a_day = DAY // problem.grid
        self.house = [open_ticks(problem, day) for day in range(len(problem.days))]
        whole = sum(self.house)
        self.number = {one.id: n for n, one in enumerate(problem.candidates)}
        self.exercise = {one.id: n for n, one in enumerate(problem.exercises)}
        self.staff_number = {one.id: n for n, one in enumerate(problem.assessors)}
        self.room_number = {one.id: n for n, one in enumerate(problem.rooms)}
        self.open = [whole & ~touched(problem, one.away) for one in problem.candidates]
        self.room_free = [whole & ~touched(problem, one.closed) for one in problem.rooms]
        self.staff_free = [
            (whole & inside(problem, one.hours) if one.hours else whole) & ~touched(problem, one.away)
            for one in problem.assessors
        ]
        self.hours = [free.bit_count() for free in self.staff_free]
        self.load = [[0] * len(problem.days) for _ in problem.assessors]
        self.seats: list[dict[int, Sit]] = [{} for _ in problem.candidates]
        self.sits: dict[Sit, None] = {}
        self.of: list[dict[Sit, None]] = [{} for _ in problem.exercises]
        self._fits: dict[tuple[int, int], tuple[int, ...]] = {}
        self._rooms: dict[tuple[int, int], list[int]] = {}
        self._staff_starts: list[dict[tuple[int, int], int]] = [{} for _ in problem.assessors]
        self._room_starts: list[dict[int, int]] = [{} for _ in problem.rooms]

    @cached_property
    def asked(self) -> list[tuple[int, ...]]:
        """For each candidate the exercises by number."""
        return [
            tuple(self.exercise[one.id] for one in self.problem.asked(who)) for who in self.problem.candidates
        ]

    @cached_property
    def trained(self) -> list[list[int]]:
        """For each assessor and exercise, the ticks of the days on which the training holds."""
        problem = self.problem
        return [
            [
                sum(self.house[n] for n, day in enumerate(problem.days) if one.may(exercise.id, day.on))
                for exercise in problem.exercises
            ]
            for one in problem.assessors
        ]

    def day(self, tick: int) -> int:
        return tick // self.a_day

    def length(self, who: int, exercise: int) -> int:
        """Ticks this exercise takes this candidate."""
        problem = self.problem
        return problem.minutes(problem.candidates[who], problem.exercises[exercise]) // problem.grid

    def rest(self, who: int, exercise: int) -> int:
        problem = self.problem
        return -(-problem.rest(problem.candidates[who], problem.exercises[exercise]) // problem.grid)

    def hold(self, exercise: int) -> int:
        return -(-self.problem.exercises[exercise].hold // self.problem.grid)

    def fits(self, who: int, exercise: int) -> tuple[int, ...]:
        """Who may assess this candidate in this exercise, hours left aside."""
        found = self._fits.get((who, exercise))
        if found is None:
            candidate = self.problem.candidates[who]
            found = tuple(
                n for n, one in enumerate(self.problem.assessors)
                if self.trained[n][exercise] and candidate.id not in one.conflicts
                and candidate.language in {"", *one.languages}
            )  # fmt: skip
            self._fits[who, exercise] = found
        return found

    def interprets(self, who: int) -> list[int]:
        """Who may interpret for this candidate."""
        candidate = self.problem.candidates[who]
        return [
            n for n, one in enumerate(self.problem.assessors)
            if candidate.interpreter in one.interprets and candidate.id not in one.conflicts
        ]  # fmt: skip

    def suits(self, who: Candidate, exercise: Exercise, room: int) -> bool:
        """Whether the exercise may be in this room for this candidate alone."""
        one = self.problem.rooms[room]
        return (
            (not exercise.room or exercise.room in one.kinds)
            and one.seats >= who.places
            and (one.step_free or not who.step_free)
        )

    def rooms(self, who: int, exercise: int) -> list[int]:
        """Rooms in which this candidate may sit this exercise."""
        found = self._rooms.get((who, exercise))
        if found is None:
            candidate, asked = self.problem.candidates[who], self.problem.exercises[exercise]
            found = [room for room in range(len(self.problem.rooms)) if self.suits(candidate, asked, room)]
            self._rooms[who, exercise] = found
        return found

    def own_starts(self, who: int, exercise: int, length: int) -> int:
        """When this candidate can begin something so long: free, rested, and in order with what they sit."""
        bits = starts(self.open[who], length)
        mine = self.rest(who, exercise)
        before = self.problem.exercises[exercise].after
        for other, sit in self.seats[who].items():
            if other == exercise:
                continue
            ends, name = sit.first + sit.length + self.rest(who, other), self.problem.exercises[other]
            earliest_end = max(0, sit.first - mine - length + 1)
            here = self.house[self.day(sit.first)]
            late, early = bits & here & (-1 << ends), bits & here & ((1 << earliest_end) - 1)
            if name.id in before:
                early = 0
            if self.problem.exercises[exercise].id in name.after:
                late = 0
            bits = early | late
        return bits

    def staff_starts(self, staff: int, exercise: int, length: int) -> int:
        """When this assessor can begin something that takes so long with what is held after it."""
        known = self._staff_starts[staff].get((exercise, length))
        if known is not None:
            return known
        bits = starts(self.staff_free[staff] & self.trained[staff][exercise], length)
        most = self.problem.assessors[staff].most
        if most < NEVER:
            for day, load in enumerate(self.load[staff]):
                if (load + length) * self.problem.grid > most:
                    bits &= ~self.house[day]
        self._staff_starts[staff][exercise, length] = bits
        return bits

    def free_room(self, room: int, length: int) -> int:
        """When this room is free for so long."""
        known = self._room_starts[room].get(length)
        if known is None:
            known = self._room_starts[room][length] = starts(self.room_free[room], length)
        return known

    def new_starts(self, who: int, exercise: int) -> int:
        """When a new sitting could begin for this candidate."""
        length = self.length(who, exercise)
        held = length + self.hold(exercise)
        bits = self.own_starts(who, exercise, length)
        if bits:
            bits &= self.room_starts(who, exercise, held)
        if bits:
            bits &= self.enough_staff(who, exercise, held)
        if bits and self.problem.candidates[who].interpreter:
            bits &= self.some_interpreter(who, length)
        return bits

    def room_starts(self, who: int, exercise: int, held: int) -> int:
        bits = 0
        for room in self.rooms(who, exercise):
            bits |= self.free_room(room, held)
        return bits

    def enough_staff(self, who: int, exercise: int, held: int) -> int:
        """When as many assessors as the exercise asks for are free."""
        wanted = self.problem.exercises[exercise].assessors
        at_least = [-1, *[0] * wanted]
        for staff in self.fits(who, exercise):
            free = self.staff_starts(staff, exercise, held)
            for n in range(wanted, 0, -1):
                at_least[n] |= at_least[n - 1] & free
        return at_least[wanted]

    def some_interpreter(self, who: int, length: int) -> int:
        bits = 0
        for staff in self.interprets(who):
            bits |= starts(self.staff_free[staff], length)
        return bits

    def joins(self, who: int, exercise: int) -> Iterator[Sit]:
        """Sittings with a place for this candidate."""
        asked = self.problem.exercises[exercise]
        if asked.size < 2:
            return
        length = self.length(who, exercise)
        for sit in self.of[exercise]:
            if (
                len(sit.members) < asked.size and length <= sit.length
                and self.welcome(who, sit) and self.own_starts(who, exercise, sit.length) >> sit.first & 1
            ):  # fmt: skip
                yield sit

    def welcome(self, who: int, sit: Sit) -> bool:
        """Whether room and assessors of a sitting do for one more."""
        problem, candidate = self.problem, self.problem.candidates[who]
        room = problem.rooms[sit.room]
        taken = sum(problem.candidates[one].places for one in sit.members)
        if taken + candidate.places > room.seats or (candidate.step_free and not room.step_free):
            return False
        if not set(sit.staff) <= set(self.fits(who, sit.exercise)):
            return False
        return (
            not candidate.interpreter or self.interpreter(who, sit.first, sit.length, sit.staff) is not None
        )

    def interpreter(self, who: int, first: int, length: int, but: Iterable[int]) -> int | None:
        wanted = span(first, length)
        free = [
            one for one in self.interprets(who)
            if self.staff_free[one] & wanted == wanted and one not in but
        ]  # fmt: skip
        return min(free, key=lambda one: (len(self.problem.assessors[one].trained), one), default=None)

    def ways(self, who: int, exercise: int, within: int = -1) -> list[Way]:
        """The earliest new sitting, and the earliest that can be joined."""
        found = []
        joined = [sit for sit in self.joins(who, exercise) if within >> sit.first & 1]
        if joined:
            sit = min(joined, key=lambda one: one.first)
            found.append(Way(sit.first, sit))
        first = lowest(self.new_starts(who, exercise) & within)
        if first >= 0 and not (found and found[0].first <= first):
            found.append(Way(first, None))
        return found

    def put(self, who: int, exercise: int, way: Way) -> bool:
        """Seat the candidate so. False, and nothing is changed, where somebody would be needed twice."""
        sit = way.sit or self.opened(who, exercise, way.first)
        if sit is None:
            return False
        if self.problem.candidates[who].interpreter:
            chosen = self.interpreter(who, sit.first, sit.length, sit.staff)
            if chosen is None:
                return False
            self.interpret(who, sit, chosen)
        if way.sit is None:
            self.stand(sit)
        else:
            sit.members.append(who)
            self.seats[who][exercise] = sit
        return True

    def opened(self, who: int, exercise: int, first: int) -> Sit | None:
        """A new sitting with the smallest room and those who have done least; not yet on the board."""
        problem, length = self.problem, self.length(who, exercise)
        held = length + self.hold(exercise)
        here = self.house[self.day(first)]
        rooms = [r for r in self.rooms(who, exercise) if self.free_room(r, held) >> first & 1]
        able = [s for s in self.fits(who, exercise) if self.staff_starts(s, exercise, held) >> first & 1]
        wanted = problem.exercises[exercise].assessors
        if not rooms or len(able) < wanted:
            return None
        most = problem.exercises[exercise].size

        def roomy(room: int) -> tuple[bool, bool, int, int]:
            one, used = problem.rooms[room], self.room_free[room] & here != here
            return one.seats < most, not used, one.step_free + one.seats, room

        staff = sorted(able, key=self.keen)[:wanted]
        return Sit(exercise, first, length, min(rooms, key=roomy), [who], staff)

    def keen(self, staff: int) -> tuple[int, int, int]:
        """Those with the least of their hours taken first, then those who can do least else."""
        one = self.problem.assessors[staff]
        share = 100 * sum(self.load[staff]) // max(1, self.hours[staff])
        rare = 20 * len(one.languages) + 20 * len(one.interprets) + 2 * len(one.trained)
        return share + rare, len(one.trained), staff

    def stand(self, sit: Sit) -> None:
        """Put a whole sitting on the board; interpreters are taken already."""
        held = span(sit.first, sit.length + self.hold(sit.exercise))
        self.room_free[sit.room] &= ~held
        self._room_starts[sit.room].clear()
        for staff in sit.staff:
            self.engage(staff, sit)
        for who in sit.members:
            self.seats[who][sit.exercise] = sit
        self.sits[sit] = self.of[sit.exercise][sit] = None

    def interpret(self, who: int, sit: Sit, staff: int) -> None:
        sit.interpreters[who] = staff
        self.staff_free[staff] &= ~span(sit.first, sit.length)
        self._staff_starts[staff].clear()

    def dismiss(self, staff: int, sit: Sit) -> None:
        self.staff_free[staff] |= span(sit.first, sit.length)
        self._staff_starts[staff].clear()

    def engage(self, staff: int, sit: Sit) -> None:
        length = sit.length + self.hold(sit.exercise)
        self.staff_free[staff] &= ~span(sit.first, length)
        self._staff_starts[staff].clear()
        self.load[staff][self.day(sit.first)] += length

    def release(self, staff: int, sit: Sit) -> None:
        length = sit.length + self.hold(sit.exercise)
        self.staff_free[staff] |= span(sit.first, length)
        self._staff_starts[staff].clear()
        self.load[staff][self.day(sit.first)] -= length

    def take(self, who: int, exercise: int) -> None:
        """The candidate leaves a sitting; where nobody is left it goes."""
        sit = self.seats[who].pop(exercise)
        sit.members.remove(who)
        if who in sit.interpreters:
            self.dismiss(sit.interpreters.pop(who), sit)
        if not sit.members:
            self.fall(sit)

    def fall(self, sit: Sit) -> None:
        """The sitting is no more; whoever is in it loses it."""
        for who in sit.members:
            self.seats[who].pop(sit.exercise, None)
        for one in sit.interpreters.values():
            self.dismiss(one, sit)
        self._room_starts[sit.room].clear()
        self.room_free[sit.room] |= span(sit.first, sit.length + self.hold(sit.exercise))
        for staff in sit.staff:
            self.release(staff, sit)
        del self.sits[sit], self.of[sit.exercise][sit]

    def lift(self, people: Sequence[int]) -> None:
        """These candidates leave everything."""
        for who in people:
            for exercise in list(self.seats[who]):
                self.take(who, exercise)

    def seated(self, who: int) -> bool:
        return len(self.seats[who]) == len(self.asked[who])

    def new_start_list(self, who: int, exercise: int) -> list[int]:
        return listed(self.new_starts(who, exercise))
