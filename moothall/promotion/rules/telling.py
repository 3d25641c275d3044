"""Letters about promotions for a while: to whoever is promoted, and to their manager before the end."""

import datetime as dt

from django.db import transaction

from moothall.core.refusals import Refusal
from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Person
from moothall.promotion.models import TemporaryPromotion
from moothall.recruitment.rules.telling import tell
from moothall.terms.rules.telling import mail_of
from moothall.workforce.models import Assignment

from .wording import BY_KEY, fields_of


def write_about(
    key: str, promotion: TemporaryPromotion, *, at: dt.datetime, because: str = "",
    first: dt.date | None = None, last: dt.date | None = None,
) -> Letter | None:  # fmt: skip
    """To whoever is promoted: with their case where there is one, else about the promotion itself."""
    if promotion.pool_place is not None:
        application = promotion.pool_place.application
        said = _said(promotion, application.language, because, first, last)
        return tell(BY_KEY[key], application, at=at, known=said)
    return write_to(
        promotion.employment.person, key, promotion, at=at, because=because, first=first, last=last
    )


def _said(
    promotion: TemporaryPromotion, language: str, because: str, first: dt.date | None, last: dt.date | None
) -> dict[str, str]:
    said = fields_of(promotion, language)
    if because:
        said["promotion.because"] = because
    if first is not None:
        said["promotion.from"] = date_in(language, first)
    if last is not None:
        said["promotion.until"] = date_in(language, last)
    return said


def write_to(
    person: Person, key: str, promotion: TemporaryPromotion, *, at: dt.datetime, because: str = "",
    first: dt.date | None = None, last: dt.date | None = None,
) -> Letter | None:  # fmt: skip
    """Where they have an address. A letter that cannot be made is no reason to lose what was done."""
    mail = mail_of(person)
    if not mail:
        return None
    try:
        with transaction.atomic():
            return _send(person, mail, key, promotion, _When(because, first, last), at=at)
    except Refusal:
        return None


class _When:
    def __init__(self, because: str, first: dt.date | None, last: dt.date | None) -> None:
        self.because, self.first, self.last = because, first, last


def _send(
    person: Person, mail: str, key: str, promotion: TemporaryPromotion, when: _When, *, at: dt.datetime
) -> Letter:
    text, language = BY_KEY[key].text(), person.language or "en"
    fields = fields_for(promotion, language=language, person=person, by=None, at=at)
    said = _said(promotion, language, when.because, when.first, when.last)
    merged = merge(text, language, fields | said | {"case.team": fields.get("office.name", "")})
    return queue_letter(
        about=promotion, person=person, channel=MAIL, language=merged.language, to_address=mail,
        to_name=person.full_name, from_address="", from_name="", subject=merged.subject, body=merged.body,
        by=None, at=at, automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip


def manager_of(promotion: TemporaryPromotion, *, on: dt.date) -> Person | None:
    rows = Assignment.objects.in_force(on).filter(employment=promotion.employment_id, is_main=True)
    held = rows.select_related("manager__person").first()
    return held.manager.person if held is not None and held.manager is not None else None
