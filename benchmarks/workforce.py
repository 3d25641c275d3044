"""The pages of those who look after 9,000 people, with a year of absence and leave: times, and their queries.

python -m benchmarks --workforce            loads people services once, measures, prints one table
python -m benchmarks --year 365             walks that many days over it and proves that nothing is broken
"""

import argparse
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic

import psutil
import psycopg

from moothall.config.database import web_address
from moothall.config.home import Home

from .client import Client
from .inside import look_inside
from .measuring import cpu_of, measure, spent_here
from .office import PEOPLE, load, open_office
from .pages import Known, Measured, page
from .report import number

HEAD = "mererid.caradog@glannau-arian.example"
BUDGET = 100.0
LED = """
select a.email, count(*) from people_account a
join workforce_employment e on e.person_id = a.person_id
join workforce_assignment r on r.manager_id = e.id and r.withdrawn_at is null and r.until_on is null
where a.is_active group by a.email order by 2 desc, 1 limit 1
"""


@dataclass(frozen=True)
class Staff:
    """Whom the requests are about."""

    numbers: list[str]
    units: list[int]
    people: int


def get_to_know(home: Path) -> Staff:
    with psycopg.connect(web_address(Home(home)).conninfo) as connection:
        found = connection.execute("select number from workforce_employment order by id limit 2000")
        numbers = [each for (each,) in found]
        units = connection.execute("select distinct unit_id from workforce_assignment order by 1").fetchall()
        row = connection.execute(
            "select count(*) from workforce_employment where ended_on is null"
        ).fetchone()
    return Staff(numbers, [each for (each,) in units], row[0] if row else 0)


def pages_of(staff: Staff) -> list[Measured]:
    def record(known: Known) -> str:
        return f"/employees/{known.rng.choice(staff.numbers)}/"

    return [
        page("Month-end figures", lambda _known: "/figures/"),
        page("Figures, a unit", lambda known: f"/figures/?unit={known.rng.choice(staff.units)}"),
        page("Rows of a figure", lambda _known: f"/figures/{last_month()}/rows/headcount/"),
        page("Staff list", lambda _known: "/employees/"),
        page("Staff record", record),
        page("Team calendar", lambda _known: "/leave/calendar/"),
        page("My team", lambda _known: "/me/team/"),
    ]


def last_month() -> str:
    from moothall.core.clock import today
    from moothall.reports.rules.months import months_before

    return f"{months_before(today().replace(day=1), 1):%Y-%m}"


def measure_workforce(asked: argparse.Namespace, home: Path) -> None:
    """The head of the desk looks at everything; whoever leads most looks at their team."""
    seconds = load(home, PEOPLE, scale=1, seed=asked.seed)
    with open_office(home) as office:
        staff = get_to_know(home)
        known = Known([], [], "", "", "", "", "", rng=Random(asked.seed))
        roots = [office.process.pid if office.process else 0, *filter(None, [office.server().pid()])]
        client = Client(office.port)
        client.sign_in(HEAD, password())
        wanted = pages_of(staff)
        results = []
        with closing(client):
            for what in wanted:
                print(what.name, file=sys.stderr, flush=True)
                results.append(measure(what, client, known, times=asked.requests, cpu=lambda: cpu_of(roots)))
        inside = look_inside(wanted, known, email=HEAD, address=web_address(Home(home)).conninfo)
    print(f"{staff.people:,} people; loaded in {seconds:.0f} s; load {psutil.getloadavg()[0]:.1f}\n")
    print("| | p50 ms | p95 ms | budget | CPU ms | queries | SQL ms | × SQL |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for result in results:
        bare = inside[result.name]
        cells = [
            number(result.p50),
            number(result.p95),
            number(BUDGET, 0),
            number(result.cpu),
            str(bare.queries),
        ]
        cells += [number(bare.sql), number(result.p50 / bare.sql if bare.sql else None)]
        print(f"| {result.name} | " + " | ".join(cells) + " |")


def password() -> str:
    from moothall.people.rules.pack import DEMO_PASSWORD

    return DEMO_PASSWORD


def walk_a_year(asked: argparse.Namespace, home: Path) -> int:
    """1 where something is broken."""
    from moothall.config.embedded import running
    from moothall.core.clock import today
    from moothall.people.models import Account

    from .year import DAY, prove, table, walk, where_it_ended

    load(home, PEOPLE, scale=1, seed=asked.seed)
    with running(Home(home)) as server:
        started, before = monotonic(), spent_here(server.pid())
        by = Account.objects.get(email=HEAD)
        year = walk(
            by=by, first=max(today(), where_it_ended() or today()) + DAY, days=asked.year, seed=asked.seed
        )
        broken = prove(year)
        print(table(year, monotonic() - started, spent_here(server.pid()) - before))
    print(
        "\n".join(["", *broken] if broken else ["", "No clock was missed, and nobody was written to twice."])
    )
    return 1 if broken else 0
