"""Nights are sold by kind: a stay is taken on when each of its nights has rooms of its kind or better.

Rooms of kind k or better hold every stay sold k or better, so counts by kind, from the best down, are an
exact test of the night; each need (a hoist) is counted in the same way over the rooms that have it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planner.bedrooms.problem import Bedroom, Stay, Without

Shelf = tuple[int, str]  # a kind and better, and a need or ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What there is and what is sold of it, by night and shelf; `sell` and `give_back` change it."""

    rooms: tuple[Bedroom, ...]
    sold: Counter[tuple[date, Shelf]] = field(default_factory=Counter)

    def there_are(self, night: date, shelf: Shelf) -> int:
        """Rooms of this kind or better, with this need met, that are in use on this night."""
        kind, need = shelf
        return sum(
            room.kind >= kind and (not need or need in room.has) and not out_of_use(room, night)
            for room in self.rooms
        )

    def full_on(self, stay: Stay) -> date | None:
        """The first night on which this stay does not fit; None where it fits."""
        for night in stay.nights(stay.arrives):
            for shelf in shelves(stay):
                if self.sold[night, shelf] >= self.there_are(night, shelf):
                    return night
        return None

    def sell(self, stay: Stay) -> None:
        self.sold.update(entries(stay))

    def give_back(self, stay: Stay) -> None:
        """An early leaver's or a canceller's nights go back on the shelf."""
        self.sold.subtract(entries(stay))


def shelves(stay: Stay) -> list[Shelf]:
    """Everything a stay takes one of: its kind and each below, plain and with each of its needs."""
    return [(kind, need) for kind in range(stay.kind + 1) for need in ("", *sorted(stay.needs))]


def entries(stay: Stay) -> list[tuple[date, Shelf]]:
    return [(night, shelf) for night in stay.nights(stay.arrives) for shelf in shelves(stay)]


def out_of_use(room: Bedroom, night: date) -> bool:
    return any(first <= night < until for first, until in room.shut)


def take_on(
    rooms: tuple[Bedroom, ...], asked: Iterable[Stay]
) -> tuple[tuple[Stay, ...], tuple[Without, ...]]:
    """Of the stays asked for, in this order: those that are taken on, and the others with the reason."""
    ledger, taken, refused = Ledger(rooms), [], []
    for stay in asked:
        night = ledger.full_on(stay)
        if night is None:
            ledger.sell(stay)
            taken.append(stay)
        elif never_fits(rooms, stay):
            refused.append(Without(stay.name, "no such room"))
        else:
            refused.append(Without(stay.name, "full", night))
    return tuple(taken), tuple(refused)


def never_fits(rooms: tuple[Bedroom, ...], stay: Stay) -> bool:
    """Whether no room at all could ever take this stay."""
    return not any(room.kind >= stay.kind and stay.needs <= room.has for room in rooms)


def extended(stay: Stay, ledger: Ledger, nights: int) -> Stay | None:
    """The stay made longer by so many nights, and they are sold; None where there is no room for them."""
    longer = replace(stay, leaves=stay.leaves + timedelta(days=nights))
    more = replace(longer, arrives=stay.leaves)
    if ledger.full_on(more) is not None:
        return None
    ledger.sell(more)
    return longer
