"""Guards that stand behind others: whoever holds all but one thing is held by that one."""

from django.urls import reverse

from moothall.cases.models import Case
from moothall.cases.rules.assigning import assign_case
from moothall.casework.models import HoldingReply
from moothall.core.clock import now, today
from moothall.enquiries.models import ContactCase, Suggestion
from moothall.letters.models import Letter
from moothall.people.tests.make import make_grant, make_role
from moothall.problems.models import ProblemCase
from moothall.satisfaction.models import Complaint

from .exercising import as_if_never, ask
from .office import Office
from .somebody import looking_on, signed_in, somebody_without, without_anywhere
from .test_two_teams import somebody_of_two_teams


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


def test_a_contact_is_added_to_a_case_by_whoever_works_on_it(office: Office) -> None:
    """A case that one may not see is not told from one that does not exist."""
    added = {"channel": "PHONE", "subject": "Hours", "result": "ADDED"}
    hidden = office.cases["other"].case.reference
    with as_if_never():
        before = ContactCase.objects.count()
        client = signed_in(looking_on(office))
        looked_on = client.post(reverse("log_contact"), added | {"reference": hidden})
        own = client.post(reverse("log_contact"), added | {"reference": office.cases["own"].case.reference})
        refused = [
            office.client("C").post(reverse("log_contact"), added | {"reference": reference})
            for reference in (hidden, "TST-26-99999")
        ]
        assert ContactCase.objects.count() == before + 1
    assert (looked_on.status_code, own.status_code) == (422, 302)
    assert [answer.status_code for answer in refused] == [422, 422]
    assert refused[0].context["form"].errors == refused[1].context["form"].errors
