"""No list, count, box or form of a page says anything of what another team has, whoever lists it."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse

from moothall.bookings.models import Appointment, Reservation
from moothall.bookings.tests.make import make_reservation, make_resource
from moothall.cases.models import Case
from moothall.casework.rules.called import name_plans
from moothall.core.clock import now, today
from moothall.enquiries.models import CallBack, Contact, ContactCase, Suggestion, TableRow
from moothall.enquiries.rules.triage.queue import place_of
from moothall.knowledge.models import AnsweredWith, Article
from moothall.letters.models import Letter
from moothall.letters.rules.outbox import queue_letter
from moothall.people.tests.make import make_account, make_team
from moothall.problems.models import Problem, ProblemCase
from moothall.problems.rules.called import name_problems
from moothall.records.rules.naming import find
from moothall.satisfaction.models import Survey, SurveyAnswer

from .exercising import as_if_never
from .office import Office
from .somebody import EVERY_WORK, signed_in, somebody_without, without_anywhere

OF_ANOTHER_TEAM = re.compile(r"(?:Quillon\w*|Ysolde)other")
LISTS = (
    "approach_list", "authority_list", "holding_list", "complaint_list", "lesson_list", "call_backs",
    "contact_list", "import_table", "import_mail", "quarantine", "problem_list", "candidates", "triage",
    "reception", "sharing", "my_work", "team_work", "case_list", "outbox", "approvals", "knowledge_gaps",
    "survey_answers", "satisfaction_results", "log_contact", "triage_quality",
)  # fmt: skip
IN_THE_API = (
    "/api/cases/?limit=100", "/api/letters/?limit=100", "/api/problems/?limit=100",
    "/api/enquiries/contacts?limit=100", "/api/bookings/appointments?limit=100",
)  # fmt: skip


def test_no_list_names_what_another_team_has(office: Office) -> None:
    told, answered = set(), set()
    for seat in "CM":
        for address in (*(reverse(name) for name in LISTS), *IN_THE_API):
            answer = office.client(seat).get(address)
            if answer.status_code == 200:
                answered.add(address)
                told |= {
                    (seat, address, word) for word in OF_ANOTHER_TEAM.findall(answer.getvalue().decode())
                }
    assert told == set()
    assert len(answered) == len(LISTS) + len(IN_THE_API)


def test_a_problem_of_another_team_is_in_no_list(office: Office) -> None:
    other: Problem = office.rows["problem other"]
    page = office.client("C").get(reverse("problem_list")).content.decode()
    listed = [each["id"] for each in office.client("C").get("/api/problems/?limit=100").json()]
    assert office.rows["problem own"].pk in listed
    assert other.pk not in listed
    assert reverse("problem_page", args=[other.pk]) not in page


def test_whoever_leads_a_team_and_may_not_see_its_cases_is_told_of_none(office: Office) -> None:
    with as_if_never():
        Case.objects.filter(pk=office.cases["other"].case.pk).update(due_on=today() - dt.timedelta(days=9))
        client, query = signed_in(somebody_without(office, "cases.view")), f"?team={office.away.key}"
        told = {
            name: OF_ANOTHER_TEAM.findall(client.get(reverse(name) + query).content.decode())
            for name in ("team_work", "sharing", "triage", "outbox", "call_backs", "holding_list")
        }
        loads = client.get(reverse("team_work") + query).context["loads"]
        for name in ("team_work", "sharing", "triage"):
            assert client.get(reverse(name) + query).status_code == 200
    assert {name: words for name, words in told.items() if set(words) - {"Quillonringother"}} == {}
    assert sum(load.open for load in loads if hasattr(load, "open")) == 0


def test_who_comes_today_and_who_comes_next_is_of_ones_own_teams(office: Office) -> None:
    found: Appointment = office.rows["appointment other BOOKED"]
    begins, hour = now(), dt.timedelta(hours=1)
    today_or_later = (("rows", begins), ("next", begins + dt.timedelta(days=1)))
    shown = []
    with as_if_never():
        for team in (office.away, make_team(name="A third team")):
            client = signed_in(make_account(*EVERY_WORK, team=team))
            for part, starts_at in today_or_later:
                Appointment.objects.exclude(pk=found.pk).delete()
                Appointment.objects.filter(pk=found.pk).update(
                    room=None, starts_at=starts_at, ends_at=starts_at + hour
                )
                page = client.get(reverse("reception"))
                shown.append(page.context[part])
    assert shown == [[found], found, [], None]


def test_what_is_to_be_rung_about_a_case_one_may_not_see_is_on_no_worklist(office: Office) -> None:
    ring: CallBack = office.rows["call back own"]
    with as_if_never():
        CallBack.objects.filter(pk=ring.pk).update(
            owner=office.account("C"), case=office.cases["other"].case, from_at=now()
        )
        work = office.client("C").get(reverse("my_work")).content.decode()
        page = office.client("C").get(reverse("call_back", args=[ring.pk]))
    assert reverse("call_back", args=[ring.pk]) not in work
    assert page.status_code == 404


def test_a_contact_names_only_the_cases_one_may_see(office: Office) -> None:
    own, hidden = office.cases["own"], office.cases["other"]
    with as_if_never():
        ContactCase.objects.filter(contact=own.contact).update(case=hidden.case)
        ContactCase.objects.create(contact=own.contact, case=own.case)
        listed = office.client("C").get(reverse("contact_list")).content.decode()
        programs = office.client("C").get("/api/enquiries/contacts?limit=100").content.decode()
        assert Contact.objects.filter(pk=own.contact.pk).exists()
    assert hidden.case.reference not in listed + programs


def test_a_line_of_a_table_names_only_a_case_one_may_see(office: Office) -> None:
    table = office.rows["table own FINISHED"]
    with as_if_never():
        TableRow.objects.filter(table=table).update(case=office.cases["other"].case)
        page = office.client("C").get(reverse("table_rows", args=[table.pk]))
    assert page.status_code == 200
    assert office.cases["other"].case.reference not in page.content.decode()


def test_nothing_beside_a_case_names_one_of_another_team(office: Office) -> None:
    own, hidden = office.cases["own"], office.cases["other"]
    with as_if_never():
        Suggestion.objects.filter(case=own.case).update(other=hidden.case, kind=Suggestion.RELATED)
        suggested = Suggestion.objects.filter(case=own.case, decision="").first()
        assert suggested is not None
        client = office.client("C")
        pages = [
            client.get(reverse("case_page", args=[own.case.reference])),
            client.get(reverse("case_page", args=[office.rows["kin"].reference])),
            client.get(reverse("triage"), {"case": own.case.reference}),
            client.get(reverse("person_page", args=[office.rows["neighbour"].reference])),
        ]
        accepted = client.post(reverse("accept_suggestion", args=[own.case.reference, suggested.pk]))
    assert [page.status_code for page in pages] == [200] * 4
    assert [OF_ANOTHER_TEAM.findall(page.content.decode()) for page in pages] == [[]] * 4
    assert not [page for page in pages if hidden.case.reference in page.content.decode()]
    assert accepted.status_code == 404


def test_appointments_of_another_team_are_not_on_the_page_of_a_person(office: Office) -> None:
    found: Appointment = office.rows["appointment other BOOKED"]
    person = office.cases["own"].person
    with as_if_never():
        Appointment.objects.filter(pk=found.pk).update(person=person)
        page = office.client("C").get(reverse("person_page", args=[person.reference])).content.decode()
    assert reverse("appointment", args=[found.pk]) not in page


def test_letters_about_what_another_team_has_are_read_by_nobody_else(office: Office) -> None:
    answers = {}
    with as_if_never():
        for name in ("appointment own BOOKED", "appointment other BOOKED", "problem own", "problem other"):
            letter = queue_letter(
                about=office.rows[name], person=None, channel="MAIL", language="en",
                to_address="a@example.org", to_name="A", from_address="b@example.org", from_name="B",
                subject="S", body="B", by=office.cases["own"].colleague, at=now(),
            )  # fmt: skip
            answers[name] = office.client("C").get(reverse("letter_page", args=[letter.pk])).status_code
    assert list(answers.values()) == [200, 404, 200, 404]


def test_a_problem_shows_and_counts_only_the_cases_one_may_see(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    this_moment = now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: this_moment)
    problem: Problem = office.rows["problem own"]
    [*_seen, hidden] = office.rows["problem cases other"]
    with as_if_never():
        page = reverse("problem_page", args=[problem.pk])
        addresses = (page, reverse("problem_list"), f"/api/problems/{problem.pk}", "/api/problems/")
        before = [_numbers(office, address) for address in addresses]
        ProblemCase.objects.create(
            problem=problem, case=hidden, linked_by=office.cases["other"].colleague, linked_at=now()
        )
        after = [_numbers(office, address) for address in addresses]
        told = office.client("M").get(page).content.decode()
    assert before == after
    assert hidden.reference not in told


def _numbers(office: Office, address: str) -> list[str]:
    """Every number in what is said there, but for marks that change each time."""
    body = re.sub(r'csrfmiddlewaretoken" value="\w+|X-CSRFToken": "\w+', "", _body(office, address))
    return re.findall(r"\b\d+\b", re.sub(r"<(script|style|svg).*?</\1>|nonce=\S+", "", body, flags=re.S))


def _body(office: Office, address: str) -> str:
    return office.client("M").get(address).content.decode()


def test_a_problem_of_another_team_is_offered_for_no_case(office: Office) -> None:
    other: Problem = office.rows["problem other"]
    address = reverse("link_to_problem", args=[office.cases["own"].case.reference])
    page = office.client("C").get(address).content.decode()
    answer = office.client("C").post(address, {"problem": other.pk})
    assert f'value="{office.rows["problem own"].pk}"' in page
    assert f'value="{other.pk}"' not in page
    assert answer.status_code == 422


def test_an_article_is_said_to_fail_only_by_cases_one_may_see(office: Office) -> None:
    article = Article.objects.get(key="lending")
    with as_if_never():
        Article.objects.exclude(pk=article.pk).update(state=Article.DRAFT)
        gaps = reverse("knowledge_gaps")
        before = office.client("C").get(gaps).content.decode().count("Lending")
        hidden = office.cases["other"]
        AnsweredWith.objects.create(
            article=article, case=hidden.case, by=hidden.colleague, at=now() - dt.timedelta(days=1)
        )
        after = office.client("C").get(gaps).content.decode().count("Lending")
    assert before == after


def test_an_answer_names_its_case_only_to_whoever_sees_the_case(office: Office) -> None:
    hidden = office.cases["other"].case
    with as_if_never():
        Survey.objects.filter(pk=office.rows["survey other"].pk).delete()
        Survey.objects.filter(pk=office.rows["survey sent"].pk).update(case=hidden, anonymous=False)
        page = office.client("M").get(reverse("survey_answers"))
        answer = office.rows["survey answer own"]
        followed = office.client("M").post(reverse("follow_up_answer", args=[answer.pk]), {"as": "case"})
    assert page.status_code == 200
    assert hidden.reference not in page.content.decode()
    assert followed.status_code == 404


def test_the_queue_of_triage_holds_only_cases_one_may_see(office: Office) -> None:
    with as_if_never():
        account = somebody_without(office, "cases.view")
        shown = place_of(account, office.cases["other"].case.reference).case
    assert shown is not None
    assert shown.team_id == office.home.pk


def test_an_auditor_finds_no_record_by_a_name_that_they_may_not_read(office: Office) -> None:
    letter = office.cases["own"].letters[Letter.QUEUED]
    names = (
        office.cases["own"].case.reference, office.cases["own"].person.reference, "Lending",
        office.rows["problem own"].reference, letter.message_id,
    )  # fmt: skip
    with as_if_never():
        auditor = make_account("records.audit", name="Somebody who audits and sees nothing")
        neighbour = office.rows["neighbour"].reference
        assert not find(auditor, neighbour)
        found = [name for name in names if find(auditor, name)]
        known = [name for name in names if find(without_anywhere(office, "cases.restrict"), name)]
        article = Article.objects.get(key="lending")
        plan = office.rows["plan approved"]
        page = signed_in(auditor).get("/records/audit/", {"record": f"knowledge.article {article.pk}"})
        assert page.status_code == 200
        assert "Lending" not in page.content.decode()
        assert name_problems(auditor, [office.rows["problem own"].pk]) == {}
        assert name_plans(auditor, [plan.pk]) == {}
        assert plan.pk in name_plans(office.account("L"), [plan.pk])
    assert found == []
    assert known == list(names)


def test_drafts_are_read_by_those_who_write_articles(office: Office) -> None:
    with as_if_never():
        client = signed_in(without_anywhere(office, "people.view"))
        draft = reverse("article_page", args=["a-draft"])
        assert client.get(draft).status_code == 404
        assert draft not in client.get(reverse("article_list")).content.decode()
        assert draft in office.client("C").get(reverse("article_list"), {"state": ""}).content.decode()


def test_cases_of_another_team_count_for_no_suggestion(office: Office) -> None:
    own, hidden = office.cases["own"].case, office.cases["other"]
    with as_if_never():
        address = reverse("suggested", args=[own.reference])
        Article.objects.get(key="lending").services.add(own.service_id)
        AnsweredWith.objects.create(
            article=Article.objects.get(key="lending"), case=own, by=hidden.colleague, at=now()
        )
        before = office.client("C").get(address).content.decode()
        Case.objects.filter(pk=hidden.case.pk).update(service=own.service_id)
        AnsweredWith.objects.create(
            article=Article.objects.get(key="lending"), case=hidden.case, by=hidden.colleague, at=now()
        )
        after = office.client("C").get(address).content.decode()
    assert "Lending" in before
    assert re.sub(r"\w{64}", "", before) == re.sub(r"\w{64}", "", after)


def test_letters_of_another_team_are_not_printed_along(office: Office) -> None:
    with as_if_never():
        written = {}
        for relation in ("own", "other"):
            case, by = office.cases[relation].case, office.cases[relation].colleague
            written[relation] = queue_letter(
                about=case, person=None, channel="PRINT", language="en", to_address="1 High Street",
                to_name="A", from_address="b@example.org", from_name="B", subject="S", body="B", by=by,
                at=now() - dt.timedelta(hours=1),
            )  # fmt: skip
        office.client("C").post(reverse("print_runs"))
        states = {relation: Letter.objects.get(pk=each.pk).state for relation, each in written.items()}
    assert states == {"own": Letter.SENDING, "other": Letter.QUEUED}


def test_a_message_for_a_case_of_another_team_does_not_say_which(office: Office) -> None:
    hidden = office.cases["other"].case.reference
    message = f"From: ysolde.other@example.org\nSubject: Re: The course [{hidden}]\n\nHello\n"
    with as_if_never():
        address = f"/api/enquiries/mailboxes/{office.mailboxes['own'].key}/messages"
        answer = office.client("C").post(address, message.encode(), content_type="message/rfc822")
    assert answer.status_code == 201
    assert hidden not in answer.content.decode()


def test_what_was_said_of_another_team_counts_in_no_result(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    this_moment = now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: this_moment)
    said = office.rows["survey answer other"]
    with as_if_never():
        address = reverse("satisfaction_results")
        before = _numbers(office, address)
        SurveyAnswer.objects.create(
            sheet=uuid.uuid4(), score=5, answered_at=now(), service_id=said.service_id, team_id=said.team_id,
            channel="mail", closed_on=said.closed_on,
        )  # fmt: skip
        after = _numbers(office, address)
    assert before == after


def test_letters_about_a_plan_are_read_by_those_who_make_plans(office: Office) -> None:
    with as_if_never():
        letter = queue_letter(
            about=office.rows["plan approved"], person=None, channel="MAIL", language="en",
            to_address="a@example.org", to_name="A", from_address="b@example.org", from_name="B",
            subject="S", body="B", by=office.account("L"), at=now(),
        )  # fmt: skip
        address = reverse("letter_page", args=[letter.pk])
        answers = [office.client(seat).get(address).status_code for seat in "LC"]
    assert answers == [200, 404]


def test_a_booking_that_is_nobody_elses_business_is_not_among_those_to_agree_to(office: Office) -> None:
    with as_if_never():
        room = make_resource()
        for hour, title in ((9, "Quillon open"), (11, "Quillon private")):
            make_reservation(
                room, title=title, starts_at=now() + dt.timedelta(hours=hour),
                ends_at=now() + dt.timedelta(hours=hour + 1), is_private="private" in title,
                by=office.account("M"),
            )  # fmt: skip
        Reservation.objects.filter(title__startswith="Quillon").update(state=Reservation.ASKED)
        books = signed_in(make_account("bookings.book", team=office.home, name="Somebody who books"))
        asked = {each.title for each in books.get(reverse("my_bookings")).context["asked"]}
    assert "Quillon open" in asked
    assert "Quillon private" not in asked
