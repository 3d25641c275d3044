"""The one table."""

from dataclasses import dataclass, field
from typing import TextIO

from .inside import Inside
from .measuring import Result
from .peers import PEERS, Peers, times_better

HEADS = ("", "p50 ms", "p95 ms", "CPU ms", "queries", "SQL ms", "× SQL", "RT", "helpdesk", "× better")


def number(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


@dataclass
class Report:
    cases: int = 0
    loaded: float = 0.0
    load: float = 0.0
    results: list[Result] = field(default_factory=list)
    inside: dict[str, Inside] = field(default_factory=dict)
    mixed: tuple[Result, float] | None = None
    intake: dict[str, tuple[int, float]] = field(default_factory=dict)

    def show(self, out: TextIO) -> None:
        """Markdown, so that it can stand in docs/benchmarks.md as it is."""
        print(
            f"\n{self.cases:,} cases, loaded in {self.loaded:.0f} s; load at the end {self.load:.1f}\n",
            file=out,
        )
        print("| " + " | ".join(HEADS) + " |", file=out)
        print("|---" + "|--:" * (len(HEADS) - 1) + "|", file=out)
        for result in self.results:
            print("| " + " | ".join(self.cells(result)) + " |", file=out)
        if self.mixed:
            result, rate = self.mixed
            print(
                f"\n{result.name}: {rate:.0f} requests a second, p50 {result.p50:.0f} ms, "
                f"p95 {result.p95:.0f} ms, {result.cpu:.1f} ms CPU each", file=out,
            )  # fmt: skip
        for name, (count, rate) in self.intake.items():
            better = times_better(name, rate, faster_is_more=True)
            words = f", {better:.1f} times the better peer" if better else ""
            print(f"{name}: {count:,} messages, {rate:.0f} a second{words}", file=out)

    def cells(self, result: Result) -> list[str]:
        inside, peers = self.inside.get(result.name), PEERS.get(result.name, Peers(None, None))
        return [
            result.name,
            number(result.p50),
            number(result.p95),
            number(result.cpu),
            str(inside.queries) if inside else "–",
            number(inside.sql if inside else None),
            number(result.p50 / inside.sql if inside and inside.sql else None),
            number(peers.request_tracker, 0),
            number(peers.django_helpdesk, 0),
            number(times_better(result.name, result.p50)),
        ]
