"""Contracts: the office's Word files come in by version, and are filled in for an offer."""

import datetime as dt
from typing import IO, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moothall.cases.models import Case
from moothall.cases.rules.timeline import add_entry
from moothall.core.serving import for_the_office
from moothall.letters.rules.fields import EVERYWHERE, Field, fields_for
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document, read_document
from moothall.recruitment.models import Contract, ContractTemplate, Offer

from . import offer_wording, wording
from .contract_refusals import (
    ContractThere,
    NoContract,
    NotKnown,
    NotWord,
    OfferGone,
    RetiredTemplate,
    UnknownFields,
)
from .contract_wording import CONTRACT
from .offer_letters import fields_of_offer
from .telling import fields_of, tell
from .word_files import check_word, fields_of_word, fill_word, words_of

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES: Final = {"en": "English", "cy": "Cymraeg"}


def contract_fields() -> tuple[Field, ...]:
    """What a contract may mention: of the person, the office, the application and the offer."""
    known = ("application.number", "application.campaign", "application.route")
    applied = [each for each in wording.DECLARED if each.name in known]
    return tuple(sorted((*EVERYWHERE, *applied, *offer_wording.DECLARED), key=lambda each: each.name))


def _keep(
    file: IO[bytes], *, name: str, language: str, by: Account, at: dt.datetime
) -> tuple[Document, list[str]]:
    document = keep_document(file, name=name, by=by, at=at)
    if document.media_type != WORD:
        raise NotWord
    content = read_document(document)
    check_word(content)
    mentioned, known = fields_of_word(content), {each.name for each in contract_fields()}
    if unknown := [each for each in mentioned if each not in known]:
        raise UnknownFields(LANGUAGES[language], unknown)
    return document, mentioned


@transaction.atomic
def add_contract_template(
    *, name: str, name_cy: str, file_en: IO[bytes], file_cy: IO[bytes] | None, from_on: dt.date, by: Account,
    at: dt.datetime,
) -> ContractTemplate:  # fmt: skip
    """The next version of the contract of this name, from that day on; the earlier ones stay as they were."""
    name = " ".join(name.split())[:120]
    earlier = ContractTemplate.objects.select_for_update().filter(name__iexact=name).order_by("-version")
    latest = earlier.first()
    english, mentioned = _keep(file_en, name=str(file_en.name), language="en", by=by, at=at)
    welsh = None
    if file_cy is not None:
        welsh, more = _keep(file_cy, name=str(file_cy.name), language="cy", by=by, at=at)
        mentioned = list(dict.fromkeys([*mentioned, *more]))
    made = ContractTemplate.objects.create(
        name=latest.name if latest else name, name_cy=" ".join(name_cy.split())[:120], from_on=from_on,
        version=latest.version + 1 if latest else 1, document_en=english, document_cy=welsh, fields=mentioned,
        saved_at=at, saved_by=by,
    )  # fmt: skip
    append_audit("recruitment.contract_template", about=made, by=by, at=at, detail={"fields": mentioned})
    return made


@transaction.atomic
def retire_contract_template(template: ContractTemplate, *, by: Account, at: dt.datetime) -> None:
    """No contract is made from this version any more: the one before it counts again, if there is any."""
    rows = ContractTemplate.objects.filter(pk=template.pk, retired_at=None)
    if rows.update(retired_at=at, retired_by=by):
        append_audit("recruitment.retire_contract_template", about=template, by=by, at=at)


@transaction.atomic
def restore_contract_template(template: ContractTemplate, *, by: Account, at: dt.datetime) -> None:
    rows = ContractTemplate.objects.filter(pk=template.pk, retired_at__isnull=False)
    if rows.update(retired_at=None, retired_by=None):
        append_audit("recruitment.restore_contract_template", about=template, by=by, at=at)


def languages_for(offer: Offer, template: ContractTemplate) -> list[str]:
    """Whoever is written to in Welsh has the contract in Welsh and in English, where there is a Welsh one."""
    welsh = offer.application.language == "cy" and template.document_cy is not None
    return ["cy", "en"] if welsh else ["en"]


def fill_contract(
    offer: Offer, template: ContractTemplate, language: str, *, by: Account, at: dt.datetime
) -> bytes:
    """The contract of an offer in one language; what it needs and nobody knows is refused by name."""
    application = offer.application
    case = Case.objects.select_related("team", "service", "version").get(pk=application.case_id)
    person = application.applicant.person
    known = fields_for(case, language=language, person=person, by=by, at=at)
    known |= fields_of(application, language) | fields_of_offer(offer, language)
    document = template.document_in(language)
    if document is None:
        raise RetiredTemplate
    content, missing = fill_word(read_document(document), known, template.fields)
    if missing:
        raise NotKnown(missing)
    return content


def preview_contract(
    offer: Offer, template: ContractTemplate, *, by: Account, at: dt.datetime
) -> list[tuple[str, list[str]]]:
    """What it would say now, in each of its languages."""
    return [
        (LANGUAGES[each], words_of(fill_contract(offer, template, each, by=by, at=at)))
        for each in languages_for(offer, template)
    ]


@for_the_office()
@transaction.atomic
def make_contract(
    offer: Offer, *, template: ContractTemplate, send: bool, by: Account, at: dt.datetime
) -> list[Contract]:
    """Filled in, kept on the case of the application, and sent to the applicant if that is wanted."""
    held: Offer = Offer.objects.select_for_update(of=("self",)).in_full().get(pk=offer.pk)
    if held.taken_back_at is not None or held.declined_at is not None:
        raise OfferGone
    if template.retired_at is not None:
        raise RetiredTemplate
    made = [_make(held, template, each, by=by, at=at) for each in languages_for(held, template)]
    documents = [each.document for each in made]
    case = Case.objects.get(pk=held.application.case_id)
    add_entry(case, kind="NOTE", at=at, by=by, text=_("The contract was made."), documents=documents)
    if send:
        letter = tell(CONTRACT, held.application, at=at, documents=documents, known=fields_of_offer(
            held, held.application.language
        ))  # fmt: skip
        Contract.objects.filter(pk__in=[each.pk for each in made]).update(letter=letter)
    detail = {"offer": held.pk, "template": str(template), "sent": send}
    append_audit("recruitment.contract", about=held.application, by=by, at=at, detail=detail)
    return made


def _make(
    offer: Offer, template: ContractTemplate, language: str, *, by: Account, at: dt.datetime
) -> Contract:
    content = fill_contract(offer, template, language, by=by, at=at)
    name = f"{template.name_in(language)} {offer.application.number}.docx"
    document = keep_document(content, name=name, by=by, at=at)
    try:
        with transaction.atomic():
            return Contract.objects.create(
                offer=offer, template=template, language=language, document=document, made_at=at, made_by=by
            )
    except IntegrityError as twice:
        raise ContractThere from twice


@for_the_office()
@transaction.atomic
def take_back_contract(contract: Contract, *, by: Account, at: dt.datetime) -> None:
    """In all its languages: another may be made. What was kept and sent stays on record."""
    rows = Contract.objects.standing().filter(offer=contract.offer_id)
    if not rows.update(taken_back_at=at, taken_back_by=by):
        raise NoContract
    detail = {"offer": contract.offer_id}
    append_audit(
        "recruitment.take_back_contract", about=contract.offer.application, by=by, at=at, detail=detail
    )
