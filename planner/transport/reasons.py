"""Why somebody is on no run: what no plan can cure, and what stands in the way on every run there is."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from planner.transport.plan import Plan, Unserved
from planner.transport.problem import AFTERNOON, NO_ESCORT, Passenger, Problem

NO_CHAIR = "No vehicle there is has a bay for a wheelchair."
NO_SEAT = "No vehicle there is has a seat for them and whoever has to be with them."
TOO_FAR = "The direct ride with getting {what} takes {direct}, and {limit} is the longest they may be aboard."
NOT_ALONE = "They travel with passenger {who}, who cannot be taken."
TOO_SHORT = "The school is not open long enough for them to get {what}."


def impossible(problem: Problem, gone: Collection[int] = ()) -> tuple[Unserved, ...]:
    """Everybody whom no plan can take, with the reason; not those who are gone anyway."""
    stay = [one for one in problem.passengers if one.id not in gone]
    told = {one.id: why for one in stay if (why := _hopeless(problem, one))}
    for who in list(told):
        for mate in problem.mates.get(who, ()):
            if mate not in gone:
                told.setdefault(mate, NOT_ALONE.format(who=who))
    return tuple(Unserved(who, told[who]) for who in sorted(told))


def without_hope(problem: Problem, gone: Mapping[int, str]) -> tuple[Unserved, ...]:
    """Those who are gone, with the reason given, and of the others whom no plan can take."""
    told = dict(gone) | {one.passenger: one.reason for one in impossible(problem, gone)}
    return tuple(Unserved(who, told[who]) for who in sorted(told))


def _hopeless(problem: Problem, one: Passenger) -> str:
    back = problem.direction == AFTERNOON
    place = problem.places[one.place]
    direct = min(_direct(problem, one, way) for way in problem.ways[one.id])
    at_place = one.board if back else one.alight
    if place.closes - place.opens < at_place:
        return TOO_SHORT.format(what="aboard" if back else "out")
    if direct + at_place > one.max_ride:
        return TOO_FAR.format(
            what="aboard" if back else "out", direct=spoken(direct + at_place), limit=spoken(one.max_ride)
        )
    there_are = [layout for kind in problem.kinds if kind.available for layout in kind.layouts]
    escort = int(problem.escorting.takes_seat and one.escort != NO_ESCORT)
    if one.wheelchair and not any(layout.bays for layout in there_are):
        return NO_CHAIR
    seats, bays = (not one.wheelchair) + escort, int(one.wheelchair)
    return "" if any(seats <= layout.seats and bays <= layout.bays for layout in there_are) else NO_SEAT


def _direct(problem: Problem, one: Passenger, way: int) -> int:
    """Seconds of the direct way with one boarding of theirs, walking included."""
    _, point, walk = problem.boardings[way]
    there, stands = problem.depots + one.place, problem.stands(one.id, point)
    back = problem.direction == AFTERNOON
    return int(problem.seconds[there, stands] if back else problem.seconds[stands, there]) + walk


def spoken(seconds: int) -> str:
    """Seconds as minutes are said."""
    minutes = -(-seconds // 60)
    return f"{minutes} minute" + "s" * (minutes != 1)


def reasons(problem: Problem, plan: Plan, left: Sequence[int]) -> Iterable[Unserved]:
    """For each who is left out though there would be a way, what stands in theirs on the runs of the plan."""
    if not left:
        return
    from planner.transport.quoting import Quoting

    asking = Quoting(problem, plan)
    for who in left:
        yield Unserved(who, in_the_way(asking.refusals(who)))


def in_the_way(refusals: Iterable[str]) -> str:
    """Refusals of all runs as one sentence, the most frequent first."""
    counts = Counter(refusals)
    if not counts:
        return "A run could take them; there was no time left to find it."
    told = "; ".join(f"{count} × {why}" for why, count in counts.most_common())
    return f"No vehicle is left for a run of their own, and of the runs there are: {told}."
