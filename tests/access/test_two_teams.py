"""Where a role is held, there it allows: seeing the cases of a team is not working on them."""

from django.test import Client
from django.urls import reverse

from moothall.people.models import Role
from moothall.people.tests.make import make_account, make_grant, make_role

from . import asking
from .exercising import as_if_never, ask
from .office import Office
from .rows import programs
from .rows.cases import CASE
from .table import Area, Row


def somebody_of_two_teams(office: Office) -> Client:
    """A coordinator at home, who may look on in the other team."""
    account = make_account(name="Somebody of two teams")
    make_grant(account=account, role=Role.objects.get(key="coordinator"), team=office.home)
    make_grant(account=account, role=make_role("cases.view", "people.view"), team=office.away)
    client = Client()
    client.force_login(account)
    return client


def working(area: Area) -> list[tuple[Area, Row]]:
    """The rows of what a coordinator does to a case, beyond looking at it."""
    looking = {"case_page", "message_frame", "case_document", "clock_page", "ask_to_read"}
    looking |= {"api_case", "api_entries"}
    rows = [row for row in area.rows if "C" in row.seats and row.route not in looking]
    return [(area, row) for row in rows if not row.route.endswith("_many")]


def test_what_one_only_sees_one_does_nothing_to(office: Office) -> None:
    done = []
    with as_if_never():
        client = somebody_of_two_teams(office)
        reference = office.cases["other"].case.reference
        assert client.get(reverse("case_page", args=[reference])).status_code == 200
        assert client.get(f"/api/cases/{reference}").status_code == 200
        for area, row in [*working(CASE), *working(programs.CASE)]:
            with as_if_never():
                address = asking.address(office, area, row.route, "other", "C")
                data = asking.sent(office, area, row.route, "other") if row.method == "POST" else {}
                kind = asking.sent_as(area, row.route)
                answer = ask(client, row.method, address, data, content_type=kind)
            if answer.status != 403 or answer.wrote:
                done.append(f"{row.method} {row.route}: {answer.status} {sorted(answer.wrote)}")
    assert done == []


def test_what_one_may_not_do_is_not_offered(office: Office) -> None:
    with as_if_never():
        client = somebody_of_two_teams(office)
        pages = {}
        for relation in ("own", "other"):
            reference = office.cases[relation].case.reference
            page = client.get(reverse("case_page", args=[reference])).content.decode()
            pages[relation] = [
                name
                for name in ("reply", "assign", "close", "hold")
                if reverse(name, args=[reference]) in page
            ]
    assert pages == {"own": ["reply", "assign", "close", "hold"], "other": []}
