from importlib import import_module

from procrastinate.contrib.django import app

from moothall.config.timetable import TIMETABLE


def test_every_job_of_the_timetable_exists_and_says_what_it_does() -> None:
    for job in TIMETABLE:
        module, _, name = job.task.partition(":")
        assert callable(getattr(import_module(module), name))
        assert job.sentence.endswith(".")
        assert len(job.cron.split()) in {5, 6}


def test_the_queue_runs_exactly_the_jobs_of_the_timetable() -> None:
    scheduled = {periodic_id for _, periodic_id in app.periodic_registry.periodic_tasks}
    assert scheduled == {job.task for job in TIMETABLE}
