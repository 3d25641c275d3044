"""From a text to weighted marks: its words, pairs of words, and runs of three to five letters.

A mark is a 32-bit number worked out from the letters, so no list of words has to be kept beside the model.
Runs of letters never reach across words, so a misspelt or mutated Welsh word still looks much like itself.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.uint32]
Weights = NDArray[np.float32]
WORD = re.compile(r"\w+(?:['’]\w+)*")
SPACES = re.compile(r"\s+")
NUMBER = re.compile(r"\d+")
RUNS = (3, 4, 5)
MOST_LETTERS = 4_000  # of a text that is judged: what somebody wants stands near the top
FACTOR = np.uint32(0x01000193)
SPREAD = np.uint32(0x9E3779B1)
BEGINS, ENDS = np.array([7], np.uint32), np.array([9], np.uint32)
LETTERS_WEIGH = 0.8  # beside the words; measured on the labelled sets


@dataclass(frozen=True)
class Counted:
    """The different marks of one text, sorted, with how often each occurs; words and letters apart."""

    words: Marks
    word_counts: Weights
    letters: Marks
    letter_counts: Weights


def fold(text: str) -> str:
    """Lower case, one space between words, figures alike: 4021 and 9977 say the same of a service."""
    plain = unicodedata.normalize("NFC", text[:MOST_LETTERS]).replace("\0", " ").lower().replace("’", "'")
    return SPACES.sub(" ", NUMBER.sub("0", plain)).strip()


def words_of(text: str) -> list[str]:
    """The words of a folded text, in order."""
    return WORD.findall(text)


def mark_of(word: str) -> int:
    return zlib.crc32(word.encode())


def count_marks(text: str) -> Counted:
    folded = fold(text)
    words, word_counts = _counted(_word_marks(words_of(folded)))
    letters, letter_counts = _counted(_letter_marks(folded))
    return Counted(words, word_counts, letters, letter_counts)


def _word_marks(words: list[str]) -> Marks:
    """Single words, and each two that stand side by side; how a text begins and ends counts as well."""
    alone = np.fromiter((mark_of(word) for word in words), np.uint32, len(words))
    beside = np.concatenate([BEGINS, alone, ENDS])
    return np.concatenate([alone, (beside[:-1] * SPREAD) ^ (beside[1:] * FACTOR) ^ np.uint32(1)])


def _letter_marks(folded: str) -> Marks:
    """Every run of letters that does not reach across a gap between words."""
    padded = f" {folded} "
    letters = np.frombuffer(padded.encode("utf-32-le"), np.uint32)
    gap = letters == ord(" ")
    found = []
    for length in RUNS:
        many = len(letters) - length + 1
        if many < 1:
            continue
        run = np.full(many, length, np.uint32)
        across = np.zeros(many, bool)
        for place in range(length):
            run = (run ^ letters[place : place + many]) * FACTOR
            run ^= run >> np.uint32(15)
            if 0 < place < length - 1:
                across |= gap[place : place + many]
        found.append((run * SPREAD)[~across])
    return np.concatenate(found) if found else np.zeros(0, np.uint32)


def _counted(marks: Marks) -> tuple[Marks, Weights]:
    """Each mark once; what occurs often counts more, but not as often as it occurs."""
    each, counts = np.unique(marks, return_counts=True)
    return each, (1 + np.log(counts)).astype(np.float32)


@dataclass(frozen=True)
class Vocabulary:
    """The marks that a model knows, sorted, and how rare each is."""

    marks: Marks
    rarity: Weights

    def look_up(self, marks: Marks, counts: Weights) -> tuple[NDArray[np.int64], Weights]:
        """The places of those marks that are known, and their weights, of length one together."""
        if not len(self.marks) or not len(marks):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        places = np.searchsorted(self.marks, marks)
        places[places == len(self.marks)] = 0
        known = self.marks[places] == marks
        places, weights = places[known], counts[known] * self.rarity[places[known]]
        length = float(np.sqrt(np.dot(weights, weights)))
        return places, (weights / length if length else weights).astype(np.float32)


def learn_vocabulary(texts: Iterable[Marks], *, at_least: int, most: int) -> Vocabulary:
    """The marks that occur in enough texts; where they are too many, those in most texts."""
    given = list(texts)
    if not given:
        return Vocabulary(np.zeros(0, np.uint32), np.zeros(0, np.float32))
    marks, found_in = np.unique(np.concatenate(given), return_counts=True)
    kept = found_in >= at_least
    marks, found_in = marks[kept], found_in[kept]
    if len(marks) > most:
        commonest = np.sort(np.argsort(-found_in, kind="stable")[:most])
        marks, found_in = marks[commonest], found_in[commonest]
    rarity = np.log((1 + len(given)) / (1 + found_in)) + 1
    return Vocabulary(marks, rarity.astype(np.float32))
