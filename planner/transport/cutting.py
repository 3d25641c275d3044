"""Cutting a day into districts: where somebody lives, where they go and when, as numbers that can be cut."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from planner.transport.problem import Problem

Floats = npt.NDArray[np.float64]
Unit = Sequence[int]  # passengers who stay together
LANDMARKS = 6
LIKE_PLACE, LIKE_BELL = 0.5, 0.3  # how much where and when they go counts beside where they live
TURNED = 0.382 * np.pi  # from turn to turn: no two turns cut along the same line


def vectors_of(problem: Problem) -> Floats:
    """A row for each passenger: how far home and place are from some landmarks, and the bell. Landmarks are
    places as far from each other as can be."""
    where = problem.depots + np.arange(len(problem.places))
    if not len(where) or not problem.passengers:
        return np.zeros((len(problem.passengers), 1))
    between = np.asarray(problem.seconds[np.ix_(where, where)], np.float64)
    between += between.T
    marks = [int(between.sum(axis=0).argmax())]
    while len(marks) < min(LANDMARKS, len(where)):
        marks.append(int(between[marks].min(axis=0).argmax()))
    far = between[:, marks] / 2
    people = len(problem.passengers)
    home = np.asarray(problem.seconds[problem.homes : problem.homes + people][:, where[marks]], np.float64)
    goes = np.array([one.place for one in problem.passengers])
    bells = np.array([one.closes for one in problem.places], np.float64)
    return np.hstack([home, LIKE_PLACE * far[goes], LIKE_BELL * bells[goes][:, None]])


def cut(vectors: Floats, units: Sequence[Unit], most: int, turn: int) -> list[list[int]]:
    """Units put together into parts of at most about `most` passengers, as equal as can be. Each part is cut
    in two across the line along which it is longest, turned by an angle of the turn's own."""
    if not units:
        return []
    weights = np.array([len(unit) for unit in units], np.float64)
    middle = np.array([vectors[list(unit)].mean(axis=0) for unit in units])
    parts: list[list[int]] = []
    ahead = [(np.arange(len(units)), max(1, -(-int(weights.sum()) // most)), turn * TURNED)]
    while ahead:
        those, count, angle = ahead.pop()
        if count == 1 or len(those) == 1:
            parts.append(those.tolist())
            continue
        along = _along(middle[those], weights[those], angle)
        order = those[np.argsort(along, kind="stable")]
        first = count // 2
        upto = np.cumsum(weights[order])
        at = int(np.searchsorted(upto, upto[-1] * first / count)) + 1
        at = min(max(1, at), len(order) - 1)
        ahead += [
            (np.sort(order[at:]), count - first, angle + np.pi / 2),
            (np.sort(order[:at]), first, angle + np.pi / 2),
        ]
    return parts


def _along(vectors: Floats, weights: Floats, angle: float) -> Floats:
    """How far each lies along the line: between the longest direction and the one next to it."""
    centred = vectors - np.average(vectors, axis=0, weights=weights)
    _, directions = np.linalg.eigh((centred * weights[:, None]).T @ centred)
    longest, next_to_it = directions[:, -1], directions[:, -min(2, directions.shape[1])]
    longest, next_to_it = (one * np.sign(one[np.abs(one).argmax()]) for one in (longest, next_to_it))
    return np.asarray(centred @ (np.cos(angle) * longest + np.sin(angle) * next_to_it), np.float64)


def shares(there_are: int, weights: Sequence[float]) -> npt.NDArray[np.int64]:
    """So many things shared out by weight, whole ones; the largest remainders first."""
    total = float(sum(weights))
    if not weights or total <= 0 or there_are <= 0:
        return np.zeros(len(weights), np.int64)
    exact = np.asarray(weights, np.float64) * there_are / total
    whole = np.floor(exact).astype(np.int64)
    first = np.argsort(-(exact - whole), kind="stable")[: there_are - int(whole.sum())]
    whole[first] += 1
    return whole
