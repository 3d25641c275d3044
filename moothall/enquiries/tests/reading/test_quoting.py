"""Where the writer's own words end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.enquiries.reading import read_mail
from moothall.enquiries.reading.quoting import fold

from .samples import make_mail, steps

OWN_WORDS = "Thank you, that works for me.\n\nNia\n\n"


@pytest.mark.parametrize(
    "quoted",
    [
        "On Mon, 2 Mar 2026 at 09:00, Tom Okafor <tom@example.org> wrote:\n> Can you come?\n> Tom",
        "On Mon, 2 Mar 2026 at 09:00, Tom Okafor\n<tom@example.org> wrote:\n\n> Can you come?",
        "On 2 March 2026 09:00 Tom Okafor <tom@example.org> wrote:\n\nCan you come?\n\nTom",
        "Ar Llun, 2 Maw 2026 am 09:00 ysgrifennodd Tom Okafor <tom@example.org>:\n> A ddewch chi?",
        "Ar 2 Mawrth 2026 09:00, mae Tom Okafor <tom@example.org> wedi ysgrifennu:\n> A ddewch chi?",
        "Ar 02/03/2026 09:00, ysgrifennodd Tom Okafor:\n> A ddewch chi?",
        "Le lun. 2 mars 2026 à 09:00, Tom Okafor <tom@example.org> a écrit :\n> Pouvez-vous venir ?",
        "Am 02.03.2026 um 09:00 schrieb Tom Okafor <tom@example.org>:\n> Kommen Sie?",
        "Dnia 2 marca 2026 09:00 Tom Okafor napisał(a):\n> Przyjdziesz?",
        "From: Tom <tom@example.org>\nSent: 02 March 2026 09:00\nTo: Nia Rees\nSubject: Course\n\nCome?",
        "________________________________\nFrom: Tom <tom@example.org>\nSent: 2 March\nTo: Nia\n\nCome?",
        "Oddi wrth: Tom <tom@example.org>\nAnfonwyd: 02 Mawrth 2026 09:00\nAt: Nia\nPwnc: Cwrs\n\nDewch?",
        "*From:* Tom Okafor <tom@example.org>\n*Sent:* 02 March 2026 09:00\n*To:* Nia\n\nCan you come?",
        "-----Original Message-----\nFrom: Tom\nSent: today\n\nCan you come?",
        "-----Neges Wreiddiol-----\nOddi wrth: Tom\n\nA ddewch chi?",
        "> Can you come?\n> Tom",
        "> Can you come?\n\n-- \nNia Rees\nLearning desk",
    ],
)
def test_what_is_answered_is_folded_away_below_the_answer(quoted: str) -> None:
    assert fold(OWN_WORDS + quoted) == (OWN_WORDS, quoted)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One line",
        "> Can you come?\n\nYes, on Tuesday.",
        "> Can you come?\n\nYes.\n\n> And Tom?\n\nHe too.",
        "On Mon, 2 Mar 2026 at 09:00, Tom Okafor <tom@example.org> wrote:\n> Can you come?\n\nYes.",
        "On Mon, 2 Mar 2026 at 09:00, Tom Okafor <tom@example.org> wrote:\n> Can you come?",
        "Hello,\nOn Tuesday the panel wrote:\nplease send the form\nand I did.",
        "The note said as follows:\nall staff must attend\n",
        "From: the start of term\nI want to change courses.",
        "To: do\nDate: soon\nboth are open",
        "FYI\n\n------- Forwarded message -------\nFrom: Tom <t@example.org>\nDate: 2 March\nTo: x\n\nHi",
        "Er gwybodaeth\n\n----- Neges wedi'i hanfon ymlaen -----\nOddi wrth: Tom <t@example.org>\nAt: N\n\nx",
        "FYI\n\nBegin forwarded message:\n\n> From: Tom <tom@example.org>\n> Date: 2 March 2026\n",
    ],
)
def test_a_persons_own_words_are_never_folded_away(text: str) -> None:
    new, quoted = fold(text)
    assert new + quoted == text
    assert all(line.startswith(">") for line in quoted.split("\n") if line.strip())
    assert "Yes" not in quoted


def test_only_the_quotes_after_the_last_own_words_are_folded() -> None:
    text = "On 2 March 2026, Tom wrote:\n> Can you come?\n\nYes.\n\n> And the rest\n> of it\n"
    assert fold(text) == (
        "On 2 March 2026, Tom wrote:\n> Can you come?\n\nYes.\n\n",
        "> And the rest\n> of it\n",
    )


def test_a_mail_passed_on_is_shown_whole() -> None:
    text = "Please see below.\n\nFrom: Tom <tom@example.org>\nSent: 2 March 2026\nTo: Nia\n\nHi"
    assert fold(text, subject="FW: Course") == (text, "")
    assert fold(text, subject="Re: Course")[1].startswith("From: Tom")


def test_quotes_of_a_page_are_folded_too() -> None:
    page = (
        "<div>Yes please.</div><div>On Mon, 2 Mar 2026 at 09:00, Tom &lt;tom@example.org&gt; wrote:<br></div>"
        "<blockquote><div>Can you come?</div></blockquote>"
    )
    mail = read_mail(make_mail(page, content_type="text/html"))
    assert mail.new_text == "Yes please.\n"
    assert mail.quoted_text.endswith("> Can you come?")


LINES = [
    "> quoted",
    "own words",
    "",
    "On 2 March 2026 Tom wrote:",
    "From: a@b",
    "Sent: 2 March",
    "To: c",
    "-- ",
]


@settings(max_examples=150, deadline=None, database=None)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=12)), max_size=25).map("\n".join))
def test_the_two_halves_are_always_the_whole(text: str) -> None:
    new, quoted = fold(text)
    assert new + quoted == text
    assert new.strip() or not text.strip()


@pytest.mark.parametrize(
    "line",
    [
        "> x\n",
        "On 2 March 2026 Tom wrot:\n",
        "On " + "a " * 200 + ":\n",
        "From: x\n",
        "_" * 40 + "\n",
        "-- \n",
    ],
)
def test_the_work_of_folding_grows_no_faster_than_the_text(line: str) -> None:
    assert steps(lambda: fold(line * 4_000)) < 2.5 * steps(lambda: fold(line * 2_000)) + 500
