"""Cuts prebuilt, minified stylesheets to what the project carries."""

import re
from collections.abc import Iterator

TABLET = "@media (min-width:40.0625em)"
TYPE = {"font-size", "line-height"}
SPACE = re.compile(r"(margin|padding)(-(top|bottom|left|right))?$")


def rules(css: str) -> Iterator[tuple[str, str]]:
    """(prelude, body) of every rule at the outer level; a statement without a body has an empty one."""
    depth, start, opened = 0, 0, 0
    for match in re.finditer(r"[{};]", css):
        mark = match.group(0)
        if mark == "{":
            if depth == 0:
                opened = match.start()
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : match.start()]
                start = match.end()
        elif depth == 0:
            yield css[start : match.start()].strip(), ""
            start = match.end()


def joined(found: Iterator[tuple[str, str]]) -> str:
    return "".join(f"{prelude}{{{body}}}" if body else f"{prelude};" for prelude, body in found)


def plain_font(css: str) -> str:
    """The stylesheet without the font that only gov.uk may use."""
    css = re.sub(r"/\*!?.*?\*/", "", css, flags=re.S)
    css = css.replace("GDS Transport,arial", "arial")
    return joined((prelude, body) for prelude, body in rules(css) if prelude != "@font-face")


def select(css: str, keep: re.Pattern[str], drop: re.Pattern[str] | None = None) -> str:
    """Only the rules with a selector that fits `keep` and none that fits `drop`, inside media queries too."""

    def chosen(text: str) -> Iterator[tuple[str, str]]:
        for prelude, body in rules(text):
            if prelude.startswith(("@media", "@supports")):
                inner = joined(chosen(body))
                if inner:
                    yield prelude, inner
            elif body and keep.search(prelude) and not (drop and drop.search(prelude)):
                yield prelude, body

    return joined(chosen(css))


def declarations(body: str) -> Iterator[tuple[str, str]]:
    for one in re.split(r";(?![^(]*\))", body):
        name, colon, value = one.partition(":")
        if colon:
            yield name, value


def compact(css: str) -> str:
    """The small-screen type and spacing at every width, with the wide-screen layout."""
    small: dict[str, set[str]] = {}
    for prelude, body in rules(css):
        if body and not prelude.startswith("@"):
            for selector in prelude.split(","):
                small.setdefault(selector, set()).update(name for name, _value in declarations(body))

    def kept(prelude: str, body: str) -> str:
        known = set.intersection(*(small.get(selector, set()) for selector in prelude.split(",")))
        return ";".join(
            f"{name}:{value}"
            for name, value in declarations(body)
            if not (name in known and (name in TYPE or SPACE.match(name)))
        )

    def narrowed(body: str) -> Iterator[tuple[str, str]]:
        for prelude, inner in rules(body):
            left = inner if prelude.startswith("@") else kept(prelude, inner)
            if left:
                yield prelude, left

    def every() -> Iterator[tuple[str, str]]:
        for prelude, body in rules(css):
            if prelude != TABLET:
                yield prelude, body
            elif inner := joined(narrowed(body)):
                yield prelude, inner

    return joined(every())
