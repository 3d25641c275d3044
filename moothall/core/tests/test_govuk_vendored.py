"""What was taken from elsewhere is exactly what is written down, and nothing that only gov.uk may use."""

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

CORE = Path(__file__).resolve().parents[1]
VENDOR = CORE / "static" / "vendor"
LOCK: list[dict[str, str]] = json.loads((VENDOR / "assets.lock").read_text())
FORBIDDEN = re.compile(r"GDS Transport|crest|crown\.|govuk-icon|\.woff|assets/fonts", re.I)


@pytest.mark.parametrize("entry", LOCK, ids=lambda entry: entry["file"])
def test_a_vendored_file_has_the_hash_that_was_written_down(entry: dict[str, str]) -> None:
    assert hashlib.sha256((CORE / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_every_vendored_file_is_written_down_with_its_licence() -> None:
    folders = (VENDOR, CORE / "govuk" / "components")
    present = {
        str(path.relative_to(CORE)) for folder in folders for path in folder.rglob("*") if path.is_file()
    }
    written = {entry["file"] for entry in LOCK}
    assert present - {"static/vendor/assets.lock"} == written - {"tests/govuk_fixtures.json.gz"}
    assert {entry["licence"] for entry in LOCK} == {"MIT", "0BSD", "BSD-2-Clause"}
    for folder in VENDOR.iterdir():
        assert folder.is_file() or (folder / "LICENSE.txt").exists()


def test_nothing_that_only_gov_uk_may_use_is_carried() -> None:
    for entry in LOCK:
        path = CORE / entry["file"]
        if path.suffix in {".css", ".jinja", ".js"}:
            assert not FORBIDDEN.search(path.read_text()), path
    assert not list(VENDOR.rglob("*.woff*"))


def test_the_fixtures_name_their_source_and_licence() -> None:
    about: dict[str, Any] = json.loads(
        gzip.decompress((CORE / "tests" / "govuk_fixtures.json.gz").read_bytes())
    )
    assert about["source"] == "govuk-frontend 6.6.0"
    assert "MIT" in about["licence"]


def test_our_stylesheets_use_no_address_outside_the_office() -> None:
    for path in (CORE / "static").glob("*.css"):
        assert "http" not in path.read_text(), path


def test_our_script_stays_short() -> None:
    assert len((CORE / "static" / "app.js").read_text().splitlines()) < 300
    for path in CORE.parent.glob("*/static/*.js"):  # what one page alone needs is that page's own
        assert path.name == "app.js" or len(path.read_text().splitlines()) < 180, path


def test_templates_carry_no_inline_script_style_or_handler() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son(?:click|change|submit|load|input)=", re.I
    )
    for path in (CORE / "templates").rglob("*.html"):
        assert not inline.search(path.read_text()), path
