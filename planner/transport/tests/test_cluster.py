"""Districts worked out by a Dask cluster of this machine: the same plan as anywhere else."""

from collections.abc import Iterator
from concurrent.futures import Executor

import pytest

from planner.transport.checking import check
from planner.transport.districts import plan_in_districts
from planner.transport.reading import problem_of
from planner.transport.writing import written
from planner.workers import executor

from .make import FLEET, make_said

distributed = pytest.importorskip("distributed", reason="distributed is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning:distributed")]

PEOPLE, MOST, ROUNDS = 150, 50, 600


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of two workers, within this process: processes of their own start slowly on a busy machine,
    and are what `--growth --dask` measures."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    ) as local:
        yield local.scheduler_address


@pytest.fixture(scope="module")
def dask(cluster: str) -> Iterator[Executor]:
    with executor(workers=0, cluster=cluster) as there:
        yield there


def test_a_cluster_makes_the_same_plan_as_this_process(dask: Executor) -> None:
    said, tables = make_said(PEOPLE, fleet=[{**kind, "available": 40} for kind in FLEET])
    problem = problem_of(said, tables)
    here = plan_in_districts(problem, rounds=ROUNDS, most=MOST, turns=2)
    there = plan_in_districts(problem, rounds=ROUNDS, most=MOST, turns=2, executor=dask)

    assert there == here
    verdict = check(said, tables, written(there))
    assert verdict.breaches == []
    assert verdict.served + verdict.left_out == PEOPLE
