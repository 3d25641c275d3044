"""Paging by position: nothing is skipped, nothing comes twice, and PostgreSQL reads only what is shown."""

import base64
import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.core.lists.cursors import BadCursor, Order, read_cursor, write_cursor
from moothall.core.lists.keyset import Page, first_page, in_order, page_after, page_before

from .list_of_people import Person, make_person

pytestmark = pytest.mark.django_db
DAY = dt.date(1990, 1, 1)
ORDERS = [
    Order(field, descending)
    for field in ("id", "full_name", "born_on", "organisation__name")
    for descending in (False, True)
]
# A few days only, so that many rows share one; nothing for some.
days = st.none() | st.integers(0, 3).map(lambda days: DAY + dt.timedelta(days=days))
examples = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def forgotten() -> Iterator[None]:
    """Rows made in here are gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def add(born_on: dt.date | None) -> int:
    return int(make_person(born_on=born_on, full_name=f"Person born {born_on}").pk)


def forward(rows: QuerySet[Any], order: Order, size: int) -> Iterator[Page[Any]]:
    page = first_page(rows, order, size)
    yield page
    while page.next:
        page = page_after(rows, order, page.next, size)
        yield page


def ids(pages: list[Page[Any]]) -> list[int]:
    return [row.pk for page in pages for row in page.rows]


@given(born=st.lists(days, max_size=14), size=st.integers(1, 5), order=st.sampled_from(ORDERS))
@examples
def test_pages_one_after_another_are_the_whole_list(
    born: list[dt.date | None], size: int, order: Order
) -> None:
    with forgotten():
        for day in born:
            add(day)
        everybody = Person.objects.all()
        pages = list(forward(everybody, order, size))
        assert ids(pages) == [row.pk for row in in_order(everybody, order)]
        assert all(len(page.rows) == size for page in pages[:-1])
        assert not pages[0].previous


@given(born=st.lists(days, min_size=1, max_size=14), size=st.integers(1, 5), order=st.sampled_from(ORDERS))
@examples
def test_going_back_shows_the_same_pages(born: list[dt.date | None], size: int, order: Order) -> None:
    with forgotten():
        for day in born:
            add(day)
        everybody = Person.objects.all()
        pages = list(forward(everybody, order, size))
        back = [pages[-1]]
        while back[-1].previous:
            back.append(page_before(everybody, order, back[-1].previous, size))
        assert [ids([page]) for page in reversed(back)] == [ids([page]) for page in pages]


@given(
    born=st.lists(days, min_size=1, max_size=12),
    arriving=st.lists(st.lists(days, max_size=3), min_size=1, max_size=12),
    size=st.integers(1, 4),
    order=st.sampled_from(ORDERS),
)
@examples
def test_rows_arriving_while_paging_never_hide_or_repeat_another(
    born: list[dt.date | None], arriving: list[list[dt.date | None]], size: int, order: Order
) -> None:
    with forgotten():
        there_before = {add(day) for day in born}
        everybody, batches = Person.objects.all(), iter(arriving)
        seen: list[int] = []
        pages = []
        for page in forward(everybody, order, size):
            pages.append(page)
            seen += ids([page])
            for day in next(batches, []):
                add(day)
        assert there_before <= set(seen)
        assert len(seen) == len(set(seen))
        there_now, page, back = set(Person.objects.values_list("pk", flat=True)), pages[-1], ids(pages[-1:])
        start = page.rows[0].pk
        while page.previous:
            page = page_before(everybody, order, page.previous, size)
            back = ids([page]) + back
            for day in next(batches, []):
                add(day)
        whole = [row.pk for row in in_order(everybody, order)]
        before = whole[: whole.index(start)] if pages[-1].previous else []  # nothing leads back from page one
        assert there_now & set(before) <= set(back)
        assert len(back) == len(set(back))


def test_a_row_removed_under_the_cursor_does_not_move_the_page() -> None:
    people = [make_person(full_name=f"Person {letter}") for letter in "ABCDEF"]
    order = Order("full_name")
    page = first_page(Person.objects.all(), order, 2)
    Person.objects.filter(pk=people[1].pk).update(full_name="Person Z")
    assert ids([page_after(Person.objects.all(), order, page.next, 2)]) == [people[2].pk, people[3].pk]


@pytest.mark.parametrize("descending", [False, True])
def test_empty_values_come_last_in_both_directions(descending: bool) -> None:
    nothing, early, late = add(None), add(DAY), add(DAY + dt.timedelta(days=1))
    pages = list(forward(Person.objects.all(), Order("born_on", descending), 2))
    assert ids(pages) == ([late, early, nothing] if descending else [early, late, nothing])


def test_only_a_page_that_reaches_the_empty_values_asks_twice() -> None:
    for day in range(6):
        add(DAY + dt.timedelta(days=day))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first_page(Person.objects.all(), Order("born_on"), 3)
    assert len(asked) == 1
    add(None)
    with CaptureQueriesContext(connection) as asked:
        first_page(Person.objects.all(), Order("born_on"), 50)
    assert len(asked) == 2


def plans_of(rows: QuerySet[Any], order: Order, value: Any) -> list[str]:
    """How PostgreSQL would find the next and the previous page, when reading a whole table and sorting are
    not on: what it takes few rows for depends on how many it thinks there are."""
    text = json.dumps([order.token, value, 7])
    cursor = base64.urlsafe_b64encode(text.encode()).decode()
    with CaptureQueriesContext(connection) as asked:
        page_after(rows, order, cursor, 50)
        page_before(rows, order, cursor, 50)
    plans = []
    with connection.cursor() as database:
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            database.execute(f"set local enable_{way} = off")
        for query in asked.captured_queries:
            database.execute("explain " + query["sql"])
            plans.append("\n".join(line for (line,) in database.fetchall()))
    return plans


@pytest.mark.parametrize("descending", [False, True])
def test_the_next_page_is_a_range_of_an_index(descending: bool) -> None:
    cases = apps.get_model("cases", "Case").objects
    unfinished = cases.exclude(status="CLOSED")
    instant = "2026-03-01T09:00:00+00:00"
    found = [
        *plans_of(cases.all(), Order("received_at", descending), instant),
        *plans_of(unfinished, Order("due_on", descending), "2026-03-01"),
        *plans_of(unfinished, Order("due_on", descending), None),
        *plans_of(Person.objects.all(), Order("family_name", descending), "Prosser"),
        *plans_of(cases.all(), Order("id", descending), None),
    ]
    # The empty due days after the others, and the others before the empty ones, make two more.
    assert len(found) == 12
    for plan in found:
        assert "Sort" not in plan
        assert "Index Cond" in plan
    conditions = [line for plan in found for line in plan.splitlines() if "Index Cond" in line]
    assert sum("ROW(" in line for line in conditions) == 6


HELD: tuple[Any, ...] = (
    {},
    ["born_on"],
    ["-born_on", "1990-01-01", 1],
    ["born_on", "1990-13-01", 1],
    ["born_on", 5, 1],
    ["born_on", {"a": 1}, 1],
    ["born_on", "1990-01-01", "1"],
    ["born_on", "1990-01-01", True],
    ["born_on", "1990-01-01", 10**30],
    ["born_on", "1990-01-01", 1.5],
    ["born_on", "1990-01-01", None],
)
HOSTILE = [
    *("", "!", "é", "W10", "bnVsbA", "A" * 5000),
    *(base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in HELD),
    base64.urlsafe_b64encode(b"[" * 2900).decode(),
]


@pytest.mark.parametrize("cursor", HOSTILE)
def test_a_cursor_that_names_no_position_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        read_cursor(Person.objects.all(), Order("born_on"), cursor)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


@given(
    field=st.sampled_from(["full_name", "born_on", "added_at", "id"]), value=json_values, row_id=json_values
)
@settings(examples, max_examples=150)
def test_whatever_a_cursor_holds_it_is_refused_or_answered(field: str, value: Any, row_id: Any) -> None:
    text = json.dumps([field, value, row_id])
    cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    with transaction.atomic(), suppress(BadCursor):
        page_after(Person.objects.all(), Order(field), cursor, 5)


def test_an_order_has_its_own_cursors() -> None:
    make_person(born_on=DAY)
    row = first_page(Person.objects.all(), Order("born_on"), 5).rows[0]
    cursor = write_cursor(row, Order("born_on"))
    assert read_cursor(Person.objects.all(), Order("born_on"), cursor).value == DAY
    with pytest.raises(BadCursor):
        read_cursor(Person.objects.all(), Order("born_on", descending=True), cursor)
