"""`python -m benchmarks --peers-routes 120`: the published morning by every solver, medians of seeds."""

from collections.abc import Iterable
from statistics import median

from planner.transport.reading import read_problem
from planner.transport.searching import plan_transport
from planner.transport.writing import written

from .peer_days import Answer
from .transport import CASE, timed, verdict_of
from .transport_peers import ask_peer, installed

ROW = "| {} | {} | {} | {} | {} | {} | {} |"
HEADS = ("", "CPU s", "pounds", "vehicles", "left", "rules broken", "cannot be told")


def side_by_side(seconds: float, seeds: int, only: str) -> int:
    """A line for each plan, then the table of medians; one where one of ours breaks a rule."""
    problem = read_problem(CASE)
    rows = [
        measured(peer.name, peer.unsaid, ask_peer(peer, problem, seconds, seeds))
        for peer in installed()
        if only.lower() in peer.name.lower()
    ]
    wrong = 0
    if only.lower() in "ours":
        answers = []
        for seed in range(1, seeds + 1):
            spent, plan = timed(lambda seed=seed: plan_transport(problem, seconds=seconds, seed=seed))  # type: ignore[misc]
            answers.append(Answer("ours", spent, written(plan)))
        wrong = sum(len(verdict_of(answer.plan).breaches) for answer in answers)
        rows.append(measured("ours", "–", answers))
    print("\n".join(["", ROW.format(*HEADS), "|---|--:|--:|--:|--:|--:|---|", *rows]), flush=True)
    return int(wrong > 0)


def measured(name: str, unsaid: str, answers: Iterable[Answer]) -> str:
    """Each plan judged, on a line of its own as soon as it is there; and the row of their medians."""
    found = []
    for number, answer in enumerate(answers, 1):
        said = verdict_of(answer.plan)
        found.append((answer.seconds, said.cost, said.vehicles, said.left_out, len(said.breaches)))
        told = "{:.1f} CPU s, {:,.0f} pounds, {} vehicles, {} left, {} rules broken".format(*found[-1])
        print(f"{name}, seed {number}: {told}", flush=True)
        for breach in said.breaches[:3]:
            print(f"    {breach}")
    spent, cost, vehicles, left, broken = (median(those) for those in zip(*found, strict=True))
    several = f"{name}, {len(found)} seeds" if len(found) > 1 else name
    return ROW.format(
        several, f"{spent:.0f}", f"{cost:,.0f}", round(vehicles), round(left), round(broken), unsaid
    )
