"""`python -m benchmarks`: an office loaded and measured over HTTP, and all that plans, beside its peers."""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

import django
import psutil

from moothall.config.home import CHECKOUT, Home


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--sizes", type=sizes, default=[], help="people services at these numbers of cases: 10k,100k,1m"
    )
    parser.add_argument("--workforce", action="store_true", help="the pages of 9,000 people's records")
    parser.add_argument(
        "--transport-pages", action="store_true", help="the pages of a desk with 1,500 passengers"
    )
    parser.add_argument(
        "--recruitment", action="store_true", help="the pages of a desk with 7,000 applications"
    )
    parser.add_argument("--rounds", type=int, default=3, help="with --recruitment: how often all is measured")
    parser.add_argument(
        "--planner", action="store_true", help="a training year planned, beside what is published"
    )
    parser.add_argument(
        "--prove", type=float, default=0, help="with --planner: seconds for the linear programme"
    )
    parser.add_argument(
        "--transport", type=float, nargs="?", const=120.0, metavar="SECONDS", help="plan a published morning"
    )
    parser.add_argument(
        "--peers-routes", type=float, nargs="?", const=120.0, metavar="SECONDS",
        help="the same morning by every solver that is installed, side by side",
    )  # fmt: skip
    parser.add_argument(
        "--crews", type=float, nargs="?", const=60.0, metavar="SECONDS", help="man a drawn week"
    )
    parser.add_argument(
        "--selection",
        type=float,
        nargs="?",
        const=30.0,
        metavar="SECONDS",
        help="plan an assessment day",
    )
    parser.add_argument(
        "--growth", type=sizes, default=[], help="invented mornings of so many passengers: 250,1500,20k"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="with --growth: processes")
    parser.add_argument("--rounds-each", type=int, default=60, help="with --growth: rounds a passenger")
    parser.add_argument("--dask", action="store_true", help="with --growth: a Dask cluster of the workers")
    parser.add_argument("--seeds", type=int, default=3, help="of a morning, a week, a day: how many plans")
    parser.add_argument("--bookings", action="store_true", help="what is free, among 95,000 bookings")
    parser.add_argument(
        "--import", dest="rows", type=sizes, default=[], help="extracts of so many staff records: 1k,3k,9k"
    )
    parser.add_argument("--publishing", action="store_true", help="a schedule of 1,000 sessions published")
    parser.add_argument(
        "--plans", type=float, nargs="?", const=60.0, metavar="SECONDS",
        help="planner, timetables, transport, publishing and bookings in one table with their targets",
    )  # fmt: skip
    parser.add_argument("--year", type=int, default=0, metavar="DAYS", help="walk so many days of them")
    parser.add_argument(
        "--timetable",
        type=float,
        nargs="?",
        const=300.0,
        metavar="SECONDS",
        help="plan the competition's weeks",
    )
    parser.add_argument(
        "--routes", type=float, nargs="?", const=60.0, metavar="SECONDS", help="plan published routes"
    )
    parser.add_argument("--streets", type=Path, metavar="FILE.osm.pbf", help="prepare and ask an extract")
    parser.add_argument("--scale", type=float, default=66, help="66 is 100,000 cases; 1 is 1,500")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--requests", type=int, default=40, help="how often each page is asked for")
    parser.add_argument("--seconds", type=float, default=15, help="how long the eight clients go on")
    parser.add_argument("--messages", type=int, default=2000, help="synthetic messages to take in")
    parser.add_argument("--home", type=Path, help="where the office is kept for the next time")
    parser.add_argument("--only", default="", help="only the rows with these words in their name")
    parser.add_argument(
        "--pause", type=float, default=1.0, help="seconds, on average, that each of eight people pauses"
    )
    return parser.parse_args()


def sizes(words: str) -> list[int]:
    """10k,100k,1m as numbers."""
    times = {"k": 1000, "m": 1_000_000}
    return [round(float(word.rstrip("km")) * times.get(word[-1:], 1)) for word in words.lower().split(",")]


def main() -> int:
    asked = arguments()
    return one_of(asked) if sys.argv[1:] else everything(asked)


def everything(asked: argparse.Namespace) -> int:
    """The pages, and then, in a process of its own, everything that plans and books."""
    of_pages(asked)
    print("\nPlans and bookings, ", end="", flush=True)
    return subprocess.run([sys.executable, "-m", "benchmarks", "--plans"], check=False).returncode


def one_of(asked: argparse.Namespace) -> int:
    done = of_planner(asked)
    if done is not None:
        return done
    if asked.sizes:
        return grow(asked)
    if asked.transport_pages:
        return of_transport_pages(asked)
    if asked.recruitment:
        return of_recruitment(asked)
    if asked.workforce or asked.year:
        return of_workforce(asked)
    if asked.rows:
        return of_importing(asked)
    if asked.bookings or asked.publishing or asked.plans:
        return of_bookings(asked)
    return of_pages(asked)


