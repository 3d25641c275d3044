"""Packs are found, read and loaded part by part, whole or not at all."""

import argparse
import datetime as dt
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from moothall.core import command_load, packs
from moothall.core.marked_yaml import PackMistake
from moothall.core.packs import NoSuchPack, Pack, Progress, find_pack, load_pack, pack_keys, register_part

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "small-office"
    (made / "letters").mkdir(parents=True)
    (made / "pack.yaml").write_text("key: small-office\nname: Small office\n")
    (made / "letters" / "b.yaml").write_text("letter: b\n")
    (made / "letters" / "a.yaml").write_text("letter: a\n")
    return made


def test_the_packs_that_came_with_moothall_are_found_by_key() -> None:
    assert {"learning-desk", "people-services"} <= set(pack_keys())
    assert find_pack("learning-desk").name == "learning-desk"


def test_a_pack_is_found_by_its_folder_or_its_file(folder: Path) -> None:
    assert find_pack(str(folder)) == folder
    assert find_pack(str(folder / "pack.yaml")) == folder


def test_an_unknown_pack_is_told_with_the_nearest_and_all_that_are_there() -> None:
    with pytest.raises(NoSuchPack, match=r"Did you mean “learning-desk”\? The packs are learning-desk"):
        find_pack("lerning-desk")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("key: other\nname: x\n", "line 1: The key of a pack is the name of its folder"),
        ("name: x\n", "“key” is missing"),
        ("key: small-office\n", "“name” is missing"),
        ("key: small-office\nname: x\nownres: {}\n", "line 3: “ownres” .* Did you mean “owners”"),
    ],
)
def test_a_mistake_in_what_a_pack_says_of_itself_is_told(folder: Path, text: str, sentence: str) -> None:
    (folder / "pack.yaml").write_text(text)
    with pytest.raises(PackMistake, match=sentence):
        load_pack(str(folder), at=AT)


@pytest.mark.django_db
def test_parts_are_loaded_in_order_and_get_the_whole_pack(folder: Path) -> None:
    seen: list[str] = []

    def second(pack: Pack, progress: Progress) -> None:
        seen.append("second")
        assert [doc["letter"] for doc in pack.files("letters")] == ["a", "b"]
        assert pack.file("none.yaml") is None
        assert pack.files("none") == []
        assert pack.name_of(folder / "letters" / "a.yaml") == "packs/small-office/letters/a.yaml"

    with patch.object(packs, "_parts", {}):
        register_part("second", 2, second)
        register_part("first", 1, lambda pack, progress: seen.append(f"first at {pack.at:%Y}"))
        pack = load_pack(str(folder), at=AT, scale=0.5, seed=7)
    assert seen == ["first at 2026", "second"]
    assert (pack.demo, pack.scale, pack.seed) == (True, 0.5, 7)


def test_two_parts_cannot_share_a_name_or_a_number() -> None:
    with patch.object(packs, "_parts", {}):
        register_part("one", 1, lambda pack, progress: None)
        for name, order in (("one", 2), ("two", 1)):
            with pytest.raises(ImproperlyConfigured):
                register_part(name, order, lambda pack, progress: None)


@pytest.mark.django_db
def test_a_pack_that_fails_half_way_leaves_nothing_behind(folder: Path) -> None:
    def write(pack: Pack, progress: Progress) -> None:
        with connection.cursor() as cursor:
            cursor.execute("create temporary table left_behind (id int)")

    def fail(pack: Pack, progress: Progress) -> None:
        raise pack.about.mistake("This went wrong.")

    with patch.object(packs, "_parts", {}):
        register_part("write", 1, write)
        register_part("fail", 2, fail)
        with pytest.raises(PackMistake):
            load_pack(str(folder), at=AT)
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('left_behind')")
        assert cursor.fetchone() == (None,)


def test_progress_on_the_terminal_is_one_line_a_task(capsys: pytest.CaptureFixture[str]) -> None:
    told = command_load.Told()
    told.begin("Letters", 1200)
    told.advance(1200)
    told.end()
    words = capsys.readouterr().out.split()
    assert words[:2] == ["Letters", "1,200"]
    assert words[-1] == "s"


@pytest.mark.django_db
def test_the_command_loads_a_pack_and_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    command_load.add_arguments(parser)
    with patch.object(packs, "_parts", {}):
        code = command_load.load(parser.parse_args([str(folder), "--scale", "2", "--seed", "9"]))
    assert code == 0
    assert "The pack small-office is loaded" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_demo_office_is_wanted_while_nobody_can_sign_in() -> None:
    assert command_load.is_wanted()
