"""Word files with fields: what they mention, what in them is refused, and how they are filled in.

A file may say `{{ offer.job }}`, and leave out what is empty by `{% if offer.pay %} … {% endif %}`. Nothing
else is ever evaluated: whatever more the language of docxtpl knows is refused when the file comes in.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from .contract_refusals import CannotBeFilled, Dangerous

RUNS: Final = re.compile(r"(embeddings|activeX|vbaProject|oleObject|attachedToolbars)", re.IGNORECASE)
RELATIONS: Final = ("attachedTemplate", "aFChunk", "oleObject", "package", "control", "frame", "subDocument")
REACHES_OUT: Final = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b", re.IGNORECASE
)
QUOTED: Final = re.compile(r'"[^"]*"')
PLACES: Final = ("http://", "https://", "mailto:")
RICH: Final = re.compile(r"\{\{\s*r\s")
ALONE: Final = (nodes.Template, nodes.Output)
Known = Mapping[str, str]


def check_word(content: bytes) -> None:
    """Refuse what could run, or would fetch something from elsewhere when the file is opened."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for member in archive.namelist():
            if RUNS.search(member):
                raise Dangerous
            if member.endswith((".xml", ".rels")):
                _check_part(member, archive.read(member))


def _check_part(member: str, content: bytes) -> None:
    from docx.oxml import parse_xml

    if b"<!" in content.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or b"\0" in content[:200]:
        raise Dangerous
    try:
        tree: Any = parse_xml(content)
    except (ValueError, SyntaxError) as broken:  # what lxml raises is one of these
        raise Dangerous from broken
    if member.endswith(".rels"):
        if any(_leads_away(each) for each in tree):
            raise Dangerous
    elif member == "[Content_Types].xml":
        if "macroEnabled" in content.decode("utf-8", "replace"):
            raise Dangerous
    elif any(REACHES_OUT.search(QUOTED.sub("", each)) for each in _instructions(tree)):
        raise Dangerous


def _leads_away(relation: Any) -> bool:
    kind, target = relation.get("Type", ""), relation.get("Target", "")
    if kind.rsplit("/", 1)[-1] in RELATIONS:
        return True
    outside = relation.get("TargetMode", "") == "External"
    return outside and not (kind.endswith("/hyperlink") and target.lower().startswith(PLACES))


def _instructions(tree: Any) -> Iterator[str]:
    """What Word is told to do when it shows the part, also where it is cut into pieces."""
    pieces: list[str] = []
    for each in tree.iter():
        name = str(each.tag).rsplit("}", 1)[-1]
        if name == "instrText":
            pieces.append(each.text or "")
        elif name == "fldSimple":
            yield next((value for key, value in each.items() if str(key).endswith("instr")), "")
    yield "".join(pieces)


def _opened(content: bytes) -> Any:
    """A file with fields. The libraries of Word are large: only whoever opens such a file loads them."""
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]

    return DocxTemplate(BytesIO(content))


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _parts(word: Any) -> Iterator[str]:
    """Every text of the file that is filled in, as it stands there."""
    yield word.get_xml()
    for place in (word.HEADER_URI, word.FOOTER_URI):
        for _key, part in word.get_headers_footers(place):
            yield part.blob.decode()
    for part in word.docx.part.package.parts:
        if part.content_type.endswith(".footnotes+xml"):
            yield part.blob.decode()
    about = word.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield str(getattr(about, name))


def _words(xml: str) -> str:
    return re.sub(r"<[^>]*>", "", xml)


def fields_of_word(content: bytes) -> list[str]:
    """The fields that a file mentions, each once, in their order; whatever is no field is refused."""
    word = _opened(content)
    word.init_docx()
    found: list[str] = []
    for text in _parts(word):
        if RICH.search(_words(text)):
            raise CannotBeFilled("{{r")
        try:  # fields that Word cut into pieces are put together first
            found += _mentioned(_environment().parse(word.patch_xml(text)))
        except TemplateSyntaxError as wrong:
            raise CannotBeFilled(str(wrong.message)) from wrong
    return list(dict.fromkeys(found))


def _mentioned(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.TemplateData):
        return
    if isinstance(node, nodes.Name | nodes.Getattr):
        yield _dotted(node)
    elif isinstance(node, nodes.If):
        test = node.test.node if isinstance(node.test, nodes.Not) else node.test
        yield _dotted(test)
        for each in (*node.body, *node.elif_, *node.else_):
            yield from _mentioned(each)
    elif isinstance(node, ALONE):
        for each in node.iter_child_nodes():
            yield from _mentioned(each)
    else:
        raise CannotBeFilled(type(node).__name__.lower())


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    raise CannotBeFilled(type(node).__name__.lower())


class _Blank:
    """A field that is not known: it may be asked about, and is written down where it is said."""

    def __init__(self, name: str, missing: list[str]) -> None:
        self.name, self.missing = name, missing

    def __bool__(self) -> bool:
        return False

    def __html__(self) -> str:
        self.missing.append(self.name)
        return ""

    __str__ = __html__


def fill_word(content: bytes, known: Known, names: Iterable[str]) -> tuple[bytes, list[str]]:
    """The file with its fields, and those it needed that are not known."""
    missing: list[str] = []
    context: dict[str, Any] = {}
    for name in names:
        *above, last = name.split(".")
        within = context
        for each in above:
            within = within.setdefault(each, {})
        within[last] = known.get(name) or _Blank(name, missing)
    word = _opened(content)
    word.render(context, _environment(), autoescape=True)
    made = BytesIO()
    word.save(made)
    return made.getvalue(), list(dict.fromkeys(missing))


def words_of(content: bytes) -> list[str]:
    """What a file says, a paragraph or a row of a table at a time, to be looked at before it goes."""
    import docx
    from docx.table import Table

    found: list[str] = []
    for each in docx.Document(BytesIO(content)).iter_inner_content():
        if isinstance(each, Table):
            found += [" | ".join(cell.text for cell in row.cells) for row in each.rows]
        else:
            found.append(each.text)
    return [line for line in found if line.strip()]
