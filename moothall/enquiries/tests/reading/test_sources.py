"""Finding messages in files and folders."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from moothall.enquiries.reading import UnreadableSource, iter_source, split_mbox

START = b"From nia@example.org Mon Mar  2 09:00:00 2026\n"


def split(content: bytes) -> list[bytes]:
    return list(split_mbox(io.BytesIO(content)))


def test_messages_come_out_with_their_exact_bytes() -> None:
    assert split(START + b"A: 1\n\nx\n\n" + START + b"B: 2\n\ny\n\n") == [b"A: 1\n\nx\n", b"B: 2\n\ny\n"]


def test_line_ends_of_both_kinds_are_kept() -> None:
    start = START.replace(b"\n", b"\r\n")
    assert split(start + b"A: 1\r\n\r\nx\r\n\r\n" + start + b"B: 2\r\n\r\ny\r\n\r\n") == [
        b"A: 1\r\n\r\nx\r\n",
        b"B: 2\r\n\r\ny\r\n",
    ]


def test_quoted_from_lines_lose_one_mark_each() -> None:
    assert split(START + b"\n>From me\n>>From you\n> From nobody\n\n") == [
        b"\nFrom me\n>From you\n> From nobody\n"
    ]


def test_an_unquoted_from_in_a_letter_does_not_cut_it() -> None:
    assert split(START + b"A: 1\n\nDear all\n\nFrom here on, see below.\n\n") == [
        b"A: 1\n\nDear all\n\nFrom here on, see below.\n"
    ]


def test_a_dated_from_line_cuts_even_without_an_empty_line_before_it() -> None:
    assert split(START + b"A: 1\n\nx\n" + START + b"B: 2\n\ny\n") == [b"A: 1\n\nx\n", b"B: 2\n\ny\n"]


def test_a_file_whose_from_lines_have_no_dates_is_cut_at_empty_lines() -> None:
    assert split(b"From nia\nA: 1\n\nx\n\nFrom tom\nB: 2\n\ny\n") == [b"A: 1\n\nx\n", b"B: 2\n\ny\n"]


def test_an_empty_mailbox_holds_no_messages() -> None:
    assert split(b"") == []
    assert split(b"\n\n") == []


def test_what_does_not_begin_with_from_is_no_mailbox() -> None:
    with pytest.raises(UnreadableSource, match="not a mailbox file"):
        split(b"Dear all,\n")


def test_only_one_message_is_held_at_a_time() -> None:
    class Endless(io.RawIOBase):
        lines_given = 0

        def __iter__(self) -> Iterator[bytes]:
            while True:
                self.lines_given += 1
                yield START if self.lines_given % 10 == 1 else b"x\n"

    stream = Endless()
    messages = split_mbox(stream)  # type: ignore[arg-type]
    for _ in range(1000):
        next(messages)
    assert stream.lines_given == 1000 * 10 + 1


def test_a_folder_is_searched_for_messages_mailboxes_and_maildirs(tmp_path: Path) -> None:
    for name in (
        "b.eml",
        "deep/er/a.EML",
        "Maildir/cur/1.host:2,S",
        "Maildir/new/2.host",
        "Maildir/tmp/3.host",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "list.mbox").write_bytes(START + b"one\n\n" + START + b"two\n")
    (tmp_path / "notes.txt").write_text("no mail")
    (tmp_path / "link.eml").symlink_to(tmp_path / "b.eml")
    assert [(found.name, found.raw) for found in iter_source(tmp_path)] == [
        ("b.eml", b"b.eml"),
        ("list.mbox#1", b"one\n"),
        ("list.mbox#2", b"two\n"),
        ("Maildir/cur/1.host:2,S", b"Maildir/cur/1.host:2,S"),
        ("Maildir/new/2.host", b"Maildir/new/2.host"),
        ("deep/er/a.EML", b"deep/er/a.EML"),
    ]


def test_a_single_message_or_mailbox_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(b"From: a@b\n\nx")
    (tmp_path / "inbox").write_bytes(START + b"x\n")
    assert [found.raw for found in iter_source(tmp_path / "one.eml")] == [b"From: a@b\n\nx"]
    assert [(found.name, found.raw) for found in iter_source(tmp_path / "inbox")] == [("inbox#1", b"x\n")]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("old.msg", b"\xd0\xcf\x11\xe0", "Outlook files"),
        ("picture.png", b"\x89PNG", "neither a mailbox file"),
        ("list.mbox", b"Dear all\n", "not a mailbox file"),
    ],
)
def test_a_file_that_is_no_mail_is_refused_with_its_name(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableSource, match=sentence) as refusal:
        list(iter_source(tmp_path / name))
    assert refusal.value.path == tmp_path / name


def test_a_missing_or_empty_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no such file"):
        list(iter_source(tmp_path / "gone"))
    with pytest.raises(UnreadableSource, match="no messages"):
        list(iter_source(tmp_path))
