"""Triage suggests an article and whom they may be sent to, each with its reason and one key."""

import pytest
from django.test import Client
from django.utils import translation

from moothall.cases.models import Case
from moothall.cases.rules.timeline import add_entry
from moothall.cases.tests.make import AT, make_case, make_service, make_worker
from moothall.core.clock import now
from moothall.enquiries.models import Suggestion, Triaged
from moothall.enquiries.rules.replying import reply
from moothall.enquiries.rules.triage.deciding import NoLongerThere, NotYours, accept_suggestion, undo_decision
from moothall.enquiries.rules.triage.showing import shown_for
from moothall.enquiries.rules.triage.suggesting import suggest_for
from moothall.knowledge.models import AnsweredWith, Article
from moothall.knowledge.rules.writing import withdraw_article
from moothall.knowledge.tests.make import make_article, make_entry
from moothall.people.models import Account
from moothall.people.tests.make import make_account, make_person, make_team

pytestmark = pytest.mark.django_db
ASKED = "Where is parking allowed at the training centre, and do I need a permit?"
GOFYN = "Ble mae parcio yn y ganolfan hyfforddi, ac a oes angen trwydded arnaf?"
POTTERY = "Are there evening classes in pottery near here?"


def make_asked(text: str = ASKED, language: str = "en") -> Case:
    team, at = make_team(), now()
    person = make_person(full_name="Ffion Adeyemi", emails=["ffion@borth.example"], language=language)
    case = make_case(
        service=make_service(team=team), title=text[:40], requester=person, language=language, at=at,
        received_at=at,
    )  # fmt: skip
    add_entry(case, kind="MAIL_IN", at=at, person=person, subject=case.title, text=text)
    return case


def look(case: Case) -> dict[str, Suggestion]:
    suggest_for([Case.objects.select_related("service", "team").get(pk=case.pk)], at=now())
    return {row.kind: row for row in Suggestion.objects.filter(case=case)}


def signed_in(client: Client, case: Case) -> Account:
    account = make_worker(team=case.team)
    client.force_login(account)
    return account


def test_an_article_and_whom_they_may_be_sent_to_are_suggested_with_why(client: Client) -> None:
    article, entry = make_article(), make_entry()
    case, other = make_asked(), make_asked(POTTERY)
    found = look(case)
    assert found["ARTICLE"].value == article.key
    assert look(other)["SIGNPOST"].value == entry.key
    account = signed_in(client, case)
    (shown,) = [each for each in shown_for(account, case) if each.suggestion.kind == "ARTICLE"]
    assert shown.words == f"Answer with “{article.title}”"
    assert "“parking”" in shown.reason
    assert shown.percent is None
    page = client.get("/enquiries/triage/", {"at": case.reference}).content.decode()
    assert f"Answer with “{article.title}”" in page
    assert f'href="/knowledge/articles/{article.key}/"' in page or article.key in page
    assert "% likely" not in page


def test_welsh_is_answered_in_welsh(client: Client) -> None:
    article = make_article()
    case = make_asked(GOFYN, "cy")
    look(case)
    account = signed_in(client, case)
    with translation.override("cy"):
        (shown,) = [each for each in shown_for(account, case) if each.suggestion.kind == "ARTICLE"]
    assert "Parcio yn y ganolfan hyfforddi" in shown.words
    assert "“parcio”" in shown.reason
    found = Suggestion.objects.get(case=case, kind="ARTICLE")
    onward = client.post(f"/enquiries/triage/{case.reference}/{found.pk}/acceptance/")
    assert "Parciwch y tu" in client.get(onward["Location"]).content.decode()
    assert article.pk


def test_nothing_is_suggested_where_nothing_fits() -> None:
    make_article()
    make_entry()
    kinds = look(make_asked("My pension estimate has not arrived."))
    assert not {"ARTICLE", "SIGNPOST"} & kinds.keys()


def test_accepting_an_article_leads_to_a_reply_with_its_words_and_is_counted_once_sent(
    client: Client,
) -> None:
    article = make_article()
    case = make_asked()
    found = look(case)["ARTICLE"]
    account = signed_in(client, case)
    address = f"/enquiries/triage/{case.reference}/{found.pk}/acceptance/"
    by_part = client.post(address, headers={"HX-Request": "true"})
    onward = by_part["HX-Redirect"]
    assert onward.endswith(f"?article={article.key}")
    assert "Ask for a permit at reception." in client.get(onward).content.decode()
    found.refresh_from_db()
    assert (found.decision, found.decided_by) == ("ACCEPTED", account)
    assert not AnsweredWith.objects.exists()
    sent = {
        "to_address": "ffion@borth.example", "subject": "Parking", "text": "Park behind.", "language": "en",
        "then": "PERSON", "article": article.key,
    }  # fmt: skip
    assert client.post(f"/enquiries/replies/{case.reference}/", sent).status_code == 302
    assert AnsweredWith.objects.get().article == article


def test_accepting_a_signpost_leads_to_sending_them_there(client: Client) -> None:
    entry = make_entry()
    case = make_asked(POTTERY)
    found = look(case)["SIGNPOST"]
    signed_in(client, case)
    answered = client.post(f"/enquiries/triage/{case.reference}/{found.pk}/acceptance/")
    assert answered["Location"].endswith(f"?signpost={entry.pk}")
    assert entry.name in client.get(answered["Location"]).content.decode()


def test_rejecting_is_remembered_and_may_be_taken_back(client: Client) -> None:
    make_article()
    case = make_asked()
    found = look(case)["ARTICLE"]
    account = signed_in(client, case)
    client.post(f"/enquiries/triage/{case.reference}/{found.pk}/rejection/")
    found.refresh_from_db()
    assert found.decision == "REJECTED"
    assert [each for each in shown_for(account, case) if each.suggestion.kind == "ARTICLE"] == []
    undo_decision(by=account, at=now())
    assert Suggestion.objects.get(pk=found.pk).decision == ""


def test_an_article_withdrawn_since_is_not_shown_and_cannot_be_accepted(client: Client) -> None:
    article = make_article()
    case = make_asked()
    found = look(case)["ARTICLE"]
    account = signed_in(client, case)
    withdraw_article(Article.objects.get(pk=article.pk), by=account, at=now())
    assert [each for each in shown_for(account, case) if each.suggestion.kind == "ARTICLE"] == []
    with pytest.raises(NoLongerThere):
        accept_suggestion(found, by=account, at=now())


def test_whoever_writes_no_letters_answers_nothing() -> None:
    make_article()
    case = make_asked()
    found = look(case)["ARTICLE"]
    with pytest.raises(NotYours):
        accept_suggestion(found, by=make_account("cases.view", "cases.work", team=case.team), at=AT)


def test_an_answer_by_hand_overtakes_it(client: Client) -> None:
    make_article()
    case = make_asked()
    found = look(case)["ARTICLE"]
    reply(case, text="It is behind the building.", by=signed_in(client, case), at=now())
    assert Suggestion.objects.get(pk=found.pk).decision == "PASSED"
    assert Triaged.objects.filter(case=case).exists()


def test_how_many_cases_an_article_answered_is_not_told_by_the_machine(client: Client) -> None:
    article = make_article()
    case = make_asked()
    other = make_case(service=case.service)
    account = signed_in(client, case)
    AnsweredWith.objects.create(article=article, case=other, by=account, at=now())
    reason = look(case)["ARTICLE"].reason
    assert set(reason) == {"code", "words", "own"}
