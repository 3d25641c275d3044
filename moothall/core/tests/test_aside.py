"""What is too heavy for a page is done aside: asked once, waited for a moment, begun anew when it breaks."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from itertools import count
from typing import Any

import pytest

from moothall.core.aside import KEPT, Aside, ItsProcessIsGone, OneProcess, StillAtIt

from .at_once import AtOnce


class Never(Executor):
    """Takes everything and answers nothing."""

    def submit(self, *_given: Any, **_named: Any) -> "Future[Any]":
        return Future()


@pytest.fixture
def apart() -> Iterator[Aside]:
    made = Aside(OneProcess)
    yield made
    made.forget()


def test_what_is_asked_twice_is_worked_out_once() -> None:
    aside, times = Aside(AtOnce), count(1)

    assert aside.ask("a", next, times) == 1
    assert aside.ask("a", next, times) == 1
    assert aside.ask("b", next, times) == 2


def test_what_went_wrong_is_said_and_not_kept() -> None:
    aside = Aside(AtOnce)
    with pytest.raises(ZeroDivisionError):
        aside.ask("a", lambda: 1 // 0)

    assert aside.ask("a", lambda: 3) == 3


def test_whoever_asks_waits_no_longer_than_they_say() -> None:
    began = time.monotonic()
    with pytest.raises(StillAtIt):
        Aside(Never).ask("a", len, "", patience=0.05)

    assert time.monotonic() - began < 5


def test_of_many_answers_the_latest_are_kept() -> None:
    aside, times = Aside(AtOnce), list[int | str]()
    for number in range(KEPT + 1):
        aside.ask(str(number), times.append, number)
    aside.ask("1", times.append, "again")
    aside.ask("0", times.append, "again")

    assert times[KEPT:] == [KEPT, "again"]


@pytest.mark.slow
def test_it_is_another_process_and_when_that_is_killed_the_next_question_starts_one_anew(
    apart: Aside,
) -> None:
    first = apart.ask("who", os.getpid, patience=60)
    os.kill(first, signal.SIGKILL)
    with pytest.raises(ItsProcessIsGone):
        apart.ask("sleep", time.sleep, 30, patience=60)
    second = apart.ask("who", os.getpid, patience=60)

    assert os.getpid() != first != second
