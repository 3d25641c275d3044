"""One office for all these tests; what a test does to it is taken back."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from .office import Office, make_office


@pytest.fixture(scope="package")
def office(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_office()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _quietly() -> Iterator[None]:
    """Thousands of people are turned away here; nobody needs to read of each."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(before)
