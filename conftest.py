"""The database of the tests: one migrated copy a process, used as the web role that owns nothing."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from moothall.config.tests import databases

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def test_server() -> Iterator[databases.Server]:
    """The server that holds the tests' databases."""
    with databases.server() as server:
        yield server


@pytest.fixture(scope="session")
def django_db_setup(test_server: databases.Server, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's own: a copy of the migrated template, seen as the web role."""
    name = databases.run_name()
    with django_db_blocker.unblock():
        template = databases.template(test_server)
        test_server.copy(template, name)

    def start_afresh(*_: object) -> None:
        """A test that committed leaves a database behind that nobody wants: copy it anew."""
        connections.close_all()
        test_server.copy(template, name)

    with (
        databases.using(test_server.web.on(name)),
        patch.object(TransactionTestCase, "_fixture_teardown", start_afresh),
    ):
        yield
    with django_db_blocker.unblock():
        connections.close_all()
        test_server.drop(name)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes make no name for a test: an archive made at collection differs from worker to worker."""
    return argname if isinstance(val, bytes) else None
