"""Every job that runs by the clock, one plain sentence each."""

from dataclasses import dataclass
from importlib import import_module

from procrastinate import App


@dataclass(frozen=True)
class Job:
    task: str  # where the task is, as module:name
    cron: str  # minute hour day month weekday, in UTC
    sentence: str


TIMETABLE: tuple[Job, ...] = ()


def install(app: App) -> None:
    """Give every job of the timetable to the queue."""
    for job in TIMETABLE:
        module, _, name = job.task.partition(":")
        task = getattr(import_module(module), name)
        app.periodic(cron=job.cron, periodic_id=job.task)(task)
