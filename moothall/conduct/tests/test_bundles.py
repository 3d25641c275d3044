"""A bundle opened again: its pages, their stamps, its contents, its bookmarks."""

import datetime as dt
import time
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from moothall.cases.rules.timeline import write_note
from moothall.conduct.models import Bundle, Matter
from moothall.conduct.rules import bundling
from moothall.conduct.rules.binding import Bound, CannotBeBound, Cover, Paper, bind, note_pdf
from moothall.conduct.rules.bundling import Choice, NothingChosen, NotReady, UnclearPages, pages_named
from moothall.core.clock import now, today
from moothall.people.tests.pages import signed_in_as
from moothall.records.rules.documents import keep_document, read_document

from .make import make_caseworker, make_matter, opener

COVER = Cover(
    "Hearing bundle", "Nia Oyelaran", "PS-26-00042", "en", dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


def pdf_of(pages: int, *, width: float = 595, height: float = 842, turned: int = 0) -> bytes:
    writer = PdfWriter()
    for _number in range(pages):
        page = writer.add_blank_page(width, height)
        if turned:
            page.rotate(turned)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def opened(bound: Bound) -> PdfReader:
    return PdfReader(BytesIO(bound.pdf))


def test_every_page_says_what_it_belongs_to_and_where_it_is() -> None:
    papers = [
        Paper("Statement", "5 May 2026", note_pdf("Statement", "", "I saw it.", cover=COVER)),
        Paper("Roster", "", pdf_of(3)),
        Paper("Plan of the depot", "", pdf_of(1, width=1190, height=842)),
        Paper("Scan", "", pdf_of(1, turned=90)),
    ]
    bound = bind(papers, cover=COVER)
    reader: Any = opened(bound)
    assert bound.pages == len(reader.pages) == 7
    assert bound.starts == (2, 3, 6, 7)
    for number, page in enumerate(reader.pages, start=1):
        assert f"PS-26-00042 · {number} of 7" in page.extract_text()
    assert "I saw it." in reader.pages[1].extract_text()


def test_the_contents_and_the_bookmarks_lead_to_where_each_paper_begins() -> None:
    reader: Any = opened(
        bind([Paper("Statement", "", pdf_of(2)), Paper("Roster", "", pdf_of(1))], cover=COVER)
    )
    first = reader.pages[0].extract_text()
    assert "Contents" in first
    assert first.index("Statement") < first.index("Roster")
    marks = [(str(each["/Title"]), reader.get_destination_page_number(each)) for each in reader.outline]
    assert marks == [("Contents", 0), ("Statement", 1), ("Roster", 3)]


def test_long_contents_take_pages_of_their_own_and_are_counted() -> None:
    bound = bind([Paper(f"Paper {number}", "5 May 2026", pdf_of(1)) for number in range(80)], cover=COVER)
    reader: Any = opened(bound)
    front = bound.starts[0] - 1
    assert front > 1
    assert bound.pages == len(reader.pages) == front + 80
    assert f"{front + 80} of {front + 80}" in reader.pages[-1].extract_text()


def test_a_welsh_bundle_is_welsh() -> None:
    cover = Cover("Bwndel", "Nia", "PS-26-00042", "cy", COVER.at)
    reader: Any = opened(bind([Paper("Datganiad", "", pdf_of(1))], cover=cover))
    assert "Cynnwys" in reader.pages[0].extract_text()
    assert "2 o 2" in reader.pages[1].extract_text()
    assert reader.trailer["/Root"]["/Lang"] == "cy-GB"


def test_pages_are_left_out_and_one_with_none_left_is_refused() -> None:
    assert bind([Paper("Roster", "", pdf_of(5), frozenset({2, 4}))], cover=COVER).lengths == (3,)
    with pytest.raises(CannotBeBound, match="Roster"):
        bind([Paper("Roster", "", pdf_of(1), frozenset({1}))], cover=COVER)


def test_what_is_locked_or_broken_is_named() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf_of(1)))
    writer.encrypt("secret")
    locked = BytesIO()
    writer.write(locked)
    for content in (locked.getvalue(), b"%PDF-1.4 broken"):
        with pytest.raises(CannotBeBound, match="Old file"):
            bind([Paper("Old file", "", content)], cover=COVER)


@pytest.mark.slow
def test_five_hundred_pages_are_bound_with_their_stamps_and_bookmarks() -> None:
    papers = [Paper(f"Paper {number}", "", pdf_of(10)) for number in range(50)]
    begun = time.perf_counter()
    bound = bind(papers, cover=COVER)
    print(f"500 pages in {time.perf_counter() - begun:.1f} s, {len(bound.pdf) // 1024} KB")  # noqa: T201
    reader = opened(bound)
    contents = bound.starts[0] - 1
    assert bound.pages == len(reader.pages) == 500 + contents
    assert bound.starts[-1] == contents + 491
    assert f"{bound.pages} of {bound.pages}" in reader.pages[-1].extract_text()
    assert len(reader.outline) >= 50


