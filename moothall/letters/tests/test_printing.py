"""Letters on paper: tagged, in their language, one after another, and whatever is written is only words."""

import datetime as dt
import io
from typing import Any

import pytest
from pypdf import PdfReader

from moothall.letters.models import Letter
from moothall.letters.rules import visibility
from moothall.letters.rules.outbox import recall_letter
from moothall.letters.rules.printing import (
    NothingToPrint,
    make_print_run,
    print_letters,
    print_run,
    settle_print_run,
)
from moothall.letters.rules.refusals import NotWaiting, TooLate
from moothall.records.models import AuditEvent

from .make import AT, LATER, make_account, make_letter, make_letterhead, make_team

pytestmark = pytest.mark.django_db
POSTAL = "Flat 2\n14 Long Lane\nXX2 2BB"


def make_print(**changes: Any) -> Letter:
    return make_letter(**({"channel": "PRINT", "to_address": POSTAL} | changes))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u200b", "")


def test_a_printed_letter_shows_office_address_date_words_and_welcome() -> None:
    make_letterhead()
    reader = read(
        print_letters(
            [make_print(body="Dear Siân\n\n- **Bring** your pass\n- [Map](https://example.org/map)")]
        )
    )
    words = words_of(reader)
    for expected in (
        "Caer Gybi Council", "County Hall", "Siân Okafor", "14 Long Lane", "20 November 2026",
        "Your place on the course", "Dear Siân", "Bring your pass", "Map (example.org/map)", "Learning",
        "You are welcome to write to us in Welsh.",
    ):  # fmt: skip
        assert expected in words
    assert "Page 1" not in words


