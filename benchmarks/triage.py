"""`python -m benchmarks.triage`: how often triage is right on public labelled texts, and how fast."""

import argparse
import csv
import hashlib
import io
import lzma
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from moothall.enquiries.triage import Share
from moothall.enquiries.triage.features import count_marks
from moothall.enquiries.triage.judging import judge, quality_of
from moothall.enquiries.triage.model import Head, Model
from moothall.enquiries.triage.training import (
    as_sure_as,
    calibrated,
    fit,
    matrix_of,
    strength_for,
    vocabulary_of,
)

FOLDER = Path(__file__).parent / "labelled"
OUTSIDE = "oos"


@dataclass(frozen=True)
class Set:
    """One labelled set, and the accuracy that is to be matched."""

    name: str
    files: tuple[str, ...]
    wanted: float
    wanted_top: float | None = None
    drawn: bool = False
    """It has no test part of its own: a fifth of it was drawn, and may be drawn again."""


SETS = (
    Set("banking77", ("banking77",), 0.912),
    Set("CLINC150", ("clinc150",), 0.928),
    Set("tickets", ("tickets-1", "tickets-2"), 0.867, 0.987, drawn=True),
)


@dataclass(frozen=True)
class Measured:
    given: Set
    learned_from: int
    share: Share
    outside_silent: float | None
    learned_in: float
    each_ms: float
    slowest_ms: float
    megabytes: float
    strength: float
    plain: float
    """The accuracy of words and pairs of words with scikit-learn's own weights and classifier, same texts."""

    @property
    def met(self) -> bool:
        top = self.given.wanted_top
        accurate = round(self.share.accuracy or 0, 3) >= self.given.wanted
        return accurate and (top is None or round(self.share.top_three or 0, 3) >= top) and self.each_ms <= 5


def rows_of(name: str) -> Iterator[tuple[str, str, str]]:
    """(part, label, text) of one file; a file that is not the one written down is refused."""
    raw = (FOLDER / f"{name}.csv.xz").read_bytes()
    wanted = dict(line.split()[::-1] for line in (FOLDER / "sha256sums").read_text().splitlines())
    if hashlib.sha256(raw).hexdigest() != wanted[f"{name}.csv.xz"]:
        raise SystemExit(f"{name}.csv.xz is not the file whose hash is in sha256sums.")
    text = io.StringIO(lzma.decompress(raw).decode(), newline="")
    rows = csv.reader(text)
    next(rows)
    yield from ((part, label, said) for part, label, said in rows)


