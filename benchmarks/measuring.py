"""Times over HTTP and the processor time behind them."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from threading import Thread

import psutil

from .client import Client
from .pages import Known, Measured


@dataclass(frozen=True)
class Result:
    """Milliseconds; `cpu` is the processor time of web and database together, for each request."""

    name: str
    p50: float
    p95: float
    cpu: float
    requests: int
    bytes: int = 0


class UnexpectedAnswer(Exception):
    """The office did not do what was asked: its time would mean nothing."""


UNMEASURED = 20  # each of the web's connections plans a question anew for its first eight askings


def quantile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


def cpu_of(roots: Sequence[int]) -> float:
    """Processor seconds of these processes and all below them, so far."""
    total = 0.0
    for root in roots:
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(root)
            for each in [process, *process.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    times = each.cpu_times()
                    total += times.user + times.system
    return total


def spent_here(server: int | None) -> float:
    """Processor seconds of this process and of its database, so far."""
    return time.process_time() + cpu_of([server] if server else [])


def measure(what: Measured, client: Client, known: Known, *, times: int, cpu: Callable[[], float]) -> Result:
    """One client, one request after the other."""
    size = once(what, client, known)
    for _number in range(min(UNMEASURED, times)):
        once(what, client, known)
    taken: list[float] = []
    before = cpu()
    for _number in range(times):
        started = time.perf_counter()
        once(what, client, known)
        taken.append(time.perf_counter() - started)
    spent = (cpu() - before) * 1000 / times
    return Result(what.name, statistics.median(taken) * 1000, quantile(taken, 0.95), spent, times, size)


def once(what: Measured, client: Client, known: Known) -> int:
    answer = what.act(client, known)
    if answer.status != what.status:
        raise UnexpectedAnswer(f"{what.name} was answered with {answer.status}, not {what.status}.")
    return len(answer.text)


@dataclass(frozen=True)
class Crowd:
    """What several people at once waited for each page, in milliseconds."""

    times: Mapping[str, Sequence[float]]
    a_second: float
    cpu: float

    def p(self, name: str, share: float) -> float | None:
        return quantile(self.times[name], share) if self.times.get(name) else None


def crowd(
    measured: Sequence[Measured], clients: Sequence[Client], known: Known, *, seconds: float, pause: float,
    cpu: Callable[[], float],
) -> Crowd:  # fmt: skip
    """All clients at once, each pausing between two pages as people do; the times of every page apart."""
    taken: dict[str, list[float]] = {what.name: [] for what in measured}
    mixture = [what for what in measured for _number in range(what.mixed)]
    until = time.perf_counter() + seconds

    def work(client: Client, rng: Random) -> None:
        time.sleep(rng.random() * pause)
        while time.perf_counter() < until:
            what = rng.choice(mixture)
            started = time.perf_counter()
            once(what, client, known)
            taken[what.name].append(time.perf_counter() - started)
            time.sleep(rng.uniform(0.5, 1.5) * pause)

    before, started = cpu(), time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        for done in [pool.submit(work, each, Random(number)) for number, each in enumerate(clients)]:
            done.result()
    count = max(sum(map(len, taken.values())), 1)
    return Crowd(taken, count / (time.perf_counter() - started), (cpu() - before) * 1000 / count)


def biggest_web_process(root: int) -> float:
    """Megabytes that the largest process of the web has in memory."""
    below = psutil.Process(root).children(recursive=True)
    web = [each for each in below if "granian" in " ".join(each.cmdline()) or "granian" in each.name()]
    return max((each.memory_info().rss for each in web or below), default=0) / 1e6


def together(
    measured: Sequence[Measured], clients: Sequence[Client], known: Known, *, seconds: float,
    cpu: Callable[[], float],
) -> tuple[Result, float]:  # fmt: skip
    """All clients at once, each doing a mixture. The times, and requests a second."""
    taken: list[float] = []
    problems: list[BaseException] = []
    mixture = [what for what in measured for _number in range(what.mixed)]
    until = time.perf_counter() + seconds

    def work(client: Client, rng: Random) -> None:
        try:
            while time.perf_counter() < until:
                started = time.perf_counter()
                once(rng.choice(mixture), client, known)
                taken.append(time.perf_counter() - started)
        except BaseException as problem:
            problems.append(problem)

    before, started = cpu(), time.perf_counter()
    threads = [Thread(target=work, args=[each, Random(number)]) for number, each in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    spent, seconds = cpu() - before, time.perf_counter() - started
    result = Result(
        f"{len(clients)} clients, mixed", quantile(taken, 0.5), quantile(taken, 0.95),
        spent * 1000 / len(taken), len(taken),
    )  # fmt: skip
    return result, len(taken) / seconds
