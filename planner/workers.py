"""Where pure tasks are worked out: processes of this machine, or a Dask cluster that is named."""

import importlib
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context


class NoCluster(Exception):
    """A cluster was named and cannot be asked; the message says why."""


@contextmanager
def executor(*, workers: int, cluster: str = "") -> Iterator[Executor]:
    """An executor: that of the Dask scheduler at an address (`tcp://host:8786`), or so many processes here.
    Raises `NoCluster`."""
    if not cluster:
        with ProcessPoolExecutor(workers, get_context("spawn")) as here:
            yield here
        return
    try:
        client = importlib.import_module("distributed").Client(cluster, timeout="20s")
    except ImportError as missing:
        raise NoCluster("A cluster is named, but the package “distributed” is not installed.") from missing
    except (OSError, ValueError) as wrong:
        raise NoCluster(f"The cluster at {cluster} does not answer: {wrong}.") from wrong
    try:
        yield client.get_executor()
    finally:
        client.close()
