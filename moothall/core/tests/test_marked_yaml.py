"""YAML that says where its mistakes are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from moothall.core.marked_yaml import Fields, Marked, MarkedList, PackMistake, parse_yaml, read_yaml

TEXT = """\
name: Dysgu
count: 3
share: 0.5
yes: on
day: 2026-05-01
number: 007
nothing:
quoted: "12"
list:
- one
- key: two
  other: [a, b]
"""


def parsed(text: str = TEXT) -> Marked:
    return parse_yaml(text, name="packs/x/y.yaml")


def test_only_what_is_written_is_read() -> None:
    assert parsed() == {
        "name": "Dysgu", "count": 3, "share": 0.5, "yes": "on", "day": "2026-05-01", "number": "007",
        "nothing": None, "quoted": "12", "list": ["one", {"key": "two", "other": ["a", "b"]}],
    }  # fmt: skip


def test_every_key_and_item_knows_its_line() -> None:
    doc = parsed()
    items = doc["list"]
    assert isinstance(items, MarkedList)
    assert (doc.line, doc.line_of("count"), doc.line_of("list"), doc.line_of("not there")) == (1, 2, 9, 1)
    assert (items.line_of(0), items.line_of(1), items[1].line_of("other")) == (10, 11, 12)
    assert str(doc.mistake("Wrong.", at="count")) == "packs/x/y.yaml, line 2: Wrong."
    assert items.mistake("Wrong.", at=1).line == 11


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "“a” stands here twice; first on line 1"),
        ("a: 1\n  b: 2\n", 2, "This is not YAML"),
        ("a: [1, 2\n", 2, "This is not YAML"),
        ("- a\n- b\n", 1, "“key: value” lines"),
        ("", 1, "“key: value” lines"),
        ("a: &x [1]\nb: *x\n", 2, "Aliases"),
        ("a: !!python/object:os.system [ls]\n", 1, "Tags"),
        ("a: !secret x\n", 1, "Tags"),
        ("? [a, b]\n: c\n", 1, "A key has to be a word"),
        ("a: " + "[" * 50_000 + "]" * 50_000, 1, "nested too deep"),
        ("a: \x01\n", 1, "This is not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "This is not YAML"),
    ],
)
def test_what_cannot_be_read_is_a_mistake_on_a_line(text: str, line: int, sentence: str) -> None:
    with pytest.raises(PackMistake) as told:
        parsed(text)
    assert told.value.line == line
    assert sentence in str(told.value)


def test_aliases_that_would_grow_without_end_are_refused() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    with pytest.raises(PackMistake, match="Aliases"):
        parsed(bomb)


def test_a_file_that_is_missing_or_in_another_charset_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    with pytest.raises(PackMistake, match="cannot be read"):
        read_yaml(file)
    file.write_bytes("name: Tŷ".encode("utf-16"))
    with pytest.raises(PackMistake, match="UTF-8"):
        read_yaml(file)
    file.write_bytes("\ufeffname: Tŷ".encode())
    assert read_yaml(file)["name"] == "Tŷ"


def test_a_key_that_does_not_belong_is_told_with_its_nearest_neighbour() -> None:
    fields = Fields(parsed("nmae: x\n"))
    assert fields.text("name", "") == ""
    with pytest.raises(PackMistake, match=r"line 1: “nmae” .* Did you mean “name”\?"):
        fields.finish()


@pytest.mark.parametrize(
    ("text", "ask", "sentence"),
    [
        ("a: 1\n", "whole", None),
        ("a: -1\n", "whole", "a whole number"),
        ("a: true\n", "whole", "a whole number"),
        ("b: 1\n", "whole", "“a” is missing"),
        ("a: ''\n", "text", "a text"),
        ("a: [x]\n", "text", "a text"),
        ("a: 12\n", "text", None),
        ("a: yes\n", "flag", "true or false"),
        ("a: 0.8\n", "share", None),
        ("a: 0\n", "share", "a share"),
        ("a: [x, y]\n", "words", None),
        ("a: [x, 1]\n", "words", "a list of words"),
        ("a: [x, x]\n", "words", "something twice"),
        ("a: x\n", "words", "a list of words"),
        ("a: [x]\n", "mapping", "lines"),
        ("a: {b: 1}\n", "mapping", None),
        ("a: [x]\n", "mappings", "An entry of “a”"),
        ("a: x\n", "mappings", "a list"),
    ],
)
def test_a_value_has_to_be_what_is_asked_for(text: str, ask: str, sentence: str | None) -> None:
    fields = Fields(parsed(text))
    questions: dict[str, Callable[[], object]] = {
        "whole": lambda: fields.whole("a"),
        "text": lambda: fields.text("a"),
        "flag": lambda: fields.flag("a"),
        "share": lambda: fields.share("a", 1.0),
        "words": lambda: fields.words("a"),
        "mapping": lambda: fields.mapping("a"),
        "mappings": lambda: list(fields.mappings("a")),
    }
    if sentence is None:
        assert questions[ask]()
    else:
        with pytest.raises(PackMistake) as told:
            questions[ask]()
        assert sentence in str(told.value)
