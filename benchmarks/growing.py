"""Whether cost grows with age: the same desk at several sizes, cold and warm, alone and eight at once.

The figures of each size are kept as JSON, so that a table can be put together from several runs.
"""

import argparse
import json
import sys
from contextlib import ExitStack, closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

from moothall.config.database import web_address
from moothall.config.home import Home

from .inside import look_inside
from .intake import measure_intake
from .measuring import biggest_web_process, cpu_of, crowd, measure, once
from .office import PEOPLE, forget_files, get_to_know, load, open_office, sign_in
from .pages import MEASURED, Known, walk_down
from .report import number

CLIENTS = 8
BUDGETS = {
    "My work": 60.0,
    "List, open cases": 60.0,
    "List, one team": 60.0,
    "Case page": 60.0,
    "Search, a common word": 120.0,
    "Search, a rare word": 120.0,
    "Search, two words, open only": 120.0,
    "Person look-up": 40.0,
    "Create a case": 40.0,
}
MESSAGES_A_SECOND, WEB_MEGABYTES = 60.0, 250.0


def results_in(folder: Path) -> Path:
    found = folder / "bench-results"
    found.mkdir(parents=True, exist_ok=True)
    return found


def measure_size(asked: argparse.Namespace, home: Path, size: int, kept: Path) -> None:
    """Load this size if it is not there yet, measure it, and keep the figures."""
    found: dict[str, Any] = {"load_before": psutil.getloadavg()[0], "at": datetime.now(UTC).isoformat()}
    found["loaded"] = load(home, PEOPLE, scale=size / PEOPLE.cases, seed=asked.seed)
    wanted = [what for what in MEASURED if asked.only.lower() in what.name.lower()]
    found["cold"] = ask_cold(home, asked.seed)
    with ExitStack() as stack:
        office = stack.enter_context(open_office(home))
        client = stack.enter_context(closing(sign_in(office, PEOPLE)))
        known = get_to_know(home, PEOPLE, seed=asked.seed)
        walk_down(client, known)
        root = office.process.pid if office.process else 0
        roots = [root, *filter(None, [office.server().pid()])]

        def cpu() -> float:
            return cpu_of(roots)

        alone = {}
        for what in wanted:
            print(what.name, file=sys.stderr, flush=True)
            alone[what.name] = asdict(measure(what, client, known, times=asked.requests, cpu=cpu))
        clients = [stack.enter_context(closing(sign_in(office, PEOPLE))) for _number in range(CLIENTS)]
        eight = crowd(wanted, clients, known, seconds=asked.seconds, pause=asked.pause, cpu=cpu)
        found |= {
            "alone": alone,
            "eight": {n: {"p50": eight.p(n, 0.5), "p95": eight.p(n, 0.95)} for n in eight.times},
            "eight_a_second": eight.a_second,
            "web_megabytes": biggest_web_process(root),
            "inside": inside(home, wanted, known),
            "cases": case_count(),
        }
    if not asked.only:
        taken = measure_intake(home, messages=asked.messages, seed=asked.seed)
        found["intake"] = [asdict(each) for each in taken]
    found["load_after"] = psutil.getloadavg()[0]
    kept.write_text(json.dumps(found, indent=1))


def ask_cold(home: Path, seed: int) -> dict[str, float]:
    """The very first request of each page after a start, the machine having forgotten every file."""
    found: dict[str, float] = {"files_forgotten": float(forget_files())}
    with open_office(home, vacuum=not (home / "vacuumed").exists()) as office:
        (home / "vacuumed").touch()
        with closing(sign_in(office, PEOPLE)) as client:
            known = get_to_know(home, PEOPLE, seed=seed)
            for what in MEASURED:
                if what.path is not None and what.name != "List, 20 pages deep":
                    found[what.name] = timed(what, client, known)
    return found


def timed(what: Any, client: Any, known: Known) -> float:
    started = perf_counter()
    once(what, client, known)
    return (perf_counter() - started) * 1000


def inside(home: Path, wanted: Any, known: Known) -> dict[str, Any]:
    address = web_address(Home(home)).conninfo
    found = look_inside(wanted, known, email=PEOPLE.worker, address=address)
    return {name: asdict(each) for name, each in found.items()}


def case_count() -> int:
    from moothall.cases.models import Case

    return Case.objects.count()


def table(folder: Path) -> str:
    """All sizes measured so far, side by side: p95 of one person alone, of eight at once, and the first."""
    found = sorted(
        (json.loads(path.read_text()) for path in folder.glob("*.json")), key=lambda one: one["cases"]
    )
    heads = [f"{one['cases']:,}" for one in found]
    lines = [
        "",
        "| p95 ms | budget | " + " | ".join(f"{h}: alone | eight | cold | × SQL" for h in heads) + " |",
    ]
    lines.append("|---|--:|" + "--:|" * (4 * len(found)))
    for name in dict.fromkeys(name for one in found for name in one["alone"]):
        cells = [name, number(BUDGETS.get(name), 0)]
        for one in found:
            alone, sql = one["alone"].get(name), one["inside"].get(name)
            cells += [
                number(alone and alone["p95"]), number(one["eight"].get(name, {}).get("p95")),
                number(one["cold"].get(name)), number(alone["p50"] / sql["sql"] if alone and sql else None),
            ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    for one in found:
        rates = [f"{each['name']} {each['rate']:.0f} messages a second" for each in one.get("intake", ())]
        lines.append(
            f"\n{one['cases']:,} cases: loaded in {one['loaded']:.0f} s; web process "
            f"{one['web_megabytes']:.0f} MB (at most {WEB_MEGABYTES:.0f}); {'; '.join(rates) or 'no intake'} "
            f"(at least {MESSAGES_A_SECOND:.0f}); load {one['load_before']:.1f} before, "
            f"{one['load_after']:.1f} after; measured {one['at'][:16]}."
        )
    return "\n".join(lines)
