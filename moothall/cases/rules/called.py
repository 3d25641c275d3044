"""What a case is called where only its number is known, and what it asks for before it is read."""

import datetime as dt
from collections.abc import Collection

from django.urls import reverse

from moothall.cases.models import Case, EmergencyOpening
from moothall.core.clock import now
from moothall.people.models import Account
from moothall.records.rules.naming import Named

from .access import BY_NAME, may_read
from .acting import in_emergency
from .reading import LETTER, note_read


def name_cases(account: Account, ids: Collection[int]) -> dict[int, Named]:
    """Cases by their reference, for those who may see them."""
    rows = Case.objects.visible_to(account).filter(pk__in=ids).values_list("pk", "reference")
    return {id: Named(reference, reverse("case_page", args=[reference])) for id, reference in rows}


def find_cases_by_reference(account: Account, words: str) -> list[int]:
    found = Case.objects.visible_to(account).filter(reference=words.upper())
    return list(found.values_list("pk", flat=True))


def gate_before_case(account: Account, id: int) -> str:
    """Where to say why a sealed case is to be read, before its letters are; nothing when it is open."""
    case = Case.objects.filter(pk=id).first()
    if case is None or may_read(case, account, at=now()):
        return ""
    return reverse("ask_to_read", args=[case.reference])


def note_letter_read(account: Account, id: int, name: str) -> None:
    """A letter about a restricted case was read."""
    case = Case.objects.filter(pk=id).first()
    if case is not None:
        note_read(case, by=account, at=now(), what=LETTER, name=name)


def only_reads_letters(account: Account, id: int) -> bool:
    """Whom nothing but an emergency lets into the case reads its letters, and does nothing to them."""
    case = Case.objects.filter(pk=id).first()
    return case is not None and in_emergency(case, account)


def emergencies_on(case: Case, *, at: dt.datetime) -> list[EmergencyOpening]:
    """What everybody who sees a restricted case is told on its page of openings in an emergency."""
    if case.confidentiality not in BY_NAME:
        return []
    told = EmergencyOpening.objects.filter(case=case).to_be_told_of(at)
    found = list(told.select_related("account", "access"))
    for each in found:
        each.still_open = each.is_open(at)
    return found
