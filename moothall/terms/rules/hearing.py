"""What others say of an increment: appraisals and warnings, heard for the day it is due."""

from collections.abc import Sequence

from django.db import transaction

from moothall.terms.models import Increment, IncrementRun
from moothall.workforce.progress import PERFORMANCE, against, words_on

LONGEST = 300


def heard(lines: Sequence[Increment]) -> list[Increment]:
    """Each with what stands against it. It waits for a person where something does, and where its scale asks
    for performance and nobody has spoken of it."""
    said = words_on({each.employment_id: each.due_on for each in lines})
    for each in lines:
        if each.state == Increment.AT_TOP:
            continue
        words, scale = said.get(each.employment_id, []), each.from_point.scale
        why, why_cy = against(words, scale.heeds)
        each.against, each.against_cy = why[:LONGEST], why_cy[:LONGEST]
        unspoken = scale.asks_performance and not any(word.kind == PERFORMANCE for word in words)
        each.state = Increment.WAITS if why or unspoken else Increment.DUE
    return list(lines)


@transaction.atomic
def hear_again(run: IncrementRun) -> None:
    """What is still to be decided in the run, as it stands now."""
    rows = run.increments.select_for_update(of=("self",), no_key=True).filter(state__in=Increment.OPEN)
    found = list(rows.select_related("from_point__scale").order_by("id"))
    Increment.objects.bulk_update(heard(found), ["state", "against", "against_cy"], batch_size=2_000)
