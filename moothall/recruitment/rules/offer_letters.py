"""The letters of offers, as they would go out and as they do."""

import datetime as dt

from moothall.cases.models import Case
from moothall.letters.models import Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.recruitment.models import Offer

from .offer_wording import ACCEPTED, CONDITIONAL, FINAL
from .telling import fields_of, tell

WORDS = {Offer.CONDITIONAL: CONDITIONAL, Offer.FINAL: FINAL}


def fields_of_offer(offer: Offer, language: str) -> dict[str, str]:
    """What a letter may say of an offer."""
    return {
        "offer.job": offer.job_in(language), "offer.grade": offer.grade, "offer.hours": f"{offer.hours:g}",
        "offer.pay": offer.pay, "offer.by": date_in(language, offer.answer_by),
        "offer.starts": date_in(language, offer.starts_on) if offer.starts_on else "",
    }  # fmt: skip


def letter_of(offer: Offer, *, at: dt.datetime) -> tuple[str, str]:
    """Subject and words, as they would go out now."""
    application, language = offer.application, offer.application.language
    case = Case.objects.select_related("team", "service", "version").get(pk=application.case_id)
    known = fields_for(case, language=language, person=application.applicant.person, by=None, at=at)
    said = known | fields_of(application, language) | fields_of_offer(offer, language)
    merged = merge(WORDS[offer.kind].text(), language, said)
    return merged.subject, merged.body


def _tell(words: BuiltIn, offer: Offer, *, at: dt.datetime) -> Letter | None:
    return tell(words, offer.application, at=at, known=fields_of_offer(offer, offer.application.language))


def tell_offer(offer: Offer, *, at: dt.datetime) -> Letter | None:
    return _tell(WORDS[offer.kind], offer, at=at)


def tell_accepted(offer: Offer, *, at: dt.datetime) -> Letter | None:
    return _tell(ACCEPTED, offer, at=at)
