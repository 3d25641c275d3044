"""One run of the benchmark, from an empty home to the figures."""

import argparse
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import psutil

from moothall.config.database import web_address
from moothall.config.home import Home

from .inside import look_inside
from .intake import measure_intake
from .measuring import cpu_of, measure, together
from .office import LEARNING, get_to_know, load, open_office, sign_in
from .pages import MEASURED, walk_down
from .report import Report

CLIENTS = 8


def run(asked: argparse.Namespace, home: Path, report: Report) -> None:
    report.loaded = load(home, LEARNING, scale=asked.scale, seed=asked.seed)
    wanted = [what for what in MEASURED if asked.only.lower() in what.name.lower()]
    with ExitStack() as stack:
        office = stack.enter_context(open_office(home))
        client = stack.enter_context(closing(sign_in(office, LEARNING)))
        known = get_to_know(home, LEARNING, seed=asked.seed)
        walk_down(client, known)
        report.cases = case_count()
        database = office.server().pid()
        roots = [office.process.pid if office.process else 0, *([database] if database else [])]

        def cpu() -> float:
            return cpu_of(roots)

        for what in wanted:
            print(what.name, file=sys.stderr, flush=True)
            report.results.append(measure(what, client, known, times=asked.requests, cpu=cpu))
        if not asked.only:
            clients = [stack.enter_context(closing(sign_in(office, LEARNING))) for _number in range(CLIENTS)]
            report.mixed = together(MEASURED, clients, known, seconds=asked.seconds, cpu=cpu)
        address = web_address(Home(home)).conninfo
        report.inside = look_inside(wanted, known, email=LEARNING.worker, address=address)
    if not asked.only:
        report.intake = measure_intake(home, messages=asked.messages, seed=asked.seed)
    report.load = psutil.getloadavg()[0]


def case_count() -> int:
    from moothall.cases.models import Case

    return Case.objects.count()
