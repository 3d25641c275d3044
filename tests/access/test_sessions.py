"""Access follows from the roles held at this moment, where they are held, and from nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case
from moothall.core.clock import now
from moothall.people.models import Account, Grant, Role, Team
from moothall.people.rules.accounts import end_access, end_sessions
from moothall.people.rules.granting import change_role, end_grant, grant_role
from moothall.people.tests.make import make_account

from . import asking
from .exercising import as_if_never, ask
from .office import Office
from .rows import TABLE
from .table import Area

POSTS = [(area, row.route) for area in TABLE for row in area.rows if row.method == "POST"]


@pytest.fixture
def newcomer(office: Office) -> tuple[Account, Client]:
    """A coordinator of the home team who has signed in."""
    account = make_account(name="Newcomer", password="four plain words together")
    _hold(account, "coordinator", office.home)
    client = Client()
    client.force_login(account)
    return account, client


def _hold(account: Account, role: str, team: Team | None) -> Grant:
    return grant_role(account, role=Role.objects.get(key=role), team=team, by=None, at=now())


def _page(client: Client, office: Office, relation: str = "own") -> int:
    case = office.cases[relation].case
    return client.get(reverse("case_page", args=[case.reference])).status_code


def _note(client: Client, office: Office, relation: str) -> int:
    case = office.cases[relation].case
    return ask(client, "POST", reverse("add_note", args=[case.reference]), {"text": "A note"}).status


@pytest.mark.parametrize(("area", "route"), POSTS, ids=[route for _, route in POSTS])
def test_nothing_is_done_for_a_form_of_another_site(office: Office, area: Area, route: str) -> None:
    seat = next(row.seats[0] for row in area.rows if (row.route, row.method) == (route, "POST"))
    relation = area.relations[0]
    with as_if_never():
        asking.stand(office, relation, seat, area)
        address = asking.address(office, area, route, relation, seat)
        data = asking.sent(office, area, route, relation)
        kind = asking.sent_as(area, route)
        answer = ask(office.client(seat, csrf=True), "POST", address, data, content_type=kind)
    assert (answer.status, answer.wrote, answer.letters) == (403, frozenset(), 0)


def test_a_role_that_ends_ends_at_the_next_request(office: Office, newcomer: tuple[Account, Client]) -> None:
    account, client = newcomer
    with as_if_never():
        assert _page(client, office) == 200
        end_grant(Grant.objects.get(account=account), by=None, at=now())
        assert client.get(reverse("case_list")).status_code == 403


def test_a_permission_taken_from_a_role_is_gone_at_the_next_request(
    office: Office, newcomer: tuple[Account, Client]
) -> None:
    _account, client = newcomer
    with as_if_never():
        assert _note(client, office, "own") == 302
        role = Role.objects.get(key="coordinator")
        change_role(
            role, name=role.name, permissions=set(role.permissions) - {"cases.work"}, mfa_required=False,
            by=office.account("A"), at=now(),
        )  # fmt: skip
        assert _note(client, office, "own") == 403
        assert _page(client, office) == 200


def test_a_second_factor_asked_for_is_asked_for_at_the_next_request(
    office: Office, newcomer: tuple[Account, Client]
) -> None:
    _account, client = newcomer
    with as_if_never():
        Role.objects.filter(key="coordinator").update(mfa_required=True)
        answer = client.get(reverse("case_list"))
        assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/")


def test_somebody_who_leaves_is_out_at_once(office: Office, newcomer: tuple[Account, Client]) -> None:
    account, client = newcomer
    with as_if_never():
        assert _page(client, office) == 200
        end_access(account, by=None, at=now())
        answer = client.get(reverse("case_list"))
        assert (answer.status_code, answer["Location"][:15]) == (302, "/account/login/")


def test_signing_somebody_out_everywhere_ends_the_open_page(office: Office) -> None:
    account = make_account(name="Signs in", password="four plain words together")
    client = Client()
    with as_if_never():
        _hold(account, "coordinator", office.home)
        sign_in = {"login": account.email, "password": "four plain words together"}
        assert client.post("/account/login/", sign_in).status_code == 302
        assert _page(client, office) == 200
        end_sessions(account, by=None, at=now())
        assert _page(client, office) == 302


def test_an_end_of_naming_closes_a_restricted_case(office: Office) -> None:
    from moothall.cases.models import CaseAccess
    from moothall.cases.rules.access import end_access as end_naming

    with as_if_never():
        case = office.cases["named"].case
        naming = CaseAccess.objects.in_force().get(case=case, account=office.account("V"))
        end_naming(naming, by=office.account("L"), at=now())
        assert _page(office.client("V"), office, "named") == 404


def test_managing_the_office_opens_no_case_of_another_team(
    office: Office, newcomer: tuple[Account, Client]
) -> None:
    account, client = newcomer
    with as_if_never():
        _hold(account, "administrator", None)
        assert _page(client, office) == 200
        assert _page(client, office, "other") == 404
        assert office.cases["other"].case.reference not in client.get(reverse("case_list")).content.decode()


def test_reading_everywhere_does_not_mean_acting_everywhere(
    office: Office, newcomer: tuple[Account, Client]
) -> None:
    account, client = newcomer
    with as_if_never():
        _hold(account, "auditor", None)
        assert (_page(client, office, "other"), _note(client, office, "other")) == (200, 403)
        assert _note(client, office, "own") == 302
        other = office.cases["other"]
        page = client.get(reverse("case_page", args=[other.case.reference])).content.decode()
        assert reverse("close", args=[other.case.reference]) not in page
        many = {"ids": [other.case.pk], "outcome": "answered"}
        client.post(reverse("close_many"), many)
        client.post(reverse("undo_change", args=[other.change.pk]))
        assert Case.objects.get(pk=other.case.pk).edition == other.case.edition


def test_a_role_in_one_team_does_nothing_in_another(office: Office, newcomer: tuple[Account, Client]) -> None:
    account, client = newcomer
    restrict = reverse("restrict", args=[office.cases["own"].case.reference])
    with as_if_never():
        _hold(account, "lead", office.away)
        assert client.get(restrict).status_code == 403
        away = reverse("restrict", args=[office.cases["other"].case.reference])
        assert client.get(away).status_code == 200
