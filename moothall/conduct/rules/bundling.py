"""Bundles: papers chosen and put in order, bound in the background, kept with who was given a copy."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.cases.models import Entry, EntryDocument
from moothall.conduct.models import Bundle, BundleCopy, BundleItem, Matter
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.letters.models import Letter
from moothall.letters.rules.fields import LANGUAGES
from moothall.letters.rules.printing import print_letters
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.documents import keep_document, read_document

from .binding import PICTURES, Bound, CannotBeBound, Cover, Paper, bind, note_pdf, picture_pdf
from .holding import hold, write

PAGES = re.compile(r"\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4})\s*)?")
WRITTEN = (Entry.NOTE, Entry.CALL, Entry.COUNTER, Entry.MAIL_IN, Entry.DECISION)
TEXT = "text/plain"


class NothingChosen(Refusal):
    sentence = gettext_lazy("No paper is chosen.")
    next_step = gettext_lazy("Tick the papers that go into the bundle.")


class UnclearPages(Refusal):
    sentence = gettext_lazy("Pages to leave out are written like 2, 4-5.")
    next_step = gettext_lazy("Check the pages, or leave the box empty.")


class NotReady(Refusal):
    sentence = gettext_lazy("This bundle is not ready.")
    next_step = gettext_lazy("Wait until it is made, or make it again.")


@dataclass(frozen=True)
class Candidate:
    """Something on the case that can go into a bundle."""

    key: str
    title: str
    said: str
    at: dt.datetime
    fits: bool = True


@dataclass(frozen=True)
class Choice:
    key: str
    left_out: str = ""


def pages_named(text: str) -> frozenset[int]:
    """The pages meant by `2, 4-5`."""
    found: set[int] = set()
    for piece in text.split(",") if text.strip() else []:
        match = PAGES.fullmatch(piece)
        if match is None:
            raise UnclearPages
        first, last = int(match[1]), int(match[2] or match[1])
        if first < 1 or last < first:
            raise UnclearPages
        found.update(range(first, last + 1))
    return frozenset(found)


def candidates_of(matter: Matter) -> list[Candidate]:
    """Everything on the case that is a paper, the oldest first."""
    files = EntryDocument.objects.filter(entry__case=matter.case_id, inline=False)
    found = [
        Candidate(f"d{each.document_id}", each.name, _("File"), each.entry.at, can_be_bound(each.document))
        for each in files.select_related("entry", "document")
    ]
    letters = Letter.objects.filter(about_kind="cases.case", about_id=matter.case_id)
    sent = letters.exclude(state=Letter.CANCELLED)
    found += [Candidate(f"l{each.pk}", each.subject, _("Letter"), each.written_at) for each in sent]
    written = Entry.objects.filter(case=matter.case_id, kind__in=WRITTEN, undone_at=None).exclude(text="")
    found += [Candidate(f"e{each.pk}", _first_words(each), _("Entry"), each.at) for each in written]
    unique = {each.key: each for each in found}
    return sorted(unique.values(), key=lambda each: (each.at, each.key))


def can_be_bound(document: Document) -> bool:
    return document.media_type in {"application/pdf", TEXT, *PICTURES}


def _first_words(entry: Entry) -> str:
    first = (entry.subject or entry.text.strip().splitlines()[0]).strip()
    return first if len(first) <= 80 else f"{first[:79]}…"


@transaction.atomic
def make_bundle(
    matter: Matter,
    *,
    title: str,
    language: str,
    choices: Sequence[Choice],
    by: Account | None,
    at: dt.datetime,
) -> Bundle:
    """Write down what goes in and in which order; it is bound in the background."""
    from moothall.conduct.tasks import bind_in_background

    hold(matter, by=by, once_closed=True)
    known = {each.key: each for each in candidates_of(matter)}
    chosen = [choice for choice in choices if choice.key in known]
    if not chosen:
        raise NothingChosen
    for choice in chosen:
        pages_named(choice.left_out)
        if not known[choice.key].fits:
            raise CannotBeBound(
                _("“%(title)s” is not a PDF, a picture or plain text.") % {"title": known[choice.key].title}
            )
    bundle = Bundle.objects.create(
        matter=matter, number=matter.bundles.count() + 1, title=title.strip() or str(matter),
        language="cy" if language == "cy" else "en", asked_by=by, asked_at=at,
    )  # fmt: skip
    kinds = {"d": "document_id", "l": "letter_id", "e": "entry_id"}
    BundleItem.objects.bulk_create(
        BundleItem(
            bundle=bundle, position=position, title=known[choice.key].title[:300],
            left_out=choice.left_out.strip(), **{kinds[choice.key[0]]: int(choice.key[1:])},
        )
        for position, choice in enumerate(chosen, start=1)
    )  # fmt: skip
    write("bundle", matter, by=by, at=at, bundle=bundle.pk, papers=len(chosen))
    bind_in_background.defer(bundle_id=bundle.pk)
    return bundle


@for_the_office()
def bind_bundle(bundle_id: int, *, at: dt.datetime) -> None:
    """Bind it and keep the file; what stands in the way is written on the bundle. Safe to run twice."""
    rows = Bundle.objects.select_related("matter__case", "matter__employment__person", "matter__kind")
    bundle = rows.filter(pk=bundle_id, state=Bundle.MAKING).first()
    if bundle is None:
        return
    with translation.override(LANGUAGES[bundle.language]):
        try:
            _bind(bundle, at=at)
        except Refusal as refusal:
            Bundle.objects.filter(pk=bundle.pk, state=Bundle.MAKING).update(
                state=Bundle.FAILED, problem=str(refusal), finished_at=at
            )


def _bind(bundle: Bundle, *, at: dt.datetime) -> None:
    matter = bundle.matter
    said = f"{matter.kind.said('name', bundle.language)} · {matter.employment.person.full_name}"
    day = formats.date_format(in_london(bundle.asked_at), "j F Y")
    cover = Cover(bundle.title, f"{said} · {day}", matter.case.reference, bundle.language, bundle.asked_at)
    items = list(bundle.items.select_related("document", "letter__letterhead", "entry__by"))
    papers = []
    for done, item in enumerate(items, start=1):
        papers.append(_paper(item, cover))
        Bundle.objects.filter(pk=bundle.pk).update(done=done)
    _keep(bundle, items, bind(papers, cover=cover), at=at)


@transaction.atomic
def _keep(bundle: Bundle, items: list[BundleItem], bound: Bound, *, at: dt.datetime) -> None:
    name = f"{bundle.matter.case.reference}-{bundle.number}.pdf"
    kept = keep_document(bound.pdf, name=name, by=bundle.asked_by, at=at, declared_type="application/pdf")
    for item, start, length in zip(items, bound.starts, bound.lengths, strict=True):
        BundleItem.objects.filter(pk=item.pk).update(first_page=start, pages=length)
    Bundle.objects.filter(pk=bundle.pk, state=Bundle.MAKING).update(
        state=Bundle.READY, document=kept, pages=bound.pages, finished_at=at
    )
    write("bundle_ready", bundle.matter, by=None, at=at, bundle=bundle.pk, sha256=kept.sha256)


def _paper(item: BundleItem, cover: Cover) -> Paper:
    left_out = pages_named(item.left_out)
    if item.letter is not None:
        said = formats.date_format(in_london(item.letter.written_at), "j F Y")
        return Paper(item.title, said, print_letters([item.letter]), left_out)
    if item.entry is not None:
        entry = item.entry
        said = formats.date_format(in_london(entry.at), "j F Y, H:i") + (f" · {entry.by}" if entry.by else "")
        return Paper(item.title, said, note_pdf(item.title, said, entry.text, cover=cover), left_out)
    document = item.document
    if document is None:
        raise CannotBeBound
    return Paper(item.title, "", _as_pdf(document, item.title, cover), left_out)


def _as_pdf(document: Document, title: str, cover: Cover) -> bytes:
    content = read_document(document)
    if document.media_type in PICTURES:
        return picture_pdf(title, content, document.media_type, cover=cover)
    if document.media_type == TEXT:
        return note_pdf(title, "", content.decode("utf-8", errors="replace"), cover=cover)
    return content


@transaction.atomic
def give_copy(
    bundle: Bundle, *, name: str, theirs: bool, given_on: dt.date, by: Account, at: dt.datetime
) -> BundleCopy:
    """Write down who was given it; given to the person it is about, they find it on their own page."""
    hold(bundle.matter, by=by, once_closed=True)
    if bundle.state != Bundle.READY:
        raise NotReady
    words = bundle.matter.employment.person.full_name if theirs else name.strip()
    copy = BundleCopy.objects.create(
        bundle=bundle, name=words, is_theirs=theirs, given_on=given_on, by=by, at=at
    )
    write("give_copy", bundle.matter, by=by, at=at, bundle=bundle.pk, theirs=theirs)
    return copy
