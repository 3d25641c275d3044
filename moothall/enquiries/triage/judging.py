"""How good a model is on what it has not seen, and from what confidence on it may speak."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .model import Head

WANTED = 0.95  # of what is suggested, this share is to be right
FEWEST = 12  # judgements before a threshold can be trusted
NEVER = 1.01
UNLIKE = 0.05


@dataclass(frozen=True)
class Judged:
    """One text that a head answered: what it said, how surely, and what was right."""

    said: str
    confidence: float
    right: str
    among_three: bool
    group: str = ""


@dataclass(frozen=True)
class Share:
    """Of `asked` texts, how many were spoken of (`sure`), and how many of either were right."""

    asked: int = 0
    right: int = 0
    sure: int = 0
    sure_right: int = 0
    among_three: int = 0

    @property
    def accuracy(self) -> float | None:
        """The share that is right when it always speaks."""
        return self.right / self.asked if self.asked else None

    @property
    def precision(self) -> float | None:
        """The share that is right of what is suggested."""
        return self.sure_right / self.sure if self.sure else None

    @property
    def coverage(self) -> float | None:
        return self.sure / self.asked if self.asked else None

    @property
    def top_three(self) -> float | None:
        return self.among_three / self.asked if self.asked else None


@dataclass(frozen=True)
class Quality:
    """The measure of one head: in all, for each label, and for each group of texts (the languages)."""

    whole: Share
    labels: dict[str, Share] = field(default_factory=dict)
    groups: dict[str, Share] = field(default_factory=dict)


def judge(
    head: Head, scores: NDArray[np.float32], right: Sequence[str], groups: Sequence[str] = ()
) -> list[Judged]:
    """What the head says of texts whose answers are known; a row of scores for each."""
    found = []
    for place, truth in enumerate(right):
        shares = head.shares(scores[place])
        best = np.argsort(-shares, kind="stable")[:3]
        among = truth in {head.labels[each] for each in best}
        group = groups[place] if groups else ""
        found.append(
            Judged(head.labels[best[0]], head.confidence(scores[place], shares), truth, among, group)
        )
    return found


def temperature_for(scores: NDArray[np.float32], right: NDArray[np.int64]) -> float:
    """The temperature at which the shares of a head say how often it is right (least log loss)."""
    if not len(right):
        return 1.0
    best, least = 1.0, np.inf
    for temperature in np.geomspace(0.02, 3.0, 60):
        scaled = scores / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        loss = float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(right)), right]))
        if loss < least:
            best, least = float(temperature), loss
    return best


def floor_for(scores: NDArray[np.float32]) -> float:
    """The best score that nineteen of twenty texts of a known kind reach; one its label accepts is enough."""
    return min(float(np.quantile(scores.max(axis=1), UNLIKE)), 0.0) if len(scores) else 0.0


def threshold_for(judged: Sequence[Judged], *, wanted: float = WANTED, fewest: int = FEWEST) -> float:
    """The least confidence from which on the wanted share was right. Where none is, it never speaks."""
    ranked = sorted(judged, key=lambda each: -each.confidence)
    right, found = 0, NEVER
    for count, each in enumerate(ranked, start=1):
        if each.confidence <= 0:  # unlike anything that was learned
            break
        right += each.said == each.right
        if count >= fewest and right / count >= wanted:
            found = each.confidence
    return found


def quality_of(judged: Sequence[Judged], threshold: float) -> Quality:
    labels = sorted({each.right for each in judged})
    groups = sorted({each.group for each in judged if each.group})
    return Quality(
        _share(judged, threshold),
        {name: _share([each for each in judged if each.right == name], threshold) for name in labels},
        {name: _share([each for each in judged if each.group == name], threshold) for name in groups},
    )


def _share(judged: Sequence[Judged], threshold: float) -> Share:
    sure = [each for each in judged if each.confidence >= threshold]
    return Share(
        asked=len(judged),
        right=sum(each.said == each.right for each in judged),
        sure=len(sure),
        sure_right=sum(each.said == each.right for each in sure),
        among_three=sum(each.among_three for each in judged),
    )
