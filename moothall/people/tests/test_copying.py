"""Rows on their way into the database by COPY."""

import datetime as dt

import pytest

from moothall.core import copying
from moothall.core.copying import Tables, as_line, as_text
from moothall.people.models import Organisation


def test_a_row_is_a_line_with_tabs_and_nothing_in_it_is_taken_for_one() -> None:
    at = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
    row = [1, None, True, "a\tb\nc\\d\r", [3, 4], at]
    assert as_line(row) == "1\t\\N\tt\ta\\tb\\nc\\\\d\\r\t{3,4}\t2026-11-22 09:30:00+00:00\n"
    assert as_text(False) == "f"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Glan\\N Arian", "two\nlines", "a tab\there", "Siân ’n’ Łukasz", "\\."])
def test_what_is_copied_is_read_back_as_it_was(name: str) -> None:
    tables = Tables()
    pk = tables.add(Organisation, name=name, kind="partner")
    assert tables.copy() == 1
    assert Organisation.objects.get(pk=pk).name == name


@pytest.mark.django_db
def test_rows_guarded_from_this_role_go_in_by_way_of_a_temporary_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(copying, "GUARDED", "select true or %s is null")
    tables = Tables()
    pk = tables.add(Organisation, name="Guarded", kind="partner")
    tables.copy()
    tables.add(Organisation, name="Again", kind="partner")
    tables.copy()
    assert Organisation.objects.filter(name__in=["Guarded", "Again"]).count() == 2
    assert Organisation.objects.get(pk=pk).name == "Guarded"


@pytest.mark.django_db
def test_without_a_role_for_it_copying_stays_checked() -> None:
    assert not copying.become_unhindered([Organisation])
