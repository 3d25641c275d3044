"""Copies of one mail, differences between texts, and the language of a text."""

import pytest

from moothall.enquiries.reading import Address, body_fingerprint, language_hint, show_difference

from .samples import steps

NIA = Address("Nia Rees", "nia@example.org")
TRAILER = "\n_______________________________________________\nstaff mailing list\nhttps://x.example/listinfo/staff\n"


def test_a_copy_through_a_mailing_list_is_the_same_mail() -> None:
    plain = body_fingerprint(NIA, "Course", "Hello all\n\nNia")
    assert plain == body_fingerprint(
        Address("", "NIA@example.org"), "[staff] Course", "Hello  all\nNia\n" + TRAILER
    )
    assert plain != body_fingerprint(NIA, "Course", "Hello all\n\nTom")
    assert plain != body_fingerprint(NIA, "Courses", "Hello all\n\nNia")
    assert plain != body_fingerprint(None, "Course", "Hello all\n\nNia")


def test_texts_that_differ_in_spacing_only_show_no_difference() -> None:
    assert show_difference("a \n\n\nb\n", "a\n\nb") == []
    assert show_difference("a\nb", "a\nb\n" + TRAILER) == []


def test_a_difference_shows_the_lines_around_it() -> None:
    before = [str(number) for number in range(20)]
    after = [*before[:5], "five", *before[6:15], "new", *before[15:]]
    assert show_difference("\n".join(before), "\n".join(after)) == (
        [" 4", "-5", "+five", " 6", "…", " 14", "+new", " 15"]
    )


def test_a_difference_without_end_is_cut() -> None:
    lines = show_difference(
        "\n".join(f"a{n}" for n in range(5_000)), "\n".join(f"b{n}" for n in range(5_000))
    )
    assert len(lines) == 201
    assert lines[-1] == "…"
    assert {line[0] for line in lines} == {"-", "+", "…"}


def test_the_work_of_comparing_is_bounded_for_texts_of_one_line_repeated() -> None:
    work = steps(lambda: show_difference("a\nb\n" * 99, "b\na\n" * 99))
    assert work < 2_000_000


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bore da, hoffwn i gael gwybod pryd mae'r cwrs nesaf.", "cy"),
        ("Good morning, I would like to know when the next course is.", "en"),
        ("Mae'r bin heb ei gasglu ers dydd Mawrth.", "cy"),
        ("My bin was missed on Tuesday.", "en"),
        ("Attached is the rota for Ysgol Gyfun Gwynllyw, Pontypool and Bryn Elian.", "en"),
        ("Rwy'n gweithio yn Cheltenham ac yn byw yn Hereford.", "cy"),
        ("DIOLCH AM EICH NEGES, BYDDAF YN YMATEB YN FUAN", "cy"),
        ("Dzień dobry, chciałbym zapytać o termin kursu.", None),
        ("Diolch", None),
        ("", None),
        ("nia@example.org https://x.example/hello/there/you", None),
    ],
)
def test_the_language_of_a_text_is_told_when_there_is_enough_of_it(text: str, language: str | None) -> None:
    assert language_hint(text) == language
