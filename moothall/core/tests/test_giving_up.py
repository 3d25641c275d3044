"""What the database gives up is said in a sentence, and never shown as a fault."""

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from moothall.core.door import DoorMiddleware

pytestmark = pytest.mark.django_db


def answer_to(problem: Exception) -> HttpResponse | None:
    return DoorMiddleware(lambda _request: HttpResponse()).process_exception(
        RequestFactory().get("/"), problem
    )


def ask_for_long() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 20")
        cursor.execute("select pg_sleep(30)")


def test_a_question_that_takes_too_long_asks_for_less() -> None:
    with pytest.raises(OperationalError) as given_up:
        ask_for_long()
    answer = answer_to(given_up.value)
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "This took too long" in answer.content.decode()


def test_any_other_trouble_of_the_database_stays_a_fault() -> None:
    assert answer_to(OperationalError("the connection is closed")) is None
