"""`moothall import mail`: what it prints, what it counts, and what it says when it cannot."""

import argparse
import json
from pathlib import Path

import pytest

from moothall.enquiries import command
from moothall.enquiries.models import Import, Mailbox, Message, RawMessage
from moothall.letters.models import Letter

from .make import mail, make_acknowledgement, make_mailbox

pytestmark = pytest.mark.django_db
KEYS = {"read", "new_cases", "added", "duplicates", "quarantined", "seconds"}
Output = pytest.CaptureFixture[str]


@pytest.fixture
def box() -> Mailbox:
    return make_mailbox(key="learning")


def imported(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(["mail", *words]))


def counts(output: Output) -> dict[str, float]:
    said = output.readouterr()
    assert said.err == ""
    [line] = said.out.splitlines()
    found: dict[str, float] = json.loads(line)
    assert set(found) == KEYS
    assert found["read"] == sum(found[name] for name in KEYS - {"read", "seconds"})
    assert found["seconds"] >= 0
    return {name: number for name, number in found.items() if number and name not in {"read", "seconds"}}


def mbox(folder: Path, *raws: bytes) -> Path:
    path = folder / "some.mbox"
    path.write_bytes(b"".join(b"From x@y Mon Nov 23 08:00:00 2026\n" + raw + b"\n" for raw in raws))
    return path


def test_an_mbox_twice_is_the_same_messages(box: Mailbox, tmp_path: Path, capsys: Output) -> None:
    file = str(mbox(tmp_path, mail("one"), mail("two", from_="x@y.example"), mail("three")))
    assert imported(file, "--json") == 0
    assert counts(capsys) == {"new_cases": 3}
    assert imported(file, "--json", "--mailbox", "learning") == 0
    assert counts(capsys) == {"duplicates": 3}


def test_one_message_and_a_folder(box: Mailbox, tmp_path: Path, capsys: Output) -> None:
    folder = tmp_path / "post"
    (folder / "deeper").mkdir(parents=True)
    (folder / "one.eml").write_bytes(mail("one", message_id="<1@x.example>"))
    (folder / "deeper" / "two.eml").write_bytes(mail("two", in_reply_to="<1@x.example>"))
    (folder / "deeper" / "noise.eml").write_bytes(b"\x00\x01")
    assert imported(str(folder / "one.eml"), "--json") == 0
    assert counts(capsys) == {"new_cases": 1}
    assert imported(str(folder), "--json") == 0
    assert counts(capsys) == {"added": 1, "duplicates": 1, "quarantined": 1}


def test_an_empty_mailbox_holds_nothing_and_that_is_well(
    box: Mailbox, tmp_path: Path, capsys: Output
) -> None:
    assert imported(str(mbox(tmp_path)), "--json") == 0
    assert counts(capsys) == {}


def test_an_empty_message_is_counted_and_kept(box: Mailbox, tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "empty.eml").write_bytes(b"")
    assert imported(str(tmp_path / "empty.eml"), "--json") == 0
    assert counts(capsys) == {"quarantined": 1}
    assert RawMessage.objects.get().size == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.mbox", None, "no such file"),
        ("picture.png", b"\x89PNG", "neither a mailbox file"),
        ("list.mbox", b"Dear all\n", "not a mailbox file"),
        ("old.pst", b"!BDN", "Outlook files"),
    ],
)
def test_what_is_no_mail_is_one_sentence_and_a_failure(
    box: Mailbox, tmp_path: Path, capsys: Output, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert imported(str(tmp_path / name), "--json") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert name in said.err
    assert len(said.err.splitlines()) == 1
    assert Import.objects.get().problem


def test_a_file_that_may_not_be_opened_is_named(
    box: Mailbox, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = mbox(tmp_path, mail("one"))
    opened = Path.open

    def refused(path: Path, *args: str, **kwargs: str) -> object:
        if path == file:
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    assert imported(str(file), "--json") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert str(file) in said.err


def test_of_a_folder_with_a_bad_file_the_rest_comes_in_and_the_counts_are_printed(
    box: Mailbox, tmp_path: Path, capsys: Output
) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    (folder / "a.mbox").write_bytes(b"no mail")
    (folder / "b.eml").write_bytes(mail("one"))
    assert imported(str(folder), "--json") == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["new_cases"] == 1
    assert "a.mbox" in said.err


def test_an_unknown_mailbox_names_those_there_are(box: Mailbox, tmp_path: Path, capsys: Output) -> None:
    make_mailbox(key="hr")
    assert imported(str(mbox(tmp_path, mail("one"))), "--mailbox", "nobody", "--json") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "'nobody'" in said.err
    assert "learning, hr" in said.err
    assert not Import.objects.exists()


def test_without_any_mailbox_it_says_what_to_do(tmp_path: Path, capsys: Output) -> None:
    assert imported(str(mbox(tmp_path, mail("one")))) == 2
    assert "load a pack first" in capsys.readouterr().err


def test_without_json_it_is_a_sentence(box: Mailbox, tmp_path: Path, capsys: Output) -> None:
    assert imported(str(mbox(tmp_path, mail("one"), mail("two", from_="x@y.example")))) == 0
    said = capsys.readouterr().out
    assert said.startswith("Read 2 messages in ")
    assert "2 new cases, 0 added to cases, 0 copies, 0 could not be read." in said


def test_old_mail_is_not_acknowledged_unless_it_is_asked_for(
    box: Mailbox, tmp_path: Path, capsys: Output
) -> None:
    make_acknowledgement()
    assert imported(str(mbox(tmp_path, mail("one")))) == 0
    assert not Letter.objects.exists()
    assert imported(str(mbox(tmp_path, mail("two", from_="x@y.example"))), "--acknowledge") == 0
    assert Letter.objects.get().to_address == "x@y.example"
    assert Message.objects.count() == 2
