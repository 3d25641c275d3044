"""Real and hard mail, from file to case: none lost, none doubled, machines never answered."""

import datetime as dt
import gzip
import lzma
from pathlib import Path
from typing import Any

import pytest

from moothall.cases.models import Case, CaseLink, Entry
from moothall.cases.rules.closing import close_case
from moothall.cases.tests.make import make_service, make_worker
from moothall.enquiries.models import Contact, Mailbox, Message, RawMessage
from moothall.enquiries.rules.importing import Tally, begin_import, retry_quarantined, run_import
from moothall.enquiries.rules.keeping import bytes_of
from moothall.enquiries.rules.replying import reply
from moothall.letters.models import Letter, LetterTemplate
from moothall.letters.rules.templates import save_template_pair
from moothall.people.tests.make import make_team

pytestmark = pytest.mark.django_db
MAIL = Path(__file__).parent / "mail"
AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
PLAIN = (
    "From: Ffion Adeyemi <ffion@borth.example>\r\nTo: learning@borth.example\r\n"
    "Message-ID: <{id}@borth.example>\r\n{more}Subject: {subject}\r\n"
    "Date: Mon, 23 Nov 2026 08:00:00 +0000\r\n\r\n{text}\r\n"
)


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.RAW_HOME, settings.FILES_HOME = tmp_path / "raw", tmp_path / "files"


@pytest.fixture
def mailbox() -> Mailbox:
    team = make_team()
    service = make_service(team=team)
    return Mailbox.objects.create(
        key="learning", address="learning@borth.example", name="Learning", team=team, service=service
    )


def bring_in(mailbox: Mailbox, path: Path, *, at: dt.datetime = AT, answer: bool = False) -> Tally:
    run = begin_import(mailbox, source=path.name, path=path, by=None, at=at, answer=answer)
    return run_import(run, clock=lambda: at, answer=answer)


def mail(folder: Path, id: str, *, subject: str = "A place on the course", text: str = "Is there a place?",
         more: str = "", sender: str = "ffion@borth.example") -> Path:  # fmt: skip
    path = folder / f"{id}.eml"
    raw = PLAIN.format(id=id, subject=subject, text=text, more=more).replace("ffion@borth.example", sender)
    path.write_bytes(raw.encode())
    return path


