"""Who may not be given which work: said once, by whoever knows, and heard wherever work is given."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured

from moothall.people import barring
from moothall.people.barring import Bar, Barred

from .barred import ESCORT, Known
from .make import DAY, make_account, make_person

pytestmark = pytest.mark.django_db
RAN_OUT = Bar("the first aid certificate ran out on 1 November 2026", from_on=dt.date(2026, 11, 2))


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Known:
    source = Known()
    monkeypatch.setitem(barring._sources, "test", source)
    return source


def test_somebody_who_is_barred_is_refused_with_the_reason_and_a_next_step(known: Known) -> None:
    person = make_person(full_name="Tomos Wójcik")
    barring.refuse_barred(person, activity=ESCORT, on=DAY)
    known.rows[person.pk] = [RAN_OUT]
    with pytest.raises(Barred) as refused:
        barring.refuse_barred(person, activity=ESCORT, on=DAY)
    assert "Tomos Wójcik may not be given this work" in str(refused.value)
    assert "ran out on 1 November 2026" in str(refused.value)
    assert refused.value.next_step


def test_a_bar_holds_on_its_days_only(known: Known) -> None:
    person = make_person()
    known.rows[person.pk] = [RAN_OUT]
    barring.refuse_barred(person, activity=ESCORT, on=dt.date(2026, 11, 1))
    assert not barring.bars([person.pk], activity=ESCORT, on=dt.date(2026, 11, 1))
    assert barring.bars([person.pk], activity=ESCORT, on=dt.date(2026, 11, 2)) == {person.pk: [RAN_OUT]}


def test_work_that_needs_nothing_bars_nobody_and_asks_nobody(known: Known) -> None:
    person = make_person()
    known.rows[person.pk] = [RAN_OUT]
    barring.refuse_barred(person, activity="", on=DAY)
    assert known.asked == 0


def test_an_account_that_belongs_to_nobody_on_record_can_show_nothing(known: Known) -> None:
    account = make_account(name="Temporary desk")
    with pytest.raises(Barred, match="no record of a person"):
        barring.refuse_barred_account(account, needs=[ESCORT], on=DAY)
    barring.refuse_barred_account(account, needs=["something-nobody-speaks-of"], on=DAY)
    barring.refuse_barred_account(account, needs=[], on=DAY)


def test_two_floors_may_not_speak_under_one_name(known: Known) -> None:
    with pytest.raises(ImproperlyConfigured):
        barring.register_bar("test", Known())
