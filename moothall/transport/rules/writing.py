"""The letter about a decision: to whoever asked, in their language, on the case of that stage."""

import datetime as dt

from moothall.cases.rules.answering import record_answer
from moothall.letters.models import MAIL, PRINT
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint, Person
from moothall.transport.models import Decision

from . import refusals
from .wording import fields_of_decision, letter_for


def write_decision(decision: Decision, *, by: Account, at: dt.datetime) -> None:
    """Queue it, and answer the case with it."""
    application = decision.application
    appeal = application.appeals.filter(stage=decision.stage).select_related("case").first()
    case = appeal.case if decision.stage and appeal is not None else application.case
    person = application.case.requester
    if case is None or person is None:
        raise refusals.NobodyToWriteTo
    point = _reached(person, by)
    language = "cy" if application.case.language == "cy" else "en"
    known = fields_for(case, language=language, person=person, by=by, at=at)
    known |= fields_of_decision(decision, language)
    version = letter_for(decision).text()
    merged = merge(version, language, known)
    letter = queue_letter(
        about=case, person=person, channel=MAIL if point.kind == ContactPoint.EMAIL else PRINT,
        language=language, to_address=point.value, to_name=person.full_name, from_address=case.team.email,
        from_name=case.team.name_in(language), subject=f"{merged.subject} [{case.reference}]",
        body=merged.body, by=by, at=at, text_version=version if version.pk else None,
    )  # fmt: skip
    record_answer(case, letter=letter, text=merged.body, by=by, at=at)


def _reached(person: Person, by: Account) -> ContactPoint:
    points = ContactPoint.objects.in_use().filter(person=person).visible_to(by).preferred_first()
    found = {each.kind: each for each in reversed(points)}
    point = found.get(ContactPoint.EMAIL) or found.get(ContactPoint.POST)
    if point is None:
        raise refusals.NobodyToWriteTo
    return point
