import argparse
import io
import json
import sys

import pytest

from moothall.core.commands import find
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_role, make_team

pytestmark = pytest.mark.django_db
PASSWORD = "pedwar gair anghysylltiol"


def moothall_user(*words: str) -> int:
    command = find("user")
    assert command
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words)) or 0


def test_the_first_administrator_is_added_from_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    role, team = make_role("people.administer"), make_team()
    words = ["add", "Nia@Borth.example", "--name", "Nia Bevan", "--role", role.key, "--team", team.key]
    assert moothall_user(*words, "--welsh") == 0
    account = Account.objects.get(email="nia@borth.example")
    assert account.may("people.administer")
    assert (account.language, account.has_usable_password()) == ("cy", False)
    assert "/account/password/reset/key/" in capsys.readouterr().out


def test_a_password_is_read_from_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    make_account(email="nia@borth.example")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert moothall_user("password", "NIA@borth.example") == 0
    assert Account.objects.get().check_password(PASSWORD)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert moothall_user("add", "ann@borth.example", "--name", "Ann", "--password") == 0
    assert Account.objects.get(name="Ann").check_password(PASSWORD)


def test_accounts_are_listed_with_roles_and_second_factors(capsys: pytest.CaptureFixture[str]) -> None:
    make_account("people.view", name="Ann Lee", email="ann@borth.example")
    make_account(name="Bea Pugh", email="bea@borth.example", is_active=False)
    assert moothall_user("list") == 0
    assert "password only" in capsys.readouterr().out
    moothall_user("list", "--json")
    ann, bea = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (ann["email"], ann["second_factor"], len(ann["roles"])) == ("ann@borth.example", False, 1)
    assert bea["active"] is False


def test_an_account_is_ended_unless_nobody_would_be_left_to_manage_accounts() -> None:
    make_account("people.administer", email="nia@borth.example")
    make_account("people.view", email="ann@borth.example")
    assert moothall_user("end", "ann@borth.example") == 0
    assert moothall_user("end", "nia@borth.example") == 2
    assert list(Account.objects.in_use().values_list("email", flat=True)) == ["nia@borth.example"]


@pytest.mark.parametrize(
    "words",
    [
        ("password", "nobody@borth.example"),
        ("add", "nobody", "--name", "Nobody"),
        ("add", "a@borth.example", "--name", "Ann", "--role", "wizard"),
        ("add", "a@borth.example", "--name", "Ann", "--role", "known", "--team", "wizards"),
    ],
)
def test_a_mistake_is_one_clear_sentence(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_role(key="known")
    monkeypatch.setattr(sys, "stdin", io.StringIO("x\n"))
    assert moothall_user(*words) == 2
    said = capsys.readouterr().err
    assert said.startswith("moothall: ")
    assert len(said.splitlines()) == 1
    assert Account.objects.count() == 0
