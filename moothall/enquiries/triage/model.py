"""What has been learned, as a value: texts in, likely answers out, each with how sure and which words say so.

It is numpy alone. The library that learns is loaded only by `training`, which runs at night.
"""

import io
import json
import math
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .features import LETTERS_WEIGH, Counted, Vocabulary, Weights, count_marks, fold, mark_of, words_of

FORMAT = 1
LARGEST = 200 * 2**20
MOST_WORDS = 3


class NotAModel(ValueError):
    """The bytes are not a model of this format."""


@dataclass(frozen=True)
class Likely:
    """One answer to one question about a text."""

    label: str
    confidence: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The best answers, best first; `sure` says whether the first may be suggested."""

    likely: tuple[Likely, ...]
    sure: bool


@dataclass(frozen=True)
class Head:
    """One question, such as which service: a row of weights for every mark and a column for every label."""

    labels: tuple[str, ...]
    weights: NDArray[np.float16]
    offsets: Weights
    temperature: float = 1.0
    threshold: float = 1.0
    floor: float = -math.inf
    """The least score of the best label; below it a text is unlike anything that was learned."""

    def scores(self, places: NDArray[np.int64], values: Weights) -> Weights:
        if not len(places):
            return self.offsets
        found: Weights = values @ self.weights[places].astype(np.float32) + self.offsets
        return found

    def confidence(self, scores: Weights, shares: Weights) -> float:
        """How sure it is of its best label: not at all, where the text is unlike any other."""
        return float(shares.max()) if float(scores.max()) >= self.floor else 0.0

    def shares(self, scores: Weights) -> Weights:
        """How likely each label is, together one."""
        scaled = (scores - scores.max()) / self.temperature
        parts: Weights = np.exp(scaled)
        whole: Weights = parts / parts.sum()
        return whole


@dataclass(frozen=True)
class Model:
    """All that was learned, over one vocabulary."""

    words: Vocabulary
    letters: Vocabulary
    heads: Mapping[str, Head] = field(default_factory=dict)

    def places(self, counted: Counted) -> tuple[NDArray[np.int64], Weights]:
        """Where the marks of a text stand in the rows of weights, and how much each weighs."""
        words, by_word = self.words.look_up(counted.words, counted.word_counts)
        letters, by_letter = self.letters.look_up(counted.letters, counted.letter_counts)
        return (
            np.concatenate([words, letters + len(self.words.marks)]),
            np.concatenate([by_word, by_letter * np.float32(LETTERS_WEIGH)]),
        )

    def ask(self, text: str, *, most: int = 3) -> dict[str, Answer]:
        """Every question, answered for one text."""
        places, values = self.places(count_marks(text))
        return {name: self._answer(head, text, places, values, most) for name, head in self.heads.items()}

    def _answer(self, head: Head, text: str, places: NDArray[np.int64], values: Weights, most: int) -> Answer:
        scores = head.scores(places, values)
        shares = head.shares(scores)
        best = np.argsort(-shares, kind="stable")[:most]
        likely = tuple(Likely(head.labels[each], float(shares[each])) for each in best)
        first = Likely(likely[0].label, likely[0].confidence, self._telling_words(head, text, int(best[0])))
        sure = len(places) > 0 and head.confidence(scores, shares) >= head.threshold
        return Answer((first, *likely[1:]), sure)

    def _telling_words(self, head: Head, text: str, label: int) -> tuple[str, ...]:
        """The words of the text that speak most for this label, as against the others."""
        words = list(dict.fromkeys(words_of(fold(text))))
        marks = np.array([mark_of(word) for word in words], np.uint32)
        if not len(self.words.marks) or not words:
            return ()
        places = np.searchsorted(self.words.marks, marks)
        places[places == len(self.words.marks)] = 0
        rows = head.weights[places].astype(np.float32)
        speaks = (rows[:, label] - rows.mean(axis=1)) * self.words.rarity[places]
        speaks[self.words.marks[places] != marks] = 0
        best = np.argsort(-speaks, kind="stable")[:MOST_WORDS]
        return tuple(words[each] for each in best if speaks[each] > 0 and len(words[each]) > 1)


def to_bytes(model: Model) -> bytes:
    """A model as a file: arrays and plain JSON, nothing that runs."""
    about: dict[str, Any] = {
        "format": FORMAT,
        "heads": {
            name: {
                "labels": head.labels,
                "temperature": head.temperature,
                "threshold": head.threshold,
                "floor": head.floor,
            }
            for name, head in model.heads.items()
        },
    }
    arrays = {
        "word_marks": model.words.marks, "word_rarity": model.words.rarity,
        "letter_marks": model.letters.marks, "letter_rarity": model.letters.rarity,
        "about": np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), np.uint8),
    }  # fmt: skip
    for name, head in model.heads.items():
        arrays[f"{name}_weights"], arrays[f"{name}_offsets"] = head.weights, head.offsets
    kept = io.BytesIO()
    np.savez_compressed(kept, **arrays)  # type: ignore[arg-type]
    return kept.getvalue()


def from_bytes(raw: bytes) -> Model:
    """The model in a file; NotAModel for anything else."""
    if len(raw) > LARGEST:
        raise NotAModel("It is larger than a model may be.")
    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
            about = json.loads(arrays["about"].tobytes())
            if about["format"] != FORMAT:
                raise NotAModel(f"Its format is {about['format']}, not {FORMAT}.")
            heads = {
                name: Head(
                    tuple(told["labels"]), arrays[f"{name}_weights"], arrays[f"{name}_offsets"],
                    float(told["temperature"]), float(told["threshold"]), float(told["floor"]),
                )
                for name, told in about["heads"].items()
            }  # fmt: skip
            return Model(
                Vocabulary(arrays["word_marks"], arrays["word_rarity"]),
                Vocabulary(arrays["letter_marks"], arrays["letter_rarity"]),
                heads,
            )
    except NotAModel:
        raise
    except (KeyError, TypeError, ValueError, OSError, EOFError, zipfile.BadZipFile) as problem:
        raise NotAModel(f"It cannot be read: {problem}") from problem
