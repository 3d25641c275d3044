"""YAML that knows where it stands: every mapping and list remembers its file and lines, to say where a
mistake is. Only plain data is read: no tags, no aliases, no duplicate keys; `yes`, `on` and dates are text.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from .refusals import Refusal, Words

LARGEST: Final = 4_000_000
DEEPEST: Final = 40
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
PLAIN: Final = {"true": True, "false": False, "null": None, "~": None, "": None}
Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PackMistake(Refusal):
    """Something in a pack is wrong: in which file, on which line, and what."""

    def __init__(self, file: str, line: int, sentence: Words, next_step: Words = "") -> None:
        self.file, self.line, self.what = file, line, str(sentence)
        where = _("%(file)s, line %(line)s") % {"file": file, "line": line}
        super().__init__(f"{where}: {sentence}", next_step)


class Marked(dict[str, Any]):
    """A mapping that knows its file, its line, and the line of each of its keys."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line = file, line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)

    def mistake(self, sentence: Words, *, at: str | None = None) -> PackMistake:
        return PackMistake(self.file, self.line if at is None else self.line_of(at), sentence)


class MarkedList(list[Any]):
    """A list that knows its file, its line, and the line of each of its items."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line = file, line
        self.lines: list[int] = []

    def line_of(self, index: int) -> int:
        return self.lines[index] if 0 <= index < len(self.lines) else self.line

    def mistake(self, sentence: Words, *, at: int | None = None) -> PackMistake:
        return PackMistake(self.file, self.line if at is None else self.line_of(at), sentence)


def read_yaml(path: Path, *, name: str = "") -> Marked:
    """The mapping in this file. `name` is how mistakes call the file; its path otherwise."""
    name = name or str(path)
    try:
        if path.stat().st_size > LARGEST:
            raise PackMistake(name, 1, _("The file is too large."))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise PackMistake(name, 1, _("The file cannot be read.")) from problem
    except UnicodeDecodeError as problem:
        raise PackMistake(name, 1, _("The file is not in UTF-8.")) from problem
    return parse_yaml(text, name=name)


def parse_yaml(text: str, *, name: str) -> Marked:
    try:
        _refuse_what_grows(text, name)
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        sentence = _("This is not YAML: %(problem)s.") % {"problem": problem.problem or problem.context}
        raise PackMistake(name, mark.line + 1 if mark else 1, sentence) from problem
    except yaml.YAMLError as problem:
        raise PackMistake(name, 1, _("This is not YAML that can be read.")) from problem
    if not isinstance(node, yaml.MappingNode):
        raise PackMistake(name, 1, _("The file has to be a list of “key: value” lines."))
    marked: Marked = _Reading(name).mapping(node)
    return marked


def _refuse_what_grows(text: str, name: str) -> None:
    """Look at the file piece by piece first: deep nesting and aliases could take all memory."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        line = (event.start_mark.line if event.start_mark else 0) + 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise PackMistake(name, line, _("This is nested too deep."))
        if isinstance(event, yaml.AliasEvent):
            raise PackMistake(name, line, _("Aliases (*name) are not used here: write it out."))


