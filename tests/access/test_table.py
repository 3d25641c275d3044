"""The site does exactly what the table says, in every cell."""

import re
from functools import cache

import pytest
import yaml
from django.core.cache import cache as rate_limits

from . import asking, printing
from .exercising import Answer, as_if_never, ask
from .office import Office
from .rows import TABLE
from .rows.cases import CASE
from .table import IN_A_TEAM, IN_THE_OFFICE, METHODS, NAMES, Area, Cell
from .walking import walk

ROUTES = [(each, route) for each in TABLE for route in each.routes()]
ABOUT_CASES = {"case", "letter", "api letter", "api case"}
TURNED_AWAY_TO = {"X": "/account/login/", "F": "/account/2fa/"}
TOKENS = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+')

# What a GET may write, and why.
WRITTEN_BY_GET = {
    "mfa_activate_totp": {"django_session"},  # the secret that is shown, until it is confirmed
    "mfa_add_webauthn": {"django_session"},  # the challenge that the key has to sign
    "mfa_reauthenticate_webauthn": {"django_session"},  # the same
    "mfa_login_webauthn": {"django_session"},  # the same
    "matter_page": {"records_auditevent"},  # that somebody read it
    "bundle_file": {"records_auditevent"},  # the same
}
# What somebody may send who is allowed to, without a row being written.
WRITES_NOTHING = {"set_language", "discard_draft", "end_my_sessions", "saved_view_removal"}


def test_every_route_of_the_site_stands_in_the_table() -> None:
    assert {route.name for route in walk()} - {route for _, route in ROUTES} == set()


def test_every_row_of_the_table_is_a_route_of_the_site() -> None:
    assert {route for _, route in ROUTES} - {route.name for route in walk()} == set()


