"""The pages of a transport desk with 1,500 passengers and a year of runs behind it: times, and their queries.

python -m benchmarks --transport-pages             loads passenger transport once, measures, prints one table
"""

import argparse
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil
import psycopg

from moothall.config.database import web_address
from moothall.config.home import Home

from .client import Client
from .inside import look_inside
from .measuring import cpu_of, measure
from .office import Desk, load, open_office
from .pages import Known, Measured, page
from .report import number
from .workforce import BUDGET, password

TRANSPORT = Desk("passenger-transport", "bronagh.kettlewell@bryn-gororau.example", "transport-application", 0)


@dataclass(frozen=True)
class Office:
    """Whom and what the requests are about."""

    passengers: list[int]
    runs: list[int]
    plan: int
    centre: str


def get_to_know(home: Path) -> Office:
    with psycopg.connect(web_address(Home(home)).conninfo) as connection:
        passengers = connection.execute("select id from transport_passenger order by id").fetchall()
        plan = connection.execute(
            "select id from transport_runplan where state = 'PUBLISHED' order by from_on desc limit 1"
        ).fetchone()
        if plan is None:
            raise LookupError("No plan of runs is published.")
        runs = connection.execute("select id from transport_run where plan_id = %s", plan).fetchall()
        centre = connection.execute(
            "select key from transport_centre where id = (select centre_id from transport_travel "
            "group by centre_id order by count(*) desc limit 1)"
        ).fetchone()
    return Office(
        [each for (each,) in passengers], [each for (each,) in runs], plan[0], centre[0] if centre else ""
    )


def pages_of(office: Office) -> list[Measured]:
    plan = f"/transport/plans/{office.plan}/"
    return [
        page("Passengers", lambda _known: "/transport/"),
        page("A passenger", lambda known: f"/transport/passengers/{known.rng.choice(office.passengers)}/"),
        page("Everybody accounted for", lambda _known: "/transport/accounted/"),
        page("Board of the day, mornings", lambda _known: "/transport/board/?way=TO"),
        page("Plans of runs", lambda _known: "/transport/plans/"),
        page("A plan with board and map", lambda _known: plan),
        page("Planning desk", lambda _known: f"{plan}map/"),
        page("A run", lambda known: f"/transport/runs/{known.rng.choice(office.runs)}/"),
        page("Schools and centres", lambda _known: "/transport/centres/"),
        page("A centre", lambda _known: f"/transport/centres/{office.centre}/"),
        page("Crews", lambda _known: "/transport/crews/"),
        page("Vehicles", lambda _known: "/transport/vehicles/"),
        page("Contractors", lambda _known: "/transport/contractors/"),
        page("Value", lambda _known: "/transport/value/"),
        page("Runs that went", lambda _known: "/transport/value/runs/"),
    ]


def measure_transport_pages(asked: argparse.Namespace, home: Path) -> None:
    """The transport manager looks at everything."""
    seconds = load(home, TRANSPORT, scale=1, seed=asked.seed)
    with open_office(home) as office:
        there = get_to_know(home)
        known = Known([], [], "", "", "", "", "", rng=Random(asked.seed))
        roots = [office.process.pid if office.process else 0, *filter(None, [office.server().pid()])]
        client = Client(office.port)
        client.sign_in(TRANSPORT.worker, password())
        wanted = [each for each in pages_of(there) if asked.only in each.name]
        results = []
        with closing(client):
            for what in wanted:
                print(what.name, file=sys.stderr, flush=True)
                results.append(measure(what, client, known, times=asked.requests, cpu=lambda: cpu_of(roots)))
        inside = look_inside(wanted, known, email=TRANSPORT.worker, address=web_address(Home(home)).conninfo)
    said = f"{len(there.passengers):,} passengers, {len(there.runs)} runs in force"
    print(f"{said}; loaded in {seconds:.0f} s; load {psutil.getloadavg()[0]:.1f}\n")
    print("| | p50 ms | p95 ms | budget | CPU ms | kB | queries | SQL ms |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for result in results:
        bare = inside[result.name]
        cells = [
            number(result.p50), number(result.p95), number(BUDGET, 0), number(result.cpu),
            number(result.bytes / 1000, 0), str(bare.queries), number(bare.sql),
        ]  # fmt: skip
        print(f"| {result.name} | " + " | ".join(cells) + " |")
