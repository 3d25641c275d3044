"""What can be taken for a time: rooms, beds, vehicles, equipment and people; what each has and is part of."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Place, Team

from .kind_of_bed import BedKind
from .named import NamedInTwo


class Feature(NamedInTwo):
    """What a resource has or can do: a screen, a hoist, a hearing loop, a tow bar, a subject taught."""

    key = models.SlugField(max_length=60, unique=True)
    is_access = models.BooleanField(default=False, help_text="Somebody may need it to take part at all")

    class Meta:
        ordering = ["name", "id"]


class ResourceQuerySet(models.QuerySet["Resource"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).select_related("place").order_by("place__name", "name", "id")

    def rooms(self) -> Self:
        """Those in which appointments take place."""
        return self.in_use().filter(kind=Resource.ROOM, for_appointments=True)

    def of_kind(self, kind: str) -> Self:
        return self.in_use().filter(kind=kind)

    def bedrooms(self, place: Place) -> Self:
        """Those sold by the night, along their corridors."""
        found = self.filter(retired_at=None, place=place, bed_kind__isnull=False)
        return found.select_related("bed_kind").order_by("corridor", "along", "name", "id")


class Resource(NamedInTwo):
    """One thing, or one person, that can be taken by one booking at a time."""

    ROOM, BED, VEHICLE, EQUIPMENT, PERSON = "ROOM", "BED", "VEHICLE", "EQUIPMENT", "PERSON"
    KINDS = [
        (ROOM, _("Room")),
        (BED, _("Bedroom")),
        (VEHICLE, _("Vehicle")),
        (EQUIPMENT, _("Equipment")),
        (PERSON, _("Person")),
    ]

    kind = models.CharField(max_length=9, choices=KINDS, default=ROOM)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="resources")
    capacity = models.PositiveSmallIntegerField(default=3, help_text="How many it seats, carries or sleeps")
    step_free = models.BooleanField(default=True)
    features = models.ManyToManyField(Feature, blank=True, related_name="resources")
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="resources",
        help_text="Whose diary it is, of a person",
    )  # fmt: skip
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="resources",
        help_text="Who looks after it, and agrees to its bookings",
    )  # fmt: skip
    for_appointments = models.BooleanField(default=True, help_text="Appointments may take place in it")
    asks_approval = models.BooleanField(default=False, help_text="A booking waits until its team agrees")
    setup_minutes = models.PositiveSmallIntegerField(default=0, help_text="Kept free before each booking")
    cleardown_minutes = models.PositiveSmallIntegerField(default=0, help_text="Kept free after each booking")
    rate = models.DecimalField(
        max_digits=12, decimal_places=2, default=0, help_text="What an hour, or a night, is recharged at"
    )
    notes = models.CharField(max_length=300, blank=True, help_text="How to find it and get in")
    bed_kind = models.ForeignKey(
        BedKind, null=True, blank=True, on_delete=models.PROTECT, related_name="rooms",
        help_text="Of a bedroom: it is sold by the night",
    )  # fmt: skip
    corridor = models.CharField(max_length=40, blank=True, help_text="Of a bedroom")
    along = models.PositiveSmallIntegerField(default=0, help_text="Where along its corridor a bedroom is")
    retired_at = models.DateTimeField(null=True, blank=True)
    parts: models.ManyToManyField[Resource, ResourcePart] = models.ManyToManyField(
        "self", symmetrical=False, through="ResourcePart", related_name="wholes",
        through_fields=("whole", "part"),
    )  # fmt: skip

    objects = ResourceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "place"], name="resource_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "name"],
                condition=Q(retired_at=None),
                name="a_room_is_named_once_in_a_place",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(account__isnull=False),
                name="a_person_is_one_resource",
            ),
            models.CheckConstraint(
                condition=Q(account=None) | Q(kind="PERSON"), name="only_a_person_has_a_diary"
            ),
            models.CheckConstraint(condition=Q(rate__gte=0), name="a_rate_is_not_negative"),
            models.CheckConstraint(
                condition=Q(bed_kind=None) | Q(kind="BED"), name="only_a_bedroom_is_sold_by_the_night"
            ),
        ]


class ResourcePart(models.Model):
    """A room that a wall divides: whoever takes the whole takes each part."""

    whole = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="part_rows")
    part = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="whole_rows")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["whole", "part"], name="a_part_is_named_once"),
            models.CheckConstraint(condition=~Q(whole=F("part")), name="nothing_is_a_part_of_itself"),
        ]
