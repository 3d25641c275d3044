"""The personnel file: who reads which papers, for how long they are kept, and what is not taken in."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import now
from moothall.people.tests.make import make_account
from moothall.workforce.models import Employment, FileClass, PaperRead, PersonnelDocument
from moothall.workforce.rules.file import (
    FileRefused,
    NotInTheFile,
    file_papers,
    restore_paper,
    withdraw_paper,
)

from .make import make_employment, make_manager
from .test_pages import KEEPS, browser, said

pytestmark = pytest.mark.django_db


def make_class(**changes: object) -> FileClass:
    given = {"key": f"class-{FileClass.objects.count()}", "name": "Letters", "own_sees": True}
    return FileClass.objects.create(**given | changes)


def make_paper(employment: Employment, **changes: object) -> PersonnelDocument:
    text = SimpleUploadedFile("letter.txt", b"Dear Nia", content_type="text/plain")
    [paper] = file_papers(employment, [text], file_class=make_class(**changes), by=None, at=now())
    return paper


def test_many_papers_are_put_in_at_once_and_opening_one_is_written_down() -> None:
    employment, keeper = make_employment(), make_account(*KEEPS)
    client = browser(keeper)
    files = [SimpleUploadedFile(f"paper-{n}.txt", b"Words", content_type="text/plain") for n in range(3)]
    client.post(
        reverse("add_papers", args=[employment.number]), {"file_class": make_class().pk, "papers": files}
    )
    paper = PersonnelDocument.objects.order_by("id")[0]
    assert PersonnelDocument.objects.count() == 3
    response = client.post(reverse("read_paper", args=[employment.number, paper.pk]))
    assert b"".join(response.streaming_content) == b"Words"  # type: ignore[attr-defined]
    assert PaperRead.objects.get().by == keeper
    assert keeper.name in said(client, "personnel_file", employment.number)


def test_the_person_reads_what_its_class_lets_them_and_their_manager_nothing() -> None:
    account, (boss, top) = make_account(), make_manager()
    employment = make_employment(account=account, manager=top)
    open_to_them = make_paper(employment, name="Contract")
    closed = make_paper(employment, name="References", own_sees=False)
    page = said(browser(account), "personnel_file", employment.number)
    assert "Contract" in page
    assert "References" not in page
    own = browser(account)
    shown = own.post(reverse("read_paper", args=[employment.number, open_to_them.pk]))
    assert b"".join(shown.streaming_content) == b"Dear Nia"  # type: ignore[attr-defined]
    assert own.post(reverse("read_paper", args=[employment.number, closed.pk])).status_code == 404
    assert browser(boss).get(reverse("personnel_file", args=[employment.number])).status_code == 404


def test_a_paper_is_taken_out_and_put_back() -> None:
    paper, keeper = make_paper(make_employment()), make_account()
    withdraw_paper(paper, by=keeper, at=now())
    with pytest.raises(NotInTheFile):
        withdraw_paper(paper, by=keeper, at=now())
    restore_paper(paper, by=keeper, at=now())
    with pytest.raises(NotInTheFile):
        restore_paper(paper, by=keeper, at=now())


def test_a_file_that_is_not_what_it_says_is_refused_and_none_is_kept() -> None:
    employment, filed = make_employment(), make_class()
    good = SimpleUploadedFile("good.txt", b"Words", content_type="text/plain")
    wrong = SimpleUploadedFile("wrong.pdf", b"no pdf at all", content_type="application/pdf")
    with pytest.raises(FileRefused, match="wrong"):
        file_papers(employment, [good, wrong], file_class=filed, by=None, at=now())
    assert PersonnelDocument.objects.count() == 0


@pytest.mark.parametrize(
    ("counts_from", "ended_on", "until"),
    [
        (FileClass.ENDED, dt.date(2026, 6, 30), dt.date(2032, 6, 30)), (FileClass.ENDED, None, None),
        (FileClass.DATED, None, dt.date(2026, 1, 15)),
    ],
)  # fmt: skip
def test_a_paper_is_kept_as_long_as_its_class_says(
    counts_from: str, ended_on: dt.date | None, until: dt.date | None
) -> None:
    paper = PersonnelDocument(
        employment=Employment(ended_on=ended_on), dated_on=dt.date(2020, 1, 15), added_at=now(),
        file_class=FileClass(kept_months=72, counts_from=counts_from),
    )  # fmt: skip
    assert paper.keep_until() == until
    paper.file_class.kept_months = None
    assert paper.keep_until() is None


def test_the_file_asks_as_often_for_many_papers_as_for_few() -> None:
    employment, client, counts = make_employment(), browser(make_account(*KEEPS)), []
    make_paper(employment)
    said(client, "personnel_file", employment.number)
    for number in (2, 6):
        for _each in range(number):
            make_paper(employment)
        with CaptureQueriesContext(connection) as asked:
            said(client, "personnel_file", employment.number)
        counts.append(len(asked))
    assert counts[0] == counts[1]
