"""How the routes of triage are asked."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from moothall.core.clock import now
from moothall.enquiries.models import Suggestion, TableImport, TableRow, Triaged

if TYPE_CHECKING:
    from .office import Furnished, Office

NOWHERE = 999_999_999
Parts = dict[str, Any]


def suggest_on(found: "Furnished") -> None:
    """One open suggestion on each case."""
    at = now()
    Triaged.objects.create(case=found.case, at=at, unsure=False)
    Suggestion.objects.create(
        case=found.case, kind=Suggestion.PRIORITY, kind_order=3, value="1", confidence=0.9, made_at=at,
        reason={"code": "words", "words": ["please"]},
    )  # fmt: skip


def decide_for_everybody(office: "Office") -> None:
    """Everybody has rejected something on the case of their team, and may take that back."""
    at, case = now(), office.cases["own"].case
    Suggestion.objects.bulk_create(
        Suggestion(
            case=case, kind=Suggestion.TEAM, kind_order=2, value=f"seat-{seat}", confidence=0.9, made_at=at,
            reason={"code": "words", "words": []}, decision=Suggestion.REJECTED, decided_by=account,
            decided_at=at,
        )
        for seat, account in office.seats.items()
        if account is not None
    )  # fmt: skip


STEPS = {"map_table": "READ", "open_table": "CHECKED", "undo_table": "FINISHED"}


def make_tables(office: "Office") -> None:
    """A table of each team at each step."""
    at = now()
    for relation, team in office.teams.items():
        for state in ("READ", "CHECKED", "FINISHED"):
            table = TableImport.objects.create(
                team=team, service=office.rows["service"], source=f"Quillontable{relation}.csv", path="gone",
                sha256="0" * 64, started_at=at, state=state, columns=["Subject"], rows=1,
                means={"columns": {"title": "Subject"}, "values": {}, "days": "dmy"},
            )  # fmt: skip
            TableRow.objects.create(table=table, number=2, cells=["A room"])
            office.rows[f"table {relation} {state}"] = table


def _table(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    return {"table_id": office.rows[f"table {relation} {STEPS.get(route, 'CHECKED')}"].pk}


def _a_table(office: "Office") -> Parts:
    file = SimpleUploadedFile("desk.csv", b"Subject\nA room\n")
    return {"file": file, "team": office.home.pk, "service": office.rows["service"].pk}


def _suggestion(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    case = office.cases[relation].case
    if route == "settle_triage":
        return {"reference": case.reference}
    found = Suggestion.objects.filter(case=case).order_by("id")[0]
    return {"reference": case.reference, "suggestion_id": found.pk}


def _no_suggestion(route: str) -> Parts:
    nothing: Parts = {} if route == "settle_triage" else {"suggestion_id": NOWHERE}
    return {"reference": "TST-26-99999", **nothing}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of triage": lambda _office, _route, _relation, _seat: {},
    "suggestion": _suggestion,
    "table": _table,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "suggestion": _no_suggestion,
    "table": lambda _route: {"table_id": NOWHERE},
}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "import_table": _a_table,
    "map_table": {"column:title": "Subject", "days": "dmy"},
}
