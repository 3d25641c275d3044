"""A week manned: who has which post, and why a post has nobody."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class No:
    """Why one person cannot have one post: the first rule that says so."""

    person: str
    rule: str
    about: str = ""  # which licence, until when


@dataclass(frozen=True, slots=True)
class Unmanned:
    """A post that nobody has, and of everybody in that role why not."""

    task: str
    role: str
    seat: int
    reason: str
    nobody: tuple[No, ...] = ()


@dataclass(frozen=True)
class Plan:
    """`given` has for each post by number the person, or none. The figures are counted by the planner; the
    checker counts again."""

    given: tuple[str | None, ...]
    cost: int
    unmanned: tuple[Unmanned, ...] = ()
    rounds: int = 0
    figures: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is."""

    rounds: int
    seconds: float
    cost: int
    unmanned: int