class _Reading:
    """Turns one composed document into marked mappings, lists and plain values."""

    def __init__(self, file: str) -> None:
        self.file = file

    def mistake(self, node: yaml.Node, sentence: str) -> PackMistake:
        return PackMistake(self.file, node.start_mark.line + 1, sentence)

    def value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return self.sequence(node)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        raise self.mistake(node, _("This is not data that can be read."))

    def mapping(self, node: yaml.MappingNode) -> Marked:
        self.check_tag(node, "map")
        marked = Marked(self.file, node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode) or not key:
                raise self.mistake(key_node, _("A key has to be a word."))
            if key in marked:
                first = marked.line_of(key)
                said = _("“%(key)s” stands here twice; first on line %(line)s.") % {"key": key, "line": first}
                raise self.mistake(key_node, said)
            marked.lines[key] = key_node.start_mark.line + 1
            marked[key] = self.value(value_node)
        return marked

    def sequence(self, node: yaml.SequenceNode) -> MarkedList:
        self.check_tag(node, "seq")
        marked = MarkedList(self.file, node.start_mark.line + 1)
        for item in node.value:
            marked.lines.append(item.start_mark.line + 1)
            marked.append(self.value(item))
        return marked

    def scalar(self, node: yaml.ScalarNode) -> str | int | float | bool | None:
        self.check_tag(node, "str", "int", "float", "bool", "null", "timestamp", "value", "merge")
        text: str = node.value
        if node.style:
            return text
        if text in PLAIN:
            return PLAIN[text]
        if WHOLE.fullmatch(text):
            return int(text)
        return float(text) if DECIMAL.fullmatch(text) else text

    def check_tag(self, node: yaml.Node, *allowed: str) -> None:
        if node.tag.removeprefix("tag:yaml.org,2002:") not in allowed:
            raise self.mistake(node, _("Tags (!name) are not used here."))


def near_match(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?” for a word that is almost one of these, or nothing."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return " " + _("Did you mean “%(word)s”?") % {"word": found[0]} if found else ""


class Fields:
    """Reads the keys of one mapping, each as what it has to be; `finish` refuses keys nobody asked for."""

    def __init__(self, marked: Marked, also: Collection[str] = ()) -> None:
        self.marked = marked
        self.asked: set[str] = set(also)

    def raw(self, key: str) -> Any:
        self.asked.add(key)
        return self.marked.get(key)

    def wrong(self, key: str, what: str) -> PackMistake:
        return self.marked.mistake(_("“%(key)s” has to be %(what)s.") % {"key": key, "what": what}, at=key)

    def missing(self, key: str) -> PackMistake:
        return self.marked.mistake(_("“%(key)s” is missing.") % {"key": key})

    def text(self, key: str, default: str | None = None) -> str:
        value = self.raw(key)
        if value is None:
            if default is None:
                raise self.missing(key)
            return default
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, _("a text"))
        return value.strip()

    def optional(self, key: str) -> str | None:
        return self.text(key, "") or None

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value and value not in choices:
            said = _("“%(value)s” is not one of %(choices)s.") % {
                "value": value,
                "choices": ", ".join(choices),
            }
            raise self.marked.mistake(said + near_match(value, choices), at=key)
        return value

    def maybe_whole(self, key: str) -> int | None:
        value: object = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.wrong(key, _("a whole number, 0 or more"))
        return value

    def whole(self, key: str) -> int:
        value = self.maybe_whole(key)
        if value is None:
            raise self.missing(key)
        return value

    def share(self, key: str, default: float) -> float:
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 10:
            raise self.wrong(key, _("a share such as 0.8"))
        return float(value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(key, _("true or false"))
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of short texts; none when the key is not there."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, MarkedList) or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(key, _("a list of words, such as [one, two]"))
        if len(set(value)) != len(value):
            raise self.marked.mistake(_("“%(key)s” says something twice.") % {"key": key}, at=key)
        return tuple(value)

    def mapping(self, key: str) -> Marked:
        """The mapping under this key; an empty one when the key is not there."""
        value = self.raw(key)
        if value is None:
            return Marked(self.marked.file, self.marked.line)
        if not isinstance(value, Marked):
            raise self.wrong(key, _("“key: value” lines"))
        return value

    def mappings(self, key: str) -> Iterator[Marked]:
        """Each mapping of the list under this key."""
        value = self.raw(key)
        if value is None:
            return
        if not isinstance(value, MarkedList):
            raise self.wrong(key, _("a list"))
        for index, item in enumerate(value):
            if not isinstance(item, Marked):
                said = _("An entry of “%(key)s” has to be “key: value” lines.") % {"key": key}
                raise value.mistake(said, at=index)
            yield item

    def finish(self) -> None:
        for key in self.marked:
            if key not in self.asked:
                said = _("“%(key)s” is not a key that belongs here.") % {"key": key}
                raise self.marked.mistake(said + near_match(key, self.asked), at=key)
