import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from moothall.core.clock import now, today
from moothall.people.models import Account, Grant
from moothall.people.rules.accounts import (
    AddressTaken,
    LastAdministrator,
    NotAnAddress,
    OwnAccount,
    WeakPassword,
    add_account,
    end_access,
    restore_access,
    set_password,
)
from moothall.people.rules.granting import (
    AccountEnded,
    EndsBeforeItStarts,
    HeldAlready,
    RoleNameTaken,
    add_role,
    change_role,
    end_grant,
    grant_role,
)
from moothall.people.rules.inviting import invite_account, write_invitation
from moothall.people.tests.make import (
    AT,
    DAY,
    audited,
    make_account,
    make_grant,
    make_organisation,
    make_role,
    make_team,
)
from moothall.people.tests.pages import main, page, signed_in_as, words

pytestmark = pytest.mark.django_db
PASSWORD = "pedwar gair anghysylltiol"


@pytest.fixture
def administrator() -> Account:
    return make_account("people.administer", "people.view", name="Nia Bevan")


@pytest.mark.parametrize("word", ["Dyffryn-Gwyn-2026!", "learningdesk 1234", "Moothall.Croeso.99"])
def test_a_password_is_not_made_of_the_words_of_the_office(administrator: Account, word: str) -> None:
    make_team(name="Learning desk", organisation=make_organisation(name="Dyffryn Gwyn Council"))
    with pytest.raises(WeakPassword, match="names of the office"):
        set_password(administrator, password=word, by=administrator, at=AT)
    set_password(administrator, password=f"{word} tri lliw ar ddeg", by=administrator, at=AT)


def test_an_account_is_added_with_one_address_and_a_good_password(administrator: Account) -> None:
    account = add_account(email="Ann@Borth.example", name="Ann Lee", password=PASSWORD, by=None, at=AT)
    assert account.email == "ann@borth.example"
    assert account.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=account).verified
    with pytest.raises(AddressTaken):
        add_account(email="ANN@borth.example", name="Another", by=None, at=AT)
    with pytest.raises(WeakPassword):
        add_account(email="b@borth.example", name="Bea", password="password1234", by=None, at=AT)
    with pytest.raises(NotAnAddress):
        add_account(email="bea", name="Bea", by=None, at=AT)


def test_an_invited_colleague_gets_a_role_and_a_link_in_their_language(administrator: Account) -> None:
    account = invite_account(
        email="ann@borth.example",
        name="Ann Lee",
        role=make_role("people.view"),
        team=make_team(),
        language="cy",
        by=administrator,
        at=AT,
    )
    assert not account.has_usable_password()
    assert account.grants.get().granted_by == administrator
    job = ProcrastinateJob.objects.get(task_name="people.send_invitation")
    assert job.args == {"account_id": account.pk, "invited_by": "Nia Bevan"}
    write_invitation(account, invited_by="Nia Bevan")
    letter = mail.outbox[0]
    assert letter.to == ["ann@borth.example"]
    link = next(line for line in str(letter.body).splitlines() if line.startswith("http"))
    client = Client()
    form = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    page(form)
    data = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(form.redirect_chain[-1][0], data)
    page(client.get(reverse("my_account")))


def test_an_invitation_to_somebody_who_left_meanwhile_is_not_sent(administrator: Account) -> None:
    write_invitation(make_account(is_active=False), invited_by="Nia Bevan")
    assert mail.outbox == []


def test_ending_access_stops_open_sessions_at_once(administrator: Account) -> None:
    leaver = make_account("people.view", password=PASSWORD)
    make_grant(account=leaver, role=make_role("people.edit"), started_on=today() + dt.timedelta(days=30))
    client = Client()
    client.post(reverse("account_login"), {"login": leaver.email, "password": PASSWORD})
    page(client.get(reverse("people")))
    end_access(leaver, by=administrator, at=now())
    assert client.get(reverse("people")).status_code == 302
    fresh = Account.objects.get(pk=leaver.pk)
    assert (fresh.is_active, fresh.has_usable_password()) == (False, False)
    assert not Grant.objects.not_ended(today()).filter(account=leaver).exists()
    assert not fresh.may("people.view")
    restored = restore_access(leaver, by=administrator, at=now())
    assert not restored.may("people.view")


def test_nobody_ends_their_own_access_or_leaves_the_office_without_an_administrator(
    administrator: Account,
) -> None:
    with pytest.raises(OwnAccount):
        end_access(administrator, by=administrator, at=AT)
    with pytest.raises(LastAdministrator):
        end_access(administrator, by=None, at=AT)
    with pytest.raises(LastAdministrator):
        end_grant(administrator.grants.get(), by=administrator, at=AT)
    role = administrator.grants.get().role
    with pytest.raises(LastAdministrator):
        change_role(role, name="Viewer", permissions=[], mfa_required=False, by=administrator, at=AT)
    make_account("people.administer")
    change_role(role, name="Viewer", permissions=["people.view"], mfa_required=True, by=administrator, at=AT)
    fresh = Account.objects.get(pk=administrator.pk)
    assert fresh.standing().permissions == {"people.view"}
    assert fresh.must_set_up_mfa()


