"""Where courses are taught: rooms of each kind at each place, and how many are taken on which day."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from moothall.bookings.models import Resource, Taking
from moothall.core.clock import LONDON, in_london
from moothall.people.models import Place
from moothall.training.models import CourseVersion, Session

from .span import Span

ANY: Final = 999


@dataclass
class Sites:
    """Each site is a place and a kind of room; `taken` by site and day is what others hold."""

    keys: list[tuple[int, str]] = field(default_factory=list)
    rooms: list[int] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    taken: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, place: int, kind: str, rooms: int) -> None:
        self.keys.append((place, kind))
        self.rooms.append(rooms)

    def of(self, kind: str) -> list[int]:
        """The numbers of the sites with rooms of a kind."""
        return [number for number, (_place, each) in enumerate(self.keys) if each == kind]

    def size(self, version: CourseVersion) -> int:
        """How many a session of it can have, in the rooms there are."""
        return min(version.most, self.sizes.get(version.room, ANY))


def read_sites(span: Span, versions: Collection[CourseVersion]) -> Sites:
    """Rooms that seat the largest class of their kind, or the largest there are. Where no room is marked as a
    gym, range, driving area or computer room, each place with rooms is taken to have one."""
    rows = Resource.objects.of_kind(Resource.ROOM).filter(part_rows=None)
    kinds: dict[str, list[Resource]] = defaultdict(list)
    for room in rows.prefetch_related("features"):
        marks = {each.key for each in room.features.all()}
        for kind in [kind for kind, key in CourseVersion.MARKED.items() if key in marks] or [
            CourseVersion.CLASSROOM
        ]:
            kinds[kind].append(room)
    rooms = [room for those in kinds.values() for room in those]
    places = sorted({room.place_id for room in rooms}) or list(
        Place.objects.order_by("pk").values_list("pk", flat=True)
    )
    found = Sites()
    site_of: dict[int, tuple[int, str]] = {}
    for kind in sorted({version.room for version in versions}):
        most = max(version.most for version in versions if version.room == kind)
        if kind not in kinds:
            for place in places[:1] if kind == CourseVersion.ONLINE else places:
                found.add(place, kind, ANY if kind == CourseVersion.ONLINE else 1)
            continue
        found.sizes[kind] = min(most, max(room.capacity for room in kinds[kind]))
        fit = [room for room in kinds[kind] if room.capacity >= found.sizes[kind]]
        for place, count in sorted(Counter(room.place_id for room in fit).items()):
            found.add(place, kind, count)
        site_of |= {room.pk: (room.place_id, kind) for room in fit}
    _take(found, span, site_of)
    return found


def _take(found: Sites, span: Span, site_of: dict[int, tuple[int, str]]) -> None:
    """What is booked, and the sessions that are open already."""
    number = {key: site for site, key in enumerate(found.keys)}
    begins, ends = (
        dt.datetime.combine(day, dt.time(), tzinfo=LONDON)
        for day in (span.first, span.last + dt.timedelta(days=1))
    )
    rows = Taking.objects.between(begins, ends).filter(resource__in=site_of)
    others = rows.exclude(reservation__about_kind=Session._meta.label_lower)
    held = set()
    for room, blocked in others.order_by().values_list("resource_id", "blocked"):
        first, last = in_london(blocked.lower).date(), in_london(blocked.upper).date()
        held |= {(room, day) for day in range(span.number(first), span.number(last) + 1)}
    found.taken.update((number[site_of[room]], day) for room, day in held)
    open_now = Session.objects.standing().filter(first_on__lte=span.last, last_on__gte=span.first)
    for place, kind, days in open_now.order_by().values_list("place_id", "version__room", "days"):
        if (place, kind) in number:
            found.taken.update((number[place, kind], span.number(day)) for day in days if day <= span.last)
