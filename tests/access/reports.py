"""Figures in the table: which month is asked for, one that is closed, and faults of records."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now, today
from moothall.reports.models import Finding
from moothall.reports.rules.counting import close_month
from moothall.reports.rules.months import Scope, month_of, months_before
from moothall.reports.rules.pack import load_rules
from moothall.reports.rules.quality import look_through_records, waive
from moothall.reports.rules.sampling import draw_sample
from moothall.workforce.tests.make import make_employment, make_post

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def _month(back: int) -> dt.date:
    return months_before(today().replace(day=1), back)


def make_rows(office: "Office") -> None:
    """The month before the last is closed; in each team a record has faults, one of which may stay."""
    by = office.cases["own"].colleague
    close_month(month_of(_month(2), today=today()), by=by, at=now())
    load_rules(owner=office.home)
    made = {
        relation: make_employment(post=make_post(team=team))
        for relation, team in (("home", office.home), ("other", office.away))
    }
    look_through_records(today=today(), at=now())
    sample = draw_sample(Scope(), size=200, seed=1, by=by, at=now(), today=today())
    for relation, employment in made.items():
        office.rows[f"drawn {relation}"] = sample.records.get(employment=employment)
        faults = Finding.objects.filter(employment=employment)
        office.rows[f"fault {relation}"] = faults.get(rule__key="no-pattern")
        stays = faults.get(rule__key="no-manager")
        waive(stays, until=today() + dt.timedelta(days=9), because="Soon", by=by, at=now())
        office.rows[f"fault that stays {relation}"] = stays


def _page(_office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    if route == "edit_quality_rule":
        return {"key": "no-pattern"}
    if route.endswith("_figures"):
        return {"month": f"{_month(2 if route == 'reopen_figures' else 1):%Y-%m}"}
    return {}


def _rows(_office: "Office", _route: str, relation: str, _seat: str) -> Parts:
    return {"month": f"{_month(1):%Y-%m}", "key": "headcount" if relation == "people" else "days_lost"}


def _fault(office: "Office", route: str, relation: str, _seat: str) -> Parts:
    if route == "quality_sample":
        return {"number": office.rows[f"drawn {relation}"].sample_id}
    if route == "check_sampled_record":
        return {"number": office.rows[f"drawn {relation}"].pk}
    which = "fault that stays" if route == "unwaive_finding" else "fault"
    return {"number": office.rows[f"{which} {relation}"].pk}


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "pages of figures": _page,
    "pages of figures of pathways": lambda _office, _route, _relation, _seat: {},
    "figure of pathways": lambda _office, _route, _relation, _seat: {"key": "students"},
    "rows of a figure": _rows,
    "fault of a record": _fault,
}
NOTHING: dict[str, Callable[[str], Parts]] = {
    "figure of pathways": lambda _route: {"key": "no-such-figure"},
    "rows of a figure": lambda _route: {"month": "2026-01", "key": "no-such-figure"},
    "fault of a record": lambda _route: {"number": NOWHERE},
}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "export_figures": {"kind": "csv"},
    "export_pathway_figures": {"kind": "csv"},
    "reopen_figures": {"because": "A late certificate."},
    "waive_finding": {"until": "1/1/2040", "because": "Being agreed."},
    "draw_quality_sample": {"size": "5", "seed": "7"},
    "edit_quality_rule": {"owner": "", "is_looked_for": "on"},
}