def test_a_role_is_held_once_at_a_time_and_between_its_days(administrator: Account) -> None:
    account, role, team = make_account(), make_role("people.view"), make_team()
    grant = grant_role(account, role=role, team=team, by=administrator, at=AT)
    with pytest.raises(HeldAlready):
        grant_role(account, role=role, team=team, by=administrator, at=AT)
    grant_role(account, role=role, by=administrator, at=AT)
    with pytest.raises(EndsBeforeItStarts):
        grant_role(account, role=make_role(), ended_on=DAY, by=administrator, at=AT)
    end_grant(grant, by=administrator, at=AT)
    grant_role(account, role=role, team=team, by=administrator, at=AT)
    with pytest.raises(AccountEnded):
        grant_role(make_account(is_active=False), role=role, by=administrator, at=AT)
    verbs = [event.verb for event in audited(account)]
    assert verbs == ["people.grant_role", "people.grant_role", "people.end_grant", "people.grant_role"]


def test_a_permission_taken_away_is_gone_at_the_next_click(administrator: Account) -> None:
    clerk = make_account("people.view")
    client = signed_in_as(clerk)
    page(client.get(reverse("people")))
    end_grant(clerk.grants.get(), by=administrator, at=now())
    assert client.get(reverse("people")).status_code == 403


def test_a_new_password_signs_everybody_out(administrator: Account) -> None:
    account = make_account(password=PASSWORD)
    client = Client()
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    set_password(account, password="tri lliw ar ddeg heddiw", by=None, at=AT)
    assert client.get(reverse("my_account")).status_code == 302


def test_two_roles_have_two_names(administrator: Account) -> None:
    add_role(name="Coordinator", permissions=["people.view"], by=administrator, at=AT)
    with pytest.raises(RoleNameTaken):
        add_role(name="coordinator", permissions=[], by=administrator, at=AT)


def test_an_administrator_manages_an_account_on_its_page(administrator: Account) -> None:
    client = signed_in_as(administrator)
    role, team = make_role("people.view"), make_team()
    page(client.get(reverse("invite")))
    data = {"email": "ann@borth.example", "name": "Ann Lee", "language": "en"}
    data |= {"role": str(role.pk), "team": str(team.pk)}
    done = client.post(reverse("invite"), data)
    account = Account.objects.get(email="ann@borth.example")
    assert done["Location"] == reverse("account_page", args=[account.pk])
    assert team.name in words(main(page(client.get(done["Location"]))))
    again = client.post(reverse("invite"), data)
    assert "an account with this email address already" in words(main(page(again, status=422)))
    page(client.get(reverse("add_grant", args=[account.pk])))
    client.post(reverse("add_grant", args=[account.pk]), {"role": role.pk, "started_on": "today"})
    for grant in account.grants.all():
        client.post(reverse("end_grant", args=[account.pk, grant.pk]))
    assert not Account.objects.get(pk=account.pk).may("people.view")
    page(client.get(reverse("edit_account", args=[account.pk])))
    client.post(reverse("edit_account", args=[account.pk]), {"name": "Ann Lee-Rees"})
    client.post(reverse("send_invitation_again", args=[account.pk]))
    client.post(reverse("end_sessions", args=[account.pk]))
    page(client.get(reverse("end_access", args=[account.pk])))
    client.post(reverse("end_access", args=[account.pk]))
    ended = words(main(page(client.get(reverse("account_page", args=[account.pk])))))
    assert "Access ended" in ended
    assert "Ann Lee-Rees" in ended
    client.post(reverse("restore_access", args=[account.pk]))
    assert Account.objects.get(pk=account.pk).is_active
    own = client.post(reverse("end_access", args=[administrator.pk]))
    assert "your own account" in words(main(page(own, status=422)))


def test_the_report_names_those_whose_password_alone_lets_them_in(administrator: Account) -> None:
    secured = make_account(name="Secured")
    Authenticator.objects.create(user=secured, type="totp", data={"secret": "x"})
    make_account(name="Unsecured")
    make_account(name="Departed", is_active=False)
    client = signed_in_as(administrator)
    text = words(main(page(client.get(f"{reverse('accounts')}?password_only=1"))))
    assert "Unsecured" in text
    assert "Secured second" not in text
    assert "Departed" not in text
    listed = words(main(page(client.get(reverse("accounts")))))
    assert "Secured" in listed
    client.post(reverse("remove_second_factors", args=[secured.pk]))
    assert Account.objects.without_second_factor().filter(pk=secured.pk).exists()


def test_roles_are_listed_added_and_changed(administrator: Account) -> None:
    client = signed_in_as(administrator)
    page(client.get(reverse("office_roles")))
    page(client.get(reverse("add_office_role")))
    client.post(reverse("add_office_role"), {"name": "Reader", "permissions": ["people.view"]})
    page(client.get(reverse("edit_office_role", args=["reader"])))
    data = {"name": "Reader", "permissions": ["people.view", "people.edit"], "mfa_required": "on"}
    client.post(reverse("edit_office_role", args=["reader"]), data)
    text = words(main(page(client.get(reverse("office_roles")))))
    assert "Reader" in text
    wrong = client.post(reverse("add_office_role"), {"name": "X", "permissions": ["people.everything"]})
    page(wrong, status=422)
