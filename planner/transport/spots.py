"""Spots on a run, compiled: what rules one out at once, and what it costs if nothing does."""

from planner.compiled import inner
from planner.transport.board import EARLIEST, LATEST, NOBODY, STAYS, Board
from planner.transport.changing import moving, priced
from planner.transport.ground import CLOSES, GOES_TO, OPENS, PEOPLE, Ground, Wide
from planner.transport.timing import FAR


@inner
def is_foe(board: Board, ground: Ground, p: int, a: int) -> bool:
    """Whether somebody who must not be with them is on the run. `p` is a passenger."""
    found = False
    for k in range(ground.foes_at[p], ground.foes_at[p + 1]):
        found = found or board.on[ground.foes[k]] == a
    return found


@inner
def parted(board: Board, ground: Ground, p: int, a: int) -> bool:
    """Whether somebody who travels with them is on another run. `a` may be -1: one of their own."""
    found = False
    for k in range(ground.mates_at[p], ground.mates_at[p + 1]):
        theirs = board.on[ground.mates[k]]
        found = found or (theirs != NOBODY and theirs != a)
    return found


@inner
def fits(board: Board, ground: Ground, a: int, i: int, ahead: int, node: int, stay: int) -> bool:
    """Whether a stop before position `i` of a run, after the node `ahead` (at `i - 1`), is not ruled out."""
    length, facts, first = board.size[a], board.facts, ground.counts[PEOPLE]
    after = FAR
    if i < length:
        after = facts[a, LATEST, i] - ground.seconds[node, board.nodes[a, i]] - stay
    if node >= first:
        after = min(after, ground.places[node - first, CLOSES] - stay)
        if after < ground.places[node - first, OPENS]:
            return False
    if i == 0:
        return True
    return bool(facts[a, EARLIEST, i - 1] + facts[a, STAYS, i - 1] + ground.seconds[ahead, node] <= after)


@inner
def detour(board: Board, ground: Ground, a: int, i: int, node: int) -> int:
    """Seconds of driving more for a stop before position `i` of a run; nought before the first and after the
    last, where it depends on the depot."""
    if i == 0 or i == board.size[a]:
        return 0
    ahead, after = board.nodes[a, i - 1], board.nodes[a, i]
    return int(ground.seconds[ahead, node] + ground.seconds[node, after] - ground.seconds[ahead, after])


@inner
def tried(
    board: Board, ground: Ground, p: int, a: int, i: int, visit: int, best: float, found: Wide
) -> float:
    """Price a run with the passenger before position `i` and, unless it is -1, a visit to their place before
    position `visit`; if it is cheaper than `best` keep it. What is cheapest now."""
    trial, length, made = board.trial, board.size[a], 0
    for j in range(length + 1):
        if j == i:
            trial[made] = p
            made += 1
        if j == visit:
            trial[made] = ground.counts[PEOPLE] + ground.people[p, GOES_TO]
            made += 1
        if j < length:
            trial[made] = board.nodes[a, j]
            made += 1
    cost = priced(board, ground, trial, made, board.own[a])
    if cost < 0.0:
        return best
    cost += moving(ground, p, a) - board.cost[a]
    if cost >= best:
        return best
    found[0], found[1] = a, made
    for j in range(made):
        board.chosen[j] = trial[j]
    return float(cost)
