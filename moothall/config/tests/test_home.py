import shutil
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from moothall.config.cannot import Cannot
from moothall.config.home import CHECKOUT, Home, home


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_home_is_var_in_the_checkout_unless_the_environment_names_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MOOTHALL_HOME")
    assert home().path == CHECKOUT / "var"
    monkeypatch.setenv("MOOTHALL_HOME", str(tmp_path / "office"))
    assert home().path == tmp_path / "office"


def test_only_the_owner_may_look_into_a_prepared_home(tmp_path: Path) -> None:
    at = Home(tmp_path / "new" / "office")
    at.prepare()
    assert mode(at.path) == 0o711
    assert {mode(folder) for folder in (at.files, at.raw, at.keys, at.logs, at.mail)} == {0o700}
    assert not list(at.path.glob(".probe-*"))


def test_preparing_a_home_twice_changes_nothing(tmp_path: Path) -> None:
    at = Home(tmp_path)
    at.prepare()
    secret = at.key("secret")
    at.prepare()
    assert at.key("secret") == secret


def test_a_home_that_cannot_be_written_to_is_named_in_the_complaint(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    at = Home(tmp_path / "file" / "office")
    with pytest.raises(Cannot, match=r"cannot write to its home .*/file/office .*set MOOTHALL_HOME"):
        at.prepare()


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    at = Home(tmp_path)
    first = at.key("secret")
    assert len(first) >= 48
    assert at.key("secret") == first
    assert at.key("other") != first
    assert mode(at.keys / "secret") == 0o600
    assert sorted(path.name for path in at.keys.iterdir()) == ["other", "secret"]


def test_too_little_room_is_said_in_megabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=120 * 2**20))
    with pytest.raises(Cannot, match=r"Only 120 MB are free .* needs 500 MB"):
        Home(tmp_path).check_room()


def test_enough_room_is_no_reason_to_complain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=501 * 2**20))
    Home(tmp_path).check_room()
