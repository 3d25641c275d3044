"""Letters about a form: that we have it, where to go on with it, and a new link to follow it."""

import datetime as dt

from django.db import transaction

from moothall.cases.models import Case
from moothall.cases.rules.answering import record_answer
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.core.signed_links import absolute, sign
from moothall.enquiries.rules.replying import answering_address, mailbox_of
from moothall.letters.models import Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Person
from moothall.portal.models import FollowLink, Request
from moothall.portal.models.kinds import FORM

from .links import address_of, make_link
from .wording import ACKNOWLEDGED, KEPT, NEW_LINK

OWN_LINK = "https://…"


def fields_of(link: FollowLink, language: str) -> dict[str, str]:
    """What a letter may say of a link."""
    until = date_in(language, in_london(link.expires_at).date())
    return {"portal.link": address_of(link), "portal.until": until}


def acknowledge_request(asked: Request, case: Case, person: Person, *, at: dt.datetime) -> Letter | None:
    """Say that we have it, with its reference and the link. Somebody without an address sees both on the page
    that follows. A letter that cannot be made is no reason to lose what was asked."""
    if not asked.email:
        make_link(case, person=person, sent_to="", at=at)
        return None
    try:
        with transaction.atomic():
            return send_with_link(
                ACKNOWLEDGED, case, person=person, to_address=asked.email, to_name=asked.name,
                language=asked.language, at=at,
            )  # fmt: skip
    except Refusal:
        return None


@transaction.atomic
def send_with_link(
    words: BuiltIn,
    case: Case,
    *,
    person: Person | None,
    to_address: str,
    to_name: str,
    language: str,
    at: dt.datetime,
) -> Letter:
    """Send one of the portal's letters about a case, with a new link in it. On the timeline the link is left
    out: it is theirs alone."""
    link = make_link(case, person=person, sent_to=to_address, at=at)
    text = words.text()
    known = fields_for(case, language=language, person=person, by=None, at=at)
    merged = merge(text, language, known | fields_of(link, language))
    mailbox = mailbox_of(case)
    letter = queue_letter(
        about=case, person=person, channel="MAIL", language=merged.language, to_address=to_address,
        to_name=to_name, from_address=answering_address(mailbox, case),
        from_name=mailbox.name if mailbox is not None else case.team.name_in(language),
        subject=f"{merged.subject} [{case.reference}]", body=merged.body, by=None, at=at, automatic=True,
        text_version=text if text.pk else None,
    )  # fmt: skip
    FollowLink.objects.filter(pk=link.pk).update(letter=letter)
    if not case.is_closed:
        hidden = merged.body.replace(address_of(link), OWN_LINK)
        record_answer(case, letter=letter, text=hidden, by=None, at=at, automatic=True)
    return letter


@transaction.atomic
def send_new_link(
    case: Case, *, person: Person | None, to_address: str, to_name: str, at: dt.datetime
) -> Letter:
    language = (person.language if person else "") or case.language or "en"
    return send_with_link(
        NEW_LINK, case, person=person, to_address=to_address, to_name=to_name, language=language, at=at
    )


@transaction.atomic
def send_form_link(asked: Request, *, to_address: str, at: dt.datetime) -> Letter:
    """Mail the way back to a form that is not finished."""
    text = KEPT.text()
    known = fields_for(None, language=asked.language, person=None, by=None, at=at)
    until = date_in(asked.language, in_london(asked.expires_at).date())
    form = {
        "portal.link": absolute("ask_check", sign(asked.token, FORM)), "portal.until": until,
        "portal.form": asked.service.name_in(asked.language),
    }  # fmt: skip
    merged = merge(text, asked.language, known | form)
    return queue_letter(
        about=asked, person=None, channel="MAIL", language=merged.language, to_address=to_address,
        to_name=asked.name, from_address=asked.service.team.email, from_name=asked.service.team.name_in(
            asked.language
        ),
        subject=merged.subject, body=merged.body, by=None, at=at, automatic=True,
        text_version=text if text.pk else None,
    )  # fmt: skip
