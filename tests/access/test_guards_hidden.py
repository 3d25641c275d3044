"""Guards that stand behind others: what is of another team, or sealed, is neither told nor touched."""

import datetime as dt

import pytest
from django.urls import reverse

from moothall.bookings.models import Appointment
from moothall.cases.models import Case
from moothall.cases.rules.emergency import open_in_emergency
from moothall.casework.models import Approach, HoldingReply
from moothall.casework.rules.approaching import Body, approach_body
from moothall.casework.rules.authority import give_authority
from moothall.casework.rules.holding import send_holding_reply
from moothall.core.clock import now, today
from moothall.enquiries.models import Suggestion
from moothall.knowledge.rules.gaps import unanswered_questions
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account, make_person
from moothall.problems.models import Problem, ProblemCase
from moothall.satisfaction.models import Complaint
from moothall.satisfaction.rules import offered

from .exercising import as_if_never
from .office import Office, new_case
from .somebody import looking_on, signed_in, somebody_without


def test_a_case_of_ones_own_that_went_to_another_team_asks_for_nothing_more(office: Office) -> None:
    hidden, account = office.cases["other"].case, office.account("C")
    with as_if_never():
        Case.objects.filter(pk=hidden.pk).update(assignee=account, due_on=today())
        HoldingReply.objects.create(case=hidden, due_on=today(), raised_at=now())
        Approach.objects.filter(pk=office.rows["approach other"].pk).update(
            reply_by=today() - dt.timedelta(days=1), raised_at=now()
        )
        told = office.client("C").get(reverse("my_work")).content.decode()
    assert not [mark for mark in office.cases["other"].marks if mark in told]


def test_who_acts_in_a_sealed_case_is_not_told_before_a_reason_is_given(office: Office) -> None:
    sealed = office.cases["sealed"]
    with as_if_never():
        by, at = sealed.colleague, now()
        made = give_authority(
            representative=make_person(full_name="Ysoldesealed acting", by=by, at=at),
            represented=office.rows["neighbour"], basis=office.rows["basis"], how="Quillonsealed told us",
            document=None, case=sealed.case, from_on=today(), by=by, at=at,
        )  # fmt: skip
        assert office.client("C").get(reverse("authority", args=[made.pk])).status_code == 404


def test_an_appointment_about_a_case_one_may_not_see_is_in_no_list(office: Office) -> None:
    shown = []
    with as_if_never():
        for relation in ("own", "other"):
            found = office.rows["appointment own BOOKED"]
            Appointment.objects.filter(pk=found.pk).update(case=office.cases[relation].case)
            listed = office.client("C").get("/api/bookings/appointments?limit=100").json()
            shown.append(found.pk in [each["id"] for each in listed])
            other = office.rows["appointment other BOOKED"]
            assert other.pk not in [each["id"] for each in listed]
    assert shown == [True, False]


def test_cases_of_another_team_count_in_no_group(office: Office) -> None:
    """Neither among the questions that nothing answers nor among those like a problem."""
    with as_if_never():
        at, account = now(), office.account("M")
        problem: Problem = office.rows["problem own"]
        Problem.objects.filter(pk=problem.pk).update(words=["quillonpair", "secret"])
        page, gaps = reverse("problem_page", args=[problem.pk]), reverse("knowledge_gaps")
        for _each in range(2):
            case = new_case(office.rows["away_service"], title="Quillonpair secret stairs")
            Case.objects.filter(pk=case.pk).update(confidentiality="TEAM")
        assert "Quillonpair secret" not in office.client("M").get(page).content.decode()
        Case.objects.filter(title__startswith="Quillonpair").update(
            status=Case.CLOSED, closed_at=at, outcome="answered"
        )
        assert "uillonpair secret" not in office.client("M").get(gaps).content.decode()
        assert not [each for each in unanswered_questions(account, on=today()) if "quillonpair" in each.words]


def test_the_other_stage_of_a_complaint_is_named_to_whoever_sees_that_case(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offered, "stage_of", lambda _case: 2)
    own, hidden = office.cases["own"], office.cases["other"]
    with as_if_never():
        first = Complaint.objects.get(case=hidden.case)
        Complaint.objects.filter(case=own.case).update(first=first, stage=2)
        told = offered.complaint_on(office.account("C"), own.case)
    assert told is not None
    assert told["other"] is None


