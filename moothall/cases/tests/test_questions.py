"""The questions of a service: asked when a case is opened, shown and corrected on its page."""

import re
from typing import Any

import pytest
from django.urls import reverse

from moothall.cases.models import Case, Service
from moothall.cases.rules.asked import change_answers
from moothall.cases.rules.changing import undo_change
from moothall.cases.tests.make import AT, make_case, make_service, make_worker
from moothall.core.clock import now
from moothall.core.marked_yaml import PackMistake
from moothall.people.models import Account
from moothall.people.tests.make import make_team
from moothall.people.tests.pages import page, signed_in_as, words

pytestmark = pytest.mark.django_db
FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "course": {"type": "string", "title": "Which course?", "title_cy": "Pa gwrs?", "maxLength": 200},
        "people": {"type": "integer", "title": "How many people?", "minimum": 1, "maximum": 20},
        "day": {"type": "string", "format": "date", "title": "Which day?"},
        "language": {
            "type": "string",
            "title": "Language",
            "oneOf": [
                {"const": "cy", "title": "Welsh", "title_cy": "Cymraeg"},
                {"const": "en", "title": "English"},
            ],
        },
        "support": {"type": "boolean", "title": "Is support needed?"},
    },
    "required": ["course"],
    "order": ["course", "people", "day", "language", "support"],
}
SENT = {
    "answer-course": "Fire warden", "answer-people": "3", "answer-day-day": "1", "answer-day-month": "12",
    "answer-day-year": "2026", "answer-language": "cy", "answer-support": "no",
}  # fmt: skip
ANSWERS = {"course": "Fire warden", "people": 3, "day": "2026-12-01", "language": "cy", "support": False}


def make_asking() -> tuple[Service, Account]:
    team = make_team()
    return make_service(team=team, form=FORM), make_worker(team=team)


def sent(service: Service, **more: str) -> dict[str, Any]:
    return {"service": service.pk, "title": "A place", "priority": 3, **more}


def test_a_case_opened_by_hand_is_asked_what_its_service_asks() -> None:
    service, account = make_asking()
    client = signed_in_as(account)
    asked = client.post(reverse("open_case"), sent(service))
    assert "Which course?" in words(page(asked))
    assert Case.objects.count() == 0
    client.post(reverse("open_case"), sent(service, questions_of=service.key, **SENT))
    assert Case.objects.get().answers == ANSWERS


def test_staff_may_leave_questions_open() -> None:
    service, account = make_asking()
    response = signed_in_as(account).post(reverse("open_case"), sent(service, questions_of=service.key))
    assert response.status_code == 302
    assert Case.objects.get().answers == {}


def test_a_wrong_answer_is_shown_again_with_its_error() -> None:
    service, account = make_asking()
    wrong = sent(service, questions_of=service.key, **SENT | {"answer-people": "300"})
    response = signed_in_as(account).post(reverse("open_case"), wrong)
    assert response.status_code == 422
    assert "less than or equal to 20" in words(page(response, 422))


def test_the_questions_of_a_service_are_a_part_of_the_page() -> None:
    service, account = make_asking()
    client = signed_in_as(account)
    told = words(page(client.get(reverse("case_questions"), {"service": service.pk})))
    assert "How many people?" in told
    assert words(page(client.get(reverse("case_questions"), {"service": "nothing"}))) == ""
    by_address = client.get(reverse("open_case"), {"service": service.key})
    assert "How many people?" in words(page(by_address))


def test_the_case_page_shows_what_was_answered_in_words() -> None:
    service, account = make_asking()
    case = make_case(service=service, answers=ANSWERS)
    told = words(page(signed_in_as(account).get(reverse("case_page", args=[case.reference]))))
    assert "Which course? Fire warden" in told
    assert "Which day? 1 December 2026" in told
    assert "Language Welsh" in told
    assert "Is support needed? No" in told


def test_answers_are_corrected_with_what_stood_before_and_can_be_taken_back() -> None:
    service, account = make_asking()
    case = make_case(service=service, answers={"course": "Fire warden", "old_question": "kept"})
    address = reverse("edit_answers", args=[case.reference])
    given = {name.removeprefix("answer-"): value for name, value in SENT.items()} | {"edition": case.edition}
    signed_in_as(account).post(address, given | {"course": "First aid"})
    case.refresh_from_db()
    assert case.answers == ANSWERS | {"course": "First aid", "old_question": "kept"}
    entry = case.entries.get(detail__verb="answers")
    assert entry.detail["before"]["answers"]["course"] == "Fire warden"
    undo_change(entry, by=account, at=now())
    case.refresh_from_db()
    assert case.answers == {"course": "Fire warden", "old_question": "kept"}


def test_nothing_is_written_when_no_answer_changes() -> None:
    service, account = make_asking()
    case = make_case(service=service, answers={"course": "Fire warden"})
    assert change_answers(case, answers={"course": "Fire warden"}, by=account, at=AT) is None
    assert not case.entries.exists()


def test_what_was_answered_is_found_by_search() -> None:
    service, account = make_asking()
    case = make_case(service=service)
    change_answers(case, answers={"course": "Llechwedd"}, by=account, at=AT)
    assert list(Case.objects.visible_to(account).mentioning("llechwedd")) == [case]


def test_a_service_that_is_asked_for_online_has_a_form() -> None:
    from moothall.cases.rules.definition import ServiceDefinition
    from moothall.core.marked_yaml import parse_yaml

    text = "key: x\nname: X\nprefix: XX\ndesk: d\nteam: t\naudience: public\n"
    with pytest.raises(PackMistake, match="needs a form"):
        ServiceDefinition.read(parse_yaml(text, name="x.yaml"))


def test_services_are_offered_under_the_team_that_deals_with_them() -> None:
    account = make_asking()[1]
    make_service(team=make_team(name="Payroll"), name="Payslip")
    make_service(team=make_team(name="Learning"), name="Course place")
    client = signed_in_as(account)
    page = client.get(reverse("open_case")).text
    assert '<option value=""></option>' in page
    assert " selected>" not in page.split('id="id_service"')[1].split("</select>")[0]
    assert client.post(reverse("open_case"), {"title": "A place", "priority": 3}).status_code == 422
    assert re.search(r'<optgroup label="Learning"><option value="\d+">Course place</option></optgroup>', page)
    assert page.index('label="Learning"') < page.index('label="Payroll"')
