"""The pages of a recruitment desk with 70 live campaigns and a year of applications behind it: times, and
their queries.

python -m benchmarks --recruitment          loads people services once, measures, prints one table
"""

import argparse
import statistics
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import psutil
import psycopg

from moothall.config.database import web_address
from moothall.config.home import Home

from .client import Client
from .inside import Inside, look_inside
from .measuring import Result, cpu_of, measure
from .office import PEOPLE, load, open_office
from .pages import Known, Measured, page
from .report import number
from .workforce import password

DESK: Final = "gwenno.llewelyn-day@glannau-arian.example"
DEPARTMENT: Final = "osian.treharne@glannau-arian.example"
BUDGET: Final = 80.0
BIGGEST: Final = """
select campaign_id, count(*) from recruitment_application group by campaign_id order by 2 desc, 1 limit 1
"""
RUNNING: Final = """
select a.id from recruitment_application a join cases_case c on c.id = a.case_id
where a.campaign_id = %s and c.status <> 'CLOSED' order by a.id
"""


@dataclass(frozen=True)
class There:
    """What the requests are about."""

    campaign: int
    applied: int
    applications: list[int]


def get_to_know(home: Path) -> There:
    """The campaign to which most people applied."""
    with psycopg.connect(web_address(Home(home)).conninfo) as connection:
        row = connection.execute(BIGGEST).fetchone()
        if row is None:
            raise LookupError("Nobody applied: load people services with a year first.")
        applications = connection.execute(RUNNING, [row[0]]).fetchall()
    return There(row[0], row[1], [each for (each,) in applications])


def pages_of(there: There) -> list[Measured]:
    campaign = f"/recruitment/campaigns/{there.campaign}/"
    return [
        page("Campaigns", lambda _known: "/recruitment/"),
        page("A campaign", lambda _known: campaign),
        page("Pipeline", lambda _known: f"{campaign}applications/"),
        page("Pipeline, late ones", lambda _known: f"{campaign}applications/?late=1"),
        page("Pipeline, a name", lambda _known: f"{campaign}applications/?q=an"),
        page(
            "An application",
            lambda known: f"/recruitment/applications/{known.rng.choice(there.applications)}/",
        ),
        page("Who has not heard", lambda _known: "/recruitment/unheard/"),
        page("Checks of a campaign", lambda _known: f"{campaign}checks/"),
        page("Checks that wait too long", lambda _known: "/recruitment/late-checks/"),
        page("Shortlist", lambda _known: f"{campaign}shortlist/"),
        page("Figures", lambda _known: "/recruitment/figures/"),
    ]


def of_department() -> list[Measured]:
    return [page("Checks to do", lambda _known: "/checks/")]


def measure_recruitment(asked: argparse.Namespace, home: Path) -> None:
    """Somebody of the desk looks at everything, somebody of a department at its checks: in several rounds, of
    which the middle one is shown."""
    seconds = load(home, PEOPLE, scale=1, seed=asked.seed)
    with open_office(home) as office:
        there = get_to_know(home)
        known = Known([], [], "", "", "", "", "", rng=Random(asked.seed))
        roots = [office.process.pid if office.process else 0, *filter(None, [office.server().pid()])]
        rounds: dict[str, list[Result]] = {}
        inside: dict[str, Inside] = {}
        for email, pages in ((DESK, pages_of(there)), (DEPARTMENT, of_department())):
            wanted = [each for each in pages if asked.only in each.name]
            client = Client(office.port)
            client.sign_in(email, password())
            with closing(client):
                for count in range(asked.rounds):
                    for what in wanted:
                        print(f"{what.name}, round {count + 1}", file=sys.stderr, flush=True)
                        found = measure(what, client, known, times=asked.requests, cpu=lambda: cpu_of(roots))
                        rounds.setdefault(what.name, []).append(found)
            inside |= look_inside(wanted, known, email=email, address=web_address(Home(home)).conninfo)
    said = f"{there.applied:,} applications to one campaign, {asked.rounds} rounds of {asked.requests}"
    print(f"{said}; loaded in {seconds:.0f} s; load {psutil.getloadavg()[0]:.1f}\n")
    print_table(rounds, inside)


def print_table(rounds: dict[str, list[Result]], inside: dict[str, Inside]) -> None:
    """The middle of the rounds, and beside it the p95 of the worst of them."""
    print("| | p50 ms | p95 ms | worst p95 | budget | CPU ms | kB | queries | SQL ms | × SQL |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, results in rounds.items():
        bare, p50 = inside[name], statistics.median(each.p50 for each in results)
        cells = [
            number(p50), number(statistics.median(each.p95 for each in results)),
            number(max(each.p95 for each in results)), number(BUDGET, 0),
            number(statistics.median(each.cpu for each in results)), number(results[0].bytes / 1000, 0),
            str(bare.queries), number(bare.sql), number(p50 / bare.sql if bare.sql else None),
        ]  # fmt: skip
        print(f"| {name} | " + " | ".join(cells) + " |")
