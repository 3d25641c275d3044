"""What apps add to every staff page."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from moothall.core import navigation
from moothall.core.navigation import (
    Item,
    add_account_item,
    add_group,
    add_item,
    add_new_item,
    entries_of,
)


@pytest.mark.parametrize("add", [add_item, add_account_item, add_new_item])
def test_a_key_that_leads_somewhere_already_is_refused(add: Callable[[Item], None]) -> None:
    with pytest.raises(ImproperlyConfigured, match="'elsewhere' and 'my_work' share the key 'g m'"):
        add(Item(1, "Elsewhere", "elsewhere", "", key="g m"))


def test_a_group_that_is_there_already_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="has a group 'staff' already"):
        add_group("staff", 1, "Staff")


def test_a_group_stands_in_its_place_with_its_entries_in_order() -> None:
    items = [
        Item(10, "My work", "my_work", ""),
        Item(52, "Staff records", "staff", "", section="employees", group="staff"),
        Item(53, "Absence", "absence_list", "", section="absence", group="staff"),
        Item(99, "Cases", "case_list", "", section="cases"),
    ]
    entries = entries_of(items, "/absence/7/")
    assert [str(entry.text) for entry in entries] == ["My work", "Staff", "Cases"]
    assert [(str(each.text), each.current) for each in entries[1].entries] == [
        ("Staff records", False),
        ("Absence", True),
    ]
    assert [entry.current for entry in entries] == [False, True, False]


def test_a_group_of_one_is_that_one() -> None:
    only = Item(53, "Absence", "absence_list", "", section="absence", group="staff")
    (entry,) = entries_of([only], "/")
    assert (entry.text, entry.href, entry.entries) == ("Absence", "/absence/", [])


def test_every_entry_behind_a_word_knows_its_group_and_stands_for_its_own_page() -> None:
    grouped = [item for item in navigation._items if item.group]
    assert len(grouped) > 20
    for item in grouped:
        entries = entries_of(grouped, reverse(item.url_name))
        here = [each.text for entry in entries for each in entry.entries or [entry] if each.current]
        assert here == [item.text]
