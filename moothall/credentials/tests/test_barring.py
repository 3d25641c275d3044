"""Work that needs a credential goes to nobody whose credential does not count that day, and says why."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moothall.cases.rules.assigning import assign_case
from moothall.cases.tests.make import make_case, make_service, make_worker
from moothall.credentials.models import Credential
from moothall.credentials.rules import recording
from moothall.credentials.rules.barring import gaps
from moothall.people.barring import Barred, bars, bars_between, refuse_barred
from moothall.people.tests.make import AT, make_account, make_person, make_team

from .make import TODAY, make_activity, make_credential, make_keeper, make_kind, make_requirement

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_whoever_holds_it_may_and_whoever_has_none_may_not() -> None:
    kind = make_kind(name="First aid at work")
    escort = make_activity(kind)
    held, nobody = make_credential(kind=kind), make_person(full_name="Aled Nkemelu")
    refuse_barred(held.person, activity=escort.key, on=TODAY)
    with pytest.raises(Barred, match="Aled Nkemelu may not be given this work: no First aid at work"):
        refuse_barred(nobody, activity=escort.key, on=TODAY)


def test_the_day_it_ran_out_is_said_from_the_day_after() -> None:
    kind = make_kind(name="Driving licence category D1")
    drive = make_activity(kind)
    last = dt.date(2026, 3, 3)
    person = make_credential(kind=kind, expires_on=last).person
    refuse_barred(person, activity=drive.key, on=last)
    with pytest.raises(Barred, match="Driving licence category D1 ran out on 3 March 2026"):
        refuse_barred(person, activity=drive.key, on=last + DAY)


def test_a_renewal_counts_once_verified_and_the_reason_says_that_it_waits() -> None:
    kind = make_kind(name="First aid at work")
    escort, person = make_activity(kind), make_person()
    make_credential(person, kind=kind, expires_on=dt.date(2026, 10, 31))
    sent = make_credential(person, kind=kind, issued_on=dt.date(2026, 11, 1), by=make_account(person=person))
    with pytest.raises(Barred, match="31 October 2026, and the renewal waits to be verified"):
        refuse_barred(person, activity=escort.key, on=TODAY)
    recording.verify_credential(sent, by=make_keeper(), at=AT)
    refuse_barred(person, activity=escort.key, on=TODAY)


def test_a_higher_kind_counts_for_a_lower_one_and_not_the_other_way() -> None:
    coach = make_kind(name="D")
    minibus = make_kind(name="D1", met_by=[coach])
    drive_minibus, drive_coach = make_activity(minibus), make_activity(coach)
    person = make_credential(kind=coach).person
    assert not bars([person.pk], activity=drive_minibus.key, on=TODAY)
    assert not bars([person.pk], activity=drive_coach.key, on=TODAY)
    other = make_credential(kind=minibus).person
    assert bars([other.pk], activity=drive_coach.key, on=TODAY)


def test_a_requirement_bars_on_its_own_days_only() -> None:
    kind, person = make_kind(), make_person()
    activity = make_activity()
    make_requirement(kind, activity=activity, from_on=TODAY, until_on=TODAY)
    assert not bars([person.pk], activity=activity.key, on=TODAY - DAY)
    assert bars([person.pk], activity=activity.key, on=TODAY)
    assert not bars([person.pk], activity=activity.key, on=TODAY + DAY)


def test_within_a_week_only_the_days_after_the_last_are_barred() -> None:
    kind = make_kind()
    activity = make_activity(kind)
    person = make_credential(kind=kind, expires_on=TODAY + 2 * DAY).person
    [bar] = bars_between([person.pk], activity=activity.key, first=TODAY, last=TODAY + 6 * DAY)[person.pk]
    assert [bar.holds(TODAY + number * DAY) for number in range(7)] == [False] * 3 + [True] * 4


def test_withdrawn_or_refused_does_not_count() -> None:
    kind, keeper = make_kind(), make_keeper()
    activity = make_activity(kind)
    held = make_credential(kind=kind)
    recording.withdraw_credential(held, because="Revoked", by=keeper, at=AT)
    assert bars([held.person_id], activity=activity.key, on=TODAY)


def test_an_expired_credential_stops_a_case_from_being_assigned() -> None:
    kind, team = make_kind(name="Enhanced DBS check"), make_team()
    activity = make_activity(kind)
    person = make_credential(kind=kind, expires_on=TODAY - DAY).person
    worker = make_worker(team=team, person=person)
    case = make_case(service=make_service(team=team, needs=(activity.key,)))
    with pytest.raises(Barred, match="Enhanced DBS check ran out on 22 November 2026"):
        assign_case(case, to=worker, by=worker, at=AT)
    make_credential(person, kind=kind, issued_on=TODAY)
    assign_case(case, to=worker, by=worker, at=AT)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 15)), max_size=6),
    first=st.integers(0, 30),
    length=st.integers(0, 20),
)
def test_every_day_is_covered_or_in_a_gap_and_never_both(
    spans: list[tuple[int, int]], first: int, length: int
) -> None:
    begin = dt.date(2026, 1, 1)
    held = [
        Credential(issued_on=begin + starts * DAY, expires_on=begin + (starts + lasts) * DAY)
        for starts, lasts in spans
    ]
    opening, closing = begin + first * DAY, begin + (first + length) * DAY
    found = gaps(held, opening, closing)
    for number in range(length + 1):
        day = opening + number * DAY
        covered = any(each.issued_on <= day <= (each.expires_on or day) for each in held)
        assert covered != any(begins <= day <= ends for begins, ends in found)
