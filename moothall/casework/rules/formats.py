"""In which formats somebody needs what we write: noted together, each with who and when."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from moothall.casework.models import Format, FormatNeed
from moothall.casework.models.format import formats_of
from moothall.people.models import Account, Person
from moothall.records.rules.audit import append_audit


@transaction.atomic
def set_formats(
    person: Person, *, formats: Collection[Format], note: str, by: Account | None, at: dt.datetime
) -> int:
    """These and no others are needed from now on; the answer is how many rows changed."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    wanted = {each.pk: each for each in formats}
    standing = {row.format_id: row for row in FormatNeed.objects.in_force().filter(person=person)}
    kept = {pk for pk, row in standing.items() if pk in wanted and row.note == note.strip()}
    ended = [row.pk for pk, row in standing.items() if pk not in kept]
    FormatNeed.objects.filter(pk__in=ended).update(ended_by=by, ended_at=at)
    made = FormatNeed.objects.bulk_create(
        FormatNeed(person=person, format=each, note=note.strip(), recorded_by=by, recorded_at=at)
        for pk, each in wanted.items()
        if pk not in kept
    )
    if ended or made:
        detail = {"formats": sorted(each.key for each in formats)}
        append_audit("casework.set_formats", about=person, by=by, at=at, detail=detail)
    return len(ended) + len(made)


def points_for(person: Person) -> int | None:
    """The largest print somebody needs; None where they need none."""
    return max((row.format.points for row in formats_of(person=person.pk) if row.format.points), default=None)
