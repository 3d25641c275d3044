"""Free time as bits of one whole number, a bit for each tick: what is free together is one `&`."""

from collections.abc import Iterable

from planner.selection.problem import DAY, Problem, Span


def span(first: int, length: int) -> int:
    """So many ticks from the first on."""
    return ((1 << length) - 1) << first if length > 0 else 0


def starts(free: int, length: int) -> int:
    """Where something so long can begin: bits whose next `length` ticks are all free."""
    have = 1
    while have < length:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def lowest(bits: int) -> int:
    """The first tick that is set; -1 where none is."""
    return (bits & -bits).bit_length() - 1


def listed(bits: int) -> list[int]:
    """Every tick that is set."""
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found


def open_ticks(problem: Problem, day: int) -> int:
    """When the house is open on a day."""
    one = problem.days[day]
    return inside(problem, ((day, one.opens, one.closes),))


def inside(problem: Problem, spans: Iterable[Span]) -> int:
    """Ticks that lie wholly in one of these times."""
    grid, a_day, bits = problem.grid, DAY // problem.grid, 0
    for day, first, until in spans:
        begins = -(-first // grid)
        bits |= span(day * a_day + begins, until // grid - begins)
    return bits


def touched(problem: Problem, spans: Iterable[Span]) -> int:
    """Ticks that any of these times touches."""
    grid, a_day, bits = problem.grid, DAY // problem.grid, 0
    for day, first, until in spans:
        begins = first // grid
        bits |= span(day * a_day + begins, -(-until // grid) - begins)
    return bits
