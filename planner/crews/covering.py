"""Somebody is away: who takes their runs, with the least change to everybody else. Three options.

A run that somebody fit already has stays manned in every option. The first option moves nobody from a run:
people who are free, or on stand-by. The second may move one person for each gap, the third as many as it
takes, and may leave a commercial job for a run.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from planner.crews.diaries import Diaries, bar, fits
from planner.crews.pieces import Piece
from planner.crews.plan import Plan
from planner.crews.planning import plan_of
from planner.crews.problem import DAY, RUN, STANDBY, CrewError, Ground, Post, Problem

EFFORT = 2.0
CALLED_IN = 100  # points by which somebody at home is dearer than somebody on stand-by
NEAR = 40  # people who may move for each gap
Able = Mapping[int, Sequence[int]]
FREE, ONE, ANY = "nobody moved", "one moved for each", "as few as can be"


@dataclass(frozen=True, slots=True)
class Change:
    """A post that goes from one person (or nobody) to another (or nobody)."""

    post: Post
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Option:
    """One way to cover. `moved` are people who had a run and get another, or leave it."""

    name: str
    plan: Plan
    changes: tuple[Change, ...]
    moved: tuple[str, ...]


def cover(
    problem: Problem, now: Mapping[int, str], *, days: Collection[int] | None = None, seed: int = 1
) -> tuple[Option, ...]:
    """Options to man what nobody has on these days (every one, if none are said), in the week `now` as far as
    its people still fit; alike ones once.

    `now` gives for posts by number who has them; who no longer fits (away, a licence run out) loses the post.
    CrewError when it names somebody the case does not have."""
    diaries = standing(problem, now)
    todays = [post for post in problem.posts if days is None or post.task.day in days]
    able = dict(zip((post.number for post in todays), fits(problem, todays), strict=True))
    gaps = [post for post in todays if diaries.given[post.number] is None and post.task.kind != STANDBY]
    options: list[Option] = []
    for name, moves in ((FREE, 0), (ONE, len(gaps)), (ANY, None)):
        option = _option(name, problem, now, gaps, able, moves, seed)
        if all(other.changes != option.changes for other in options):
            options.append(option)
    return tuple(options)


def standing(problem: Problem, now: Mapping[int, str]) -> Diaries:
    """The week as it stands, without those who no longer fit."""
    ground = Ground(problem)
    diaries = Diaries(ground)
    unknown = sorted({name for name in now.values() if name not in ground.person})
    if unknown:
        raise CrewError(f"{unknown[0]} has a run and is not of the case.")
    for number in sorted(number for number in now if 0 <= number < len(problem.posts)):
        who, post = ground.person[now[number]], problem.posts[number]
        if not bar(problem, problem.people[who], post)[0] and not diaries.refusal(post, who):
            diaries.put(post, who)
    return diaries


def _option(
    name: str, problem: Problem, now: Mapping[int, str], gaps: list[Post], able: Able,
    moves: int | None, seed: int,
) -> Option:  # fmt: skip
    diaries = standing(problem, now)
    for gap in sorted(gaps, key=lambda post: (len(able[post.number]), post.number)):
        if diaries.given[gap.number] is not None:
            continue
        for so_many in dict.fromkeys((0, moves)):  # nobody is moved where that is enough
            if diaries.given[gap.number] is None:
                _fill(diaries, gap, _round(diaries, gap, able, so_many), seed)
    return _told(name, problem, now, diaries)


def _fill(diaries: Diaries, gap: Post, piece: Piece, seed: int) -> None:
    """Take what the piece gives, if somebody has the gap then."""
    found = piece.solved(seed, EFFORT) or {}
    if found.get(gap.number) is None:
        return
    changed = [number for number, who in found.items() if diaries.given[number] != who]
    for number in changed:
        diaries.take(diaries.problem.posts[number])
    for number in changed:
        if (who := found[number]) is not None:
            diaries.put(diaries.problem.posts[number], who)


def _round(diaries: Diaries, gap: Post, able: Able, moves: int | None) -> Piece:
    """What may change for one gap: those who fit it and who at that time have something that may move, and
    the idle who fit the gap or what those have."""
    at = {
        post.number: who
        for post, who in zip(diaries.problem.posts, diaries.given, strict=True)
        if who is not None and post.number in able and _meets(post, gap) and _may_move(post, moves)
    }
    fit = set(able[gap.number])
    holders = sorted(at.values(), key=lambda who: (who not in fit, who))[: NEAR if moves == 0 else 2 * NEAR]
    posts = [diaries.problem.posts[number] for number, who in at.items() if who in set(holders)]
    wanted = [gap, *(post for post in posts if moves != 0 and post.task.kind == RUN)]
    idle = list(
        dict.fromkeys(
            who for post in wanted for who in able[post.number][:NEAR] if who not in set(at.values())
        )
    )
    runs = frozenset(post.number for post in posts if post.task.kind == RUN)
    everything = [*posts, gap]
    return Piece(
        diaries,
        sorted({*holders, *idle[: 3 * NEAR]}),
        everything,
        {post.number: able[post.number] for post in everything},
        held=runs,
        moves=None if moves is None else min(1, moves),
        counted=runs,
        dear=dict.fromkeys(idle, diaries.problem.weights.standby + CALLED_IN),
    )


def _may_move(post: Post, moves: int | None) -> bool:
    """Stand-by always; runs where somebody may move; a commercial job only where everybody may."""
    return post.task.kind == STANDBY or (moves != 0 and post.task.kind == RUN) or moves is None


def _meets(post: Post, gap: Post) -> bool:
    if post.number == gap.number:
        return False
    one, other = post.task, gap.task
    return (
        one.begins + DAY * one.day < other.ends + DAY * other.day
        and other.begins + DAY * other.day < one.ends + DAY * one.day
    )


def _told(name: str, problem: Problem, now: Mapping[int, str], diaries: Diaries) -> Option:
    plan = plan_of(diaries)
    changes = tuple(
        Change(post, now.get(post.number), plan.given[post.number])
        for post in problem.posts
        if now.get(post.number) != plan.given[post.number]
    )
    gone = {person.id: person.away for person in problem.people}
    moved = {
        one.before for one in changes
        if one.before is not None and one.post.task.kind != STANDBY
        and one.post.task.day not in gone[one.before]
    }  # fmt: skip
    return Option(name, plan, changes, tuple(sorted(moved)))
