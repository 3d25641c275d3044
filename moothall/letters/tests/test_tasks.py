"""What the worker does with letters, by the clock and when one is queued."""

import datetime as dt

import pytest
from django.core import mail
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from moothall.core.clock import now
from moothall.letters.models import Letter
from moothall.letters.tasks import send_letters, settle_silent_letters

from .make import make_letter

pytestmark = pytest.mark.django_db


def test_the_worker_sends_everything_that_is_due_and_nothing_twice() -> None:
    letters = [make_letter() for _ in range(3)]
    later = make_letter(at=now())
    assert send_letters() == 3
    assert send_letters(timestamp=1) == 0
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [
        letter.message_id for letter in letters
    ]
    later.refresh_from_db()
    assert later.state == Letter.QUEUED


def test_the_worker_puts_silent_letters_before_a_person() -> None:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.SENDING, claimed_at=now() - dt.timedelta(minutes=6)
    )
    assert settle_silent_letters() == 1
    letter.refresh_from_db()
    assert letter.state == Letter.MAYBE_SENT


def test_a_queued_letter_asks_for_the_very_task_that_sends_it() -> None:
    make_letter()
    assert ProcrastinateJob.objects.get().task_name == send_letters.name


def test_both_tasks_run_every_minute() -> None:
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert crons["letters.send_letters"] == crons["letters.settle_silence"] == "* * * * *"
