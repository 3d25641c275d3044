"""Guards that stand behind others: whoever holds all but one thing is held by that one."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from moothall.bookings.models import Appointment
from moothall.cases.models import Case
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.emergency import open_in_emergency
from moothall.casework.models import Approach, HoldingReply
from moothall.casework.rules.approaching import Body, approach_body
from moothall.casework.rules.authority import give_authority
from moothall.casework.rules.holding import send_holding_reply
from moothall.casework.tests.make import make_plan
from moothall.core.clock import now, today
from moothall.enquiries.models import Suggestion
from moothall.knowledge.rules.gaps import unanswered_questions
from moothall.letters.models import Letter
from moothall.people.models import Account, PersonMerge
from moothall.people.tests.make import make_account, make_grant, make_person, make_role
from moothall.problems.models import Problem, ProblemCase
from moothall.satisfaction.models import Complaint
from moothall.satisfaction.rules import offered

from .exercising import as_if_never, ask
from .office import Office, new_case
from .test_two_teams import somebody_of_two_teams

EVERY_WORK = (
    "cases.view", "cases.work", "cases.assign", "cases.close", "cases.restrict", "cases.manage",
    "people.view", "people.edit", "letters.write", "letters.outbox", "enquiries.log", "bookings.book",
    "problems.manage",
)  # fmt: skip


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def somebody_without(office: Office, missing: str) -> Account:
    """Holds everything at home, and everything but this in the other team."""
    account = make_account(name=f"Somebody without {missing}")
    make_grant(account=account, role=make_role(*EVERY_WORK), team=office.home)
    make_grant(account=account, role=make_role(*(set(EVERY_WORK) - {missing})), team=office.away)
    return account


def without_anywhere(office: Office, missing: str) -> Account:
    """Holds everything at home but this."""
    account = make_account(name=f"Somebody without {missing}")
    make_grant(account=account, role=make_role(*(set(EVERY_WORK) - {missing})), team=office.home)
    return account


def test_whoever_works_in_a_team_and_may_not_see_its_cases_does_nothing_to_them(office: Office) -> None:
    hidden = office.cases["other"]
    with as_if_never():
        account = somebody_without(office, "cases.view")
        row = HoldingReply.objects.create(case=hidden.case, due_on=today(), raised_at=now())
        letters = Letter.objects.about("cases.case", hidden.case.pk).count()
        several = {"ids": [hidden.case.pk], "back": "/cases/"}
        problem = office.rows["problem own"]
        tries = (
            (reverse("close_many"), several | {"outcome": "answered"}),
            (reverse("link_many_to_problem"), several),
            (reverse("link_many_to_problem"), several | {"problem": problem.pk}),
            (reverse("link_alike", args=[problem.pk]), several),
            (reverse("send_holding_replies"), {"ids": [row.pk]}),
            (
                reverse("accept_sharing", args=[office.away.key]),
                {"pair": [f"{hidden.case.pk}-{hidden.colleague.pk}"]},
            ),
        )
        for address, data in tries:
            with as_if_never():
                answer = ask(signed_in(account), "POST", address, data)
                assert not [mark for mark in hidden.marks if mark in answer.body], address
                case = Case.objects.get(pk=hidden.case.pk)
                assert (case.edition, case.status) == (hidden.case.edition, hidden.case.status), address
                assert not case.problems.exists(), address
                assert Letter.objects.about("cases.case", hidden.case.pk).count() == letters, address


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


def test_whoever_may_not_look_people_up_finds_nobody_by_any_form(office: Office) -> None:
    person = office.cases["own"].person
    with as_if_never():
        client = signed_in(without_anywhere(office, "people.view"))
        contact = {"channel": "PHONE", "subject": "Hours", "result": "ANSWERED"}
        opened = {"service": office.rows["service"].pk, "title": "A question", "priority": 3}
        tries = [
            client.post(reverse("log_contact"), contact | {"person": "Ysolde"}),
            client.post(reverse("log_contact"), contact | {"person": "nobody", "person-key": person.pk}),
            client.post(reverse("open_case"), opened | {"requester": "Ysolde"}),
            client.post(reverse("open_case"), opened | {"requester": "nobody", "requester-key": person.pk}),
            client.get(reverse("book"), {"person": person.reference}),
            client.get(reverse("jump_options"), {"q": "Ysolde"}),
            client.get(reverse("person_lookup"), {"q": "Ysolde"}),
        ]
        bodies = [answer.content.decode() for answer in tries]
        assert [answer.status_code for answer in tries[:4]] == [422] * 4
    assert [number for number, body in enumerate(bodies) if "Okonkwo" in body] == []


def test_whoever_may_not_look_people_up_names_nobody_through_the_api(office: Office) -> None:
    person = office.cases["own"].person.reference
    with as_if_never():
        client = signed_in(without_anywhere(office, "people.view"))
        kind, place = office.rows["kind own"], office.rows["hall"]
        sent = (
            ("/api/cases/", {"service": office.rows["service"].key, "title": "A", "requester": person}),
            (
                "/api/enquiries/contacts",
                {"channel": "PHONE", "subject": "A", "result": "ANSWERED", "person": person},
            ),
            (
                "/api/bookings/appointments",
                {"kind": kind.pk, "person": person, "place": place.pk, "starts_at": "2026-12-01T10:00:00Z"},
            ),
        )
        answers = [
            (client.post(address, data, content_type="application/json").status_code, address)
            for address, data in sent
        ]
    assert [answer for answer in answers if answer[0] != 422] == []


def test_what_another_did_is_taken_back_only_by_who_may_do_it(office: Office) -> None:
    with as_if_never():
        own = office.cases["own"]
        change = assign_case(own.case, to=own.colleague, by=own.colleague, at=now())
        client = signed_in(without_anywhere(office, "cases.assign"))
        assert client.get(reverse("case_page", args=[own.case.reference])).status_code == 200
        client.post(reverse("undo_change", args=[change.pk]))
        change.refresh_from_db()
        assert change.undone_at is None


def test_what_is_suggested_for_a_case_is_offered_to_whoever_works_on_it(office: Office) -> None:
    with as_if_never():
        client = somebody_of_two_teams(office)
        pages = {}
        for relation in ("own", "other"):
            page = client.get(reverse("case_page", args=[office.cases[relation].case.reference]))
            pages[relation] = "/acceptance/" in page.content.decode()
    assert pages == {"own": True, "other": False}


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


def test_what_was_learned_is_written_down_as_done_by_whoever_works_there(office: Office) -> None:
    with as_if_never():
        client = somebody_of_two_teams(office)
        page = client.get(reverse("lesson_list")).content.decode()
        offered = {
            name: reverse("finish_lesson", args=[office.rows[f"lesson {name}"].pk]) in page
            for name in ("own", "other")
        }
        answers = {
            relation: client.post(
                reverse("finish_lesson", args=[office.rows[f"lesson {relation}"].pk])
            ).status_code
            for relation in ("own", "other")
        }
        sealed = office.rows["lesson own"].complaint
        Complaint.objects.filter(pk=sealed.pk).update(case=office.cases["sealed"].case)
        gated = office.client("C").post(reverse("finish_lesson", args=[office.rows["lesson own"].pk]))
        listed = office.client("C").get(reverse("lesson_list")).content.decode()
    assert answers == {"own": 302, "other": 403}
    assert offered == {"own": True, "other": False}
    assert gated.status_code == 404
    assert "Quillonlearnedown" not in listed


def test_an_appointment_about_a_case_is_booked_by_whoever_acts_there(office: Office) -> None:
    with as_if_never():
        client = somebody_of_two_teams(office)
        answers = {
            relation: client.get(
                f"{reverse('book')}?case={office.cases[relation].case.reference}"
            ).status_code
            for relation in ("own", "other")
        }
        sealed = office.cases["sealed"].case.reference
        answers["sealed"] = office.client("C").get(f"{reverse('book')}?case={sealed}").status_code
    assert answers == {"own": 200, "other": 403, "sealed": 404}


def looking_on(office: Office) -> Account:
    """Holds everything at home, and looks on in the other team."""
    account = make_account(name="Somebody who looks on")
    make_grant(account=account, role=make_role(*EVERY_WORK), team=office.home)
    make_grant(account=account, role=make_role("cases.view", "people.view"), team=office.away)
    return account


def test_whoever_only_looks_on_does_nothing_to_several_at_once(office: Office) -> None:
    seen = office.cases["other"]
    with as_if_never():
        client, problem, began = signed_in(looking_on(office)), office.rows["problem own"], now()
        assert client.get(reverse("case_page", args=[seen.case.reference])).status_code == 200
        row = HoldingReply.objects.create(case=seen.case, due_on=today(), raised_at=now())
        own: HoldingReply = office.rows["holding reply raised"]
        letters = Letter.objects.about("cases.case", seen.case.pk).count()
        several = {"ids": [seen.case.pk], "back": "/cases/"}
        close = reverse("close_approach", args=[office.rows["approach other"].pk])
        undo = reverse("undo_holding_reply", args=[office.rows["holding reply other"].pk])
        client.post(reverse("close_many"), several | {"outcome": "answered"})
        client.post(reverse("link_many_to_problem"), several | {"problem": problem.pk})
        client.post(reverse("send_holding_replies"), {"ids": [row.pk, own.pk]})
        assert Letter.objects.about("cases.case", own.case_id).filter(written_at__gte=began).exists()
        assert Letter.objects.about("cases.case", seen.case.pk).count() == letters
        answers = [
            client.post(f"/api/problems/{problem.pk}/cases", {"cases": [seen.case.reference]},
                        content_type="application/json").status_code,
            client.get(reverse("approach", args=[office.rows["approach other"].pk])).status_code,
            client.post(undo).status_code,
            client.post(close, {"because": "It is mended."}).status_code,
        ]  # fmt: skip
        case = Case.objects.get(pk=seen.case.pk)
        assert (case.edition, case.status) == (seen.case.edition, seen.case.status)
        assert not case.problems.exists()
    assert answers == [403, 200, 403, 403]


def test_whoever_only_looks_on_is_offered_nothing_beside_the_case(office: Office) -> None:
    with as_if_never():
        client, found = signed_in(looking_on(office)), {}
        for relation in ("own", "other"):
            reference = office.cases[relation].case.reference
            page = client.get(reverse("case_page", args=[reference])).content.decode()
            found[relation] = [
                name for name in ("suggested", "edit_answers") if reverse(name, args=[reference]) in page
            ]
    assert found == {"own": ["suggested", "edit_answers"], "other": []}


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


def test_everybody_told_of_a_problem_has_a_case_that_one_may_answer(office: Office) -> None:
    problem, seen = office.rows["problem own"], office.cases["other"]
    words = {"subject": "The door", "subject_cy": "Y drws", "body": "It opens.", "body_cy": "Mae'n agor."}
    for account, closes in (
        (looking_on, False),
        (lambda found: somebody_without(found, "cases.view"), False),
        (lambda found: somebody_without(found, "letters.write"), False),
        (lambda found: somebody_without(found, "cases.close"), True),
    ):
        with as_if_never():
            ProblemCase.objects.create(
                problem=problem, case=seen.case, linked_by=seen.colleague, linked_at=now()
            )
            client = signed_in(account(office))
            client.post(reverse("tell_everybody", args=[problem.pk]), words | {"close": "on"})
            told = ProblemCase.objects.get(problem=problem, case=seen.case)
            assert (told.told_at is not None) == closes
            assert Case.objects.get(pk=seen.case.pk).status != Case.CLOSED


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


def test_a_person_is_changed_only_by_whoever_may_look_people_up(office: Office) -> None:
    person = office.cases["own"].person.reference
    with as_if_never():
        client = signed_in(without_anywhere(office, "people.view"))
        answers = [
            client.get(reverse(name, args=[person])).status_code
            for name in ("edit_person", "add_authority", "person_formats")
        ]
        planning = signed_in(make_account("casework.plan", name="Somebody who only makes plans"))
        answers.append(planning.get(reverse("propose_plan", args=[person])).status_code)
    assert answers == [404] * 4


def test_a_protected_address_is_not_written_to_by_whoever_may_not_see_it(office: Office) -> None:
    person = office.rows["person protected"].person
    with as_if_never():
        plan = make_plan(person, by=office.account("L"), approved_by=office.account("M"))
        told = reverse("tell_plan", args=[plan.pk])
        pages = [
            signed_in(make_account("casework.plan", *more)).get(told).content.decode()
            for more in ((), ("people.caution",))
        ]
    assert ["Quince Lane protected" in page for page in pages] == [False, True]


def test_what_one_decided_on_a_case_that_is_hidden_now_is_not_taken_back(office: Office) -> None:
    with as_if_never():
        decided = Suggestion.objects.filter(decided_by=office.account("C"))
        decided.update(case=office.cases["other"].case)
        office.client("C").post(reverse("undo_triage"))
        assert decided.exists()


def test_a_suggestion_is_accepted_only_by_whoever_may_do_what_it_says(office: Office) -> None:
    own = office.cases["own"].case
    with as_if_never():
        found = Suggestion.objects.create(
            case=own, kind=Suggestion.TEAM, kind_order=2, value=office.away.key, confidence=0.9,
            made_at=now(), reason={"code": "words", "words": []},
        )  # fmt: skip
        client = signed_in(without_anywhere(office, "cases.assign"))
        client.post(reverse("accept_suggestion", args=[own.reference, found.pk]))
        assert Case.objects.get(pk=own.pk).team_id == office.home.pk


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


def test_a_merge_is_taken_back_by_whoever_may_look_people_up(office: Office) -> None:
    with as_if_never():
        merge = PersonMerge.objects.filter(undone_at=None).first()
        assert merge is not None
        client = signed_in(make_account("people.merge", name="Somebody who only merges"))
        assert client.post(reverse("undo_merge", args=[merge.pk])).status_code == 404


def test_what_was_said_of_another_team_is_followed_up_by_whoever_leads_it(office: Office) -> None:
    with as_if_never():
        account = looking_on(office)
        make_grant(account=account, role=make_role("satisfaction.view"), team=office.home)
        client = signed_in(account)
        answers = [
            client.post(
                reverse("follow_up_answer", args=[office.rows[f"survey answer {name}"].pk]), {"as": "case"}
            ).status_code
            for name in ("own", "other")
        ]
    assert answers == [302, 404]
