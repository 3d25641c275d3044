"""What everybody would choose if duties and seats had prices, compiled.

With prices no team, class or trainer limits anybody any more, so each officer chooses alone and the best of
all choices is found by looking at each once.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.compiled import compiled, inner
from planner.training.board import Board, Ints

Numbers = npt.NDArray[np.float64]
DEAR = 1e9  # the price where nothing is to be had


class Market(NamedTuple):
    """Who chooses from what. Demands of the surge choose a day (`slots_at`, `slots` by demand) and go to the
    cheapest site in reach; `openers` and `closers` are two of one officer with a wait between them."""

    courses: Ints
    singles: Ints
    openers: Ints
    closers: Ints
    slots_at: Ints
    slots: Ints
    module: Ints  # demand: its module, -1 for a course
    reach: npt.NDArray[np.bool_]  # team, site, slot: whether they may go and something can be held
    ripe: Ints  # slot: the first slot long enough after it


class Bought(NamedTuple):
    """What was chosen at some prices: duties `used` (kind, cell), seats `filled` and `classes` held (by
    session). The rest is room to work in."""

    used: Numbers
    filled: Numbers
    classes: Numbers
    cheapest: Numbers  # module, team, slot
    where: Ints  # module, team, slot
    after: Numbers  # slot: the best that can be had from there on
    which: Ints  # slot: where
    rooms: Ints  # site, slot
    on_day: Ints  # slot


@compiled
def choose(board: Board, market: Market, price: Numbers, seat: Numbers, bought: Bought) -> float:
    """What all gain by their choices when a duty (kind, cell) and a seat (session) cost so much: a place is
    worth one. What classes of the surge earn is part of it."""
    bought.used[:] = 0.0
    bought.filled[:] = 0.0
    total = 0.0
    for k in range(len(market.courses)):
        total += choose_run(board, market.courses[k], price, seat, bought)
    find_cheapest(board, market, seat, bought)
    for k in range(len(market.singles)):
        total += choose_day(board, market, market.singles[k], price, bought)
    for k in range(len(market.openers)):
        total += choose_two(board, market, market.openers[k], market.closers[k], price, bought)
    return total + hold_classes(board, seat, bought)


@inner
def duty_price(board: Board, price: Numbers, skill: int, cell: int) -> float:
    cost = price[0, cell]
    if skill & 1:
        cost += price[1, cell]
    if skill & 2:
        cost += price[2, cell]
    return float(cost)


@inner
def choose_run(board: Board, demand: int, price: Numbers, seat: Numbers, bought: Bought) -> float:
    """The best run for somebody, if any is worth its price."""
    team, skill, best, chosen = board.team[demand], board.skill[demand], 0.0, -1
    above, start = board.pattern[team] * board.daysets, team * board.horizon
    for k in range(board.options_at[demand], board.options_at[demand + 1]):
        session = board.options[k]
        value = 1.0 - seat[session]
        row = above + board.dayset[session]
        for day in range(board.lost_at[row], board.lost_at[row + 1]):
            if value <= best:
                break
            value -= duty_price(board, price, skill, start + board.lost[day])
        if value > best:
            best, chosen = value, session
    if chosen >= 0:
        bought.filled[chosen] += 1.0
        row = above + board.dayset[chosen]
        for day in range(board.lost_at[row], board.lost_at[row + 1]):
            use(bought, skill, start + board.lost[day])
    return best


@inner
def use(bought: Bought, skill: int, cell: int) -> None:
    bought.used[0, cell] += 1.0
    bought.used[1, cell] += skill & 1
    bought.used[2, cell] += skill >> 1


@inner
def surge_session(board: Board, module: int, site: int, slot: int) -> int:
    slots = board.room_used.shape[1]
    return int(board.runs + (module * len(board.rooms) + site) * slots + slot)


@inner
def find_cheapest(board: Board, market: Market, seat: Numbers, bought: Bought) -> None:
    """For each module, team and day the cheapest seat in reach."""
    modules, teams, slots = bought.cheapest.shape
    for module in range(modules):
        for team in range(teams):
            for slot in range(slots):
                best, where = DEAR, 0
                for site in range(len(board.rooms)):
                    if market.reach[team, site, slot]:
                        cost = seat[surge_session(board, module, site, slot)]
                        if cost < best:
                            best, where = cost, site
                bought.cheapest[module, team, slot] = best
                bought.where[module, team, slot] = where


@inner
def day_value(board: Board, market: Market, demand: int, slot: int, price: Numbers, bought: Bought) -> float:
    team = board.team[demand]
    cell = team * board.horizon + board.first[board.runs + slot]
    cost = duty_price(board, price, board.skill[demand], cell)
    return float(1.0 - cost - bought.cheapest[market.module[demand], team, slot])


@inner
def go(board: Board, market: Market, demand: int, slot: int, bought: Bought) -> None:
    team, module = board.team[demand], market.module[demand]
    use(bought, board.skill[demand], team * board.horizon + board.first[board.runs + slot])
    bought.filled[surge_session(board, module, bought.where[module, team, slot], slot)] += 1.0


@inner
def choose_day(board: Board, market: Market, demand: int, price: Numbers, bought: Bought) -> float:
    best, chosen = 0.0, -1
    for k in range(market.slots_at[demand], market.slots_at[demand + 1]):
        value = day_value(board, market, demand, market.slots[k], price, bought)
        if value > best:
            best, chosen = value, market.slots[k]
    if chosen >= 0:
        go(board, market, demand, chosen, bought)
    return best


@inner
def choose_two(
    board: Board, market: Market, opener: int, closer: int, price: Numbers, bought: Bought
) -> float:
    """The best day for the first, alone or with the best one long enough after it for the second."""
    slots = len(bought.on_day)
    after, which = bought.after, bought.which
    for slot in range(slots + 1):
        after[slot], which[slot] = 0.0, -1
    for k in range(market.slots_at[closer], market.slots_at[closer + 1]):
        slot = market.slots[k]
        value = day_value(board, market, closer, slot, price, bought)
        if value > 0.0:
            after[slot], which[slot] = value, slot
    for slot in range(slots - 1, -1, -1):
        if after[slot + 1] > after[slot]:
            after[slot], which[slot] = after[slot + 1], which[slot + 1]
    best, one, two = 0.0, -1, -1
    for k in range(market.slots_at[opener], market.slots_at[opener + 1]):
        slot = market.slots[k]
        value = day_value(board, market, opener, slot, price, bought) + after[market.ripe[slot]]
        if value > best:
            best, one, two = value, slot, which[market.ripe[slot]]
    if one >= 0:
        go(board, market, opener, one, bought)
        if two >= 0:
            go(board, market, closer, two, bought)
    return best


@inner
def hold_classes(board: Board, seat: Numbers, bought: Bought) -> float:
    """The classes of the surge that earn most: in each week the dearest first, as long as trainers of the day
    and of the week and rooms allow. The three are nested, so that is the best there is."""
    bought.classes[:] = 0.0
    sites, slots = bought.rooms.shape
    for slot in range(slots):
        bought.on_day[slot] = 0
        for site in range(sites):
            bought.rooms[site, slot] = board.rooms[site]
    earned, start = 0.0, 0
    if board.runs == len(board.filled) or board.class_trainers == 0:
        return earned
    while start < slots:
        end = start
        while end < slots and board.week[end] == board.week[start]:
            end += 1
        left = board.week_trainers[board.week[start]] // board.class_trainers
        while left > 0:
            income = hold_one(board, seat, bought, start, end)
            if income <= 0.0:
                break
            earned += income
            left -= 1
        start = end
    return earned


@inner
def hold_one(board: Board, seat: Numbers, bought: Bought, start: int, end: int) -> float:
    """Hold the class that earns most in the week from slot `start` to `end`; what it earns."""
    best, chosen, place, day = 0.0, -1, 0, 0
    for slot in range(start, end):
        if (bought.on_day[slot] + 1) * board.class_trainers > board.day_trainers[slot]:
            continue
        for site in range(len(board.rooms)):
            if bought.rooms[site, slot] <= 0:
                continue
            for module in range(len(bought.cheapest)):
                session = surge_session(board, module, site, slot)
                income = seat[session] * board.size[session]
                if income > best:
                    best, chosen, place, day = income, session, site, slot
    if chosen >= 0:
        bought.classes[chosen] += 1.0
        bought.rooms[place, day] -= 1
        bought.on_day[day] += 1
    return best
