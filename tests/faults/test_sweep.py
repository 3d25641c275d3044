"""The sweep finds what is broken, and nothing where nothing is. These run with the other tests."""

from pathlib import Path
from typing import Any

import pytest

from moothall.cases.models import Case, CaseSearch
from moothall.enquiries.models import RawMessage
from moothall.enquiries.rules.keeping import path_of
from moothall.enquiries.tests.make import bring_in, mail, make_acknowledgement, make_mailbox, with_files
from moothall.letters.models import Letter
from tests.faults.results import RESULTS, fault, table
from tests.faults.sweep import assert_well_here, everything_wrong_here


@pytest.fixture
def _office(db: None, settings: Any, tmp_path: Path) -> None:
    """One message with a file, its case, and the letter that says we have it."""
    settings.RAW_HOME, settings.FILES_HOME = tmp_path / "raw", tmp_path / "files"
    make_acknowledgement()
    bring_in(make_mailbox(), with_files(("form.txt", b"name: Amina")), mail("No file"), answer=True)


@pytest.mark.usefixtures("_office")
def test_an_office_that_is_well_passes() -> None:
    assert Letter.objects.exists()
    assert_well_here()


@pytest.mark.usefixtures("_office")
def test_bytes_that_changed_or_went_or_came_from_nowhere_are_found() -> None:
    changed, gone = RawMessage.objects.order_by("id")
    path_of(changed.sha256).write_bytes(b"x" * changed.size)
    kept = path_of(gone.sha256)
    kept.rename(kept.with_name(f"{'0' * 64}.eml"))
    wrong = "\n".join(everything_wrong_here())
    assert f"the message {changed.sha256} is not what was kept" in wrong
    assert f"the message {gone.sha256} is not on the disk" in wrong
    assert "is no message" in wrong


@pytest.mark.usefixtures("_office")
def test_rows_that_no_rule_would_leave_behind_are_found() -> None:
    case = Case.objects.order_by("id")[0]
    CaseSearch.objects.filter(case=case).delete()
    Letter.objects.update(about_id=case.pk + 1000)
    RawMessage.objects.order_by("id")[0].message.delete()
    wrong = "\n".join(everything_wrong_here())
    assert f"a case that cannot be found by its words: {case.reference}" in wrong
    assert "a letter about a case that is not there" in wrong
    assert "a message that was read and is on no case" in wrong


def test_a_fault_is_a_row_of_the_table_however_it_ends() -> None:
    before = list(RESULTS)
    try:
        with fault(5, "mail down", "50 letters, no server", seed=7) as row:
            row.n = 50
        with pytest.raises(ZeroDivisionError), fault(1, "killed", "20 kills"):
            _ = 1 / 0
        with fault(6, "odd mail", "1,000 mutations") as row:
            row.lost = 1
        lines = table(RESULTS[len(before) :])
    finally:
        RESULTS[:] = before
    assert [line.split()[0] for line in lines[2:]] == ["1", "5", "6"]
    assert [line.split()[-1] for line in lines[2:]] == ["NO", "yes", "NO"]
