"""What no plan can cost less than: assignments of people to posts that are all at one moment.

Posts that meet at one moment need different people, so whatever else holds they cost at least as much as the
cheapest assignment of them alone (linear sum assignment, in SciPy). Moments are taken where most posts meet,
each post once; prices of a person on a post leave out what depends on other posts, but for an equal share of
a line's first person, which some post of the line has to pay.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from planner.crews.diaries import fits, own_price, worth
from planner.crews.problem import RUN, Ground, Post, Problem


def least_cost(problem: Problem) -> int:
    """No plan of this week costs less than this."""
    ground, able = Ground(problem), fits(problem, problem.posts)
    shares = {
        post.number: problem.weights.another // len(ground.by_line[post.line]) if post.task.kind == RUN else 0
        for post in problem.posts
    }
    return sum(_cheapest(problem, moment, able, shares) for moment in moments(problem))


def least_unmanned(problem: Problem) -> int:
    """No plan of this week has fewer posts that nobody has."""
    able = fits(problem, problem.posts)
    total = 0
    for moment in moments(problem):
        people = sorted({who for post in moment for who in able[post.number]})
        column = {who: number for number, who in enumerate(people)}
        table = np.zeros((len(moment), len(people)))
        for row, post in enumerate(moment):
            table[row, [column[who] for who in able[post.number]]] = 1
        rows, columns = linear_sum_assignment(table, maximize=True)
        total += len(moment) - round(float(table[rows, columns].sum()))
    return total


def moments(problem: Problem) -> Iterator[Sequence[Post]]:
    """Posts of a day in groups that all meet at one moment, each post once, the largest groups first."""
    by_day: dict[int, list[Post]] = defaultdict(list)
    for post in problem.posts:
        by_day[post.task.day].append(post)
    for posts in by_day.values():
        left = posts
        while left:
            at = max(
                (one.task.begins for one in left), key=lambda minute: sum(_is_on(one, minute) for one in left)
            )
            yield [one for one in left if _is_on(one, at)]
            left = [one for one in left if not _is_on(one, at)]


def _is_on(post: Post, minute: int) -> bool:
    return post.task.begins <= minute < post.task.ends


def _cheapest(
    problem: Problem, posts: Sequence[Post], able: Sequence[Sequence[int]], shares: dict[int, int]
) -> int:
    people = sorted({who for post in posts for who in able[post.number]})
    column = {who: number for number, who in enumerate(people)}
    prices = [worth(problem, post) for post in posts]
    table = np.tile(np.array(prices, float)[:, None], (1, len(people) + len(posts)))
    for row, post in enumerate(posts):
        for who in able[post.number]:
            price = own_price(problem, post, who) + shares[post.number]
            table[row, column[who]] = min(price, prices[row])
    rows, columns = linear_sum_assignment(table)
    return round(float(table[rows, columns].sum()))
