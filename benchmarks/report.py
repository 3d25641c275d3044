"""The one table."""

from dataclasses import dataclass, field
from typing import TextIO

from .inside import Inside
from .intake import Intake
from .measuring import Result
from .peers import MAIL_A_SECOND, PEERS

HEADS = ("", "p50 ms", "p95 ms", "CPU ms", "queries", "SQL ms", "× SQL", "RT", "helpdesk", "× wall", "× CPU")


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
    intake: list[Intake] = field(default_factory=list)

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
        for taken in self.intake:
            better = taken.rate / max(MAIL_A_SECOND.values())
            print(
                f"{taken.name}: {taken.messages:,} messages, {taken.rate:.0f} a second, "
                f"{taken.cpu:.1f} ms CPU each; {better:.1f} times the better peer", file=out,
            )  # fmt: skip

    def cells(self, result: Result) -> list[str]:
        inside, peers = self.inside.get(result.name), PEERS.get(result.name)
        return [
            result.name,
            number(result.p50),
            number(result.p95),
            number(result.cpu),
            str(inside.queries) if inside else "–",
            number(inside.sql if inside else None),
            number(result.p50 / inside.sql if inside and inside.sql else None),
            number(peers.request_tracker.wall if peers else None, 0),
            number(peers.django_helpdesk.wall if peers else None, 0),
            number(peers.wall / result.p50 if peers else None),
            number(peers.cpu / result.cpu if peers and result.cpu else None),
        ]
