import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from moothall.config.home import CHECKOUT
from moothall.config.preparation import is_demo_allowed
from moothall.config.tests.offices import moothall
from moothall.config.third_party_doors import DOOR_LABELS
from moothall.core.door import PUBLIC, SIGNED_IN, routes


def test_third_party_labels_are_those_of_the_door() -> None:
    assert set(DOOR_LABELS.values()) == {PUBLIC, SIGNED_IN}


def test_every_third_party_label_belongs_to_a_route() -> None:
    assert set(DOOR_LABELS) <= {pattern.name for _, pattern in routes(get_resolver().url_patterns)}


def test_the_settings_fit_on_their_page() -> None:
    assert len(Path(CHECKOUT, "moothall/config/settings.py").read_text().splitlines()) <= 250


def test_no_script_or_style_of_others_may_run() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed <= {"'self'", "'none'", "data:"}
    assert directives["default-src"] == ["'self'"]


@pytest.mark.slow
def test_a_public_address_with_https_leaves_nothing_for_djangos_deployment_check(tmp_path: Path) -> None:
    words = ("manage", "check", "--deploy", "--fail-level", "WARNING")
    # The browser tests set the other one for their own process.
    given = {"MOOTHALL_PUBLIC_URL": "https://office.example", "DJANGO_ALLOW_ASYNC_UNSAFE": ""}
    checked = moothall(*words, home=tmp_path, **given)
    assert "no issues" in checked.stdout, checked.stderr


def test_every_variable_of_the_environment_is_explained_to_the_operator() -> None:
    asked = re.compile(r'environ(?:\.get\(|\[)"([A-Z_]+)"')
    explained = (CHECKOUT / "docs" / "operations.md").read_text()
    found = {name for file in CHECKOUT.glob("moothall/**/*.py") for name in asked.findall(file.read_text())}
    assert len(found) > 10
    assert {name for name in found - {"PATH"} if f"`{name}`" not in explained} == set()


def test_an_office_with_a_public_address_does_not_open_with_known_passwords(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert is_demo_allowed()
    monkeypatch.setenv("MOOTHALL_PUBLIC_URL", "https://office.example")
    assert not is_demo_allowed()
    monkeypatch.setenv("MOOTHALL_DEMO", "1")
    assert is_demo_allowed()


def test_the_web_does_not_load_what_only_planning_learning_and_making_files_need() -> None:
    code = (
        "import sys, django; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "print({'scipy', 'ortools', 'numba', 'highspy', 'sklearn', 'osmium'} & set(sys.modules),"
        "{'pypdf', 'docx', 'typst', 'xlsxwriter', 'recurring_ical_events'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set() set()"
