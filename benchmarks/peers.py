"""What two well-known ticket systems took for the same at 100,000 tickets; docs/benchmarks.md says how."""

from typing import NamedTuple


class Peers(NamedTuple):
    """Median milliseconds of an agent's page, or messages a second."""

    request_tracker: float | None
    django_helpdesk: float | None


PEERS = {
    "My work": Peers(668, 3850),
    "List, open cases": Peers(1473, 767),
    "List, one team": Peers(964, 398),
    "List, 20 pages deep": Peers(1314, 4054),
    "Search, a common word": Peers(1473, 4928),
    "Search, a rare word": Peers(1473, 4928),
    "Search, two words, open only": Peers(1636, 769),
    "Case page": Peers(300, 95),
    "Create a case": Peers(771, 42),
    "Intake, synthetic mail": Peers(2.5, 11),
}


def times_better(row: str, figure: float, *, faster_is_more: bool = False) -> float | None:
    """How many times better than the better of the two."""
    known = [each for each in PEERS.get(row, Peers(None, None)) if each is not None]
    if not known or not figure:
        return None
    return figure / max(known) if faster_is_more else min(known) / figure
