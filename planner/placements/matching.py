"""Everybody matched at once: a flow of least cost, whole and exact (Ahuja, Magnanti and Orlin, 1993).

First as few as can be are left without a place; then minutes count: the journey, steps down what somebody
prefers, a host's further places in one period, and what is changed of matches in force.
"""

from collections import Counter

import numpy as np
from ortools.graph.python import min_cost_flow

from planner.placements.problem import (
    RULES,
    Host,
    Match,
    Matched,
    Matching,
    Why,
    Wish,
    Without,
    refuse_nonsense,
)

NOBODY = 1_000_000  # minutes that no place counts as
SOURCE, NONE, SINK, FIRST = 0, 1, 2, 3
SAYS: dict[Why, str] = {
    "period": "{count} take nobody in the weeks they can come",
    "kind": "{count} do not offer it",
    "own area": "{count} are in their own area",
    "access": "{count} lack the access they need",
    "conflict": "{count} have a conflict of interest",
    "been before": "{count} had them before",
    "too far": "{count} are too far away",
    "full": "{count} are full",
}


def match(asked: Matching) -> Matched:
    """A place for as many as can be, at the least cost. PlacementError where the question makes no sense."""
    refuse_nonsense(asked)
    places = [(host, period) for host in asked.hosts for period in sorted(host.places)]
    index = {(host.id, period): number for number, (host, period) in enumerate(places)}
    first_place = FIRST + len(asked.wishes)
    arcs = [(NONE, SINK, len(asked.wishes), 0)]
    for number, (host, period) in enumerate(places):
        arcs += [(first_place + number, SINK, 1, asked.crowded * n) for n in range(host.places[period])]
    for w, wish in enumerate(asked.wishes):
        arcs += [(SOURCE, FIRST + w, 1, 0), (FIRST + w, NONE, 1, NOBODY)]
        for host in asked.hosts:
            if barred(asked, wish, host) is None:
                arcs += [
                    (FIRST + w, first_place + index[host.id, period], 1, price(asked, wish, host, period))
                    for period in wish.periods if host.places.get(period)
                ]  # fmt: skip
    chosen = {
        tail - FIRST: places[head - first_place]
        for tail, head in _flow(arcs, len(asked.wishes))
        if FIRST <= tail < first_place <= head
    }
    matches = tuple(
        Match(wish.id, chosen[w][0].id, chosen[w][1]) for w, wish in enumerate(asked.wishes) if w in chosen
    )
    without = tuple(why_not(asked, wish) for w, wish in enumerate(asked.wishes) if w not in chosen)
    return Matched(matches, without, cost(asked, matches))


def _flow(arcs: list[tuple[int, int, int, int]], people: int) -> list[tuple[int, int]]:
    """The arcs that somebody goes along."""
    if not people:
        return []
    network, table = min_cost_flow.SimpleMinCostFlow(), np.array(arcs, dtype=np.int64)
    network.add_arcs_with_capacity_and_unit_cost(table[:, 0], table[:, 1], table[:, 2], table[:, 3])
    network.set_node_supply(SOURCE, people)
    network.set_node_supply(SINK, -people)
    network.solve()
    return [(tail, head) for arc, (tail, head, _, _) in enumerate(arcs) if network.flow(arc)]


def barred(asked: Matching, wish: Wish, host: Host) -> Why | None:
    """The first rule that keeps this host from them, however empty it is."""
    near = asked.minutes.get((wish.area, host.id))
    most = asked.at_most if wish.at_most is None else wish.at_most
    broken: dict[Why, bool] = {
        "period": not any(host.places.get(period) for period in wish.periods),
        "kind": wish.kind not in host.kinds,
        "own area": wish.area == host.area and not host.own_area,
        "access": not wish.needs <= host.has,
        "conflict": host.id in wish.apart,
        "been before": host.id in wish.been,
        "too far": near is None or near > most,
    }
    return next((rule for rule in RULES if broken[rule]), None)


def price(asked: Matching, wish: Wish, host: Host, period: str) -> int:
    """Minutes this place counts as for them."""
    down = wish.prefers.index(host.id) if host.id in wish.prefers else len(wish.prefers)
    given = asked.given.get(wish.id)
    changed = asked.kept if given is not None and given != (period, host.id) else 0
    return asked.minutes[wish.area, host.id] + asked.liked * down + changed


def cost(asked: Matching, matches: tuple[Match, ...]) -> int:
    """Minutes of all matches, with a million for everybody who has none."""
    wishes, hosts = {one.id: one for one in asked.wishes}, {one.id: one for one in asked.hosts}
    full = Counter((one.host, one.period) for one in matches)
    total = NOBODY * (len(wishes) - len(matches))
    total += sum(price(asked, wishes[one.wish], hosts[one.host], one.period) for one in matches)
    return total + sum(asked.crowded * so_many * (so_many - 1) // 2 for so_many in full.values())


def why_not(asked: Matching, wish: Wish) -> Without:
    """Of all hosts, how many each rule keeps away."""
    if not asked.hosts:
        return Without(wish.id, "no host", "There is no host.")
    rules: Counter[Why] = Counter(barred(asked, wish, host) or "full" for host in asked.hosts)
    said = "; ".join(SAYS[rule].format(count=rules[rule]) for rule in (*RULES, "full") if rules[rule])
    last: Why = "full" if rules["full"] else rules.most_common(1)[0][0]
    return Without(wish.id, last, f"Of {len(asked.hosts)} hosts {said}.")
