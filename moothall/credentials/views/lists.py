"""What runs out, what has run out, what waits to be verified, and who lacks what is asked of them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from moothall.core.clock import today
from moothall.core.door import needs
from moothall.core.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    Link,
    Listing,
    SearchFilter,
    show_list,
)
from moothall.credentials.models import Credential, CredentialKind
from moothall.credentials.rules.standing import asked_of_people, held_by, lacking, lines_of
from moothall.people.models import Organisation
from moothall.people.requests import StaffRequest
from moothall.workforce.finding import people_fitting
from moothall.workforce.models import Assignment, Employment

STANDS = [
    ("30", gettext_lazy("Runs out within 30 days")),
    ("60", gettext_lazy("Runs out within 60 days")),
    ("90", gettext_lazy("Runs out within 90 days")),
    ("over", gettext_lazy("Has run out")),
    ("waiting", gettext_lazy("Waits to be verified")),
    ("held", gettext_lazy("Held")),
]
NAMES = dict(Credential.STATES)
A_PAGE = 50


def _standing_so(rows: Any, values: list[str]) -> Any:
    day, value = today(), values[0]
    if value.isdigit():
        return rows.expiring(day, within=int(value))
    found = {"over": rows.expired, "waiting": lambda _day: rows.waiting(), "held": rows.in_force}
    return found[value](day)


def _kinds(_request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return sorted(
        ((str(each.pk), each.name_in(language)) for each in CredentialKind.objects.in_use()),
        key=lambda pair: pair[1],
    )


def units_seen(request: Any) -> list[tuple[str, str]]:
    """The units in which somebody works whom this account may see."""
    language, day = get_language() or "en", today()
    seen = Employment.objects.visible_to(request.user).in_force(day)
    there = Assignment.objects.in_force(day).filter(is_main=True)
    if request.user.standing().everywhere_for("workforce.view"):
        here = Q(employment__ended_on=None) | Q(employment__ended_on__gte=day)
        units = there.filter(here, employment__started_on__lte=day).units()
    else:
        there = there.filter(employment__in=seen.order_by().values("pk"))
        units = Organisation.objects.filter(pk__in=there.order_by().values("unit"))
    return sorted(((str(each.pk), each.name_in(language)) for each in units), key=lambda pair: pair[1])


def _in_units(rows: Any, chosen: list[str]) -> Any:
    there = Assignment.objects.in_force(today()).filter(
        employment__person=OuterRef("person"), is_main=True, unit_id__in=_numbers(chosen)
    )
    return rows.filter(Exists(there))


def _numbers(chosen: Iterable[str]) -> list[int]:
    return [int(each) for each in chosen if each.isdigit()]


class CredentialList(Listing[Credential]):
    """What everybody holds whom this account may see, and who works here."""

    key, title = "credentials", gettext_lazy("Credentials")
    sort, opens_with = "until", "state=90"
    ready_views = (
        (gettext_lazy("Runs out within 30 days"), "state=30"),
        (gettext_lazy("Within 60 days"), "state=60"),
        (gettext_lazy("Within 90 days"), "state=90"),
        (gettext_lazy("Has run out"), "state=over"),
        (gettext_lazy("Waits to be verified"), "state=waiting&sort=recorded"),
        (gettext_lazy("All"), ""),
    )
    columns = (
        Column("person", gettext_lazy("Who"), value=lambda row: row.person.full_name),
        Column("kind", gettext_lazy("Credential"), value=lambda row: row.kind),
        Column("number", gettext_lazy("Number"), value=lambda row: row.number),
        Column("issued", gettext_lazy("Issued"), value=lambda row: row.issued_on),
        Column("until", gettext_lazy("Last day"), sort="expires_on", value=lambda row: row.expires_on),
        Column("recorded", gettext_lazy("Recorded"), sort="recorded_at", value=lambda row: row.recorded_at),
        Column("state", gettext_lazy("How it stands"), value=lambda row: NAMES[row.state(today())]),
    )
    filters = (
        SearchFilter(
            "q", gettext_lazy("Name or number"),
            apply=lambda rows, words: rows.filter(
                Q(person__in=people_fitting(words)) | Q(number__iexact=words)
            ),
        ),
        ChoiceFilter(
            "state", gettext_lazy("How it stands"), options=STANDS, apply=_standing_so, several=False
        ),
        ChoiceFilter("kind", gettext_lazy("Kind"), options=_kinds, field="kind_id"),
        ChoiceFilter("unit", gettext_lazy("Unit"), options=units_seen, apply=_in_units),
        DateFilter("until", gettext_lazy("Last day"), field="expires_on"),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nothing to do here"),
        gettext_lazy("No credential stands like this. Choose All to see everything that is held."),
    )
    export_permission: ClassVar[str | None] = "workforce.edit"

    def rows(self, request: Any) -> QuerySet[Credential]:
        rows = Credential.objects.visible_to(request.user).current().of_those_who_work_here(today())
        return rows.select_related("person", "kind")

    def address(self, row: Credential) -> str:
        return reverse("credential", args=[row.pk])

    def actions(self, request: Any) -> list[Link]:
        links = [
            Link(_("Who lacks what"), reverse("missing_credentials")),
            Link(_("By unit"), reverse("credential_matrix")),
        ]
        if request.user.may("workforce.edit"):
            links.insert(0, Link(_("Enter credentials"), reverse("enter_credentials")))
            if request.user.standing().everywhere_for("workforce.edit"):
                links.insert(1, Link(_("Bring in a file"), reverse("bring_credentials")))
            links.append(Link(_("Kinds"), reverse("credential_kinds")))
        return links


@needs("workforce.view")
def credential_list(request: StaffRequest) -> Any:
    return show_list(request, CredentialList())


def _asked_kinds(_request: Any) -> list[tuple[str, str]]:
    language = get_language() or "en"
    kinds = {each.kind_id: each.kind for each in asked_of_people(today()).requirements}
    return sorted(((str(pk), kind.name_in(language)) for pk, kind in kinds.items()), key=lambda pair: pair[1])


def _lacking(rows: Any, chosen: list[str]) -> Any:
    asked, wanted = asked_of_people(today()), _numbers(chosen)
    return lacking(rows, [each.kind for each in asked.requirements if each.kind_id in wanted], asked)


class MissingList(Listing[Employment]):
    """Who lacks something that their post, unit or workforce asks for."""

    key, title = "missing_credentials", gettext_lazy("Who lacks what is asked of them")
    sort = "number"
    columns = (
        Column("name", gettext_lazy("Who"), value=lambda row: row.person.full_name),
        Column("number", gettext_lazy("Number"), sort="number", value=lambda row: row.number),
        Column("unit", gettext_lazy("Unit"), value=lambda row: row.main.unit if row.main else None),
        Column("lacks", gettext_lazy("Lacks"), value=lambda row: row.lacks),
    )
    filters = (
        ChoiceFilter("kind", gettext_lazy("Kind"), options=_asked_kinds, apply=_lacking),
        ChoiceFilter(
            "unit", gettext_lazy("Unit"), options=units_seen,
            apply=lambda rows, chosen: rows.filter(
                pk__in=Assignment.objects.in_force(today())
                .filter(unit_id__in=_numbers(chosen), is_main=True)
                .values("employment")
            ),
        ),
    )  # fmt: skip
    empty = Empty(
        gettext_lazy("Nobody lacks anything"),
        gettext_lazy("Everybody holds what their post, unit and workforce ask for."),
    )
    export_permission: ClassVar[str | None] = "workforce.edit"

    def rows(self, request: Any) -> QuerySet[Employment]:
        day = today()
        asked = asked_of_people(day)
        kinds = list({each.kind_id: each.kind for each in asked.requirements}.values())
        here = Employment.objects.visible_to(request.user).in_force(day).with_assignment(day)
        return lacking(here, kinds, asked)

    def prepare(self, rows: list[Employment], request: Any) -> None:
        asked, language = asked_of_people(today()), get_language() or "en"
        held = held_by([each.person_id for each in rows])
        for row in rows:
            lines = lines_of(row, asked, held.get(row.person_id, []))
            lacks = [
                each.kind.name_in(language) for each in lines if each.is_required and not each.is_in_order
            ]
            row.lacks = lacks  # type: ignore[attr-defined]

    def address(self, row: Employment) -> str:
        return reverse("employee_credentials", args=[row.number])


@needs("workforce.view")
def missing_credentials(request: StaffRequest) -> Any:
    return show_list(request, MissingList())


@needs("workforce.view")
@require_GET
def credential_matrix(request: StaffRequest) -> HttpResponse:
    """The people of a unit against the kinds that are asked of them."""
    units, day = units_seen(request), today()
    unit = next((each for each in units if each[0] == request.GET.get("unit")), units[0] if units else None)
    here = Employment.objects.visible_to(request.user).in_force(day).with_assignment(day)
    there = Assignment.objects.in_force(day).filter(unit_id=int(unit[0]) if unit else 0, is_main=True)
    context = matrix_of(here.filter(pk__in=there.values("employment")), request.GET.get("page"), on=day)
    return render(request, "credentials/matrix.html", context | {"units": units, "unit": unit})


def matrix_of(people: Any, number: str | None, *, on: dt.date) -> dict[str, Any]:
    """A page of these people against all that is asked of any of them; needs `with_assignment`."""
    page = Paginator(people.order_by("person__folded_name", "id"), A_PAGE).get_page(number)
    asked, held = asked_of_people(on), held_by([each.person_id for each in page])
    kinds = {kind.pk: kind for each in page for kind in asked.of(each)}
    columns = sorted(kinds.values(), key=lambda kind: kind.name_in(get_language() or "en"))
    rows = []
    for each in page:
        lines = {line.kind.pk: line for line in lines_of(each, asked, held.get(each.person_id, []))}
        rows.append((each, [(kind, lines.get(kind.pk)) for kind in columns]))
    return {"columns": columns, "rows": rows, "page": page}
