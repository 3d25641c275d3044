"""What is wrong with records is found, closes by itself, may stay for a while, and is counted by unit."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from moothall.core.clock import now, today
from moothall.leave.models import LeaveDay, LeaveRequest
from moothall.leave.tests.make import make_kind
from moothall.people.tests.make import AT, make_account, make_person, make_team
from moothall.reports.models import Finding, QualityRule, QualityScore
from moothall.reports.rules.finding_words import worded
from moothall.reports.rules.looking import LOOKS
from moothall.reports.rules.pack import load_rules
from moothall.reports.rules.quality import assign_finding, look_through_records, set_rule, waive
from moothall.reports.rules.refusals import EndsBefore, KeepsNoRecords
from moothall.workforce.models import Assignment, Employment, NextOfKin
from moothall.workforce.rules.assigning import change_assignment
from moothall.workforce.rules.ending import end_employment
from moothall.workforce.tests.make import (
    make_employment,
    make_leaving_reason,
    make_manager,
    make_pattern,
    make_post,
    make_unit,
)

from .make import make_off

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    load_rules(owner=None)


def fault(key: str) -> set[int]:
    return {pk for pk, _detail in LOOKS[key](today())}


def in_order(**changes: object) -> Employment:
    """Somebody with nothing wrong on their record."""
    _account, boss = make_manager()
    given = {"manager": boss, "pattern": make_pattern(), "pattern_from": dt.date(2020, 1, 6)} | changes
    return make_employment(**given)  # type: ignore[arg-type]


def put(employment: Employment, **changes: object) -> None:
    Assignment.objects.filter(employment=employment).update(**changes)


def test_every_rule_has_a_row_and_every_row_a_rule() -> None:
    assert set(QualityRule.objects.values_list("key", flat=True)) == set(LOOKS)
    assert not QualityRule.objects.filter(name_cy="").exists()


def test_a_number_that_somebody_who_left_had_is_found_on_whoever_is_here() -> None:
    gone, here = in_order(), in_order()
    end_employment(gone, last_day=today() - DAY, because=make_leaving_reason(), by=None, at=now())
    Employment.objects.filter(pk__in=[gone.pk, here.pk]).update(ni_number="QQ123456C")
    assert dict(LOOKS["ni-number-doubled"](today())) == {here.pk: {"key": "others", "numbers": [gone.number]}}


def test_what_was_found_is_said_in_the_language_of_the_reader() -> None:
    said = {"key": "on", "day": "2026-05-05"}
    with override("en-gb"):
        assert worded(said) == "On 5 May 2026"
    with override("cy"):
        assert worded(said) == "Ar 5 Mai 2026"
    assert worded({}) == ""


def test_a_colleague_who_keeps_the_record_sees_to_it(client: Client) -> None:
    wrong, me = in_order(), make_account("workforce.view", "workforce.edit")
    other, stranger = make_account("workforce.edit", name="Nia Adeyemi"), make_account("workforce.view")
    put(wrong, pattern=None)
    look_through_records(today=today(), at=now())
    found = Finding.objects.get(employment=wrong)
    client.force_login(me)
    address = reverse("assign_finding", args=[found.pk])
    assert "Nia Adeyemi" in client.get(address).content.decode()
    assert client.post(address, {"to": str(stranger.pk)}).status_code == 422
    assert client.post(address, {"to": str(other.pk)}).status_code == 302
    found.refresh_from_db()
    assert found.assigned_to == other
    with pytest.raises(KeepsNoRecords):
        assign_finding(found, to=stranger, by=me, at=now())


def test_a_record_in_order_has_no_fault() -> None:
    employment = in_order()
    assert not any(employment.pk in fault(key) for key in LOOKS)


def test_each_fault_is_found() -> None:
    young = in_order(person=make_person(born_on=dt.date(2015, 1, 1)))
    assert fault("impossible-dates") == {young.pk}
    alone, without, many = in_order(), in_order(), in_order()
    put(alone, manager=None)
    put(without, pattern=None)
    put(many, weekly_hours=70)
    assert alone.pk in fault("no-manager")
    assert without.pk in fault("no-pattern")
    assert fault("impossible-hours") == {many.pk}
    over = in_order()
    put(over, contract="FIXED_TERM", contract_ends_on=today() - DAY)
    assert fault("contract-over") == {over.pk}
    nothing = in_order()
    put(nothing, until_on=today() - DAY)
    assert fault("no-assignment") == {nothing.pk}


def test_a_manager_who_has_left_is_found_on_the_day_after_and_not_before() -> None:
    _account, boss = make_manager()
    led = in_order(manager=boss)
    reason = make_leaving_reason()
    end_employment(boss, last_day=today(), because=reason, by=None, at=AT)
    assert led.pk not in fault("manager-left")
    assert led.pk in {pk for pk, _detail in LOOKS["manager-left"](today() + DAY)}


def test_numbers_that_cannot_be_and_numbers_of_two_are_found() -> None:
    wrong, one, other = in_order(), in_order(), in_order()
    Employment.objects.filter(pk=wrong.pk).update(ni_number="QQ123456Z")
    Employment.objects.filter(pk__in=[one.pk, other.pk]).update(ni_number="AB123456C")
    assert fault("ni-number-wrong") == {wrong.pk}
    assert fault("ni-number-doubled") == {one.pk, other.pk}


def test_two_records_of_one_person_are_found_by_name_and_birth() -> None:
    born = dt.date(1980, 4, 5)
    one = in_order(person=make_person(full_name="Rhian Okafor", born_on=born))
    two = in_order(person=make_person(full_name="Rhian Okafor", born_on=born))
    in_order(person=make_person(full_name="Rhian Okafor", born_on=dt.date(1990, 4, 5)))
    assert fault("duplicate-person") == {one.pk, two.pk}


def test_next_of_kin_is_stale_after_two_years_unless_one_is_newer() -> None:
    old, renewed = in_order(), in_order()
    long_ago = now() - dt.timedelta(days=800)
    for each in (old, renewed):
        NextOfKin.objects.create(employment=each, name="Sam", phone="1", added_at=long_ago)
    NextOfKin.objects.create(employment=renewed, name="Sam", phone="2", added_at=now())
    assert fault("stale-kin") == {old.pk}


def test_a_fault_opens_once_and_closes_by_itself_with_what_was_changed_and_by_whom() -> None:
    employment, keeper = in_order(), make_account("workforce.view", "workforce.edit")
    pattern = Assignment.objects.get(employment=employment).pattern
    put(employment, pattern=None)
    look_through_records(today=today(), at=now())
    assert look_through_records(today=today(), at=now()) == (0, 0)
    found = Finding.objects.open().get(employment=employment)
    change_assignment(
        employment, pattern=pattern, pattern_from=dt.date(2020, 1, 6), from_on=today(), by=keeper, at=now()
    )
    look_through_records(today=today(), at=now())
    found.refresh_from_db()
    assert found.closed_at is not None
    assert found.closed_by == keeper
    assert pattern is not None
    assert ("pattern", "", pattern.name) in found.changes()


def test_what_may_stay_counts_no_more_until_its_day_is_over() -> None:
    unit, keeper = make_unit(), make_account()
    employment = in_order(unit=unit)
    put(employment, pattern=None)
    look_through_records(today=today(), at=now())
    assert QualityScore.objects.get(unit=unit, day=today()).faulty == 1
    found = Finding.objects.get(employment=employment)
    with pytest.raises(EndsBefore):
        waive(found, until=today() - DAY, because="Later", by=keeper, at=now())
    waive(found, until=today() + DAY, because="The pattern is being agreed", by=keeper, at=now())
    look_through_records(today=today(), at=now())
    assert QualityScore.objects.get(unit=unit, day=today()).faulty == 0
    assert Finding.objects.waiting(today() + 2 * DAY).filter(pk=found.pk).exists()


def test_what_is_not_looked_for_closes() -> None:
    put(in_order(), pattern=None)
    look_through_records(today=today(), at=now())
    rule = QualityRule.objects.get(key="no-pattern")
    set_rule(rule, owner=None, is_looked_for=False, by=make_account(), at=now())
    look_through_records(today=today(), at=now())
    assert not Finding.objects.open().filter(rule=rule).exists()


def test_the_pages_show_what_is_wrong_to_those_who_see_the_record(client: Client) -> None:
    team = make_team()
    put(in_order(post=make_post(team=team), person=make_person(full_name="Ours Alone")), pattern=None)
    put(
        in_order(post=make_post(team=make_team()), person=make_person(full_name="Theirs Alone")), pattern=None
    )
    look_through_records(today=today(), at=now())
    client.force_login(make_account("workforce.view", "workforce.edit", team=team))
    page = client.get(reverse("record_quality")).content.decode()
    assert "Ours Alone" in page
    assert "Theirs Alone" not in page
    ours = Finding.objects.get(employment__person__full_name="Ours Alone")
    theirs = Finding.objects.get(employment__person__full_name="Theirs Alone")
    assert client.get(reverse("quality_finding", args=[theirs.pk])).status_code == 404
    client.post(reverse("take_finding", args=[ours.pk]))
    client.post(
        reverse("waive_finding", args=[ours.pk]),
        {"until": (today() + DAY).strftime("%d/%m/%Y"), "because": "Being agreed"},
    )
    assert "Being agreed" in client.get(reverse("quality_finding", args=[ours.pk])).content.decode()
    for name in ("quality_scores", "quality_rules"):
        assert client.get(reverse(name)).status_code == 200


def test_being_sick_on_leave_is_for_those_who_may_see_absence(client: Client) -> None:
    employment = in_order()
    day = today() - 7 * DAY
    request = LeaveRequest.objects.create(
        employment=employment, kind=make_kind(), from_on=day, until_on=day, hours=7, state="APPROVED",
        asked_at=now(),
    )  # fmt: skip
    LeaveDay.objects.create(request=request, employment=employment, day=day, hours=7)
    make_off(employment, day, day)
    look_through_records(today=today(), at=now())
    found = Finding.objects.get(rule__key="sick-on-leave")
    for seen, permissions in ((404, []), (200, ["absence.record"])):
        client.force_login(make_account("workforce.view", *permissions))
        assert client.get(reverse("quality_finding", args=[found.pk])).status_code == seen


def test_the_list_asks_as_much_of_many_as_of_few(client: Client) -> None:
    client.force_login(make_account("workforce.view", "workforce.edit"))
    asked = []
    for _each in range(3):
        put(in_order(), pattern=None)
        put(in_order(), pattern=None)
        look_through_records(today=today(), at=now())
        client.get(reverse("record_quality"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("record_quality"))
        asked.append(len(captured))
    assert asked[0] == asked[1] == asked[2]
