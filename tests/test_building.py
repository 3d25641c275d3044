"""The house rules that a machine can check."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).resolve().parents[1]
FLOOR_BY_FLOOR = [
    ["core"],
    ["people"],
    ["records"],
    ["letters"],
    ["cases"],
    ["knowledge", "bookings", "workload", "webhooks", "workforce"],
    ["absence", "conduct", "credentials", "terms", "appraisal", "personnel"],
    ["enquiries", "problems", "satisfaction", "casework", "recruitment", "training", "transport"],
    ["promotion"],
    ["reports"],
    ["portal"],
]
FLOORS = [app for floor in FLOOR_BY_FLOOR for app in floor]
HEIGHT = {app: height for height, floor in enumerate(FLOOR_BY_FLOOR) for app in floor}
ROOMS = {
    "__init__", "apps", "models", "rules", "forms", "views", "urls", "api", "tasks", "templates", "tests",
    "migrations", "planning", "static", "templatetags", "locale",
}  # fmt: skip
OWN_ROOMS = {
    "people": {
        "requests",
        "own_language",
        "own_links",
        "finding",
        "person_links",
        "person_panels",
        "before_contact",
        "barring",
        "command_user",
        "session_limits",
    },
    "records": {"command"},
    "cases": {"visiting", "offering", "jumping", "panels", "wall"},
    "knowledge": {"reviewing"},
    "bookings": {"engaged"},
    "problems": {"beside"},
    "workforce": {"panels", "away", "visiting", "finding", "progress", "known", "probation", "beginnings"},
    "absence": {"beside"},
    "casework": {"beside"},
    "conduct": {"beside"},
    "credentials": {"beside"},
    "terms": {"beside"},
    "recruitment": {"beside", "finding"},
    "promotion": {"finding"},
    "transport": {"beside", "finding"},
    "appraisal": {"beside"},
    "personnel": {"beside"},
    "enquiries": {"reading", "command", "calling", "triage"},
}
FORBIDDEN_NAMES = {"utils", "helpers", "services_common", "common", "misc"}
WRITES = {"save", "create", "bulk_create", "bulk_update", "delete", "get_or_create", "update_or_create"}


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_test(path: Path) -> bool:
    return "tests" in path.parts


def test_no_python_file_is_longer_than_the_house_allows() -> None:
    long = [
        f"{named(path)}: {count}"
        for path in python_files("clocks", "planner", "moothall", "tests", "benchmarks", "scripts")
        if (count := len(path.read_text().splitlines())) > (500 if is_test(path) else 400)
    ]
    assert not long, "\n".join(long)


def test_no_template_is_longer_than_eighty_lines() -> None:
    long = [
        f"{named(path)}: {count}"
        for path in sorted((ROOT / "moothall").rglob("templates/**/*.html"))
        if "styleguide" not in path.parts and (count := len(path.read_text().splitlines())) > 80
    ]
    assert not long, "\n".join(long)


def test_no_file_is_named_for_nothing() -> None:
    assert not [
        named(path) for path in python_files("clocks", "planner", "moothall") if path.stem in FORBIDDEN_NAMES
    ]


@pytest.mark.parametrize("app", FLOORS[1:])
def test_every_app_has_the_same_rooms(app: str) -> None:
    found = {
        path.stem
        for path in (ROOT / "moothall" / app).iterdir()
        if path.name != "__pycache__" and (path.is_dir() or path.suffix == ".py")
    }
    assert found <= ROOMS | OWN_ROOMS.get(app, set())
    assert {"apps", "models", "rules", "tests"} <= found


def test_foreign_keys_only_go_down() -> None:
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in FLOORS:
            continue
        for field in model._meta.get_fields():
            other = field.related_model if isinstance(field, ForeignKey) else None
            if other is not None and not isinstance(other, str) and other._meta.app_label in FLOORS:
                below = other._meta.app_label
                assert below == label or HEIGHT[below] < HEIGHT[label], f"{label}.{field.name}"


def writes_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        through_manager = "objects" in ast.unparse(node.func.value)
        if node.func.attr in WRITES and (through_manager or node.func.attr == "save"):
            yield f"{named(path)}:{node.lineno} {ast.unparse(node.func)}"
        if node.func.attr in {"update", "delete"} and through_manager:
            yield f"{named(path)}:{node.lineno} {ast.unparse(node.func)}"


def test_only_rules_write() -> None:
    rooms = ("models", "forms", "views", "api", "urls", "templatetags")
    found = [
        write
        for app in FLOORS[1:]
        for path in python_files(f"moothall/{app}")
        if not is_test(path) and set(Path(named(path)).with_suffix("").parts) & set(rooms)
        for write in writes_in(path)
    ]
    assert not found, "\n".join(found)


def test_views_stay_short() -> None:
    long = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in python_files("moothall")
        if "views" in path.parts or path.stem == "views"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 40
    ]
    assert not long, "\n".join(long)
