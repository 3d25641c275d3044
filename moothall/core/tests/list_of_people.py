"""A list of people as an app would declare it, with its addresses, for the tests of lists.

Models are taken by name: this floor may not import the ones above it.
"""

import datetime as dt
from itertools import count
from typing import Any, ClassVar

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from moothall.core.door import needs
from moothall.core.lists import (
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    FlagFilter,
    Link,
    Listing,
    SearchFilter,
    TextFilter,
    show_list,
)

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
Person: Any = apps.get_model("people", "Person")
_numbers = count(1)


def make_person(**changes: Any) -> Any:
    number = next(_numbers)
    given = {"reference": f"T{number}", "full_name": f"Person {number:05}", "added_at": AT}
    return Person.objects.create(**given | changes)


def make_account(*permissions: str, **changes: Any) -> Any:
    number = next(_numbers)
    role = apps.get_model("people", "Role").objects.create(
        key=f"list-{number}", name=f"Role {number}", permissions=list(permissions)
    )
    given = {"email": f"list-{number}@moothall.test", "name": f"Account {number}"}
    account = apps.get_model("people", "Account").objects.create(**given | changes)
    apps.get_model("people", "Grant").objects.create(
        account=account, role=role, started_on=dt.date(2026, 1, 1)
    )
    return account


class PeopleList(Listing[Any]):
    key, title = "test-people", "People"
    columns = (
        Column("full_name", "Name", sort="full_name"),
        Column("added", "Added", sort="added_at", descending=True, value=lambda person: person.added_at),
        Column("born_on", "Born", sort="born_on"),
        Column("organisation", "Organisation", sort="organisation__name"),
        Column("reference", "Reference", sort="id"),
        Column("title", "Title", shown=False),
    )
    sort = "full_name"
    size = 25
    filters = (
        SearchFilter("q", "Search", field="full_name", hint="Part of a name"),
        ChoiceFilter("language", "Language", options=(("en", "English"), ("cy", "Cymraeg"))),
        ChoiceFilter(
            "title",
            "Title",
            options=lambda _request: [("Dr", "Doctor"), ("Cllr", "Councillor")],
            several=False,
        ),
        FlagFilter("merged", "Merged", apply=lambda rows: rows.exclude(merged_into=None)),
        DateFilter("added", "Added", field="added_at"),
        DateFilter("born", "Born", field="born_on"),
        TextFilter("known", "Known as", field="known_as"),
    )
    bulk: ClassVar[tuple[BulkAction, ...]] = (
        BulkAction("tag", "Tag them", permission="people.edit", url_name="list_test_ticked"),
        BulkAction(
            "merge", "Merge them", permission="people.merge", url_name="list_test_ticked", warning=True
        ),
    )
    empty = Empty("No people yet", "Add the first one.")

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = Person.objects.select_related("organisation")
        return rows.exclude(known_as="hidden")

    def address(self, row: Any) -> str:
        return f"/people/{row.reference}/"

    def actions(self, request: HttpRequest) -> tuple[Link, ...]:
        return (Link("Add a person", "/people/new/"),) if request.user.may("people.edit") else ()  # type: ignore[union-attr]


class NarrowedList(PeopleList):
    """Opens with those who speak Welsh."""

    key = "test-welsh"
    opens_with = "language=cy"
    exports = False
    bulk = ()


@needs("people.view")
def list_test(request: HttpRequest) -> HttpResponse:
    return show_list(request, PeopleList())


@needs("people.view")
def list_test_narrowed(request: HttpRequest) -> HttpResponse:
    return show_list(request, NarrowedList())


@needs("people.edit")
def list_test_ticked(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(request.POST.getlist("ids")))


urlpatterns = [
    path("test-people/", list_test, name="list_test"),
    path("test-welsh/", list_test_narrowed, name="list_test_narrowed"),
    path("test-people/ticked/", list_test_ticked, name="list_test_ticked"),
    path("", include("moothall.config.urls")),
]
