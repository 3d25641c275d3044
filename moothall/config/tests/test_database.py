from pathlib import Path

import pytest

from moothall.config import database
from moothall.config.cannot import Cannot
from moothall.config.database import parse
from moothall.config.home import Home


def test_an_address_is_read_with_all_its_parts() -> None:
    address = parse("postgresql://ada:p%40ss@db.example:6543/office?sslmode=require")
    assert (address.user, address.password, address.host) == ("ada", "p@ss", "db.example")
    assert (address.port, address.database) == ("6543", "office")
    assert dict(address.extra) == {"sslmode": "require"}
    assert "sslmode=require" in address.conninfo


def test_a_socket_folder_may_stand_in_for_a_host() -> None:
    address = parse("postgresql:///office?host=/run/postgresql")
    assert (address.host, address.database, address.user) == ("/run/postgresql", "office", "")


def test_words_in_the_manner_of_libpq_are_understood_too() -> None:
    assert parse("host=db dbname=office user=ada").host == "db"


@pytest.mark.parametrize("wrong", ["mysql://ada@db/office", "office", "postgresql://db:port/office"])
def test_what_is_no_postgresql_address_is_said_to_be_none(wrong: str) -> None:
    with pytest.raises(Cannot, match="DATABASE_URL is not a PostgreSQL address"):
        parse(wrong)


def test_an_address_without_a_database_is_refused() -> None:
    with pytest.raises(Cannot, match="DATABASE_WEB_URL does not name a database"):
        parse("postgresql://ada@db", name="DATABASE_WEB_URL")


def test_a_complaint_never_shows_the_password() -> None:
    assert parse("postgresql://ada:secret@db/office").plainly() == "ada@db:5432/office"


def test_without_an_address_both_roles_go_to_the_socket_in_the_home(tmp_path: Path) -> None:
    at = Home(tmp_path)
    owner, web = database.owner_address(at), database.web_address(at)
    assert (owner.user, web.user) == ("moothall", "moothall_web")
    assert owner.host == web.host == database.socket_folder(at)
    assert owner.password != web.password


def test_the_web_role_is_named_after_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:secret@db/office?sslmode=require")
    web = database.web_address(Home(tmp_path))
    assert (web.user, web.host, web.database) == ("office_web", "db", "office")
    assert web.password not in {"", "secret"}
    assert dict(web.extra) == {"sslmode": "require"}


def test_a_web_role_made_by_hand_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:secret@db/office")
    monkeypatch.setenv("DATABASE_WEB_URL", "postgresql://clerk:word@db/office")
    assert database.web_address(Home(tmp_path)).user == "clerk"


def test_the_owner_connects_only_where_the_environment_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOOTHALL_PROCESS", "web")
    assert database.this_process() == "web"
    monkeypatch.setenv("MOOTHALL_AS_OWNER", "1")
    assert database.this_process() == "owner"


def test_the_web_gives_up_long_statements_and_shares_connections(tmp_path: Path) -> None:
    chosen = database.django_settings(Home(tmp_path), "web")
    assert chosen["USER"] == "moothall_web"
    assert "statement_timeout=9s" in chosen["OPTIONS"]["options"]
    assert chosen["OPTIONS"]["pool"]["max_size"] == database.web_threads()


def test_the_owner_may_take_its_time(tmp_path: Path) -> None:
    chosen = database.django_settings(Home(tmp_path), "owner")
    assert chosen["USER"] == "moothall"
    assert "statement_timeout" not in chosen["OPTIONS"]["options"]
    assert "pool" not in chosen["OPTIONS"]


def test_the_socket_of_a_deep_home_still_fits_its_address(tmp_path: Path) -> None:
    deep = Home(tmp_path / ("folder" * 20))
    other = Home(tmp_path / ("folder" * 20) / "b")
    assert len(database.socket_folder(deep)) < 90
    assert database.socket_folder(deep) != database.socket_folder(other)
