"""A family leave has its case on the service of its process, seen by few; what is done ticks its steps."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from moothall.cases.models import Case, CaseAccess, Step
from moothall.core.clock import now, today
from moothall.core.packs import load_pack
from moothall.core.serving import OFFICE, serving
from moothall.people.tests.make import make_account, make_person
from moothall.personnel.models import FamilyCase, FamilyLeave
from moothall.personnel.rules import family as rules
from moothall.personnel.rules.letters import write
from moothall.personnel.rules.wording.family import PAY
from moothall.workforce.tests.make import make_employment, make_manager

from .make import DAY, DESK, as_mail, make_desk, make_leave, make_notice


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The pack is loaded once for this file; each test rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack("people-services", at=now())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def pack(loaded: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def done(leave: FamilyLeave) -> set[str]:
    rows = Step.objects.filter(case__family_leave__leave=leave, state=Step.DONE)
    return set(rows.values_list("key", flat=True))


def case_of(leave: FamilyLeave) -> Case:
    found = FamilyCase.objects.get(leave=leave).case
    assert found is not None
    return found


def test_the_steps_of_a_maternity_leave_are_ticked_by_what_is_done_about_it() -> None:
    leave, desk = make_leave(), make_desk()
    with serving(OFFICE):
        assert case_of(leave).service.key == "maternity"
        assert done(leave) == set()
        rules.assess_risk(leave, on=today(), by=desk, at=now())
        assert done(leave) == {"told", "notice"}
        rules.see_evidence(leave, on=today(), by=desk, at=now())
        assert "matb1" in done(leave)
        rules.confirm(leave, by=desk, at=now())
        assert "reply" in done(leave)
        write(leave, PAY, sent=as_mail(), about_on=leave.starts_on, by=desk, at=now())
        assert "pay" in done(leave)
        rules.change_start(
            leave, starts_on=leave.starts_on + 7 * DAY, late_because="Agreed", by=desk, at=now()
        )
        assert "change" in done(leave)


def test_another_leave_is_received_confirmed_and_booked() -> None:
    leave = make_leave(kind="paternity", event_on=today() + 40 * DAY, starts_on=today() + 40 * DAY)
    with serving(OFFICE):
        assert case_of(leave).service.key == "paternity_adoption_shared"
        assert done(leave) == {"recv"}
        rules.confirm(leave, by=make_desk(), at=now())
        assert done(leave) == {"recv", "decide", "book"}


def test_the_case_is_restricted_and_its_title_does_not_say_which_leave_it_is() -> None:
    desk = make_account(*DESK, "cases.view")
    leave = make_leave(by=desk)
    with serving(OFFICE):
        case = case_of(leave)
    assert case.confidentiality == Case.RESTRICTED
    assert "aternity" not in case.title
    assert Case.objects.visible_to(desk).filter(pk=case.pk).exists()
    assert not Case.objects.visible_to(make_account("cases.view")).filter(pk=case.pk).exists()


def test_whoever_tells_of_their_own_leave_is_not_named_on_its_case() -> None:
    account, employment = make_manager(account=make_account("cases.view", person=make_person()))
    leave = make_leave(employment, by=account)
    with serving(OFFICE):
        case = case_of(leave)
        assert not CaseAccess.objects.filter(case=case, account=account).exists()


def test_withdrawn_the_case_is_closed_and_put_back_it_goes_on() -> None:
    leave, desk = make_leave(), make_desk()
    rules.withdraw_leave(leave, by=desk, at=now())
    with serving(OFFICE):
        assert case_of(leave).is_closed
    rules.put_back_leave(leave, by=desk, at=now())
    with serving(OFFICE):
        assert not case_of(leave).is_closed


def test_blocks_of_shared_leave_have_one_case_between_them() -> None:
    begins = today() + 70 * DAY
    make_notice(make_employment(), blocks=[(begins, begins + 13 * DAY)])
    with serving(OFFICE):
        assert FamilyCase.objects.get().case is not None


def test_the_page_of_the_leave_leads_to_its_case_for_whoever_is_named_on_it(client: Client) -> None:
    desk = make_account(*DESK, "cases.view")
    leave = make_leave(by=desk)
    with serving(OFFICE):
        reference = case_of(leave).reference
    page = reverse("family_page", args=[leave.pk])
    client.force_login(desk)
    assert reference in client.get(page).content.decode()
    client.force_login(make_account(*DESK, "cases.view"))
    assert reference not in client.get(page).content.decode()
