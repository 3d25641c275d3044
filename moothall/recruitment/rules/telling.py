"""Letters to applicants: each has the link to their own page, and stands on the timeline without it."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.db import transaction

from moothall.cases.models import Case
from moothall.cases.rules.answering import record_answer
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.letters.models import MAIL, Letter, LetterText
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.formatting import plain_words
from moothall.letters.rules.merging import Merged, merge
from moothall.letters.rules.outbox import RECALL_SECONDS, queue_letter
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.recruitment.models import Application, Draft

from .links import link_to_application, link_to_draft
from .wording import KEPT, RECEIVED, UPDATE, WITHDRAWN

HIDDEN: Final = "https://…"


def fields_of(application: Application, language: str) -> dict[str, str]:
    """What a letter may say of an application."""
    campaign = application.campaign
    return {
        "application.number": application.number, "application.campaign": campaign.name_in(language),
        "application.route": application.route.name_in(language),
        "application.link": link_to_application(application),
        "application.closes": date_in(language, campaign.closes_on),
    }  # fmt: skip


def tell_received(application: Application, *, at: dt.datetime) -> Letter | None:
    return tell(RECEIVED, application, at=at)


def tell_withdrawn(
    application: Application, *, at: dt.datetime, hold_seconds: int = RECALL_SECONDS
) -> Letter | None:
    return tell(WITHDRAWN, application, at=at, hold_seconds=hold_seconds)


def tell(
    words: BuiltIn, application: Application, *, at: dt.datetime, known: dict[str, str] | None = None,
    documents: Collection[Document] = (), hold_seconds: int = RECALL_SECONDS,
) -> Letter | None:  # fmt: skip
    """A letter that cannot be made is no reason to lose what was done; the list of who has not heard shows
    it."""
    try:
        with transaction.atomic():
            return _send(words, application, known or {}, documents, at=at, hold_seconds=hold_seconds)
    except Refusal:
        return None


def _send(
    words: BuiltIn, application: Application, known: dict[str, str], documents: Collection[Document], *,
    at: dt.datetime, hold_seconds: int,
) -> Letter:  # fmt: skip
    case = Case.objects.select_related("team", "service", "version").get(pk=application.case_id)
    language, person = application.language, application.applicant.person
    text = words.text()
    fields = fields_for(case, language=language, person=person, by=None, at=at)
    merged = merge(text, language, fields | fields_of(application, language) | known)
    return send_words(
        application, case, merged, text=text, to_address=application.email, at=at, documents=documents,
        hold_seconds=hold_seconds,
    )  # fmt: skip


def send_words(
    application: Application, case: Case, merged: Merged, *, text: LetterText, to_address: str,
    at: dt.datetime, hold_seconds: int, channel: str = MAIL, by: Account | None = None,
    documents: Collection[Document] = (),
) -> Letter:  # fmt: skip
    """These words to the applicant; the link to their own page stays off the timeline."""
    person = application.applicant.person
    letter = queue_letter(
        about=case, person=person, channel=channel, language=merged.language, to_address=to_address,
        to_name=person.full_name, from_address=case.team.email, from_name=case.team.name_in(merged.language),
        subject=f"{merged.subject} [{case.reference}]", body=merged.body, by=by, at=at, automatic=by is None,
        text_version=text if text.pk else None, documents=documents, hold_seconds=hold_seconds,
    )  # fmt: skip
    if not case.is_closed:
        link = link_to_application(application)
        shown = merged.body.replace(plain_words(link), HIDDEN).replace(link, HIDDEN)
        record_answer(case, letter=letter, text=shown, by=by, at=at, automatic=True)
    return letter


@transaction.atomic
def send_draft_link(draft: Draft, *, to_address: str, at: dt.datetime) -> Letter:
    """Mail the way back to an application that is not sent yet."""
    text, campaign = KEPT.text(), draft.campaign
    known = fields_for(None, language=draft.language, person=None, by=None, at=at)
    merged = merge(text, draft.language, known | {
        "application.campaign": campaign.name_in(draft.language), "application.link": link_to_draft(draft),
        "application.until": date_in(draft.language, in_london(draft.expires_at).date()),
        "application.closes": date_in(draft.language, campaign.closes_on),
    })  # fmt: skip
    return queue_letter(
        about=draft, person=None, channel="MAIL", language=merged.language, to_address=to_address,
        to_name=draft.name, from_address=campaign.team.email, from_name=campaign.team.name_in(draft.language),
        subject=merged.subject, body=merged.body, by=None, at=at, automatic=True,
        text_version=text if text.pk else None,
    )  # fmt: skip


def tell_update(
    application: Application, *, stage: str, turn: str, because: str, by_day: dt.date | None, at: dt.datetime
) -> Letter | None:
    """Where they are, whose turn it is, the reason for waiting and the next date."""
    day = date_in(application.language, by_day) if by_day else ""
    known = {
        "application.stage": stage, "application.turn": turn, "application.because": because,
        "application.next": day,
    }  # fmt: skip
    return tell(UPDATE, application, at=at, known=known)
