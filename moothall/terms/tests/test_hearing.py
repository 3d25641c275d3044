"""What others say of an increment: it waits for a person, and is withheld with the reason they read."""

import datetime as dt
from collections.abc import Iterable

import pytest

from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_account, make_person
from moothall.terms.models import Increment, IncrementRun
from moothall.terms.rules import increments
from moothall.terms.rules.increment_letters import write_letters
from moothall.workforce import progress
from moothall.workforce.models import Employment
from moothall.workforce.progress import PERFORMANCE, WARNING, Days, Word
from moothall.workforce.tests.make import make_employment

from .make import TODAY, make_scale, place_on

pytestmark = pytest.mark.django_db
APRIL = dt.date(2027, 4, 1)
ENGLISH, WELSH = "A warning is live until 1 May 2027", "Mae rhybudd yn fyw tan 1 Mai 2027"


def begin() -> IncrementRun:
    return increments.begin_run(
        by=make_account(), at=AT, first=dt.date(2027, 1, 1), last=dt.date(2027, 6, 30)
    )


def say(monkeypatch: pytest.MonkeyPatch, *words: Word) -> None:
    def source(days: Days) -> Iterable[Word]:
        return [each for each in words if days.get(each.employment_id) == APRIL]

    monkeypatch.setattr(progress, "_sources", [source])


def warned(employment: Employment) -> Word:
    return Word(employment.pk, WARNING, True, ENGLISH, WELSH)


def states(run: IncrementRun) -> dict[int, tuple[str, str]]:
    return {each.employment_id: (each.state, each.against) for each in run.increments.all()}


def test_a_live_warning_makes_an_increment_wait_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    scale, free = make_scale(increments="APRIL"), make_scale(increments="APRIL", heeds_warnings=False)
    other, told, heedless = (make_employment() for _each in range(3))
    place_on(other, scale, 1)
    place_on(told, scale, 1)
    place_on(heedless, free, 1)
    say(monkeypatch, warned(told), warned(heedless))
    assert states(begin()) == {other.pk: ("DUE", ""), told.pk: ("WAITS", ENGLISH), heedless.pk: ("DUE", "")}


def test_a_scale_that_asks_for_performance_hears_appraisals_and_others_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asks, plain = make_scale(increments="APRIL", asks_performance=True), make_scale(increments="APRIL")
    good, bad, silent, elsewhere = (make_employment() for _each in range(4))
    for employment in (good, bad, silent):
        place_on(employment, asks, 1)
    place_on(elsewhere, plain, 1)
    say(
        monkeypatch, Word(good.pk, PERFORMANCE, False, "2026: Good", ""),
        *(Word(each.pk, PERFORMANCE, True, "2026: Not yet", "") for each in (bad, elsewhere)),
    )  # fmt: skip
    assert states(begin()) == {
        good.pk: ("DUE", ""), bad.pk: ("WAITS", "2026: Not yet"), silent.pk: ("WAITS", ""),
        elsewhere.pk: ("DUE", ""),
    }  # fmt: skip


def test_all_that_something_stands_against_are_withheld_and_read_why_in_their_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scale, by = make_scale(increments="APRIL"), make_account()
    english = make_employment(make_person(emails=["en@borth.example"]))
    welsh = make_employment(make_person(emails=["cy@borth.example"], language="cy"))
    own = make_employment(account=by)
    for employment in (english, welsh, own):
        place_on(employment, scale, 1)
    say(monkeypatch, *(warned(each) for each in (english, welsh, own)))
    run = begin()
    assert increments.withhold_all_against(run, by=by, at=AT) == 2
    assert increments.withhold_all_against(run, by=by, at=AT) == 0
    assert states(run)[own.pk] == ("WAITS", ENGLISH)
    assert write_letters(run, by=None, at=AT) == 2
    assert ENGLISH in Letter.objects.get(person=english.person).body
    assert WELSH in Letter.objects.get(person=welsh.person).body


def test_a_warning_that_comes_after_the_run_began_is_heard_before_all_are_awarded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scale, employment = make_scale(increments="APRIL"), make_employment()
    place_on(employment, scale, 1)
    say(monkeypatch)
    run = begin()
    say(monkeypatch, warned(employment))
    assert increments.award_all_due(run, by=make_account(), at=AT, today=TODAY) == 0
    say(monkeypatch)
    assert increments.award_all_due(run, by=make_account(), at=AT, today=TODAY) == 1


def test_what_is_opened_again_waits_while_something_stands_against_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scale, employment = make_scale(increments="APRIL"), make_employment()
    place_on(employment, scale, 1)
    say(monkeypatch, warned(employment))
    run = begin()
    increments.withhold_all_against(run, by=make_account(), at=AT)
    line = increments.reopen_increment(run.increments.get(), by=make_account(), at=AT)
    assert line.state == Increment.WAITS
    assert increments.award_increment(line, by=make_account(), at=AT, today=TODAY).state == Increment.AWARDED
