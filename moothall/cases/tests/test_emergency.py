"""A restricted case opened in an emergency: by whom, for how long, who is told, and who judges it."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.cases.models import Case, CaseAccess, EmergencyOpening, EmergencyRules
from moothall.cases.rules import emergency as rules
from moothall.cases.rules.access import give_access, open_sealed, set_confidentiality
from moothall.cases.rules.acting import may_act
from moothall.core.clock import now
from moothall.core.notices import KEY, notices_for
from moothall.letters.models import Letter
from moothall.letters.tests.make import make_letter
from moothall.people.models import Account, Team
from moothall.people.tests.make import make_account
from moothall.people.tests.pages import main, page, signed_in_as, words
from moothall.records.models import AuditEvent

from .make import MANAGER, make_case, make_led_team, make_manager, make_service

pytestmark = pytest.mark.django_db
PASSWORD = "four plain words together"
WHY = "Her sister rang: she has not come home and nobody can be reached."
PAGE = "/cases/emergency/"


def make_restricted(team: Team, level: str = Case.RESTRICTED) -> tuple[Case, Account]:
    at = now()
    case = make_case(service=make_service(team=team), title="About Quillon", at=at, received_at=at)
    keeper = make_manager(team=team, name="Keeper of the case")
    set_confidentiality(case, level=level, named=[], because="Delicate", by=keeper, at=now())
    return case, keeper


def make_duty_manager(team: Team | None = None, **changes: Any) -> Account:
    given: dict[str, Any] = {"name": "Farida Haidari", "password": PASSWORD} | changes
    return make_account(*MANAGER, "cases.break_glass", team=team, **given)


def sign_in(account: Account) -> Client:
    client = Client()
    sent = {"login": account.email, "password": PASSWORD}
    assert client.post("/account/login/", sent).status_code == 302
    return client


def open_case(case: Case, account: Account, *, at: dt.datetime | None = None) -> EmergencyOpening:
    return rules.open_in_emergency(reference=case.reference, reason=WHY, by=account, at=at or now())


@pytest.mark.parametrize("level", [Case.RESTRICTED, Case.SEALED])
def test_it_is_open_with_a_reason_at_once_and_everybody_on_it_is_told(level: str) -> None:
    team = make_led_team()
    case, keeper = make_restricted(team, level)
    auditor = make_account("records.audit", "cases.view", name="Percival Ottley")
    administrator = make_account("people.administer", name="Zanele Dube")
    client = sign_in(make_duty_manager(team))
    assert client.get(f"/cases/{case.reference}/").status_code == 404
    assert "change nothing" in words(main(page(client.get(PAGE))))
    done = client.post(PAGE, {"reference": case.reference.lower(), "reason": WHY})
    assert done["Location"] == f"/cases/{case.reference}/"
    shown = words(main(page(client.get(done["Location"]))))
    assert "You opened this case in an emergency." in shown
    if level == Case.SEALED:
        open_sealed(case, by=keeper, at=now(), reason="To see what happened")
    assert WHY in words(main(page(signed_in_as(keeper).get(done["Location"]))))
    letters = {one.to_address: one for one in Letter.objects.filter(about_kind="cases.emergencyopening")}
    assert set(letters) == {keeper.email, auditor.email, administrator.email}
    assert case.reference in letters[keeper.email].body
    assert WHY in letters[keeper.email].body
    assert case.reference not in letters[auditor.email].body + letters[administrator.email].body
    assert WHY not in letters[administrator.email].body
    assert "Quillon" not in "".join(one.subject + one.body for one in letters.values())
    event = AuditEvent.objects.get(verb="cases.break_glass")
    assert (event.about_id, event.detail["reason"]) == (case.pk, WHY)


def test_a_lead_whom_the_case_does_not_name_is_not_told_of_it() -> None:
    team = make_led_team()
    case, keeper = make_restricted(team)
    open_case(case, make_duty_manager(team))
    told = set(Letter.objects.values_list("to_address", flat=True))
    assert team.lead is not None
    assert (keeper.email in told, team.lead.email in told) == (True, False)


def test_whoever_it_lets_in_reads_and_changes_nothing() -> None:
    team = make_led_team()
    case, _keeper = make_restricted(team)
    manager = make_duty_manager(team)
    open_case(case, manager)
    client = signed_in_as(manager)
    tree = page(client.get(f"/cases/{case.reference}/"))
    assert (
        reverse("restrict", args=[case.reference])
        not in client.get(f"/cases/{case.reference}/").content.decode()
    )
    assert "About Quillon" in words(tree)
    for act in ("restrict", "close", "add_note", "assign", "link"):
        assert client.get(reverse(act, args=[case.reference])).status_code == 403
    assert may_act(Case.objects.get(pk=case.pk), manager, "cases.view")


def test_whoever_it_lets_in_reads_a_letter_of_the_case_and_does_nothing_to_it() -> None:
    team = make_led_team()
    case, keeper = make_restricted(team)
    letter = make_letter(about=case, by=keeper)
    duty = make_duty_manager(team)
    assert not Letter.objects.visible_to(duty).filter(pk=letter.pk).exists()
    open_case(case, duty)
    client = signed_in_as(duty)
    assert client.get(f"/letters/{letter.pk}/").status_code == 200
    assert client.post(f"/letters/{letter.pk}/recall/").status_code == 403
    letter.refresh_from_db()
    assert letter.state == Letter.QUEUED


def test_it_ends_by_itself_at_its_minute() -> None:
    team = make_led_team()
    case, _keeper = make_restricted(team)
    rules.set_emergency_rules(lasts_minutes=30, signed_in_minutes=5, by=make_account(), at=now())
    manager = make_duty_manager(team)
    opened = open_case(case, manager, at=now() - dt.timedelta(minutes=29, seconds=30))
    assert opened.until - opened.opened_at == dt.timedelta(minutes=30)
    assert Case.objects.visible_to(manager).filter(pk=case.pk).exists()
    CaseAccess.objects.filter(pk=opened.access_id).update(until=now() - dt.timedelta(seconds=1))
    assert not Case.objects.visible_to(manager).filter(pk=case.pk).exists()
    assert signed_in_as(manager).get(f"/cases/{case.reference}/").status_code == 404


def test_whoever_is_finished_is_out_and_so_is_whoever_somebody_on_the_case_sends_out() -> None:
    team = make_led_team()
    case, keeper = make_restricted(team)
    for ends in ("self", "keeper"):
        manager = make_duty_manager(team)
        opening = open_case(case, manager)
        address = reverse("end_emergency", args=[opening.pk])
        assert signed_in_as(make_manager(team=team)).post(address).status_code == 404
        assert signed_in_as(manager if ends == "self" else keeper).post(address).status_code == 302
        assert signed_in_as(manager).get(f"/cases/{case.reference}/").status_code == 404
        assert signed_in_as(keeper).post(address).status_code == 409


def refusals_of(client: Client, references: list[str]) -> set[str]:
    said = set()
    for reference in references:
        answer = client.post(PAGE, {"reference": reference, "reason": WHY})
        tree = main(page(answer, 422))
        said.add(words(tree).replace(reference, ""))
        assert reference in answer.content.decode()
    return said


def test_what_cannot_be_opened_is_answered_as_if_it_did_not_exist_and_every_try_is_kept() -> None:
    team, away = make_led_team(), make_led_team()
    elsewhere, _keeper = make_restricted(away)
    of_theirs = make_case(service=make_service(team=away))
    manager = make_duty_manager(team)
    client = sign_in(manager)
    said = refusals_of(client, [elsewhere.reference, of_theirs.reference, "TST-26-99999", "nonsense"])
    assert len(said) == 1
    tries = AuditEvent.objects.filter(verb="cases.break_glass_refused", about_id=manager.pk)
    assert next(one.detail["reference"] for one in tries.order_by("id")) == elsewhere.reference
    assert (tries.count(), EmergencyOpening.objects.count(), Letter.objects.count()) == (4, 0, 0)
    answer = client.post(PAGE, {"reference": "TST-26-99999", "reason": "Urgent!!"})
    assert "too short" in words(page(answer, 422))


def test_a_manager_of_the_whole_office_reaches_every_team() -> None:
    case, _keeper = make_restricted(make_led_team())
    assert open_case(case, make_duty_manager(None)).case == case


def test_after_ten_tries_one_has_to_wait_and_that_is_kept_too() -> None:
    client = sign_in(make_duty_manager(make_led_team()))
    for _try in range(10):
        client.post(PAGE, {"reference": "TST-26-99999", "reason": WHY})
    answer = client.post(PAGE, {"reference": "TST-26-99999", "reason": WHY})
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
    assert AuditEvent.objects.filter(verb="cases.break_glass_refused").count() == 11


def test_who_signed_in_long_ago_gives_the_password_once_more() -> None:
    account = make_duty_manager(make_led_team())
    client = sign_in(account)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 60 * EmergencyRules.in_force().signed_in_minutes + 1
    session.save()
    answer = client.get(PAGE)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    sent = client.post(PAGE, {"reference": "TST-26-99999", "reason": WHY})
    assert (sent.status_code, AuditEvent.objects.filter(verb="cases.break_glass_refused").exists()) == (
        302,
        False,
    )
    done = client.post(answer["Location"], {"password": PASSWORD})
    assert done["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_somebody_without_a_password_of_ours_signs_in_anew() -> None:
    client = signed_in_as(make_duty_manager(make_led_team(), password=None))
    assert client.get(PAGE)["Location"] == reverse("my_account")


def test_a_second_person_judges_it_and_it_waits_on_every_page_until_then() -> None:
    team = make_led_team()
    case, keeper = make_restricted(team)
    opener = make_account("cases.view", "cases.break_glass", "records.audit", name="Opens and audits")
    auditor = make_account("records.audit", "cases.view", name="Percival Ottley")
    opening = open_case(case, opener)
    caches["this process"].delete(KEY)
    assert ["opened in an emergency" in each for each in notices_for(auditor)] == [True]
    tree = main(page(signed_in_as(auditor).get("/cases/emergencies/")))
    assert WHY in words(tree)
    assert case.reference not in words(tree)
    assert "By somebody else" in words(main(page(signed_in_as(opener).get("/cases/emergencies/"))))
    address = reverse("emergency_judgement", args=[opening.pk])
    given = {"justified": "no", "because": "The keeper of the case was in the office all day."}
    assert "does not judge" in words(page(signed_in_as(opener).post(address, given), 422))
    assert signed_in_as(keeper).get(address).status_code == 403
    assert WHY in words(page(signed_in_as(auditor).get(address)))
    assert "too short" in words(page(signed_in_as(auditor).post(address, given | {"because": "No"}), 422))
    assert signed_in_as(auditor).post(address, given).status_code == 302
    assert "judged this opening already" in words(page(signed_in_as(auditor).post(address, given), 422))
    opening.refresh_from_db()
    assert (opening.justified, opening.judged_by) == (False, auditor)
    caches["this process"].delete(KEY)
    assert notices_for(auditor) == []
    assert AuditEvent.objects.get(verb="cases.judge_emergency").about_id == case.pk


def test_the_database_itself_lets_nobody_judge_their_own() -> None:
    team = make_led_team()
    case, _keeper = make_restricted(team)
    opening = open_case(case, make_duty_manager(team))
    change = {"justified": True, "judgement": "Mine", "judged_by": opening.account, "judged_at": now()}
    with pytest.raises(IntegrityError, match="nobody_judges_their_own_opening"), transaction.atomic():
        EmergencyOpening.objects.filter(pk=opening.pk).update(**change)


def test_to_be_named_afterwards_is_for_good_and_no_opening_stands_in_the_way() -> None:
    team = make_led_team()
    case, keeper = make_restricted(team)
    manager = make_duty_manager(team)
    opening = open_case(case, manager)
    with pytest.raises(rules.SeenAlready):
        open_case(case, manager)
    give_access(case, to=manager, because="Takes it on", by=keeper, at=now())
    opening.refresh_from_db()
    assert opening.access.ended_at is not None
    assert may_act(Case.objects.get(pk=case.pk), manager, "cases.restrict")
    CaseAccess.objects.filter(case=case, account=manager).update(ended_at=now())
    assert open_case(case, manager).account == manager


def test_the_page_of_openings_asks_as_little_for_many_as_for_few() -> None:
    team = make_led_team()
    client = signed_in_as(make_account("records.audit", "cases.view"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client.get("/cases/emergencies/"))
        return len(queries)

    open_case(make_restricted(team)[0], make_duty_manager(team))
    asked()
    few = asked()
    for _each in range(4):
        open_case(make_restricted(team)[0], make_duty_manager(team))
    assert asked() == few


def test_the_rules_are_rows_within_bounds() -> None:
    administrator = signed_in_as(make_account("people.administer"))
    given = {"lasts_minutes": "45", "signed_in_minutes": "5"}
    assert administrator.post("/cases/emergency-rules/", given).status_code == 302
    found = EmergencyRules.in_force()
    assert (found.lasts_minutes, found.signed_in_minutes) == (45, 5)
    page(administrator.post("/cases/emergency-rules/", given | {"lasts_minutes": "481"}), 422)
    with pytest.raises(rules.OutOfRange):
        rules.set_emergency_rules(lasts_minutes=4, signed_in_minutes=5, by=make_account(), at=now())
    assert not mail.outbox