@given(st.lists(st.integers(1, 999), min_size=1, max_size=9))
def test_pages_are_read_as_they_are_written(numbers: list[int]) -> None:
    assert pages_named(", ".join(map(str, numbers))) == set(numbers)
    low, high = min(numbers), max(numbers)
    assert pages_named(f"{low}-{high}") == set(range(low, high + 1))


@pytest.mark.parametrize("text", ["two", "3-1", "1,,2", "0"])
def test_unclear_pages_are_refused(text: str) -> None:
    with pytest.raises(UnclearPages):
        pages_named(text)


def furnished() -> Matter:
    matter = make_matter()
    by = opener(matter)
    files = [
        keep_document(pdf_of(2), name="Roster.pdf", by=by, at=now()),
        keep_document(b"Said at the gate", name="gate.txt", by=by, at=now()),
        keep_document(PNG, name="Gate.png", by=by, at=now()),
    ]
    write_note(matter.case, text="What was found", by=by, at=now(), documents=files)
    return matter


def make_bundle(matter: Matter, *choices: Choice, **changes: str) -> Bundle:
    wanted = choices or [Choice(each.key) for each in bundling.candidates_of(matter)]
    given = {"title": "Hearing", "language": "en"} | changes
    made = bundling.make_bundle(matter, choices=wanted, by=opener(matter), at=now(), **given)
    bundling.bind_bundle(made.pk, at=now())
    made.refresh_from_db()
    return made


@pytest.mark.django_db
def test_files_pictures_and_entries_become_one_file_that_is_kept() -> None:
    bundle = make_bundle(furnished())
    assert bundle.state == Bundle.READY, bundle.problem
    assert bundle.document is not None
    reader = PdfReader(BytesIO(read_document(bundle.document)))
    assert len(reader.pages) == bundle.pages == 1 + 2 + 1 + 1 + 1
    words = "".join(page.extract_text() for page in reader.pages)
    assert "Said at the gate" in words
    assert "What was found" in words
    assert [each.first_page for each in bundle.items.all()] == sorted(
        each.first_page or 0 for each in bundle.items.all()
    )


@pytest.mark.django_db
def test_making_it_again_is_another_version_and_binding_twice_changes_nothing() -> None:
    matter = furnished()
    first, second = make_bundle(matter), make_bundle(matter)
    assert (first.number, second.number) == (1, 2)
    before = second.document_id
    bundling.bind_bundle(second.pk, at=now())
    second.refresh_from_db()
    assert second.document_id == before


@pytest.mark.django_db
def test_a_broken_paper_is_said_on_the_bundle() -> None:
    matter = make_matter()
    broken = keep_document(b"%PDF-1.4\nnothing", name="Broken.pdf", by=opener(matter), at=now())
    write_note(matter.case, text="A file", by=opener(matter), at=now(), documents=[broken])
    bundle = make_bundle(matter)
    assert bundle.state == Bundle.FAILED
    assert "Broken.pdf" in bundle.problem


@pytest.mark.django_db
def test_nothing_chosen_is_refused_and_so_is_a_paper_of_another_case() -> None:
    matter, other = furnished(), furnished()
    theirs = bundling.candidates_of(other)[0]
    for choices in ([], [Choice(theirs.key)]):
        with pytest.raises(NothingChosen):
            bundling.make_bundle(
                matter, title="", language="en", choices=choices, by=opener(matter), at=now()
            )


@pytest.mark.django_db
def test_a_copy_is_given_of_a_bundle_that_is_ready() -> None:
    matter = furnished()
    bundle = make_bundle(matter)
    given: dict[str, Any] = {"theirs": False, "given_on": today(), "by": opener(matter), "at": now()}
    assert bundling.give_copy(bundle, name="Nia's companion", **given).name == "Nia's companion"
    Bundle.objects.filter(pk=bundle.pk).update(state=Bundle.MAKING)
    bundle.refresh_from_db()
    with pytest.raises(NotReady):
        bundling.give_copy(bundle, name="Another", **given)


@pytest.mark.django_db
def test_papers_are_put_in_order_by_the_numbers_beside_them() -> None:
    matter = furnished()
    papers = bundling.candidates_of(matter)
    sent = {"title": "Hearing", "language": "en"}
    for place, paper in enumerate(reversed(papers), start=1):
        sent |= {f"take-{paper.key}": "on", f"place-{paper.key}": str(place)}
    browser = signed_in_as(opener(matter))
    answer = browser.post(reverse("make_bundle", args=[matter.case.reference]), sent)
    bundle = matter.bundles.get()
    assert answer.headers["Location"] == reverse("bundle_page", args=[matter.case.reference, bundle.pk])
    assert [each.title for each in bundle.items.all()] == [each.title for each in reversed(papers)]
    bundling.bind_bundle(bundle.pk, at=now())
    file = reverse("bundle_file", args=[matter.case.reference, bundle.pk])
    read: Any = browser.get(file)
    assert read.getvalue().startswith(b"%PDF")
    assert signed_in_as(make_caseworker()).get(file).status_code == 404