def test_a_printed_letter_is_tagged_and_says_its_language_and_title() -> None:
    for language, spoken in (("en", "en-GB"), ("cy", "cy-GB")):
        reader = read(print_letters([make_print(language=language)]))
        root: Any = reader.trailer["/Root"]
        assert root["/Lang"] == spoken
        assert root["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in root
        assert reader.metadata is not None
        assert reader.metadata.title == "Your place on the course"
        assert b"pdfuaid" in print_letters([make_print(language=language)])


def test_a_welsh_letter_is_welsh_throughout() -> None:
    make_letterhead()
    long = "\n\n".join(["Brawddeg ar ôl brawddeg. " * 20] * 8)
    words = words_of(read(print_letters([make_print(language="cy", body=long)])))
    assert "20 Tachwedd 2026" in words
    assert "Cyngor Caer Gybi" in words
    assert "Tudalen 1 o 2" in words
    assert "Page" not in words


SLY = [
    '#eval("1+1")',
    '#import "@preview/x:1.0.0"',
    '#read("/etc/passwd")',
    "$x^2$ *star* _under_ `code` @reference <label>",
    "= Heading",
    "\\ // comment /* more */",
    "#set page(width: 1mm)",
    '", "language": "xx',
]


@pytest.mark.parametrize("sly", SLY)
def test_what_people_write_comes_out_as_they_wrote_it(sly: str) -> None:
    letter = make_print(body=f"Before {sly} after", subject=f"About {sly}", to_name=f"Siân {sly}")
    words = " ".join(words_of(read(print_letters([letter]))).split())
    shown = " ".join(sly.replace("\\ ", "\\ ").split())
    for place in ("Before", "About", "Siân"):
        assert f"{place} {shown}" in words


def test_a_very_long_name_stays_on_the_page_and_the_whole_address_in_its_window() -> None:
    reader = read(print_letters([make_print(to_name="Ŵ" * 240)]))
    assert len(reader.pages) == 1
    assert words_of(reader).count("Ŵ") == 240
    below: dict[str, float] = {}

    def visit(text: str, moved: list[float], placed: list[float], *_font: Any) -> None:
        below[text.strip()] = moved[5] + moved[3] * placed[5]

    reader.pages[0].extract_text(visitor_text=visit)
    height = float(reader.pages[0].mediabox.height)
    from_top = (height - below["XX2 2BB"]) / 72 * 25.4
    assert 52 < from_top < 88


def test_names_in_any_alphabet_print_even_when_no_font_has_them() -> None:
    assert len(read(print_letters([make_print(to_name="محمد علي 漢字 😀 \ue000")])).pages) == 1


def test_fifty_pages_are_numbered_and_nothing_is_lost() -> None:
    body = "\n\n".join(f"Paragraph {number} of many. " * 20 for number in range(450))
    reader = read(print_letters([make_print(body=body)]))
    assert len(reader.pages) > 50
    words = words_of(reader)
    assert f"Page {len(reader.pages)} of {len(reader.pages)}" in words
    assert all(f"Paragraph {number} of many." in words for number in (0, 150, 449))


def test_each_letter_of_a_run_begins_its_own_page_and_its_own_numbering() -> None:
    long = "\n\n".join(["Sentence after sentence. " * 20] * 8)
    bodies = {"Abdi": "a", "Bea": long, "Cai": "c"}
    letters = [make_print(to_name=name, body=body) for name, body in bodies.items()]
    pages = [page.extract_text() for page in read(print_letters(letters)).pages]
    assert len(pages) == 4
    assert [name in pages[at] for at, name in ((0, "Abdi"), (1, "Bea"), (3, "Cai"))] == [True] * 3
    assert "Page 2 of 2" in pages[2]
    assert "Page" not in pages[3]


def test_the_same_letter_prints_to_the_same_bytes() -> None:
    letter = make_print()
    assert print_letters([letter]) == print_letters([letter])


@pytest.fixture
def amina(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(visibility, "_registered", {})
    return make_account()


def test_a_print_run_takes_what_is_due_and_visible_and_is_then_posted(amina: Any) -> None:
    ours, theirs = make_team(), make_team()
    visibility.register("people.team", lambda _: [ours.pk])
    letter = make_print(about=ours)
    others = [
        make_print(about=theirs),
        make_print(about=ours, hold_seconds=3600),
        make_print(about=ours, approval_required=True),
        make_letter(about=ours),
    ]
    run = make_print_run(by=amina, at=LATER)
    assert list(run.letters.all()) == [letter]
    assert len(read(print_run(run)).pages) == 1
    letter.refresh_from_db()
    with pytest.raises(TooLate):
        recall_letter(letter, by=amina, at=LATER)
    posted = LATER + dt.timedelta(hours=1)
    settle_print_run(run, was_posted=True, by=amina, at=posted)
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == (Letter.SENT, posted)
    assert all(Letter.objects.get(pk=other.pk).print_run is None for other in others)
    with pytest.raises(NotWaiting):
        settle_print_run(run, was_posted=False, by=amina, at=posted)
    with pytest.raises(NothingToPrint):
        make_print_run(by=amina, at=LATER)
    verbs = AuditEvent.objects.about("letters.letter", letter.pk).values_list("verb", flat=True)
    assert list(verbs) == ["letters.printed", "letters.queued"]


def test_a_print_run_that_jammed_puts_its_letters_back(amina: Any) -> None:
    team = make_team()
    visibility.register("people.team", lambda _: [team.pk])
    letter = make_print(about=team)
    settle_print_run(make_print_run(by=amina, at=LATER), was_posted=False, by=amina, at=LATER)
    letter.refresh_from_db()
    assert (letter.state, letter.print_run) == (Letter.QUEUED, None)
    assert list(make_print_run(by=amina, at=LATER).letters.all()) == [letter]


def test_a_letter_being_printed_is_not_mistaken_for_one_that_was_lost_in_sending(amina: Any) -> None:
    from moothall.letters.rules.sending import settle_silence

    team = make_team()
    visibility.register("people.team", lambda _: [team.pk])
    make_print(about=team)
    make_print_run(by=amina, at=LATER)
    assert settle_silence(at=AT + dt.timedelta(days=1)) == 0
