"""Every word a person reads exists in Welsh, says the same things, and is compiled."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

LOCALE = Path(__file__).resolve().parents[1] / "moothall" / "locale"
CATALOGUE = LOCALE / "cy/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[\d.]*[a-z]|%\{\w+\}|%[sd]")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_message_has_its_welsh(catalogue: polib.POFile) -> None:
    lacking = [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy]
    assert not lacking, f"{len(lacking)} messages without Welsh, such as {lacking[:5]}"


def test_the_welsh_carries_what_the_english_carries(catalogue: polib.POFile) -> None:
    wrong = []
    for entry in catalogue:
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        one = set(PLACEHOLDER.findall(entry.msgid))
        forms = dict(entry.msgstr_plural) if entry.msgid_plural else {1: entry.msgstr}
        given = {form: set(PLACEHOLDER.findall(text)) for form, text in forms.items()}
        if any(found not in (wanted, one if form == 0 else wanted) for form, found in given.items()):
            wrong.append(entry.msgid)
    assert not wrong, wrong


def test_the_compiled_catalogue_is_fresh(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    known = {(entry.msgid, entry.msgstr, tuple(sorted(entry.msgstr_plural.items()))) for entry in compiled}
    missing = [
        entry.msgid
        for entry in catalogue
        if (entry.msgid, entry.msgstr, tuple(sorted(entry.msgstr_plural.items()))) not in known
    ]
    assert not missing, "run scripts/catalogue"


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")
def test_no_word_in_the_code_is_missing_from_the_catalogue(
    catalogue: polib.POFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(LOCALE.parent, tmp_path / "moothall", ignore=shutil.ignore_patterns("tests", "vendor"))
    monkeypatch.chdir(tmp_path / "moothall")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.LOCALE_PATHS", [tmp_path / "moothall/locale"])
        call_command(
            "makemessages", locale=["cy"], no_wrap=True, no_location=True, no_obsolete=True, verbosity=0
        )
    extracted = polib.pofile(str(tmp_path / "moothall/locale/cy/LC_MESSAGES/django.po"))
    known = {entry.msgid for entry in catalogue}
    new = [entry.msgid for entry in extracted if entry.msgid not in known]
    assert not new, f"run scripts/catalogue --extract and translate {new[:8]}"