def measure(given: Set, *, most: int | None = None, draw: int | None = None) -> Measured:
    """Learn from the training part, set sure on a tenth of it, and measure on the test part; with `draw` the
    test part is another fifth."""
    rows = [row for name in given.files for row in rows_of(name)]
    if draw is not None:
        tested_rows = set(np.random.default_rng(draw).permutation(len(rows))[: len(rows) // 5].tolist())
        parts = ["test" if number in tested_rows else "train" for number in range(len(rows))]
        rows = [(part, label, text) for part, (_part, label, text) in zip(parts, rows, strict=True)]
    learned = [(label, text) for part, label, text in rows if part == "train"][:most]
    tested = [(label, text) for part, label, text in rows if part == "test"][:most]
    outside = [text for part, label, text in rows if label == OUTSIDE]
    began = time.perf_counter()
    model, strength = _learn(learned)
    took = time.perf_counter() - began
    head = model.heads["label"]
    times = []
    for _label, text in tested[:2000]:
        started = time.thread_time()
        model.ask(text)
        times.append((time.thread_time() - started) * 1000)
    judged = judge(head, _scores(model, head, [text for _, text in tested]), [label for label, _ in tested])
    silent = [not model.ask(text)["label"].sure for text in outside]
    return Measured(
        given, len(learned), quality_of(judged, head.threshold).whole,
        sum(silent) / len(silent) if silent else None, took, float(np.mean(times)),
        float(np.quantile(times, 0.99)), head.weights.nbytes / 2**20, strength,
        _plain(learned, tested),
    )  # fmt: skip


def _plain(learned: Sequence[tuple[str, str]], tested: Sequence[tuple[str, str]]) -> float:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    by_words = TfidfVectorizer(ngram_range=(1, 2))
    machine = LinearSVC(random_state=7)
    machine.fit(
        by_words.fit_transform([text for _label, text in learned]), [label for label, _text in learned]
    )
    said = machine.predict(by_words.transform([text for _label, text in tested]))
    return float(np.mean(said == np.array([label for label, _text in tested])))


def _learn(learned: Sequence[tuple[str, str]]) -> tuple[Model, float]:
    """As the job of the night does, with the strength chosen on what is learned from alone."""
    order = np.random.default_rng(7).permutation(len(learned))
    labels = [learned[each][0] for each in order]
    counted = [count_marks(learned[each][1]) for each in order]
    cut = int(len(order) * 0.9)
    before = vocabulary_of(counted[:cut])
    matrix = matrix_of(before, counted)
    strength = strength_for(matrix[:cut], labels[:cut])
    first = fit(matrix[:cut], labels[:cut], strength)
    assert first is not None
    sure = calibrated(first, matrix[cut:] @ first.weights.astype(np.float32) + first.offsets, labels[cut:])
    model = vocabulary_of(counted)
    last = fit(matrix_of(model, counted), labels, strength)
    assert last is not None
    return Model(model.words, model.letters, {"label": as_sure_as(sure, last)}), strength


def _scores(model: Model, head: Head, texts: Sequence[str]) -> np.ndarray:
    return np.stack([head.scores(*model.places(count_marks(text))) for text in texts])


def line(found: Measured) -> str:
    share, top = found.share, found.given.wanted_top
    cells = [
        found.given.name, f"{found.learned_from:,}", f"{share.asked:,}",
        f"{share.accuracy:.4f}", f"{found.given.wanted:.3f}", f"{share.top_three:.4f}",
        f"{top:.3f}" if top else "–", f"{share.coverage:.2f}", f"{share.precision or 0:.3f}",
        "–" if found.outside_silent is None else f"{found.outside_silent:.2f}",
        f"{found.each_ms:.2f}", f"{found.slowest_ms:.2f}", f"{found.learned_in:.0f}",
        f"{found.megabytes:.0f}", f"{found.strength:g}", f"{found.plain:.4f}", "yes" if found.met else "no",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help="banking77, CLINC150, tickets; all unless given")
    parser.add_argument(
        "--draws", type=int, default=0, help="draw the test part of tickets anew, so many times"
    )
    asked = parser.parse_args(words)
    print("| set | learned from | asked | right | wanted | top three | wanted | sure | right when sure |"
          " silent on what is none | ms a text | ms, 99 of 100 | s to learn | MB | strength"
          " | plain recipe | met |")  # fmt: skip
    print("|---|" + "--:|" * 15 + "---|")
    met = True
    for given in SETS:
        if asked.sets and given.name not in asked.sets:
            continue
        found = measure(given)
        print(line(found), flush=True)
        met &= found.met
        if given.drawn and asked.draws:
            _draw(given, asked.draws)
    return 0 if met else 1


def _draw(given: Set, draws: int) -> None:
    """The same set with other fifths held back: how much of a figure is the luck of the draw."""
    drawn = [measure(given, draw=seed) for seed in range(1, draws + 1)]
    for found in drawn:
        print(line(found), flush=True)
    for words, shares in (
        ("right", [found.share.accuracy or 0 for found in drawn]),
        ("top three", [found.share.top_three or 0 for found in drawn]),
        ("plain recipe", [found.plain for found in drawn]),
    ):
        print(f"{words} over {draws} draws: {np.mean(shares):.4f} ({min(shares):.4f} to {max(shares):.4f})")


if __name__ == "__main__":
    sys.exit(main())
