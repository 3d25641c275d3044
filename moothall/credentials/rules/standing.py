"""What people hold against what is asked of them. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from moothall.credentials.models import Credential, CredentialKind, Requirement
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.models.employment import EmploymentQuerySet

from .barring import kinds_that_meet

MISSING = "MISSING"


@dataclass(frozen=True)
class Line:
    """One kind for one person: what they hold of it, what waits, and whether it is asked for."""

    kind: CredentialKind
    state: str
    held: Credential | None = None
    waiting: Credential | None = None
    is_required: bool = False

    @property
    def is_in_order(self) -> bool:
        return self.state in {Credential.HELD, Credential.ENDING}


@dataclass
class Asked:
    """What is asked of anybody by workforce, unit or post that day, with the kinds that meet it."""

    requirements: list[Requirement]
    on: dt.date
    meets: dict[int, set[int]] = field(default_factory=dict)

    def of(self, employment: Employment) -> list[CredentialKind]:
        """What is asked of this person, each kind once, by name. Needs `with_assignment`."""
        main, found = employment.main, {}
        for each in self.requirements:
            if each.workforce == employment.workforce or (
                main is not None and (each.unit_id == main.unit_id or each.post_id == main.post_id)
            ):
                found[each.kind_id] = each.kind
        return sorted(found.values(), key=lambda kind: kind.name)


def asked_of_people(on: dt.date) -> Asked:
    rows = Requirement.objects.in_force(on).filter(activity=None).select_related("kind")
    found = list(rows.prefetch_related("kind__met_by"))
    return Asked(found, on, {each.kind_id: kinds_that_meet(each.kind) for each in found})


def held_by(people: Sequence[int]) -> dict[int, list[Credential]]:
    """What each holds now, or has waiting."""
    found: dict[int, list[Credential]] = defaultdict(list)
    rows = Credential.objects.current().filter(person__in=people).select_related("kind")
    for each in rows.order_by("kind__name", "-issued_on", "-id"):
        found[each.person_id].append(each)
    return found


def lines_of(employment: Employment, asked: Asked, held: Sequence[Credential]) -> list[Line]:
    """What is asked of somebody, and then whatever else they hold."""
    required = asked.of(employment)
    lines = [_line(kind, asked, held, is_required=True) for kind in required]
    shown = {line.held.pk for line in lines if line.held} | {
        line.waiting.pk for line in lines if line.waiting
    }
    others = {each.kind_id: each.kind for each in held if each.pk not in shown}
    lines += [_line(kind, asked, held, is_required=False) for kind in others.values()]
    return lines


def _line(kind: CredentialKind, asked: Asked, held: Sequence[Credential], *, is_required: bool) -> Line:
    meets = asked.meets.get(kind.pk, {kind.pk})
    meeting = [each for each in held if each.kind_id in meets]
    verified = [each for each in meeting if each.verified_at is not None]
    waiting = next((each for each in meeting if each.verified_at is None), None)
    best = max(verified, key=lambda each: each.expires_on or dt.date.max, default=None)
    without = Credential.WAITING if waiting else MISSING
    return Line(kind, best.state(asked.on) if best else without, best, waiting, is_required)


def lacking(rows: EmploymentQuerySet, kinds: Sequence[CredentialKind], asked: Asked) -> EmploymentQuerySet:
    """Of these employments those of whom one of the kinds is asked and who do not hold it that day.

    What somebody holds is asked of each row by itself: of `exists` beside an `or` PostgreSQL may think it
    quicker to look at everybody's credentials first.
    """
    lacks = Q(pk__in=[])
    for kind in kinds:
        held = Credential.objects.in_force(asked.on).filter(
            person=OuterRef("person"), kind__in=asked.meets.get(kind.pk, {kind.pk})
        )
        lacks |= _asked_of_rows(kind, asked) & Q(IsNull(Subquery(held.order_by().values("pk")[:1]), True))
    return rows.filter(lacks)


def _asked_of_rows(kind: CredentialKind, asked: Asked) -> Q:
    theirs = [each for each in asked.requirements if each.kind_id == kind.pk]
    found = Q(workforce__in=[each.workforce for each in theirs if each.workforce])
    units = [each.unit_id for each in theirs if each.unit_id]
    posts = [each.post_id for each in theirs if each.post_id]
    if units or posts:
        there = Assignment.objects.in_force(asked.on).filter(
            Q(unit__in=units) | Q(post__in=posts), employment=OuterRef("pk"), is_main=True
        )
        found |= Q(Exists(there))
    return found