@pytest.mark.parametrize(("area", "route"), ROUTES, ids=[route for _, route in ROUTES])
def test_each_seat_is_answered_as_the_table_says(office: Office, area: Area, route: str) -> None:
    nowhere = _Nowhere(office, area, route)
    wrong = [
        f"{_words(cell)}: {said}" for cell in area.tried(route) for said in _try(office, area, cell, nowhere)
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def _words(cell: Cell) -> str:
    return f"{cell.method} {cell.route} as {NAMES[cell.seat]}, {cell.relation}"


def _try(office: Office, area: Area, cell: Cell, nowhere: "_Nowhere") -> list[str]:
    """What is wrong with this cell."""
    rate_limits.clear()
    with as_if_never():
        asking.stand(office, cell.relation, cell.seat, area)
        address = asking.address(office, area, cell.route, cell.relation, cell.seat)
        asks = cell.method == "POST" or area.kind.startswith("api")
        data = asking.sent(office, area, cell.route, cell.relation, cell.method) if asks else {}
        kind = asking.sent_as(area, cell.route)
        answer = ask(office.client(cell.seat), cell.method, address, data, content_type=kind)
    if answer.status != cell.answer:
        return [f"{answer.status} {answer.location}, not {cell.answer}"]
    if _is_turned_away(area, cell):
        return [
            *_led_astray(area, cell, answer),
            *_leaked(office, area, cell, answer, address),
            *nowhere.told(cell, answer, address),
        ]
    if cell.method == "GET":
        more = answer.wrote - WRITTEN_BY_GET.get(cell.route, set()) - _reading(area, cell)
        return [f"a GET wrote in {sorted(more)}"] if more else []
    if (
        (cell.answer in {201, 302} or area.kind == "api case")
        and not answer.wrote
        and cell.relation == area.relations[0]
        and area.kind != "library"
        and cell.route not in WRITES_NOTHING
    ):
        return ["nothing was written, so the test sends nothing that matters"]
    return []


def _reading(area: Area, cell: Cell) -> set[str]:
    """That somebody read a restricted case is written into the audit, and of no other case."""
    of_few = area.kind in ABOUT_CASES and cell.relation in {"named", "opened"}
    return {"records_auditevent"} if of_few else set()


def _is_turned_away(area: Area, cell: Cell) -> bool:
    at_the_door = not any(
        cell.seat in row.seats for row in area.rows if (row.route, row.method) == (cell.route, cell.method)
    )
    return at_the_door or cell.answer in {403, 404, 405} or _is_hidden(area, cell) or _is_sealed(area, cell)


def _is_sealed(area: Area, cell: Cell) -> bool:
    return area.kind in ABOUT_CASES and cell.relation == "sealed" and cell.route != "ask_to_read"


def _is_hidden(area: Area, cell: Cell) -> bool:
    return area.kind in ABOUT_CASES and (cell.seat, cell.relation) not in _seen_cases()


@cache
def _seen_cases() -> frozenset[tuple[str, str]]:
    """Which seats see which cases: those that get a case's own page, or are asked why."""
    return frozenset(
        (cell.seat, cell.relation)
        for cell in CASE.cells("case_page")
        if cell.seat not in "XF" and cell.answer in {200, 302}
    )


def _led_astray(area: Area, cell: Cell, answer: Answer) -> list[str]:
    """A redirect of somebody turned away leads to where it says."""
    expected = TURNED_AWAY_TO.get(cell.seat) or ("/reading/" if _is_sealed(area, cell) else "")
    if cell.answer != 302 or not expected or cell.route.endswith("_many"):
        return []
    return [] if expected in answer.location else [f"led to {answer.location}"]


def _leaked(office: Office, area: Area, cell: Cell, answer: Answer, address: str) -> list[str]:
    """Nothing is done for somebody turned away, and nothing is told."""
    said = [f"wrote in {sorted(answer.wrote)}"] if answer.wrote else []
    said += ["sent a letter"] if answer.letters else []
    marks: tuple[str, ...] = ("Quillon", "Ysolde", "Quince Lane")
    if area.kind in ABOUT_CASES:
        marks = office.cases[cell.relation].marks
    told = answer.body.replace(address, "")
    return said + [f"told {mark}" for mark in marks if mark in told and not _is_sealed(area, cell)]


class _Nowhere:
    """The answers of one route about a record that does not exist."""

    def __init__(self, office: Office, area: Area, route: str) -> None:
        self.office, self.area, self.route = office, area, route
        self.known: dict[tuple[str, str], str] = {}

    def told(self, cell: Cell, answer: Answer, address: str) -> list[str]:
        """Whether the answer can be told apart from that about nothing."""
        if cell.answer != 404 or not asking.has_nowhere(self.area):
            return []
        key = (cell.method, cell.seat)
        if key not in self.known:
            nothing = asking.nowhere(self.office, self.area, self.route, cell.relation)
            data = asking.sent_to_nothing(self.office, self.area, cell.route, cell.relation, cell.method)
            kind = asking.sent_as(self.area, cell.route)
            with as_if_never():
                said = ask(self.office.client(cell.seat), cell.method, nothing, data, content_type=kind)
            self.known[key] = plain(said, nothing)
        return [] if plain(answer, address) == self.known[key] else ["not answered as if it did not exist"]


def plain(answer: Answer, address: str) -> str:
    """The answer without the address that was asked for and the tokens of its forms."""
    return f"{answer.status} {TOKENS.sub('', answer.body.replace(address, ''))}"


@pytest.mark.parametrize("method", METHODS)
def test_a_method_that_is_not_in_the_table_is_answered_by_nothing(office: Office, method: str) -> None:
    wrong = []
    for area, route in ROUTES:
        rows = [row for row in area.rows if row.route == route]
        if any(row.method == method for row in rows):
            continue
        seat = rows[0].seats[0]
        with as_if_never():
            asking.stand(office, area.relations[0], seat, area)
            address = asking.address(office, area, route, area.relations[0], seat)
            answer = ask(office.client(seat), method, address)
        if answer.status != 405 or answer.wrote:
            wrong.append(f"{method} {route}: {answer.status} {sorted(answer.wrote)}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_seats_are_the_roles_of_the_learning_desk() -> None:
    roles = {role["key"] for role in yaml.safe_load(printing.PACK.read_text())["roles"]}
    roles.remove("staff-records")  # who sits in no seat: the head of service may all that this role may
    assert roles == {NAMES[seat] for seat in IN_A_TEAM + IN_THE_OFFICE}


def test_the_printed_page_says_what_the_table_says() -> None:
    stale = f"docs/permissions.md is stale: run {printing.COMMAND}"
    assert printing.PAGE.read_text() == printing.printed(), stale
