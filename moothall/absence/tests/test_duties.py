"""Pay that halves and accidents that are reported, by the days that are published."""

import datetime as dt

import pytest
from django.urls import reverse

from moothall.absence.models import Episode
from moothall.absence.rules.duties import accident_of, half_pay_of
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.workforce.tests.make import make_employment

from .make import days_ago, make_absence, make_recorder

pytestmark = pytest.mark.django_db


def moved(episode: Episode, first: dt.date, last: dt.date | None = None) -> Episode:
    Episode.objects.filter(pk=episode.pk).update(first_day=first, last_day=last)
    return Episode.objects.select_related("employment").get(pk=episode.pk)


def test_an_officer_sick_from_the_first_of_june_is_on_half_pay_on_the_first_of_december() -> None:
    officer = make_employment(workforce="police_officer")
    episode = moved(make_absence(officer), dt.date(2026, 6, 1))
    half = half_pay_of(episode)
    assert half is not None
    assert (half.begins_on, half.warn_by) == (dt.date(2026, 12, 1), dt.date(2026, 11, 3))


def test_sick_days_of_the_twelve_months_before_bring_half_pay_nearer() -> None:
    officer = make_employment(workforce="police_officer")
    make_absence(officer, first_day=dt.date(2025, 5, 25), last_day=dt.date(2025, 6, 10))
    episode = moved(make_absence(officer), dt.date(2026, 6, 1))
    half = half_pay_of(episode)
    assert half is not None
    assert half.begins_on == dt.date(2026, 11, 21)  # ten of those days fall within the year before


def test_nothing_is_worked_out_for_whose_scheme_is_not_on_record() -> None:
    assert half_pay_of(make_absence()) is None
    officer = make_employment(workforce="police_officer")
    assert half_pay_of(make_absence(officer, first_day=days_ago(9), last_day=days_ago(3))) is None


def test_more_than_seven_days_off_after_an_accident_are_reported_within_fifteen() -> None:
    happened = dt.date(2026, 11, 22)
    episode = make_absence(on_duty_injury=True)
    Episode.objects.filter(pk=episode.pk).update(first_day=happened, accident_on=happened, last_day=None)
    fresh = Episode.objects.select_related("employment").get(pk=episode.pk)
    on_the_seventh = accident_of(fresh, on=dt.date(2026, 11, 29))
    assert on_the_seventh is not None
    assert not on_the_seventh.is_reportable
    on_the_eighth = accident_of(fresh, on=dt.date(2026, 11, 30))
    assert on_the_eighth is not None
    assert on_the_eighth.is_reportable
    assert on_the_eighth.report_by == dt.date(2026, 12, 7)
    assert accident_of(make_absence(), on=happened) is None


def test_the_page_says_what_is_wanted_by_when() -> None:
    officer = make_employment(workforce="police_officer")
    episode = make_absence(officer, first_day=days_ago(12), on_duty_injury=True)
    shown = words(main(page(signed_in_as(make_recorder()).get(reverse("absence", args=[episode.pk])))))
    assert "Report the accident to the Health and Safety Executive by" in shown
    assert "Half pay from" in shown
