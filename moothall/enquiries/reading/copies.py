"""Tells copies of one mail from different texts under one identifier, and shows where those differ."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from .mail import Address

_LIST_TAG = re.compile(r"^(?:\s*\[[^\]]{1,60}\])+")
_LIST_TRAILER = re.compile(
    r"\n(?:_{20,}|--) ?\n(?:[^\n]*\n){0,5}?[^\n]*(?:mailing list|listinfo|unsubscribe)"
    r"[^\n]*(?:\n[^\n]*){0,6}\Z",
    re.IGNORECASE,
)
_TRAILER_WITHIN = 3_000
_MOST_COMPARED = 200
_MOST_SHOWN = 200
_CONTEXT = 1


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """`sign` is "-" for a line only in the first text, "+" only in the second, " " in both, "…" left out."""

    sign: str
    text: str


def body_fingerprint(sender: Address | None, subject: str, text: str) -> str:
    """Equal for copies of one mail that came by different ways, different when what it says differs.

    The subject tag and the trailer a mailing list adds are left out, and so are differences of spacing.
    """
    said = (sender.key if sender else "", _LIST_TAG.sub("", subject), _without_trailer(text))
    plain = "\n".join(" ".join(unicodedata.normalize("NFKC", one).split()) for one in said)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def _without_trailer(text: str) -> str:
    return text[:-_TRAILER_WITHIN] + _LIST_TRAILER.sub("", text[-_TRAILER_WITHIN:])


def show_difference(one: str, other: str) -> tuple[DifferenceLine, ...]:
    """The lines that differ, each with a line around it; nothing when only spacing or a list trailer does."""
    before, after = _lines(one), _lines(other)
    if before == after:
        return ()
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    lines = [DifferenceLine(" ", text) for text in before[max(0, head - _CONTEXT) : head]]
    lines += _middle(before[head : len(before) - tail], after[head : len(after) - tail])
    if tail:
        lines += [DifferenceLine(" ", text) for text in before[len(before) - tail :][:_CONTEXT]]
    if len(lines) > _MOST_SHOWN:
        lines = [*lines[:_MOST_SHOWN], DifferenceLine("…", "")]
    return tuple(lines)


def _lines(text: str) -> list[str]:
    """The lines to compare; one empty line is as good as several."""
    lines = [line.rstrip() for line in _without_trailer(text).strip().split("\n")]
    return [line for number, line in enumerate(lines) if line or lines[number - 1]]


def _alike(before: list[str], after: list[str]) -> int:
    """How many lines the two begin with in common."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count


def _middle(before: list[str], after: list[str]) -> list[DifferenceLine]:
    """Compare what is left line by line; texts too long for that are shown one after the other."""
    if len(before) > _MOST_COMPARED or len(after) > _MOST_COMPARED:
        half = _MOST_SHOWN // 2
        first = [DifferenceLine("-", text) for text in before[:half]]
        return first + [DifferenceLine("+", text) for text in after[: half + 1]]
    lines: list[DifferenceLine] = []
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_CONTEXT):
        if lines:
            lines.append(DifferenceLine("…", ""))
        for name, from_one, to_one, from_other, to_other in group:
            if name == "equal":
                lines += [DifferenceLine(" ", text) for text in before[from_one:to_one]]
            else:
                lines += [DifferenceLine("-", text) for text in before[from_one:to_one]]
                lines += [DifferenceLine("+", text) for text in after[from_other:to_other]]
    return lines
