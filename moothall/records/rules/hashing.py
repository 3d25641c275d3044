"""The arithmetic of seals: what is hashed of an event, and how many hashes become one (RFC 6962, 2.1).

    leaf(event) = sha256(0x00 ‖ canonical bytes of the event)
    node(l, r)  = sha256(0x01 ‖ l ‖ r), a list split at the largest power of two below its length
    head        = sha256(0x02 ‖ head of the seal before ‖ canonical bytes of the seal)

Canonical bytes are a JSON list in UTF-8 without blanks: every value as text, as PostgreSQL writes it in UTC.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

LEAF, NODE, HEAD = b"\x00", b"\x01", b"\x02"
SIZE = 32
FIRST = bytes(SIZE)  # the head before the first seal


def canonical(values: Sequence[str | int | None]) -> bytes:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":")).encode()


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(LEAF + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def head_hash(before: bytes, content: bytes) -> bytes:
    return hashlib.sha256(HEAD + before + content).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The one hash that stands for all of them, in their order."""
    if not leaves:
        raise ValueError("There is no root of nothing.")
    while len(leaves) > 1:
        # Level by level gives the same tree as splitting: an odd one out rises as it is.
        paired = [node_hash(leaves[at], leaves[at + 1]) for at in range(0, len(leaves) - 1, 2)]
        leaves = [*paired, leaves[-1]] if len(leaves) % 2 else paired
    return leaves[0]


@dataclass(frozen=True)
class Sibling:
    """One step on the way from a leaf to the root: the hash beside it, and on which side that stands."""

    side: str  # left or right
    hash: bytes

    @property
    def words(self) -> str:
        return self.hash.hex()


def path_of(leaves: Sequence[bytes], place: int) -> list[Sibling]:
    """What has to be known, besides the leaf at this place, to come to the root."""
    path: list[Sibling] = []
    while len(leaves) > 1:
        beside = place ^ 1
        if beside < len(leaves):
            path.append(Sibling("left" if beside < place else "right", leaves[beside]))
        paired = [node_hash(leaves[at], leaves[at + 1]) for at in range(0, len(leaves) - 1, 2)]
        leaves = [*paired, leaves[-1]] if len(leaves) % 2 else paired
        place //= 2
    return path


def root_by_path(leaf: bytes, path: Sequence[Sibling]) -> bytes:
    """The root that this leaf and its path lead to."""
    for step in path:
        leaf = node_hash(step.hash, leaf) if step.side == "left" else node_hash(leaf, step.hash)
    return leaf
