"""Trainers keep the register of what they teach: who came and with what result, and nothing else."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.training.models import Nomination, Session
from moothall.training.rules.attending import note_attendance
from moothall.training.rules.refusals import NotYourself
from moothall.workforce.tests.make import make_employment

from .make import make_course, make_place, make_session

pytestmark = pytest.mark.django_db


def make_taught(**content: str) -> tuple[Account, Session, Nomination]:
    """A session of today, its trainer who signs in, and somebody who has a place."""
    account = make_account()
    trainer = make_employment(account=account)
    given: dict[str, Any] = {"at": now(), "today": today()}
    session = make_session(make_course(**content), first_on=today(), trainers=[trainer], **given)
    return account, session, make_place(session, **given)


def test_whoever_teaches_notes_who_came_and_the_result(client: Client) -> None:
    account, session, place = make_taught()
    client.force_login(account)
    page = client.get(reverse("taught_session", args=[session.pk])).text
    assert "You keep its register" in page
    assert reverse("training_place", args=[place.pk]) not in page
    address = reverse("keep_own_register", args=[session.pk])
    page = client.post(address, {f"came-{place.pk}": "CAME"}, follow=True).text
    assert "1 person is noted." in page
    client.post(address, {f"came-{place.pk}": Nomination.PASSED})
    place.refresh_from_db()
    assert (place.attended, place.result, place.result_by) == (True, Nomination.PASSED, account)
    assert client.get(address).status_code == 405


def test_what_is_recharged_is_not_for_them(client: Client) -> None:
    account, session, place = make_taught(price="140.00")
    client.force_login(account)
    assert "recharge" not in client.get(reverse("taught_session", args=[session.pk])).text
    given = {f"came-{place.pk}": "ABSENT", f"why-{place.pk}": "Nobody knows", f"charge-{place.pk}": "on"}
    client.post(reverse("keep_own_register", args=[session.pk]), given)
    place.refresh_from_db()
    assert (place.attended, place.recharge) == (False, Decimal(0))


def test_for_others_there_is_no_such_register(client: Client) -> None:
    _account, session, place = make_taught()
    client.force_login(make_employment_account())
    answer = client.post(reverse("keep_own_register", args=[session.pk]), {f"came-{place.pk}": "CAME"})
    assert answer.status_code == 404
    place.refresh_from_db()
    assert place.attended is None


def test_nobody_notes_themselves() -> None:
    account = make_account("training.manage")
    session = make_session(first_on=today(), at=now(), today=today())
    place = make_place(session, make_employment(account=account), at=now(), today=today())
    with pytest.raises(NotYourself):
        note_attendance(place, attended=True, by=account, at=now(), today=today() + dt.timedelta(days=1))


def make_employment_account() -> Account:
    account = make_account()
    make_employment(account=account)
    return account
