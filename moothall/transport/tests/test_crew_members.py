"""Who is in a crew, and what one of them sees: their own runs of today, initials, no protected address."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import AT, make_account
from moothall.transport.models.crew import DRIVER, ESCORT
from moothall.transport.rules import crew_refusals as refusals
from moothall.transport.rules.crews import join_crew
from moothall.transport.rules.sheet import sheet_of
from moothall.workforce.tests.make import make_employment

from .make import MONDAY, make_manager, make_passenger
from .make_crews import (
    make_depot,
    make_duty,
    make_going,
    make_member,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_members_join_and_leave_by_their_staff_number(client: Client) -> None:
    yard, employment = make_depot(), make_employment()
    client.force_login(make_manager())
    sent = {"number": employment.number, "depot": str(yard.pk), "roles": [DRIVER, ESCORT]}
    assert client.post(reverse("join_crew"), sent).status_code == 302
    member = employment.crew_member
    assert member.roles == [DRIVER, ESCORT]
    assert client.post(reverse("join_crew"), sent).status_code == 422
    client.post(reverse("leave_crew", args=[member.pk]))
    member.refresh_from_db()
    assert member.left_on is not None
    client.post(reverse("stay_in_crew", args=[member.pk]))
    member.refresh_from_db()
    assert member.left_on is None


def test_one_of_a_crew_drives_or_escorts() -> None:
    with pytest.raises(refusals.NeitherDrivesNorEscorts):
        join_crew(
            make_employment(), depot=make_depot(), drives=False, escorts=False, by=None, at=AT, today=MONDAY
        )


def test_a_sheet_tells_initials_and_never_a_protected_address() -> None:
    yard, passenger = make_depot(), make_passenger(name="Osian Bello-Hughes")
    duty = make_duty(make_going(yard, passenger=passenger), make_member(yard))
    first, last = sheet_of(duty).stops
    assert [rider.initials for rider in first.riders] == ["O. B. H."]
    assert (first.where, first.is_protected) == ("2 Quillon Row", False)
    assert last.where
    protect_address(passenger.person, reason="At risk", by=make_account("people.caution"), at=AT)
    assert (sheet_of(duty).stops[0].where, sheet_of(duty).stops[0].is_protected) == ("", True)


def test_a_driver_sees_their_own_runs_of_today_and_nothing_else(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    yard, account = make_depot(), make_account()
    mine = make_member(yard, employment=make_employment(account=account))
    other = make_member(yard, name="Tomos Quaye")
    own, theirs = make_duty(make_going(yard), mine), make_duty(make_going(yard), other)
    tomorrow = make_duty(make_going(yard), mine, day=MONDAY + DAY)
    monkeypatch.setattr("moothall.transport.views.board.today", lambda: MONDAY)
    client.force_login(account)
    page = client.get(reverse("my_runs")).content.decode()
    assert own.run.called in page
    assert theirs.run.called not in page
    assert tomorrow.run.called not in page
    assert client.get(reverse("crew_sheet", args=[theirs.pk])).status_code == 403
    assert client.get(reverse("crew_board")).status_code == 403


def test_who_has_no_run_is_told_so(client: Client) -> None:
    client.force_login(make_account())
    assert "You have no run today." in client.get(reverse("my_runs")).content.decode()
