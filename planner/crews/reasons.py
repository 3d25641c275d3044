"""Why a post has nobody: of everybody in that role the first rule that says no, in a sentence."""

from collections import Counter
from datetime import date

from planner.crews.diaries import (
    APART,
    AWAY,
    BUSY,
    CONTRACT,
    DEPOT,
    DRIVING,
    FREE,
    PAPERS,
    REST,
    ROLE,
    SHORT,
    SPAN,
    UNBROKEN,
    WEEK,
    Diaries,
    bar,
)
from planner.crews.plan import No, Unmanned
from planner.crews.problem import Post

DEAR = "dear"
SENTENCES = {
    ROLE: "does not work in this role",
    DEPOT: "is of another depot and nobody is lent to {about}",
    APART: "is never given one of the passengers",
    AWAY: "is away",
    PAPERS: "has no valid {about}",
    BUSY: "is on another task then",
    WEEK: "would work more in the week than is allowed",
    CONTRACT: "would work more in the week than was agreed",
    DRIVING: "would drive more in the day than is allowed",
    UNBROKEN: "would drive too long without a break",
    SPAN: "would have too long a day",
    REST: "would have too short a rest",
    SHORT: "would have too many short rests",
    FREE: "would have no long rest",
    DEAR: "could, but it would cost more than it is worth",
}
ANY = {PAPERS: "licence or certificate that is asked for", DEPOT: "this one"}


def sentence(no: No) -> str:
    """Why not, in a sentence about the person."""
    return SENTENCES[no.rule].format(about=no.about)


def unmanned(diaries: Diaries) -> tuple[Unmanned, ...]:
    """Each post nobody has, with its reasons."""
    posts = zip(diaries.problem.posts, diaries.given, strict=True)
    return tuple(why(diaries, post) for post, who in posts if who is None)


def why(diaries: Diaries, post: Post) -> Unmanned:
    """Of everybody in the role of this post the first rule that keeps them from it."""
    nobody = tuple(refused(diaries, post, who) for who, _ in enumerate(diaries.problem.people))
    mine = tuple(one for one in nobody if one.rule != ROLE)
    return Unmanned(post.task.id, post.role, post.seat, summary(mine, post.role), mine)


def refused(diaries: Diaries, post: Post, who: int) -> No:
    """The first rule that keeps this person from this post."""
    person = diaries.problem.people[who]
    rule, about = bar(diaries.problem, person, post)
    if rule:
        if rule == PAPERS:
            about = with_end(diaries, who, about, diaries.problem.date_of(post.task.day))
        return No(person.id, rule, about)
    return No(person.id, diaries.refusal(post, who) or DEAR)


def with_end(diaries: Diaries, who: int, kind: str, on: date) -> str:
    """The licence, and until when it was valid if it has run out."""
    ended = [
        one.until_on
        for one in diaries.problem.people[who].credentials
        if one.kind == kind and one.until_on is not None and one.until_on < on
    ]
    return f"{kind} (until {max(ended):%-d %B %Y})" if ended else kind


def summary(those: tuple[No, ...], role: str) -> str:
    """How many of whom each rule keeps away, the commonest first."""
    if not those:
        return f"There is no {role}."
    counted = Counter(one.rule for one in those)
    parts = [
        f"{times} {_plural(SENTENCES[rule].format(about=ANY.get(rule, '')), times)}"
        for rule, times in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return f"Of {len(those)} {role}{'s' * (len(those) > 1)}: {'; '.join(parts)}."


def _plural(said: str, times: int) -> str:
    if times == 1:
        return said
    for one, many in (("does not work", "do not work"), ("is ", "are "), ("has ", "have ")):
        if said.startswith(one):
            return many + said[len(one) :]
    return said
