"""Complaints in two stages: on their clocks, never the same person twice, with a finding and its lesson."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from moothall.cases.models import Case
from moothall.cases.rules.answering import record_answer
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.closing import close_case
from moothall.cases.tests.make import AT, MANAGER, clock_of, make_case, make_worker
from moothall.core.clock import now
from moothall.letters.rules.fields import fields_for
from moothall.letters.tests.make import make_letter
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import page, signed_in_as, words
from moothall.satisfaction.models import Complaint, Lesson, Ombudsman
from moothall.satisfaction.rules import complaining
from moothall.satisfaction.rules.ombudsman import save_ombudsman

from .make import make_complaints

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(service=make_complaints(), title="Nobody rang back")


def answer(case: Case, by: Account) -> None:
    record_answer(case, letter=make_letter(about=case), text="We are sorry.", by=by, at=AT)


def to_second(case: Case, by: Account) -> Case:
    return complaining.escalate(case, because="They are not content.", by=by, at=AT)


def test_a_complaint_stands_at_its_first_stage_on_the_clocks_of_its_rule(case: Case) -> None:
    assert Complaint.objects.get(case=case).stage == 1
    assert str(clock_of(case, "acknowledge").due_on) == "2026-11-30"
    assert str(clock_of(case, "answer").due_on) == "2026-12-07"


def test_the_second_stage_is_a_case_of_its_own_with_twenty_days(case: Case) -> None:
    worker = make_worker(team=case.team)
    second = to_second(case, worker)
    complaint = Complaint.objects.get(case=second)
    assert (complaint.stage, complaint.because) == (2, "They are not content.")
    assert complaint.first is not None
    assert complaint.first.case == case
    assert str(clock_of(second, "answer").due_on) == "2026-12-21"
    case.refresh_from_db()
    assert case.outcome == "escalated"
    with pytest.raises(complaining.EscalatedAlready):
        to_second(case, worker)


def test_whoever_dealt_with_the_first_stage_deals_with_no_part_of_the_second(case: Case) -> None:
    first, other = make_worker(team=case.team), make_worker(team=case.team)
    answer(case, first)
    close_case(case, by=first, at=AT, outcome="not_upheld")
    second = to_second(case, other)
    with pytest.raises(complaining.SamePerson):
        assign_case(second, to=first, by=other, at=AT)
    with pytest.raises(complaining.SamePerson):
        answer(second, first)
    with pytest.raises(complaining.SamePerson):
        close_case(second, by=first, at=AT, outcome="upheld")
    assign_case(second, to=other, by=other, at=AT)
    answer(second, other)
    second.refresh_from_db()
    assert second.assignee == other


def test_only_a_complaint_goes_to_a_second_stage() -> None:
    with pytest.raises(complaining.NotAComplaint):
        to_second(make_case(), make_account())


def test_more_time_has_a_reason_and_a_day_and_both_are_kept(case: Case) -> None:
    worker = make_worker(team=case.team)
    until = dt.date(2026, 12, 18)
    given: dict[str, Any] = {"by": worker, "at": AT, "today": AT.date()}
    complaining.extend(case, until=until, reason="A record is away.", **given)
    kept = Complaint.objects.get(case=case).extensions.get()
    assert (kept.until, str(kept.was_due_on)) == (until, "2026-12-07")
    known = fields_for(case, language="en", person=None, by=worker, at=AT)
    assert (known["complaint.until"], known["complaint.reason"]) == ("18 December 2026", "A record is away.")
    with pytest.raises(complaining.NoLongerTime):
        complaining.extend(case, until=AT.date(), reason="Late already.", **given)


def test_a_finding_comes_after_the_answer_and_leaves_its_lesson(case: Case) -> None:
    worker = make_worker(team=case.team)
    found: dict[str, Any] = {
        "finding": "upheld", "found": "We forgot.", "lesson": "Ring back the same day.",
        "action": "A list of call backs.", "due_on": None, "by": worker, "at": AT,
    }  # fmt: skip
    with pytest.raises(complaining.AnswerFirst):
        complaining.conclude(case, **found)
    answer(case, worker)
    complaining.conclude(case, **found)
    case.refresh_from_db()
    assert (case.outcome, Complaint.objects.get(case=case).finding) == ("upheld", "upheld")
    lesson = Lesson.objects.get()
    assert complaining.finish_lesson(lesson, by=worker, at=AT)
    assert not complaining.finish_lesson(lesson, by=worker, at=AT)


def test_letters_of_a_complaint_name_the_ombudsman_and_no_other_letter_does(case: Case) -> None:
    save_ombudsman(
        name="The Ombudsman", name_cy="Yr Ombwdsmon", how="", how_cy="", website="www.ombudsman.example",
        source="Their page", source_read_on=AT.date(), by=None, at=AT,
    )  # fmt: skip
    known = fields_for(case, language="cy", person=None, by=None, at=AT)
    assert (known["ombudsman.name"], known["ombudsman.how"]) == ("Yr Ombwdsmon", "")
    assert "ombudsman.name" not in fields_for(make_case(), language="cy", person=None, by=None, at=AT)


def test_complaints_are_listed_by_stage_with_what_is_due(
    case: Case, django_assert_max_num_queries: Any
) -> None:
    manager = make_account(*MANAGER, team=case.team)
    to_second(case, make_worker(team=case.team))
    client = signed_in_as(manager)
    told = words(page(client.get(reverse("complaint_list"), {"stage": "2"})))
    assert "Nobody rang back" in told
    assert "Second stage" in told
    for number in range(8):
        make_case(service=case.service, title=f"Complaint {number}")
    client.get(reverse("complaint_list"))
    with django_assert_max_num_queries(14):
        client.get(reverse("complaint_list"))


def test_the_box_beside_a_complaint_says_its_stage_and_leads_to_the_other(case: Case) -> None:
    second = to_second(case, make_worker(team=case.team))
    client = signed_in_as(make_worker(team=case.team))
    told = words(page(client.get(reverse("case_page", args=[second.reference]))))
    assert "Second stage" in told
    assert case.reference in told
    assert "may not answer this one" in told


def test_the_stage_is_begun_from_the_case_by_a_button_with_the_reason(case: Case) -> None:
    client = signed_in_as(make_worker(team=case.team))
    fresh = make_case(service=case.service, received_at=now(), at=now())
    address = reverse("escalate", args=[fresh.reference])
    assert client.post(address, {"because": ""}).status_code == 422
    assert client.post(address, {"because": "They are not content."}).status_code == 302
    assert Complaint.objects.filter(first__case=fresh).exists()


def test_an_administrator_writes_down_the_ombudsman_with_the_source() -> None:
    client = signed_in_as(make_account("cases.services"))
    assert "not filled in" in words(page(client.get(reverse("ombudsman"))))
    given = {
        "name": "The Ombudsman",
        "how": "01632 960200",
        "source": "Their page",
        "source_read_on": "22/11/2026",
    }
    client.post(reverse("ombudsman"), given)
    row = Ombudsman.objects.current()
    assert row is not None
    assert row.how == "01632 960200"
    assert "not filled in" not in words(page(client.get(reverse("ombudsman"))))
