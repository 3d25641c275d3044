"""Tells copies of one mail from different texts under one identifier, and shows where those differ."""

import hashlib
import re
import unicodedata
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
_LEFT_OUT = "…"


def body_fingerprint(sender: Address | None, subject: str, text: str) -> str:
    """Equal for copies of one mail that came by different ways, different when what it says differs.

    The subject tag and the trailer a mailing list adds are left out, and so are differences of spacing.
    """
    said = (sender.key if sender else "", _LIST_TAG.sub("", subject), _without_trailer(text))
    plain = "\n".join(" ".join(unicodedata.normalize("NFKC", one).split()) for one in said)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def _without_trailer(text: str) -> str:
    return text[:-_TRAILER_WITHIN] + _LIST_TRAILER.sub("", text[-_TRAILER_WITHIN:])


def show_difference(one: str, other: str) -> list[str]:
    """The lines that differ, each with a line around it; nothing when only spacing or a list trailer does.

    Each begins with its sign: "-" only in the first text, "+" only in the second, " " in both, "…" left out.
    """
    before, after = _lines(one), _lines(other)
    if before == after:
        return []
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    lines = [f" {text}" for text in before[max(0, head - _CONTEXT) : head]]
    lines += _middle(before[head : len(before) - tail], after[head : len(after) - tail])
    if tail:
        lines += [f" {text}" for text in before[len(before) - tail :][:_CONTEXT]]
    return [*lines[:_MOST_SHOWN], _LEFT_OUT] if len(lines) > _MOST_SHOWN else lines


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


def _middle(before: list[str], after: list[str]) -> list[str]:
    """Compare what is left line by line; texts too long for that are shown one after the other."""
    if len(before) > _MOST_COMPARED or len(after) > _MOST_COMPARED:
        half = _MOST_SHOWN // 2
        return [f"-{text}" for text in before[:half]] + [f"+{text}" for text in after[: half + 1]]
    lines: list[str] = []
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_CONTEXT):
        if lines:
            lines.append(_LEFT_OUT)
        for name, from_one, to_one, from_other, to_other in group:
            if name == "equal":
                lines += [f" {text}" for text in before[from_one:to_one]]
            else:
                lines += [f"-{text}" for text in before[from_one:to_one]]
                lines += [f"+{text}" for text in after[from_other:to_other]]
    return lines
