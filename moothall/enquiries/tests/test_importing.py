"""Bringing in files of mail: counted to the last message, stopped and gone on with, by several at once."""

import threading
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from moothall.cases.models import Case
from moothall.cases.tests.make import AT
from moothall.cases.tests.together import at_once
from moothall.enquiries.models import Contact, Import, Mailbox, Message, RawMessage
from moothall.enquiries.reading import UnreadableSource
from moothall.enquiries.rules import importing
from moothall.enquiries.rules.importing import begin_import, run_import, take_up_unfinished
from moothall.enquiries.rules.intake import take_in_all

from .killing import make_post
from .make import begin, bring_in, mail, make_acknowledgement, make_mailbox, with_files

pytestmark = pytest.mark.django_db


def run_of(box: Mailbox, path: Path) -> Import:
    return begin_import(box, source=path.name, path=path, by=None, at=AT)


def counted(run: Import) -> dict[str, int]:
    run.refresh_from_db()
    return {name: getattr(run, name) for name in ("read", "new_cases", "added", "duplicates", "quarantined")}


def test_everything_read_is_one_of_four_things(box: Mailbox) -> None:
    first = mail("one", message_id="<1@x.example>")
    raws = [
        first, first, b"Received: by us\r\n" + first, mail("two", in_reply_to="<1@x.example>"),
        b"\x00noise", b"", mail("three"), with_files(("a.txt", b"a")),
    ]  # fmt: skip
    assert bring_in(box, *raws) == {"new_cases": 3, "added": 1, "duplicates": 2, "quarantined": 2}
    assert counted(Import.objects.get())["read"] == len(raws)
    assert bring_in(box, *raws) == {"duplicates": len(raws)}


def test_a_run_that_was_stopped_goes_on_after_its_last_batch(box: Mailbox, tmp_path: Path) -> None:
    post = make_post(120, seed=4)
    run = run_of(box, post.write(tmp_path / "post.mbox"))
    whole = take_in_all
    batches = 0

    def pull_the_plug(*args: Any, **kwargs: Any) -> list[str]:
        nonlocal batches
        batches += 1
        if batches == 2:
            raise OperationalError("the server closed the connection")
        return whole(*args, **kwargs)

    with patch.object(importing, "take_in_all", pull_the_plug), pytest.raises(OperationalError):
        run_import(run, clock=lambda: AT)
    stopped = counted(run)
    assert stopped["read"] == importing.BATCH
    assert run.finished_at is None
    run_import(run, clock=lambda: AT)
    done = counted(run)
    assert run.finished_at == AT
    assert done["read"] == sum(done.values()) - done["read"] == len(post.messages) + len(post.copies)
    assert (done["new_cases"], done["new_cases"] + done["added"]) == (post.threads, len(post.messages))
    assert Message.objects.count() == Contact.objects.count() == len(post.messages)
    assert run_import(run, clock=lambda: AT).as_dict() == done


def test_what_was_kept_by_a_process_that_died_is_read_by_the_worker(box: Mailbox) -> None:
    make_acknowledgement()
    run = begin(box, mail("one"), mail("two", from_="gwilym@borth.example"), answer=True)
    with (
        patch.object(importing, "_understand", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        run_import(run, clock=lambda: AT)
    assert RawMessage.objects.filter(state=RawMessage.KEPT).count() == 2
    assert take_up_unfinished(at=AT).read == 0  # somebody may still be at it
    assert take_up_unfinished(at=AT + 2 * importing.LEFT_BEHIND).as_dict()["new_cases"] == 2
    assert run_import(run, clock=lambda: AT).counts["duplicates"] == 2
    assert Case.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_import_the_same_file_each_message_is_taken_in_once(tmp_path: Path) -> None:
    box = make_mailbox()
    post = make_post(130, seed=9)
    file = post.write(tmp_path / "post.mbox")
    runs = [run_of(box, file), run_of(box, file), run_of(make_mailbox(team=box.team), file)]
    tallies = at_once(*(lambda run=run: run_import(run, clock=lambda: AT) for run in runs))
    assert sum(tally.counts["new_cases"] for tally in tallies) == post.threads == Case.objects.count()
    assert sum(tally.counts["added"] for tally in tallies) == len(post.messages) - post.threads
    assert {tally.read for tally in tallies} == {len(post.messages) + len(post.copies)}
    assert Message.objects.count() == Contact.objects.count() == len(post.messages)
    assert not RawMessage.objects.filter(state=RawMessage.KEPT).exists()


@pytest.mark.django_db(transaction=True)
def test_an_import_waits_for_another_to_finish_its_batch(tmp_path: Path) -> None:
    """The one who waits reads what the first has decided, not what stood there when it began to wait."""
    box = make_mailbox()
    runs = [begin(box, mail("one", message_id="<1@x.example>")) for _ in range(2)]
    inside, go_on = threading.Event(), threading.Event()
    whole = take_in_all

    def slowly(arrivals: Any, **kwargs: Any) -> list[str]:
        if arrivals and not inside.is_set():
            inside.set()
            assert not go_on.wait(0.3)
        return whole(arrivals, **kwargs)

    with patch.object(importing, "take_in_all", slowly):
        tallies = at_once(*(lambda run=run: run_import(run, clock=lambda: AT) for run in runs))
    assert sorted(tally.counts["duplicates"] for tally in tallies) == [0, 1]
    assert Case.objects.count() == 1


def test_one_bad_file_of_a_folder_does_not_keep_the_others_out(box: Mailbox, tmp_path: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    (folder / "a.eml").write_bytes(mail("one"))
    (folder / "b.mbox").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "c.eml").write_bytes(mail("two"))
    run = run_of(box, folder)
    with pytest.raises(UnreadableSource, match=r"b\.mbox"):
        run_import(run, clock=lambda: AT)
    assert counted(run)["new_cases"] == 2
    assert "not a mailbox" in run.problem
    (folder / "b.mbox").unlink()
    assert run_import(run_of(box, folder), clock=lambda: AT).counts["duplicates"] == 2


def test_a_file_that_goes_away_while_it_is_read_is_said(box: Mailbox, tmp_path: Path) -> None:
    run = run_of(box, tmp_path / "gone.mbox")
    with pytest.raises(UnreadableSource):
        run_import(run, clock=lambda: AT)
    run.refresh_from_db()
    assert (run.finished_at, counted(run)["read"]) == (AT, 0)
    assert run.problem


def test_a_batch_costs_as_many_queries_for_many_messages_as_for_few(box: Mailbox) -> None:
    bring_in(box, mail("what is read once is read now"))

    def asked(count: int) -> int:
        raws = [mail(str(n), from_=f"s{count}.{n}@borth.example") for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            bring_in(box, *raws)
        return len(queries)

    assert asked(40) - asked(4) <= 40  # one each: the audit of a person who wrote for the first time
