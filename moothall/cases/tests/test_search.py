"""Finding cases by words, in English and Welsh."""

import itertools
from string import ascii_lowercase

import pytest

from moothall.cases.models import Case, Entry
from moothall.cases.rules import indexing
from moothall.cases.rules.searching import mark_words
from moothall.cases.rules.timeline import add_entry, write_note
from moothall.people.tests.make import make_team

from .make import AT, make_case, make_worker

pytestmark = pytest.mark.django_db


def found(words: str) -> set[str]:
    return set(Case.objects.mentioning(words).values_list("title", flat=True))


@pytest.fixture
def cases() -> list[Case]:
    return [
        make_case(title="Training", words="We have booked two trainers for the fire wardens."),
        make_case(title="Cŵn", words="Mae'r cŵn yn y tŷ wrth y dŵr ger Llŷn."),
        make_case(title="Heating", words="The heating in Ysgol Gymraeg is off; a café is cold too."),
        make_case(title="Refund", words="The booking was cancelled, and the refund has not come."),
    ]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("booking", {"Training", "Refund"}),
        ("trainer", {"Training"}),
        ("WARDEN", {"Training"}),
        ("cŵn", {"Cŵn"}),
        ("cwn", {"Cŵn"}),
        ("CWN llyn", {"Cŵn"}),
        ("tŷ", {"Cŵn"}),
        ("ty dwr", {"Cŵn"}),
        ("w\u0302", set()),
        ("cw\u0302n", {"Cŵn"}),
        ("cafe", {"Heating"}),
        ('"fire wardens"', {"Training"}),
        ('"wardens fire"', set()),
        ('"yn y tŷ"', {"Cŵn"}),
        ("heating or refund", {"Heating", "Refund"}),
        ("booking -refund", {"Training"}),
        ("booking -cancel", {"Training"}),
        ('booking -"fire wardens"', {"Refund"}),
        ("booking heating", set()),
        ("the booking", {"Training", "Refund"}),
        ("unheard", set()),
    ],
)
def test_a_search_finds(cases: list[Case], words: str, titles: set[str]) -> None:
    assert found(words) == titles


def test_unwanted_words_alone_leave_the_others(cases: list[Case]) -> None:
    assert found("-booked -bookings") == {"Cŵn", "Heating"}


@pytest.mark.parametrize(
    "words", ['"', "-", '-"', "' or 1=1 --", "a & | ! ( ) <->", "\x00", "((", "or", "-or"]
)
def test_no_words_break_the_search(cases: list[Case], words: str) -> None:
    assert found(words) <= {"Training", "Cŵn", "Heating", "Refund"}


def test_a_hyphen_inside_a_word_takes_nothing_away() -> None:
    make_case(title="Co-operation", words="A well-being day")
    assert found("well-being") == {"Co-operation"}


def test_a_case_is_found_by_everything_said_on_it() -> None:
    case = make_case(title="One")
    worker = make_worker(team=make_team())
    write_note(case, text="The caretaker has the key", by=worker, at=AT)
    add_entry(
        case, kind=Entry.MAIL_IN, at=AT, subject="Re: gate", sender="Idris <i@borth.example>", text="Ta"
    )
    assert found("caretaker key gate idris") == {"One"}


def test_the_search_never_shows_what_may_not_be_seen(cases: list[Case]) -> None:
    worker = make_worker(team=cases[0].team)
    assert list(Case.objects.visible_to(worker).mentioning("booking")) == [cases[0]]


def test_letters_the_database_cannot_keep_do_no_harm() -> None:
    assert found("nul") == set()
    make_case(title="Nul\x00l".replace("\x00", ""), words="a\x00b nul")
    assert found("nul") == {"Null"}


def test_a_case_with_very_many_words_goes_on_taking_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "MOST_BYTES", 20_000)
    case = make_case(title="Long")
    for part in range(6):
        words = " ".join(f"word{part}x{number}" for number in range(300))
        add_entry(case, kind=Entry.MAIL_IN, at=AT, text=words)
    assert found("word0x1") == {"Long"}
    assert found("word5x1") == set()
    assert case.entries.count() == 6


def test_the_longest_message_there_can_be_is_indexed() -> None:
    every = itertools.islice(itertools.product(ascii_lowercase, repeat=6), 14_000)
    letters = " ".join("ŵ" + "".join(word) for word in every)
    case = make_case(title="Long", words=letters)
    assert len(letters) > indexing.MOST_LETTERS
    assert found("waaaaab") == {"Long"}
    add_entry(case, kind=Entry.MAIL_IN, at=AT, text=letters.replace("ŵ", "x"))


def test_the_words_looked_for_are_marked_where_they_stand() -> None:
    case = make_case(title="One")
    add_entry(case, kind=Entry.MAIL_IN, at=AT, text="Nothing here.")
    add_entry(case, kind=Entry.MAIL_IN, at=AT, text="Two <b>trainers</b> & a warden")
    mark_words([case], "trainer")
    marked = case.found  # type: ignore[attr-defined]
    assert "<mark>trainers</mark>" in marked
    assert "<b>" not in marked
    assert "&amp;" in marked
