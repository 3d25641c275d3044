import argparse
import errno
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from moothall.config.cannot import expected
from moothall.config.command import main
from moothall.config.progress import say
from moothall.core import commands
from moothall.core.commands import Command, Demo, register, register_demo
from moothall.core.refusals import Refusal


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_commands", {})
    monkeypatch.setattr(commands, "_demos", [])


def greet(arguments: argparse.Namespace) -> int:
    say(f"Bore da, {arguments.name}")
    return 0


def takes_a_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")


def make_command(name: str = "greet", help: str = "say good morning", **changes: object) -> Command:
    given = {"run": greet, "add_arguments": takes_a_name, "needs_database": False} | changes
    return Command(name, help, **given)  # type: ignore[arg-type]


def test_a_command_of_an_app_runs_with_its_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    register(make_command())
    assert main(["greet", "Angharad"]) == 0
    assert capsys.readouterr().out == "Bore da, Angharad\n"


def test_help_lists_the_commands_of_the_apps_beside_our_own(capsys: pytest.CaptureFixture[str]) -> None:
    register(make_command())
    assert main(["help"]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {name}" in listed for name in ("up", "migrate", "manage", "clock"))
    assert "greet      say good morning" in listed


def test_an_unknown_command_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dance"]) == 1
    assert capsys.readouterr().err == "There is no command called dance; `moothall help` lists them.\n"


def test_what_is_no_map_is_refused_without_a_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.4")
    assert main(["streets", str(tmp_path / "plan.pdf"), "--out", str(tmp_path)]) == 2
    assert "should end in .osm.pbf" in capsys.readouterr().err


def test_a_refusal_is_a_sentence_and_not_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(_: argparse.Namespace) -> int:
        raise Refusal("The file holds no mail.", "Choose another.")

    register(make_command(run=refuse))
    assert main(["greet", "x"]) == 1
    assert capsys.readouterr().err == "The file holds no mail. Choose another.\n"


def test_a_mistake_in_the_program_is_not_hidden() -> None:
    def fail(_: argparse.Namespace) -> int:
        raise ZeroDivisionError

    register(make_command(run=fail))
    with pytest.raises(ZeroDivisionError):
        main(["greet", "x"])


def test_a_full_disk_is_recognised_wherever_it_is_met() -> None:
    wrapped = OperationalError("could not extend file")
    wrapped.__cause__ = psycopg.errors.DiskFull("could not extend file")
    for problem in (OSError(errno.ENOSPC, "No space left on device"), wrapped):
        sentence = expected(problem)
        assert sentence is not None
        assert sentence.startswith("The disk is full")
    assert expected(OSError(errno.ENOENT, "No such file")) is None


@pytest.mark.parametrize("name", ["up", "Greet", "", "greet me"])
def test_a_command_may_not_take_a_name_that_cannot_be_typed_or_is_taken(name: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        register(make_command(name))


def test_two_commands_may_not_share_a_name() -> None:
    register(make_command())
    with pytest.raises(ImproperlyConfigured, match="two commands called 'greet'"):
        register(make_command())


def test_a_command_says_what_it_does() -> None:
    with pytest.raises(ImproperlyConfigured, match="does not say what it does"):
        register(make_command(help=""))


def test_there_is_one_demo_office() -> None:
    register_demo(Demo(is_wanted=lambda: True, load=list))
    with pytest.raises(ImproperlyConfigured, match="two demo offices"):
        register_demo(Demo(is_wanted=lambda: True, load=list))