def test_a_sealed_case_is_left_alone_until_a_reason_is_given(office: Office) -> None:
    sealed, client = office.cases["sealed"], office.client("L")
    with as_if_never():
        problem = office.rows["problem own"]
        by, at = sealed.colleague, now()
        body = Body("Lift inspectorate", "MAIL", "lifts@example.org", "en")
        approach = approach_body(
            sealed.case, body=body, subject="Quillonsealed", text="Mend it", by=by, at=at,
            reply_by=today() + dt.timedelta(days=9),
        )  # fmt: skip
        reply = send_holding_reply(
            sealed.case, subject="Longer", text="Quillonsealed", by=by, at=at,
            promised_on=today() + dt.timedelta(days=9),
        )  # fmt: skip
        before = Case.objects.get(pk=sealed.case.pk)
        several = {"ids": [sealed.case.pk], "back": "/cases/"}
        client.post(reverse("close_many"), several | {"outcome": "answered"})
        client.post(reverse("link_many_to_problem"), several | {"problem": problem.pk})
        answers = [
            client.post(f"/api/problems/{problem.pk}/cases", {"cases": [sealed.case.reference]},
                        content_type="application/json").status_code,
            client.get(reverse("approach", args=[approach.pk])).status_code,
            client.post(reverse("undo_holding_reply", args=[reply.pk])).status_code,
        ]  # fmt: skip
        case = Case.objects.get(pk=sealed.case.pk)
        assert (case.edition, case.status) == (before.edition, before.status)
        assert not case.problems.exists()
    assert answers == [403, 404, 404]


def test_no_program_names_a_case_of_another_team(office: Office) -> None:
    hidden = office.cases["other"].case.reference
    with as_if_never():
        client = signed_in(somebody_without(office, "cases.view"))
        kind, place = office.rows["kind own"], office.rows["hall"]
        person = office.cases["own"].person.reference
        sent = (
            ("/api/bookings/appointments", {"kind": kind.pk, "person": person, "place": place.pk,
             "case": hidden, "starts_at": "2026-12-01T10:00:00Z"}),
            ("/api/enquiries/contacts", {"channel": "PHONE", "subject": "A", "result": "ADDED",
             "case": hidden}),
        )  # fmt: skip
        answers = [
            client.post(address, data, content_type="application/json").status_code for address, data in sent
        ]
        data = sent[0][1] | {"case": office.cases["sealed"].case.reference}
        for asking, asked in ((office.client("C"), data), (signed_in(looking_on(office)), sent[0][1])):
            told = asking.post(sent[0][0], asked, content_type="application/json")
            answers.append(told.status_code)
    assert answers == [422, 422, 422, 403]


def test_what_one_decided_on_a_case_that_is_hidden_now_is_not_taken_back(office: Office) -> None:
    with as_if_never():
        decided = Suggestion.objects.filter(decided_by=office.account("C"))
        decided.update(case=office.cases["other"].case)
        office.client("C").post(reverse("undo_triage"))
        assert decided.exists()


def test_of_an_emergency_only_those_who_see_the_case_are_told_which_it_was(office: Office) -> None:
    hidden, account = office.cases["unnamed"], office.account("C")
    with as_if_never():
        Case.objects.filter(pk=hidden.case.pk).update(assignee=account)
        before = Letter.objects.filter(to_address=account.email).count()
        opener = make_account("cases.view", "cases.break_glass", name="Night manager", team=office.home)
        open_in_emergency(
            reference=hidden.case.reference, reason="Somebody is in danger and nobody can be reached.",
            by=opener, at=now(),
        )  # fmt: skip
        assert Letter.objects.filter(to_address=account.email).count() == before


def test_whose_case_is_sealed_is_told_of_a_problem_only_once_it_is_open(office: Office) -> None:
    problem, sealed = office.rows["problem own"], office.cases["sealed"]
    words = {"subject": "The door", "subject_cy": "Y drws", "body": "It opens.", "body_cy": "Mae'n agor."}
    with as_if_never():
        ProblemCase.objects.filter(problem=problem).delete()
        ProblemCase.objects.create(
            problem=problem, case=sealed.case, linked_by=sealed.colleague, linked_at=now()
        )
        office.client("L").post(reverse("tell_everybody", args=[problem.pk]), words)
        assert not ProblemCase.objects.filter(problem=problem, told_at__isnull=False).exists()


def test_no_program_links_a_case_that_it_may_not_see(office: Office) -> None:
    problem, hidden = office.rows["problem own"], office.cases["other"].case
    with as_if_never():
        client = signed_in(somebody_without(office, "cases.view"))
        answer = client.post(
            f"/api/problems/{problem.pk}/cases",
            {"cases": [hidden.reference]},
            content_type="application/json",
        )
        assert answer.status_code == 422
        assert not ProblemCase.objects.filter(problem=problem, case=hidden).exists()
