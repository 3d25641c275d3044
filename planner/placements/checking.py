"""Matches judged by the question alone: every rule and every minute counted again, no line shared."""

from collections import Counter
from collections.abc import Iterator

from planner.placements.problem import Matched, Matching


def check(asked: Matching, made: Matched) -> tuple[str, ...]:
    """What is wrong with the matches, in sentences."""
    return (*_everybody(asked, made), *_each(asked, made), *_places(asked, made), *_counted(asked, made))


def _everybody(asked: Matching, made: Matched) -> Iterator[str]:
    told = Counter([one.wish for one in made.matches] + [one.wish for one in made.without])
    for wish in asked.wishes:
        if told[wish.id] != 1:
            yield f"{wish.id} has neither a place nor a reason, or more than one."
    yield from (
        f"{name} is not of the case." for name in told if name not in {one.id for one in asked.wishes}
    )
    yield from (f"{one.wish} is not told why." for one in made.without if not one.reason)


def _each(asked: Matching, made: Matched) -> Iterator[str]:
    wishes, hosts = {one.id: one for one in asked.wishes}, {one.id: one for one in asked.hosts}
    for one in made.matches:
        wish, host = wishes.get(one.wish), hosts.get(one.host)
        if wish is None or host is None:
            yield f"{one.wish} or {one.host} is not of the case."
            continue
        called = f"{one.wish} with {one.host}"
        if one.period not in wish.periods:
            yield f"{called}: cannot come in {one.period}."
        if wish.kind not in host.kinds:
            yield f"{called}: does not offer {wish.kind}."
        if host.area == wish.area and not host.own_area:
            yield f"{called}: their own area."
        if wish.needs - host.has:
            yield f"{called}: lacks {sorted(wish.needs - host.has)[0]}."
        if host.id in wish.apart:
            yield f"{called}: a conflict of interest."
        if host.id in wish.been:
            yield f"{called}: had them before."
        longest = wish.at_most if wish.at_most is not None else asked.at_most
        if asked.minutes.get((wish.area, host.id), longest + 1) > longest:
            yield f"{called}: too far."


def _places(asked: Matching, made: Matched) -> Iterator[str]:
    places = {(host.id, period): many for host in asked.hosts for period, many in host.places.items()}
    for (host, period), many in Counter((one.host, one.period) for one in made.matches).items():
        if many > places.get((host, period), 0):
            yield f"{host} has {many} in {period} and {places.get((host, period), 0)} places."


def _counted(asked: Matching, made: Matched) -> Iterator[str]:
    wishes, total = {one.id: one for one in asked.wishes}, 0
    seen: Counter[tuple[str, str]] = Counter()
    for one in made.matches:
        wish = wishes.get(one.wish)
        if wish is None or (wish.area, one.host) not in asked.minutes:
            return
        steps = next(n for n, host in enumerate((*wish.prefers, one.host)) if host == one.host)
        total += asked.minutes[wish.area, one.host] + steps * asked.liked
        total += asked.crowded * seen[one.host, one.period]
        if asked.given.get(one.wish, (one.period, one.host)) != (one.period, one.host):
            total += asked.kept
        seen[one.host, one.period] += 1
    total += 1_000_000 * (len(asked.wishes) - len(made.matches))
    if total != made.cost:
        yield f"It costs {total}, not {made.cost}."