def of_pages(asked: argparse.Namespace) -> int:
    """The pages of an office of 100,000 cases, beside two well-known systems."""
    home = (asked.home or CHECKOUT / "var" / f"bench-{asked.scale:g}-{asked.seed}").resolve()
    prepare(home)
    django.setup()
    from .report import Report
    from .running import run

    print(f"{platform.machine()}, {os.cpu_count()} cores, load {psutil.getloadavg()[0]:.1f}; home {home}")
    report = Report()
    run(asked, home, report)
    report.show(sys.stdout)
    return 0


def of_planner(asked: argparse.Namespace) -> int | None:
    """What needs no office; None where something else was asked for."""
    if asked.timetable:
        from .timetables import measure_timetables

        return measure_timetables(seconds=asked.timetable, seed=asked.seed, only=asked.only)
    if asked.routes or asked.streets:
        from .routing import measure_routes, measure_streets

        if asked.streets:
            return measure_streets(asked.streets)
        return measure_routes(seconds=asked.routes, seed=asked.seed, only=asked.only)
    if asked.growth:
        from .growth import measure_growth

        return measure_growth(
            asked.growth, seed=asked.seed, workers=asked.workers, rounds=asked.rounds_each, dask=asked.dask
        )
    return of_plans(asked)


def of_plans(asked: argparse.Namespace) -> int | None:
    """A training year, a morning of passengers or a week of crews, planned."""
    if asked.planner:
        from .planner import run as plan

        plan(asked.seconds, asked.prove)
        return 0
    if asked.transport:
        from .transport import run as plan_morning

        plan_morning(asked.transport, asked.seeds)
        return 0
    if asked.peers_routes:
        from .side_by_side import side_by_side

        return side_by_side(asked.peers_routes, asked.seeds, asked.only)
    if asked.crews:
        from .crews import run as man_week

        man_week(asked.crews, asked.seeds)
        return 0
    if asked.selection:
        from .selection import run as plan_days

        plan_days(asked.selection, asked.seeds)
        return 0
    return None


def prepare(home: Path) -> None:
    os.environ |= {"MOOTHALL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "moothall.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    home.mkdir(parents=True, exist_ok=True)
    Home(home).prepare()


def grow(asked: argparse.Namespace) -> int:
    """Each size in a process of its own; each ends with one table of all sizes measured so far."""
    folder = (asked.home or CHECKOUT / "var").resolve()
    if len(asked.sizes) > 1:
        for size in asked.sizes:
            words = [sys.executable, "-m", "benchmarks", *options(asked, folder), "--sizes", str(size)]
            subprocess.run(words, check=True)
        return 0
    [size] = asked.sizes
    home = folder / f"bench-people-{size}-{asked.seed}"
    prepare(home)
    django.setup()
    from .growing import measure_size, results_in, table

    measure_size(asked, home, size, results_in(folder) / f"{size}.json")
    print(table(results_in(folder)))
    return 0


def of_workforce(asked: argparse.Namespace) -> int:
    home = (asked.home or CHECKOUT / "var" / f"bench-workforce-{asked.seed}").resolve()
    prepare(home)
    django.setup()
    from .workforce import measure_workforce, walk_a_year

    if asked.workforce:
        measure_workforce(asked, home)
    return walk_a_year(asked, home) if asked.year else 0


def of_transport_pages(asked: argparse.Namespace) -> int:
    home = (asked.home or CHECKOUT / "var" / f"bench-transport-{asked.seed}").resolve()
    prepare(home)
    django.setup()
    from .transport_pages import measure_transport_pages

    measure_transport_pages(asked, home)
    return 0


def of_recruitment(asked: argparse.Namespace) -> int:
    home = (asked.home or CHECKOUT / "var" / f"bench-workforce-{asked.seed}").resolve()
    prepare(home)
    django.setup()
    from .recruitment import measure_recruitment

    measure_recruitment(asked, home)
    return 0


def of_importing(asked: argparse.Namespace) -> int:
    home = (asked.home or CHECKOUT / "var" / "bench-import").resolve()
    prepare(home)
    django.setup()
    from .importing import measure_import

    return measure_import(asked, home)


def of_bookings(asked: argparse.Namespace) -> int:
    home = (asked.home or CHECKOUT / "var" / f"bench-bookings-{asked.seed}").resolve()
    prepare(home)
    django.setup()
    if asked.plans:
        from .plans import measure_plans

        measure_plans(asked, home)
    if asked.publishing:
        from .publishing import measure_publishing

        measure_publishing(asked, home)
    if asked.bookings:
        from .bookings import measure_bookings

        measure_bookings(asked, home)
    return 0


def options(asked: argparse.Namespace, folder: Path) -> list[str]:
    named = ("seed", "requests", "seconds", "messages", "pause")
    return [
        *(f"--{name}={getattr(asked, name)}" for name in named),
        f"--home={folder}",
        f"--only={asked.only}",
    ]


if __name__ == "__main__":
    sys.exit(main())
