"""Writing about what falls due: to the person and to their manager, each letter once."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language

from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter, recall_letter
from moothall.people.models import Account, ContactPoint, Person
from moothall.people.models.often_asked import ways_to_reach
from moothall.records.rules.audit import append_audit
from moothall.terms.models import Term, TermLetter, TermStep
from moothall.workforce.models import Employment

from .opening import open_case_for
from .plans import FOR_A_TIME
from .ticking import tick_step
from .wording import BY_KEY

LATEST = dt.timedelta(days=30)
REVIEWS = ("REVIEW_1", "REVIEW_3", "REVIEW_6", "REVIEW_12", "REVIEW_18", "REVIEW")
REMINDERS = {
    **dict.fromkeys(REVIEWS, "probation_review"),
    "DIARY": "probation_diary", "WARN": "ftc_warning", "REMIND": "temporary_end_reminder",
}  # fmt: skip
CHANGED = {"EXTENDED": "contract_change", "PERMANENT": "contract_change"}
OUTCOME_LETTERS = {
    "OFFICER": {"CONFIRMED": "probation_confirmed", "EXTENDED": "reg12_decision", "ENDED": "reg13_decision"},
    Term.PROBATION: {
        "CONFIRMED": "probation_confirmed", "EXTENDED": "probation_extended", "ENDED": "probation_outcome",
    },
    Term.FIXED_TERM: {**CHANGED, "ENDED": "ftc_end"},
    Term.RETIREMENT: {"ENDED": "retirement_thanks"},
    "TIME": {**CHANGED, "ENDED": "temporary_ended"},
    Term.LONG_SERVICE: {"HONOURED": "long_service"},
}  # fmt: skip
OF_OFFICERS = ("police_officer", "special")


def letter_for(term: Term) -> str:
    """The letter that an outcome brings to the person, if any."""
    kind, outcome = term.kind, term.outcome
    if kind == Term.PROBATION and term.employment.workforce in OF_OFFICERS:
        kind = "OFFICER"
    return OUTCOME_LETTERS["TIME" if kind in FOR_A_TIME else kind].get(outcome, "")


@transaction.atomic
def write_about(
    term: Term, key: str, *, by: Account | None, at: dt.datetime, reader: str = TermLetter.PERSON,
    mark: str = "",
) -> Letter | None:  # fmt: skip
    """Queue this letter, where nobody has before and the reader has an address; it can be recalled."""
    to = term.employment.person if reader == TermLetter.PERSON else _manager(term)
    if to is None:
        return None
    kept, new = TermLetter.objects.get_or_create(
        term=term, key=f"{key}{mark}", reader=reader, defaults={"at": at}
    )
    mail = mail_of(to)
    if not new or not mail:
        return None
    text, language = BY_KEY[key].text(), to.language or "en"
    link = settings.PUBLIC_URL.rstrip("/") + reverse("term", args=[term.pk])
    fields = fields_for(term, language=language, person=to, by=by, at=at) | {"term.link": link}
    merged = merge(text, language, fields)
    letter = queue_letter(
        about=term, person=to, channel=MAIL, language=merged.language, to_address=mail, to_name=to.full_name,
        from_address="", from_name="", subject=merged.subject, body=merged.body, by=by, at=at, automatic=True,
        text_version=text if text.pk else None,
    )  # fmt: skip
    TermLetter.objects.filter(pk=kept.pk).update(letter=letter)
    return letter


def take_back_letters(term: Term, *, by: Account, at: dt.datetime) -> None:
    """What was written of an outcome that no longer holds stays here if it has not left, and may be written
    anew."""
    rows = TermLetter.objects.filter(term=term, key=letter_for(term), reader=TermLetter.PERSON)
    for row in rows.select_related("letter"):
        if row.letter is not None and row.letter.state in (Letter.QUEUED, Letter.FOR_APPROVAL):
            recall_letter(row.letter, by=by, at=at)
    rows.delete()


def preview(term: Term, key: str, *, by: Account, at: dt.datetime) -> tuple[str, str]:
    """Subject and words of a letter as it would go now."""
    person = term.employment.person
    language = person.language or "en"
    merged = merge(
        BY_KEY[key].text(), language, fields_for(term, language=language, person=person, by=by, at=at)
    )
    return merged.subject, merged.body


def _manager(term: Term) -> Person | None:
    day = max(term.began_on, min(term.act_by, term.due_on))
    found = Employment.objects.with_assignment(day).get(pk=term.employment_id)
    main = found.main
    return main.manager.person if main and main.manager else None


def mail_of(person: Person) -> str:
    ways = ways_to_reach(person=person.pk, most=8)
    return next((each.value for each in ways if each.kind == ContactPoint.EMAIL), "")


def tell_of_steps(*, at: dt.datetime, today: dt.date) -> int:
    """Managers hear of the steps that have come due, once each, and the case each hangs on is opened. What
    came due long before, as in an office that has just begun, is seen in the list and not written about."""
    rows = TermStep.objects.filter(
        done_on=None, due_on__lte=today, due_on__gt=today - LATEST, term__settled_at=None,
        term__withdrawn_at=None, term__due_on__gte=today,
    )  # fmt: skip
    rows = rows.select_related("term__employment__person").order_by("due_on", "id")
    written = set(
        TermLetter.objects.filter(term__in=[each.term_id for each in rows]).values_list("term", "key")
    )
    told = 0
    for step in rows:
        key = REMINDERS.get(step.key, "")
        if key and (step.term_id, f"{key}:{step.key}") not in written:
            told += _tell(step, key, at=at)
    return told


@transaction.atomic
def _tell(step: TermStep, key: str, *, at: dt.datetime) -> bool:
    term = step.term
    open_case_for(term, by=None, at=at)
    letter = write_about(term, key, by=None, at=at, reader=TermLetter.MANAGER, mark=f":{step.key}")
    if step.key == "WARN":
        tick_step(term, step.key, by=None, at=at)
    append_audit("terms.remind", about=term, by=None, at=at, detail={"step": step.key})
    return letter is not None


def name_of(key: str) -> str:
    each = BY_KEY[key]
    return each.name_cy if (get_language() or "en") == "cy" else each.name
