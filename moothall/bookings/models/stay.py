"""Bedrooms sold by the night: kinds one above the other, stays, what is left of each night, rooms chosen."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Person, Place

from .kind_of_bed import BedKind
from .reservation import Reservation
from .resource import Resource


class StayQuerySet(models.QuerySet["Stay"]):
    def standing(self) -> Self:
        return self.exclude(state__in=Stay.OVER)

    def to_come(self) -> Self:
        return self.filter(state=Stay.BOOKED)

    def in_house(self) -> Self:
        return self.filter(state=Stay.HERE)

    def sleeping(self, place: Place, first: dt.date, until: dt.date) -> Self:
        """Those with a night from the first day on and before the other."""
        found = self.standing().filter(place=place, arrives_on__lt=until, leaves_on__gt=first)
        return found.order_by("arrives_on", "id")

    def shown(self) -> Self:
        """With what a line about each needs."""
        return self.select_related("kind", "room", "reservation", "beside")

    def about_words(self, words: str) -> Self:
        """Those in whose name, organisation or room each of these words is."""
        for word in words.split()[:5]:
            event = Q(reservation__title__icontains=word, reservation__is_private=False)
            named = Q(guest__icontains=word) | Q(organisation__icontains=word)
            self = self.filter(named | Q(room__name__icontains=word) | event)
        return self


class Stay(models.Model):
    """Somebody's nights, from the day they arrive until the morning they leave. The kind is sold, the room
    chosen later; each of its nights is counted by the database itself, whatever writes the stay."""

    BOOKED, HERE, LEFT, MISSED, CANCELLED = "BOOKED", "HERE", "LEFT", "MISSED", "CANCELLED"
    STATES = [
        (BOOKED, _("To come")),
        (HERE, _("Here")),
        (LEFT, _("Left")),
        (MISSED, _("Did not come")),
        (CANCELLED, _("Cancelled")),
    ]
    OVER = (MISSED, CANCELLED)
    CORRIDORS = [("", _("Any")), ("women", _("Women only")), ("men", _("Men only"))]
    REASONS = [("no such room", _("no room is like that")), ("full", _("a night is full")),
               ("crowded out", _("others had to come first"))]  # fmt: skip

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stays")
    kind = models.ForeignKey(BedKind, on_delete=models.PROTECT, related_name="stays")
    reservation = models.ForeignKey(
        Reservation, null=True, on_delete=models.CASCADE, related_name="stays",
        help_text="The event it belongs to, with which it moves",
    )  # fmt: skip
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="stays")
    guest = models.CharField(max_length=160, blank=True, help_text="Empty until the event says who comes")
    organisation = models.CharField(max_length=160, blank=True)
    arrives_on = models.DateField()
    leaves_on = models.DateField()
    expected = models.TimeField(null=True, help_text="When on the day they arrive")
    needs = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    corridor_for = models.CharField(max_length=5, choices=CORRIDORS, blank=True)
    beside = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    rate = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="A night, when sold")
    recharge_to = models.CharField(max_length=40, blank=True)
    room = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="stays")
    room_from_on = models.DateField(null=True)
    room_is_promised = models.BooleanField(default=False, help_text="Whoever chooses rooms leaves it")
    why_no_room = models.CharField(max_length=12, choices=REASONS, blank=True)
    full_on = models.DateField(null=True, help_text="The first night that is full, where that is why")
    state = models.CharField(max_length=9, choices=STATES, default=BOOKED)
    state_since = models.DateTimeField()
    came_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["arrives_on", "id"]
        indexes = [
            models.Index(fields=["place", "arrives_on", "leaves_on"], name="stay_by_night"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="stay_by_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(leaves_on__gt=F("arrives_on")), name="a_stay_has_a_night"),
            models.CheckConstraint(
                condition=Q(room=None, room_from_on=None)
                | Q(room__isnull=False, room_from_on__gte=F("arrives_on"), room_from_on__lte=F("leaves_on")),
                name="a_room_is_had_from_a_day_of_the_stay",
            ),
            ExclusionConstraint(
                name="a_bedroom_has_one_stay_a_night",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (
                        Func(
                            "room_from_on", "leaves_on", function="daterange", output_field=DateRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(room__isnull=False) & ~Q(state__in=["MISSED", "CANCELLED"]),
            ),
        ]

    def __str__(self) -> str:
        return self.guest or str(_("A guest"))

    @property
    def is_standing(self) -> bool:
        return self.state not in self.OVER

    @property
    def nights(self) -> int:
        return (self.leaves_on - self.arrives_on).days


class StayEvent(models.Model):
    """What happened to a stay, in order, and how it stood before."""

    KINDS = [
        ("sold", _("sold")),
        ("changed", _("changed")),
        ("moved", _("moved with its event")),
        ("given", _("given a room")),
        ("came", _("came")),
        ("missed", _("did not come")),
        ("left", _("left")),
        ("cancelled", _("cancelled")),
    ]

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=9, choices=KINDS)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]


class BedNight(models.Model):
    """How many rooms of a level or better, with what is needed, there are on a night, and how many are sold.

    Written by the database alone, as stays are written. `over` is what was sold before rooms fell out of use.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    night = models.DateField()
    level = models.PositiveSmallIntegerField()
    need = models.CharField(max_length=400, blank=True, help_text="Keys of features, joined by +; or none")
    there_are = models.PositiveIntegerField()
    over = models.PositiveIntegerField(default=0, db_default=0)
    sold = models.IntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["night", "level", "need"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "night", "level", "need"], name="a_night_is_counted_once"
            ),
            models.CheckConstraint(
                condition=Q(sold__gte=0) & Q(sold__lte=F("there_are") + F("over")),
                name="a_night_has_no_more_guests_than_beds",
            ),
        ]


class RoomPlan(models.Model):
    """Rooms were chosen for those who are here or come soon: when, by whom, and what could not be had."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="room_plans")
    first_on = models.DateField()
    until_on = models.DateField()
    roomed = models.PositiveIntegerField()
    without = models.PositiveIntegerField()
    moved = models.PositiveIntegerField(help_text="Who sleeps in the house and has another room now")
    mixed = models.JSONField(default=list, help_text="Corridors not kept to one group")
    is_best = models.BooleanField(help_text="Nothing better is possible")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
