"""An office for every journey: the learning desk with its people, copied afresh before each."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from moothall.config import roles
from moothall.config.tests import databases
from moothall.core.clock import now
from moothall.core.packs import load_pack

LOADED = f"moothall_office_{os.getpid()}"


@pytest.fixture(scope="session")
def loaded_office(
    django_db_setup: None, test_server: databases.Server, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The name of a database with the pack loaded; it is only ever copied."""
    with django_db_blocker.unblock():
        test_server.copy(databases.template(test_server), LOADED)
        with databases.using(test_server.web.on(LOADED)):
            load_pack("learning-desk", at=now(), demo=True)
        connections.close_all()
        with roles.connect(test_server.owner.on(LOADED)) as connection:
            connection.execute("analyze")  # as is done to an office that has been filled
    yield LOADED
    test_server.drop(LOADED)


@pytest.fixture
def office(transactional_db: None, loaded_office: str, test_server: databases.Server) -> None:
    """This journey's own office."""
    connections.close_all()
    test_server.copy(loaded_office, databases.run_name())


@pytest.fixture
def begin(
    office: None, live_server: LiveServer, open_page: Callable[..., Page], look: Callable[..., None]
) -> Callable[..., Any]:
    """Start a journey of this kind in a window of its own."""

    def begin_(kind: type[Any], **window: object) -> Any:
        return kind(live_server.url, open_page, look, **window)

    return begin_
