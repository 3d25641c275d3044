"""Who somebody is of whom no address is known: by telephone number and name."""

import datetime as dt

from rapidfuzz import fuzz, utils

from moothall.people.models import Account, ContactPoint, Person
from moothall.people.models.contact_folding import fold_phone
from moothall.people.rules.persons import add_person

SAME_NAME = 80


def person_by_number_or_name(
    name: str, phone: str, *, by: Account | None, at: dt.datetime, language: str = ""
) -> Person | None:
    """Whoever has this number and nearly this name; somebody new where nobody does, nobody without a name."""
    if not name:
        return None
    folded = fold_phone(phone)
    if folded:
        points = ContactPoint.objects.in_use().filter(
            kind=ContactPoint.PHONE, folded=folded, person__merged_into=None
        )
        for point in points.select_related("person").order_by("person_id"):
            likeness = fuzz.token_sort_ratio(point.person.full_name, name, processor=utils.default_process)
            if likeness >= SAME_NAME:
                return point.person
    return add_person(full_name=name, by=by, at=at, phones=[phone] if folded else [], language=language)
