"""What two well-known ticket systems took for the same at 100,000 tickets; docs/benchmarks.md says how."""

from typing import NamedTuple


class Peer(NamedTuple):
    """Milliseconds of an agent's page: the median on the wall, and the processor time behind it."""

    wall: float
    cpu: float


class Peers(NamedTuple):
    request_tracker: Peer
    django_helpdesk: Peer

    @property
    def wall(self) -> float:
        """The better of the two."""
        return min(peer.wall for peer in self)

    @property
    def cpu(self) -> float:
        return min(peer.cpu for peer in self)


ONE_WORD = Peers(Peer(1473, 1293), Peer(4928, 3654))
PEERS = {
    "My work": Peers(Peer(668, 596), Peer(3850, 3279)),
    "List, open cases": Peers(Peer(1473, 1267), Peer(767, 693)),
    "List, one team": Peers(Peer(964, 982), Peer(398, 279)),
    "List, 20 pages deep": Peers(Peer(1314, 1269), Peer(4054, 3237)),
    "Search, a common word": ONE_WORD,
    "Search, a rare word": ONE_WORD,
    "Search, two words, open only": Peers(Peer(1636, 1284), Peer(769, 582)),
    "Case page": Peers(Peer(300, 278), Peer(95, 78)),
    "Create a case": Peers(Peer(771, 505), Peer(42, 59)),
}
MAIL_A_SECOND = {"Request Tracker": 2.5, "django-helpdesk": 11.0}
