"""Letters to referees in their language, and to applicants whose referee does not answer."""

import datetime as dt

from django.db import transaction

from moothall.cases.models import Case
from moothall.core.refusals import Refusal
from moothall.letters.models import Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.recruitment.models import Referee

from .links import link_to_reference
from .reference_wording import HELP
from .telling import fields_of, tell


def fields_of_referee(referee: Referee, language: str) -> dict[str, str]:
    """What a letter may say of a referee."""
    application = referee.application
    said = {
        "referee.name": referee.name, "referee.link": link_to_reference(referee),
        "referee.applicant": application.applicant.person.full_name,
    }  # fmt: skip
    return fields_of(application, language) | said


def tell_referee(words: BuiltIn, referee: Referee, *, by_day: dt.date, at: dt.datetime) -> Letter | None:
    """One that cannot be made is no reason to lose what was done."""
    try:
        with transaction.atomic():
            return _send(words, referee, by_day=by_day, at=at)
    except Refusal:
        return None


def _send(words: BuiltIn, referee: Referee, *, by_day: dt.date, at: dt.datetime) -> Letter:
    case = Case.objects.select_related("team", "service", "version").get(pk=referee.application.case_id)
    language, text = referee.language, words.text()
    known = fields_for(case, language=language, person=None, by=None, at=at)
    said = fields_of_referee(referee, language) | {"referee.by": date_in(language, by_day)}
    merged = merge(text, language, known | said)
    return queue_letter(
        about=referee, person=None, channel="MAIL", language=merged.language, to_address=referee.email,
        to_name=referee.name, from_address=case.team.email, from_name=case.team.name_in(language),
        subject=merged.subject, body=merged.body, by=None, at=at, automatic=True,
        text_version=text if text.pk else None,
    )  # fmt: skip


def tell_applicant(referee: Referee, *, at: dt.datetime) -> Letter | None:
    """Their referee does not answer, or cannot: they name another."""
    return tell(HELP, referee.application, at=at, known={"referee.name": referee.name})
