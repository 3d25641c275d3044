"""In a demo: a house of bedrooms, a Sunday evening on which sixty people arrive, and their rooms chosen."""

import datetime as dt
from random import Random

from django.utils.translation import gettext as _

from moothall.bookings.models import BedKind, Reservation, Resource, Stay
from moothall.core.clock import in_london
from moothall.core.packs import Pack, Progress
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Person, Place
from moothall.people.models.working import at_on

from .beds import sell
from .house import check_in
from .nights import Nights
from .reserving import reserve
from .rooming import choose_rooms

COURSES = (
    ("Initial learning, week four", 24, 5),
    ("Response driving, standard", 12, 5),
    ("Sergeants’ leadership programme", 14, 3),
    ("Investigative interviewing, tier two", 10, 4),
)
HERE, FEWEST, KINDS = 16, 80, 2
LATE, USUAL = dt.time(21, 30), dt.time(18)
DAY = dt.timedelta(days=1)


def load_sample_stays(pack: Pack, progress: Progress) -> None:
    """Courses of the week that begins after the next Sunday, their guests arriving on it; and some who are
    here now. Nothing where bedrooms are few, or anybody stays already."""
    place = Place.objects.filter(resources__bed_kind__isnull=False).distinct().order_by("pk").first()
    if not (pack.demo and pack.scale) or place is None or Stay.objects.exists():
        return
    if Resource.objects.bedrooms(place).count() < FEWEST or BedKind.objects.count() < KINDS:
        return
    progress.begin(_("Sample stays"))
    rng = Random(f"{pack.seed}/stays")  # noqa: S311
    today = in_london(pack.at).date()
    sunday = today + (6 - today.weekday()) * DAY
    names = [each.full_name for each in Person.objects.order_by("pk")[: HERE + FEWEST]]
    rng.shuffle(names)
    _some_who_are_here(pack, place, names[:HERE], today)
    rest = names[HERE:]
    for title, number, nights in COURSES:
        _course(pack, place, (title, rest[:number], sunday, nights))
        rest = rest[number:]
        progress.advance()
    choose_rooms(place=place, today=today, by=None, at=pack.at)
    for stay in Stay.objects.filter(arrives_on__lt=today):
        check_in(stay=stay, by=None, at=pack.at, today=stay.arrives_on)
    progress.end()


def _some_who_are_here(pack: Pack, place: Place, names: list[str], today: dt.date) -> None:
    """They came yesterday, and leave today and in the coming days."""
    for number in range(3):
        nights = Nights(place, _kinds()[0], today - DAY, today + number * DAY)
        sell(nights=nights, guests=names[number::3], by=None, at=pack.at)


def _course(pack: Pack, place: Place, course: tuple[str, list[str], dt.date, int]) -> None:
    """Its room from Monday, and a bed for each from the evening before: one who takes no steps, one who comes
    late with a dog, the others in two kinds."""
    title, names, sunday, nights = course
    event = _event(pack, place, title, sunday + DAY, sunday + nights * DAY)
    plain, better = _kinds()[:2]
    rest = names[2:]
    for kind, needs, guests, more in (
        (plain, ("step-free",), names[:1], {"expected": USUAL}),
        (plain, (), names[1:2], {"expected": LATE, "note": _("Assistance dog")}),
        (better, (), rest[::3], {"expected": USUAL}),
        (plain, (), [*rest[1::3], *rest[2::3]], {}),
    ):
        asked = Nights(place, kind, sunday, sunday + nights * DAY, needs)
        if guests:
            sell(nights=asked, guests=guests, by=None, at=pack.at, reservation=event, **more)


def _kinds() -> list[BedKind]:
    return list(BedKind.objects.all())


def _event(pack: Pack, place: Place, title: str, first: dt.date, last: dt.date) -> Reservation | None:
    """A classroom for the course, or none where all are taken."""
    rooms = Resource.objects.of_kind(Resource.ROOM).filter(place=place, for_appointments=False)
    maker = Account.objects.in_use().order_by("id").first()
    for room in rooms.order_by("-capacity", "name")[3:12]:
        try:
            return reserve(
                title=title, resources=[room], starts_at=at_on(first, dt.time(9)), by=maker, at=pack.at,
                ends_at=at_on(last, dt.time(16)),
            )  # fmt: skip
        except Refusal:
            continue
    return None
