"""Cuts prebuilt, minified stylesheets to what the project carries."""

import re
from collections.abc import Iterator

TABLET = "@media (min-width:40.0625em)"
TYPE = {"font-size", "line-height"}
SMALLER = {
    "2rem": "1.75rem",
    "1.6875rem": "1.5rem",
    "1.5rem": "1.3125rem",
    "1.3125rem": "1.1875rem",
    "1.1875rem": "1rem",
    "1rem": ".875rem",
}
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
    css = css.replace("GDS Transport,arial,sans-serif", "var(--mh-font,arial,sans-serif)")
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
    """The small-screen type and spacing at every width, with the wide-screen layout and small tick boxes."""
    css = re.sub(r"font-size:([\d.]+rem)", lambda m: f"font-size:{SMALLER.get(m[1], m[1])}", css)
    css = re.sub(r"\.govuk-(radios|checkboxes)--small", r".govuk-\1", css)
    small: dict[str, set[str]] = {}
    for prelude, body in rules(css):
        if not prelude.startswith("@"):
            for selector in prelude.split(","):
                small.setdefault(selector, set()).update(name for name, _value in declarations(body))
    return joined(narrowed(css, small))


def narrowed(css: str, small: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """The rules, without the wide-screen type and spacing of selectors that have their own anyway."""
    for prelude, body in rules(css):
        if prelude != TABLET:
            yield prelude, body
            continue
        inner = ((selectors, kept(selectors, text, small)) for selectors, text in rules(body))
        if left := joined((selectors, text) for selectors, text in inner if text):
            yield prelude, left


def kept(selectors: str, body: str, small: dict[str, set[str]]) -> str:
    if selectors.startswith("@"):
        return body
    known = set.intersection(*(small.get(selector, set()) for selector in selectors.split(",")))
    return ";".join(
        f"{name}:{value}"
        for name, value in declarations(body)
        if not (name in known and (name in TYPE or SPACE.match(name)))
    )
