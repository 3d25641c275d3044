"""Learning from cases that are over: a linear classifier for each question, calibrated on what came later.

The past teaches the future, so cases are taken in the order in which they were received: the first part is
learned from, the next sets how sure is sure, the last measures. The model that is kept then learns from all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .features import Counted, count_marks, learn_vocabulary
from .judging import NEVER, Quality, floor_for, judge, quality_of, temperature_for, threshold_for
from .model import Head, Model

LEARNED, CALIBRATED = 0.7, 0.85
FEWEST_CASES, FEWEST_OF_A_LABEL = 60, 5
MOST_WORDS, MOST_LETTERS = 60_000, 120_000
ROUNDS = 300
STRENGTHS = (1.0, 0.3)  # how closely it keeps to what it was told: less helps where people sorted unevenly
FOLDS = 3


@dataclass(frozen=True)
class Example:
    """A text whose answers are known. `group` sets texts apart when measuring: its language."""

    text: str
    answers: Mapping[str, str]
    group: str = ""


@dataclass(frozen=True)
class Trained:
    """A model, how each head did on the part held back, and from how many it learned."""

    model: Model
    quality: dict[str, Quality] = field(default_factory=dict)
    learned_from: int = 0
    held_back: int = 0
    strengths: dict[str, float] = field(default_factory=dict)


def train(examples: Sequence[Example], *, measured: bool = True) -> Trained:
    """Learn from examples given in the order of time."""
    counted = [count_marks(example.text) for example in examples]
    many = len(examples)
    model = vocabulary_of(counted)
    if many < FEWEST_CASES:
        return Trained(model)
    first, second = int(many * LEARNED), int(many * CALIBRATED)
    before = vocabulary_of(counted[:first])
    matrix, matrix_before = matrix_of(model, counted), matrix_of(before, counted)
    heads, quality, strengths = {}, {}, {}
    for question in sorted({name for example in examples for name in example.answers}):
        answers = [example.answers.get(question, "") for example in examples]
        strength = strength_for(matrix_before[:first], answers[:first])
        groups = [example.group for example in examples]
        found = _learn_and_measure(matrix_before, answers, groups, first, second, strength)
        last = fit(matrix, answers, strength)
        if found is not None and last is not None:
            head, quality[question] = found
            strengths[question] = strength
            heads[question] = as_sure_as(head, last)
    return Trained(Model(model.words, model.letters, heads), quality, many, many - second, strengths)


def _learn_and_measure(
    matrix: Any, answers: Sequence[str], groups: Sequence[str], first: int, second: int, strength: float
) -> tuple[Head, Quality] | None:
    head = fit(matrix[:first], answers[:first], strength)
    if head is None:
        return None
    scores = matrix[first:] @ head.weights.astype(np.float32) + head.offsets
    head = calibrated(head, scores[: second - first], answers[first:second])
    known = [place for place in range(second, len(answers)) if answers[place]]
    rows = np.array([place - first for place in known], np.int64)
    judged = judge(head, scores[rows], [answers[p] for p in known], [groups[p] for p in known])
    return head, quality_of(judged, head.threshold)


def calibrated(head: Head, scores: NDArray[np.float32], answers: Sequence[str]) -> Head:
    """The same head, as sure as it deserves, speaking only where it is right often enough."""
    place = {label: number for number, label in enumerate(head.labels)}
    known = [number for number, answer in enumerate(answers) if answer in place]
    if not known:
        return replace(head, threshold=NEVER)
    temperature = temperature_for(scores[known], np.array([place[answers[n]] for n in known], np.int64))
    warm = replace(head, temperature=temperature, floor=floor_for(scores[known]))
    asked = [number for number, answer in enumerate(answers) if answer]
    threshold = threshold_for(judge(warm, scores[asked], [answers[number] for number in asked]))
    return replace(warm, threshold=threshold)


def as_sure_as(calibrated_head: Head, head: Head) -> Head:
    """A head that learned from all, with what the one before it found out about being sure."""
    return replace(
        head,
        temperature=calibrated_head.temperature,
        floor=calibrated_head.floor,
        threshold=calibrated_head.threshold,
    )


def vocabulary_of(counted: Sequence[Counted]) -> Model:
    return Model(
        learn_vocabulary((each.words for each in counted), at_least=2, most=MOST_WORDS),
        learn_vocabulary((each.letters for each in counted), at_least=2, most=MOST_LETTERS),
    )


def matrix_of(model: Model, counted: Sequence[Counted]) -> Any:

    from scipy.sparse import csr_matrix

    found = [model.places(each) for each in counted]
    ends = np.cumsum([0, *(len(places) for places, _weights in found)])
    places = np.concatenate([places for places, _weights in found])
    weights = np.concatenate([weights for _places, weights in found])
    width = len(model.words.marks) + len(model.letters.marks)
    return csr_matrix((weights, places, ends), shape=(len(counted), width))


def strength_for(matrix: Any, answers: Sequence[str]) -> float:
    """The strength that is right most often on each third of what may be learned from, held back in turn. The
    part on which the result is measured is never looked at. The stronger one where neither is better."""
    rows = np.arange(len(answers))
    third = np.random.default_rng(7).permutation(len(answers)) % FOLDS
    right = dict.fromkeys(STRENGTHS, 0)
    for strength in STRENGTHS:
        for fold in range(FOLDS):
            learned, held = rows[third != fold], rows[third == fold]
            head = fit(matrix[learned], [answers[row] for row in learned], strength)
            if head is None:
                return STRENGTHS[0]
            best = (matrix[held] @ head.weights.astype(np.float32) + head.offsets).argmax(axis=1)
            right[strength] += sum(head.labels[b] == answers[row] for b, row in zip(best, held, strict=True))
    return max(STRENGTHS, key=lambda strength: right[strength])


def fit(matrix: Any, answers: Sequence[str], strength: float = STRENGTHS[0]) -> Head | None:
    """One head, of the labels that occur often enough. None where there is nothing to tell apart."""
    from sklearn.svm import LinearSVC

    often = {each for each in set(answers) if each and answers.count(each) >= FEWEST_OF_A_LABEL}
    rows = [number for number, answer in enumerate(answers) if answer in often]
    if len(often) < 2 or len(rows) < FEWEST_CASES // 2:
        return None
    right = np.array([answers[number] for number in rows])
    machine = LinearSVC(C=strength, max_iter=ROUNDS, random_state=7, dual=True)
    machine.fit(matrix[rows], right)
    weights, offsets = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # two labels share one row of weights
        weights, offsets = np.vstack([-weights[0], weights[0]]) / 2, np.array([-offsets[0], offsets[0]]) / 2
    return Head(
        tuple(str(label) for label in machine.classes_),
        np.ascontiguousarray(weights.T).astype(np.float16),
        offsets.astype(np.float32),
    )
