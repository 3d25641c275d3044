"""Who may do what: the access specification. Rows are read by people first.

Seats, one letter each:

    C coordinator      V adviser     L lead      M team manager     (of one team, "home")
    H head of service  A administrator    U auditor                 (of the whole office)
    N signed in, with no role                    X a stranger, not signed in
    F a coordinator whose role asks for a second factor that is not set up

A row reads: route, method, the seats it speaks of, and the answer for each relation to the record, in the
order of the heading above it. Several rows may speak of one route and method. A seat that no row of them
speaks of is turned away: X and F to sign in or to set up (302), all others with 403; `-` says that the cell
does not occur. A method that no row speaks of is answered with 405 and nothing else.

The API answers 401 and 403 where a page leads somewhere. The test tries a share of the cells each time (see
`Area.tried`), and with EVERY_CELL=1 all of them.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

SEATS = "CVLMHAUNFX"
IN_A_TEAM, IN_THE_OFFICE = "CVLM", "HAU"
NAMES = {
    "C": "coordinator",
    "V": "adviser",
    "L": "lead",
    "M": "team-manager",
    "H": "head-of-service",
    "A": "administrator",
    "U": "auditor",
    "N": "signed in, with no role",
    "F": "second factor not set up",
    "X": "stranger",
}
TURNED_AWAY = {"F": 302, "X": 302}
TURNED_AWAY_BY_THE_API = {"X": 401}
FORBIDDEN = 403
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, order=True)
class Cell:
    """One seat, one relation, one expected answer."""

    route: str
    method: str
    seat: str
    relation: str
    answer: int


@dataclass(frozen=True)
class Row:
    route: str
    method: str
    seats: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Area:
    """Routes about one kind of record, with the relations that matter to it."""

    kind: str
    relations: tuple[str, ...]
    rows: tuple[Row, ...]
    turned_away: Mapping[str, int] = field(default_factory=lambda: TURNED_AWAY)

    def routes(self) -> list[str]:
        return list(dict.fromkeys(row.route for row in self.rows))

    def cells(self, route: str) -> list[Cell]:
        """Every cell of a route, those of seats that are turned away included."""
        return [cell for method in METHODS for cell in self._cells_of(route, method)]

    def _cells_of(self, route: str, method: str) -> Iterator[Cell]:
        rows = [row for row in self.rows if (row.route, row.method) == (route, method)]
        spoken_of = {seat: row for row in rows for seat in row.seats}
        for seat in SEATS if rows else "":
            if seat in spoken_of:
                yield from (Cell(route, method, seat, *each) for each in spoken_of[seat].answers)
            else:
                away = self.turned_away.get(seat, FORBIDDEN)
                yield from (Cell(route, method, seat, relation, away) for relation in self.relations)

    def tried(self, route: str) -> list[Cell]:
        """The cells that are tried each time: all that say no to a record, and of the others a fair share.

        Whoever is turned away at the door never gets to the record: two relations will do. Seats that stand
        in one row are let in for the same reason: each tries the first relation, and they share the others.
        """
        if os.environ.get("EVERY_CELL") == "1":
            return self.cells(route)
        rows = {(row.method, seat): row for row in self.rows if row.route == route for seat in row.seats}
        return [
            cell for cell in self.cells(route) if self._is_tried(cell, rows.get((cell.method, cell.seat)))
        ]

    def _is_tried(self, cell: Cell, row: Row | None) -> bool:
        place = self.relations.index(cell.relation)
        turn = self.routes().index(cell.route)
        if place == 0:
            return True
        if row is None:
            return place == (turn + SEATS.index(cell.seat)) % len(self.relations)
        if cell.answer >= 400 or cell.relation == "sealed":
            return True
        return place % len(row.seats) == (turn + row.seats.index(cell.seat)) % len(row.seats)


def area(kind: str, text: str) -> Area:
    """Read the rows of one area. A mistake in them is an error here, never a row that is not tested."""
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    heading, *given = lines
    if heading[:3] != ["route", "method", "seats"]:
        raise ValueError(f"{kind}: the heading begins with route, method, seats.")
    relations = tuple(heading[3:])
    away = TURNED_AWAY_BY_THE_API if kind.startswith("api") else TURNED_AWAY
    return Area(kind, relations, tuple(_row(kind, words, relations) for words in given), away)


def _row(kind: str, words: list[str], relations: tuple[str, ...]) -> Row:
    route, method, seats, *answers = words
    seats = SEATS if seats == "*" else seats
    if len(answers) != len(relations):
        raise ValueError(f"{kind}: {route} {method} has {len(answers)} answers, not {len(relations)}.")
    if method not in METHODS or not set(seats) <= set(SEATS):
        raise ValueError(f"{kind}: {route} has a method or a seat that nobody knows: {method} {seats}.")
    pairs = zip(relations, answers, strict=True)
    return Row(route, method, seats, tuple((name, int(answer)) for name, answer in pairs if answer != "-"))


def refuse_twice(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Each route stands in one area, and each of its seats in one row a method."""
    seen: set[tuple[str, str, str]] = set()
    homes: dict[str, str] = {}
    for each in areas:
        for row in each.rows:
            if homes.setdefault(row.route, each.kind) != each.kind:
                raise ValueError(f"{row.route} stands in {homes[row.route]} and in {each.kind}.")
            for seat in row.seats:
                if (row.route, row.method, seat) in seen:
                    raise ValueError(f"{row.route} {row.method} speaks of {NAMES[seat]} twice.")
                seen.add((row.route, row.method, seat))
    return areas
