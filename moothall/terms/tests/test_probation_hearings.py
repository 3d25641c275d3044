"""A hearing before a probation is ended: with notice, a companion, a letter, and what came of it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from moothall.core.clock import LONDON, now, today
from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_account, make_person
from moothall.terms.models import Hearing, Term
from moothall.terms.rules import refusals
from moothall.terms.rules.deciding import settle_term
from moothall.terms.rules.probation_hearings import Seat, arrange_hearing, earliest_day, write_down_hearing
from moothall.workforce.tests.make import make_employment

from .make import TODAY, make_keeper, make_reasons, make_rule, make_term

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def probation(*, language: str = "en", **changes: object) -> Term:
    person = make_person(full_name="Siân Okafor", emails=["sian@borth.example"], language=language)
    began = TODAY - 60 * DAY
    employment = make_employment(person, started_on=began, **changes)  # type: ignore[arg-type]
    return make_term(employment, kind=Term.PROBATION, began_on=began, due_on=began + 180 * DAY)


def seat_on(day: dt.date, **changes: str) -> Seat:
    starts = dt.datetime.combine(day, dt.time(10), tzinfo=LONDON)
    return Seat(starts, changes.get("place", "Room 2"), "Nia Oyelaran", changes.get("companion", ""))


def arrange(term: Term, day: dt.date, **given: str) -> Hearing:
    return arrange_hearing(term, seat=seat_on(day), by=make_account(), at=AT, **given)


def test_a_hearing_keeps_the_notice_of_the_rule_unless_they_agreed_to_a_shorter_one() -> None:
    make_rule(hearing_days=7)
    term = probation()
    first = earliest_day(term, TODAY)
    assert (first - TODAY).days >= 9
    with pytest.raises(refusals.HearingTooSoon) as refused:
        arrange(term, first - DAY)
    assert str(first.year) in str(refused.value)
    assert arrange(term, first).state == Hearing.PLANNED
    sooner = arrange(term, first - DAY, shorter_agreed="In their mail of Monday")
    assert [each.state for each in Hearing.objects.order_by("id")] == [Hearing.MOVED, Hearing.PLANNED]
    assert sooner.shorter_agreed


def test_each_arranging_writes_once_in_their_language_with_day_and_place() -> None:
    term = probation(language="cy")
    day = earliest_day(term, TODAY)
    arrange(term, day)
    arrange(term, day + 7 * DAY)
    first, second = Letter.objects.order_by("id").values_list("body", flat=True)
    assert "am 10:00. Lleoliad: Room 2" in first
    assert "Nia Oyelaran" in second
    assert first != second


def test_officers_are_not_heard_here_and_nobody_after_it_is_settled() -> None:
    officer = probation(workforce="police_officer")
    with pytest.raises(refusals.NoHearing):
        arrange(officer, TODAY + 30 * DAY)
    with pytest.raises(refusals.HearingInThePast):
        arrange(probation(), TODAY - DAY, shorter_agreed="Yes")


def test_what_was_said_and_who_came_is_written_down_once_after_it_took_place() -> None:
    term = probation()
    hearing = arrange(term, earliest_day(term, TODAY))
    given = {"by": make_account(), "said": "They told us why.", "companion": "Tegid Ashworth"}
    with pytest.raises(refusals.HearingToCome):
        write_down_hearing(hearing, state=Hearing.HELD, at=AT, **given)  # type: ignore[arg-type]
    after = AT + 30 * DAY
    with pytest.raises(refusals.SayWhatWasSaid):
        write_down_hearing(hearing, state=Hearing.HELD, at=after, **given | {"said": " "})  # type: ignore[arg-type]
    done = write_down_hearing(hearing, state=Hearing.HELD, at=after, leads_to=Term.ENDED, **given)  # type: ignore[arg-type]
    assert (done.companion, done.leads_to) == ("Tegid Ashworth", Term.ENDED)
    with pytest.raises(refusals.HearingWritten):
        write_down_hearing(hearing, state=Hearing.HELD, at=after, **given)  # type: ignore[arg-type]


def test_ending_a_probation_without_a_hearing_is_warned_of() -> None:
    make_reasons()
    term, by = probation(), make_account()
    given = {"outcome": Term.ENDED, "because": "Not met", "by": by, "at": AT, "today": TODAY}
    with pytest.raises(refusals.NotHeard):
        settle_term(term, new_day=TODAY + 30 * DAY, **given)  # type: ignore[arg-type]
    hearing = arrange(term, earliest_day(term, TODAY))
    Hearing.objects.filter(pk=hearing.pk).update(state=Hearing.STAYED_AWAY)
    assert settle_term(term, new_day=TODAY + 30 * DAY, **given).outcome == Term.ENDED  # type: ignore[arg-type]


def test_the_desk_arranges_it_writes_it_down_and_decides_as_it_was_to_lead(client: Client) -> None:
    employment = make_employment(make_person(emails=["x@borth.example"]), started_on=today() - 60 * DAY)
    term = make_term(
        employment, kind=Term.PROBATION, began_on=employment.started_on, due_on=today() + 100 * DAY, at=now()
    )
    client.force_login(make_keeper())
    page, arranging = reverse("term", args=[term.pk]), reverse("arrange_hearing", args=[term.pk])
    asked = {
        "day": (today() + DAY).strftime("%d/%m/%Y"),
        "begins": "10:00",
        "place": "Room 2",
        "chair": "Nia",
    }
    assert client.post(arranging, asked).status_code == 422
    asked["day"] = (today() + 30 * DAY).strftime("%d/%m/%Y")
    assert client.post(arranging, asked).status_code == 302
    hearing = Hearing.objects.get()
    Hearing.objects.update(starts_at=now() - DAY)
    said = {"state": "HELD", "said": "They told us why.", "leads_to": "EXTENDED"}
    writing = reverse("write_down_hearing", args=[term.pk, hearing.pk])
    assert client.post(writing, said).status_code == 302
    assert "They told us why." in client.get(page).content.decode()
    deciding = client.get(reverse("settle_term", args=[term.pk]))
    assert deciding.context["form"]["outcome"].initial == "EXTENDED"
