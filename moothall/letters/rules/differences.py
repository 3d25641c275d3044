"""What changed between two versions of a text, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECES = re.compile(r"\s+|[^\s]+")
MOST_PIECES = 6000


@dataclass(frozen=True)
class Piece:
    """Some words: kept as they were, taken out, or put in."""

    words: str
    kind: str  # "same", "out" or "in"


def difference(before: str, after: str) -> list[Piece]:
    """The later text with what it lost and gained; two very long texts are shown one after the other."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    if len(old) + len(new) > MOST_PIECES:
        return [piece for piece in (Piece(before, "out"), Piece(after, "in")) if piece.words]
    return list(pieces(old, new))


def pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("".join(new[new_from:new_to]), "same")
            continue
        if old_to > old_from:
            yield Piece("".join(old[old_from:old_to]), "out")
        if new_to > new_from:
            yield Piece("".join(new[new_from:new_to]), "in")
