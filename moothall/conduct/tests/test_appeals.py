"""Appeals, and what the person a matter is about may read of it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.rules.timeline import write_note
from moothall.conduct.models import Appeal, Matter, Meeting, Outcome
from moothall.conduct.rules import appealing, bundling, deciding, meeting
from moothall.conduct.rules.appealing import AppealedAlready, NotHeard, NotTold, OutOfTime
from moothall.conduct.rules.bundling import Choice
from moothall.conduct.rules.refusals import NotOfThisKind
from moothall.core.clock import now, today
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person
from moothall.people.tests.pages import signed_in_as
from moothall.workforce.tests.make import make_employment

from .make import (
    by_hand,
    level_of,
    make_caseworker,
    make_held,
    make_matter,
    make_meeting,
    make_outcome,
    opener,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def told(matter: Matter, **changes: Any) -> Outcome:
    outcome = make_outcome(matter, **changes)
    deciding.tell_outcome(outcome, sent=by_hand(), by=opener(matter), at=now())
    outcome.refresh_from_db()
    return outcome


def lodge(outcome: Outcome, **changes: Any) -> Appeal:
    given: dict[str, Any] = {
        "lodged_on": today(), "grounds": "It was too hard", "late_because": "",
        "by": opener(outcome.matter), "at": now(),
    }  # fmt: skip
    return appealing.lodge_appeal(outcome, **given | changes)


def decide(appeal: Appeal, **changes: Any) -> Appeal:
    matter = appeal.outcome.matter
    given: dict[str, Any] = {
        "decision": Appeal.DISMISSED, "reasons": "It was fair", "decided_on": today(), "level": None,
        "by": opener(matter), "at": now(),
    }  # fmt: skip
    if "meeting" not in changes:
        given["meeting"] = make_held(matter, kind=Meeting.APPEAL)
    return appealing.decide_appeal(appeal, **given | changes)


def test_the_days_to_appeal_run_from_the_letter() -> None:
    matter = make_matter()
    with pytest.raises(NotTold):
        lodge(make_outcome(matter))
    outcome = told(matter)
    assert outcome.appeal_by is not None
    late = {"lodged_on": outcome.appeal_by + DAY, "at": now() + dt.timedelta(days=40)}
    with pytest.raises(OutOfTime):
        lodge(outcome, **late)
    assert lodge(outcome, late_because="In hospital", **late)
    with pytest.raises(AppealedAlready):
        lodge(outcome)


def test_an_appeal_is_decided_at_an_appeal_hearing_that_was_held() -> None:
    matter = make_matter()
    appeal = lodge(told(matter))
    for unheard in (None, make_held(matter), make_meeting(matter, kind=Meeting.APPEAL)):
        with pytest.raises(NotHeard):
            decide(appeal, meeting=unheard)
    assert decide(appeal).decision == Appeal.DISMISSED
    assert Outcome.objects.live(today()).exists()


def test_what_is_upheld_sets_the_outcome_aside() -> None:
    decide(lodge(told(make_matter())), decision=Appeal.UPHELD)
    assert not Outcome.objects.live(today()).exists()


def test_what_is_varied_counts_from_the_day_of_the_first() -> None:
    matter = make_matter()
    first = told(matter, decided_on=today() - 5 * DAY)
    appeal = lodge(first)
    with pytest.raises(NotOfThisKind):
        decide(appeal, decision=Appeal.VARIED)
    made = decide(appeal, decision=Appeal.VARIED, level=level_of(matter, "none"))
    assert made.instead is not None
    assert made.instead.decided_on == first.decided_on
    assert not Outcome.objects.live(today()).exists()


def employee() -> tuple[Account, Matter]:
    account = make_account()
    employment = make_employment(make_person(full_name="Nia Oyelaran"), account=account)
    return account, make_matter(employment=employment)


def test_they_read_what_they_were_sent_or_given_and_nothing_else() -> None:
    account, matter = employee()
    browser = signed_in_as(account)
    page = reverse("my_matters")
    hearing = make_meeting(matter)
    assert "Room 2" not in browser.get(page).content.decode()
    sent = by_hand(channel="MAIL", address="nia@example.org", subject="Come to a meeting")
    letter = meeting.invite(hearing, sent=sent, by=opener(matter), at=now())
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(state=Letter.SENT, sent_at=now())
    shown = browser.get(page).content.decode()
    assert "Room 2" in shown
    assert "Come to a meeting" in shown
    assert "Late on nine days" not in shown
    for name in ("matter_page", "case_page"):
        assert browser.get(reverse(name, args=[matter.case.reference])).status_code in {403, 404}
    file = browser.get(reverse("my_meeting_calendar", args=[hearing.pk])).content
    assert b"SUMMARY:Meeting" in file
    assert matter.case.reference.encode() not in file
    assert b"Nia" not in file


def test_a_bundle_they_were_given_is_theirs_alone_to_read() -> None:
    account, matter = employee()
    by = opener(matter)
    note = write_note(matter.case, text="What was found", by=by, at=now())
    made = bundling.make_bundle(
        matter, title="Hearing", language="en", choices=[Choice(f"e{note.pk}")], by=by, at=now()
    )
    bundling.bind_bundle(made.pk, at=now())
    made.refresh_from_db()
    copy = bundling.give_copy(made, name="", theirs=True, given_on=today(), by=by, at=now())
    address = reverse("my_bundle", args=[copy.pk])
    read: Any = signed_in_as(account).get(address)
    assert read.getvalue().startswith(b"%PDF")
    assert signed_in_as(make_caseworker()).get(address).status_code == 404
    assert "Hearing" in signed_in_as(account).get(reverse("my_matters")).content.decode()


def test_the_board_and_the_list_ask_the_same_however_many_matters_there_are() -> None:
    by = make_caseworker()
    browser = signed_in_as(by)
    addresses = [reverse("matter_board"), reverse("matter_list")]

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    kind = make_matter(by=by).kind
    few = asked()
    for _more in range(6):
        matter = make_matter(by=by, kind=kind)
        make_meeting(matter, days=3, notice_agreed="In writing")
        make_outcome(matter)
    many = asked()
    assert all(after <= before + 1 for before, after in zip(few, many, strict=True)), (few, many)


def test_the_board_says_what_still_counts_of_the_matters_one_may_see_alone() -> None:
    by = make_caseworker()
    make_outcome(make_matter(by=by, employment=make_employment(make_person(full_name="Tesni Okafor"))))
    page = reverse("matter_board")
    assert "Tesni Okafor" in signed_in_as(by).get(page).content.decode()
    assert "Tesni Okafor" not in signed_in_as(make_caseworker()).get(page).content.decode()