def unpacked(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(lzma.decompress((MAIL / f"{name}.xz").read_bytes()))
    return path


def test_a_real_mailbox_of_307_comes_in_whole_and_again_adds_nothing(
    mailbox: Mailbox, tmp_path: Path
) -> None:
    path = unpacked("public-lists.mbox", tmp_path)
    first = bring_in(mailbox, path).as_dict()
    assert (first["read"], first["duplicates"], first["quarantined"]) == (307, 41, 0)
    assert first["new_cases"] + first["added"] == 266 == Message.objects.count()
    assert Case.objects.count() == first["new_cases"]
    assert Message.objects.values("message_id").distinct().count() == 266
    assert bring_in(mailbox, path).as_dict() == {
        "read": 307, "new_cases": 0, "added": 0, "duplicates": 307, "quarantined": 0,
    }  # fmt: skip
    assert not Letter.objects.exists()
    for raw in RawMessage.objects.order_by("id")[:40]:
        assert len(bytes_of(raw)) == raw.size


def test_awkward_mail_is_all_kept(mailbox: Mailbox, tmp_path: Path) -> None:
    tally = bring_in(mailbox, unpacked("awkward.mbox", tmp_path))
    assert (tally.read, tally.counts["quarantined"]) == (11, 0)


def hard_mail(folder: Path) -> Path:
    """The hard messages, the largest of them unpacked."""
    hard = folder / "hard"
    hard.mkdir()
    for path in sorted((MAIL / "hard").iterdir()):
        raw = path.read_bytes()
        name = path.name.removesuffix(".gz")
        (hard / name).write_bytes(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    return hard


def test_each_hard_message_makes_at_most_one_case_and_no_machine_is_answered(
    mailbox: Mailbox, tmp_path: Path
) -> None:
    Mailbox.objects.update(address="desk@load.example.org")
    folder = hard_mail(tmp_path)
    tally = bring_in(mailbox, folder, answer=True)
    assert tally.read == len(list(folder.iterdir())) == 22
    assert tally.counts["quarantined"] == 0
    assert Case.objects.count() == tally.counts["new_cases"] <= 21
    assert Message.objects.exclude(kind="person").filter(may_answer=True).count() == 0
    letters = list(Letter.objects.values_list("to_address", flat=True))
    assert not [address for address in letters if address.startswith(("mailer-daemon", "desk"))]
    texts = " ".join(Entry.objects.values_list("text", flat=True)) + " ".join(
        Entry.objects.values_list("subject", flat=True)
    )
    assert "ŷ" in texts
    assert not [text for text in Entry.objects.values_list("html", flat=True) if "<script" in text.lower()]


def test_an_answer_finds_its_case_by_references(mailbox: Mailbox, tmp_path: Path) -> None:
    bring_in(mailbox, mail(tmp_path, "one"))
    bring_in(mailbox, mail(tmp_path, "two", more="In-Reply-To: <one@borth.example>\r\n", subject="Re: x"))
    case = Case.objects.get()
    assert case.entries.filter(kind=Entry.MAIL_IN).count() == 2
    assert list(Contact.objects.order_by("id").values_list("result", flat=True)) == ["CASE", "ADDED"]


def test_an_answer_to_our_letter_finds_its_case_and_it_is_our_turn_again(
    mailbox: Mailbox, tmp_path: Path
) -> None:
    bring_in(mailbox, mail(tmp_path, "one"))
    case = Case.objects.get()
    letter = reply(case, text="Yes, there is.", by=make_worker(team=mailbox.team), at=AT)
    case.refresh_from_db()
    assert (case.status, case.waiting_on) == (Case.WAITING, Case.PERSON)
    bring_in(mailbox, mail(tmp_path, "two", more=f"In-Reply-To: {letter.message_id}\r\n"))
    case = Case.objects.get()
    assert (case.status, case.waiting_on) == (Case.OPEN, Case.US)
    assert case.came_back_at is not None


def test_a_stranger_with_the_reference_gets_a_case_of_their_own(mailbox: Mailbox, tmp_path: Path) -> None:
    bring_in(mailbox, mail(tmp_path, "one"))
    case = Case.objects.get()
    subject = f"About {case.reference}"
    bring_in(mailbox, mail(tmp_path, "two", subject=subject, sender="stranger@elsewhere.example"))
    bring_in(mailbox, mail(tmp_path, "three", subject=subject))
    assert case.entries.filter(kind=Entry.MAIL_IN).count() == 2
    link = CaseLink.objects.get()
    assert (link.other, link.kind) == (case, CaseLink.RELATED)


def test_writing_again_opens_a_closed_case_and_long_after_begins_a_new_one(
    mailbox: Mailbox, tmp_path: Path
) -> None:
    bring_in(mailbox, mail(tmp_path, "one"))
    case = Case.objects.get()
    close_case(case, by=None, at=AT, outcome="answered")
    again = "In-Reply-To: <one@borth.example>\r\n"
    bring_in(mailbox, mail(tmp_path, "two", more=again), at=AT + dt.timedelta(days=3))
    case.refresh_from_db()
    assert not case.is_closed
    close_case(case, by=None, at=AT + dt.timedelta(days=4), outcome="answered")
    bring_in(mailbox, mail(tmp_path, "three", more=again), at=AT + dt.timedelta(days=90))
    assert Case.objects.count() == 2
    assert CaseLink.objects.filter(other=case, kind=CaseLink.RELATED).exists()


def test_a_vacation_reply_changes_nothing_and_is_not_answered(mailbox: Mailbox, tmp_path: Path) -> None:
    bring_in(mailbox, mail(tmp_path, "one"))
    case = Case.objects.get()
    letter = reply(case, text="Yes.", by=make_worker(team=mailbox.team), at=AT)
    away = f"In-Reply-To: {letter.message_id}\r\nAuto-Submitted: auto-replied\r\n"
    bring_in(mailbox, mail(tmp_path, "two", subject="Out of office", more=away), answer=True)
    case.refresh_from_db()
    assert (case.status, case.came_back_at) == (Case.WAITING, None)
    assert Letter.objects.count() == 1


def test_the_same_message_with_other_words_shows_what_differs(mailbox: Mailbox, tmp_path: Path) -> None:
    bring_in(mailbox, mail(tmp_path, "one"))
    other = tmp_path / "other"
    other.mkdir()
    tally = bring_in(mailbox, mail(other, "one", text="Is there room for two?"))
    assert tally.counts["duplicates"] == 1
    entry = Entry.objects.get(kind=Entry.DIFFERENCE)
    assert any("two" in line for line in entry.detail["difference"])
    assert RawMessage.objects.count() == 2


def test_what_cannot_be_read_waits_with_its_bytes_and_can_be_tried_again(
    mailbox: Mailbox, tmp_path: Path
) -> None:
    path = tmp_path / "nothing.eml"
    path.write_bytes(b"\x00\x01\x02 not a message")
    assert bring_in(mailbox, path).counts["quarantined"] == 1
    raw = RawMessage.objects.get()
    assert raw.reason
    assert bytes_of(raw) == path.read_bytes()
    assert retry_quarantined(raw, by=make_worker(team=mailbox.team), at=AT) == "quarantined"


def test_each_address_is_acknowledged_at_most_three_times_a_day(mailbox: Mailbox, tmp_path: Path) -> None:
    template = LetterTemplate.objects.create(key="acknowledgement", name="Acknowledgement")
    save_template_pair(
        template, subject_en="We have it", body_en="Thank you.", subject_cy="Mae gennym", body_cy="Diolch.",
        by=None, at=AT,
    )  # fmt: skip
    for number in range(5):
        bring_in(mailbox, mail(tmp_path, f"n{number}", subject=f"Question {number}"), answer=True)
    assert Case.objects.count() == 5
    assert Letter.objects.filter(automatic=True).count() == 3
