"""Who must not assess whom: what was declared, and what the staff records say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from moothall.recruitment.models import Conflict, EventAssessor, EventCandidate
from moothall.workforce.models import Assignment

Known = dict[int, set[int]]


def conflicts_of(
    assessors: Sequence[EventAssessor], candidates: Sequence[EventCandidate], *, on: dt.date
) -> Known:
    """For each of those who assess, by number, the candidates they know."""
    found: Known = defaultdict(set)
    rows = Conflict.objects.filter(assessor__in=[each.pk for each in assessors], undone_at=None)
    for assessor, candidate in rows.order_by().values_list("assessor_id", "candidate_id"):
        found[assessor].add(candidate)
    for assessor, those in on_record(assessors, candidates, on=on).items():
        found[assessor] |= those
    return found


def on_record(
    assessors: Sequence[EventAssessor], candidates: Sequence[EventCandidate], *, on: dt.date
) -> Known:
    """Themselves, and those whom they lead or are led by on that day."""
    mine = {each.application.applicant.person_id: each.pk for each in candidates}
    theirs: dict[int | None, list[int]] = defaultdict(list)
    for each in assessors:
        if each.account.person_id is not None:
            theirs[each.account.person_id].append(each.pk)
    found: Known = defaultdict(set)
    for person, candidate in mine.items():
        for assessor in theirs.get(person, ()):
            found[assessor].add(candidate)
    rows = Assignment.objects.in_force(on).filter(manager__isnull=False)
    pairs = rows.order_by().values_list("employment__person_id", "manager__person_id")
    people = set(mine) | {each for each in theirs if each is not None}
    for one, other in pairs.filter(employment__person__in=people, manager__person__in=people):
        for candidate, assessor in ((one, other), (other, one)):
            if candidate in mine:
                for number in theirs.get(assessor, ()):
                    found[number].add(mine[candidate])
    return found
