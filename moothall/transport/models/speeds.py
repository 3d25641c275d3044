"""What recorded legs said of the speeds of streets, from a day on; plans take their times by it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .dated import Dated, DatedQuerySet, ends_later, once_at_a_time


class LearnedSpeedsQuerySet(DatedQuerySet["LearnedSpeeds"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()


class LearnedSpeeds(Dated):
    """Corrections of travel times, and the legs that they come from: from one press to the next."""

    legs = models.PositiveIntegerField(help_text="That were used")
    left_out = models.PositiveIntegerField(default=0, help_text="Too short, or far from what is expected")
    days = models.PositiveSmallIntegerField(help_text="On which these legs were driven")
    first_on = models.DateField(help_text="The first of these days")
    last_on = models.DateField()
    streets = models.CharField(
        max_length=120, blank=True, help_text="Which streets; the crow’s flight without"
    )

    objects = LearnedSpeedsQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            ends_later("learned_speeds_end_later"),
            once_at_a_time("speeds_are_learned_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(legs__gt=0, last_on__gte=F("first_on")), name="learned_speeds_come_from_legs"
            ),
        ]

    def __str__(self) -> str:
        return self.from_on.isoformat()


class SpeedFactor(models.Model):
    """In one band of the day, seconds on streets of one kind are taken times `factor`."""

    MORNING, AFTERNOON, OFF_PEAK = "morning", "afternoon", "off-peak"
    BANDS = [(MORNING, _("Morning")), (AFTERNOON, _("Afternoon")), (OFF_PEAK, _("In between"))]
    CROW = "crow"
    KINDS = [
        ("motorway", _("Motorway")), ("motorway_link", _("Slip road of a motorway")),
        ("trunk", _("Trunk road")), ("trunk_link", _("Slip road of a trunk road")),
        ("primary", _("A road")), ("primary_link", _("Slip road of an A road")),
        ("secondary", _("B road")), ("secondary_link", _("Slip road of a B road")),
        ("tertiary", _("Through road")), ("tertiary_link", _("Slip road of a through road")),
        ("unclassified", _("Lane")), ("residential", _("Residential street")),
        ("living_street", _("Home zone")), ("service", _("Drive or yard")),
        (CROW, _("Straight line, where no street is known")),
    ]  # fmt: skip

    learned = models.ForeignKey(LearnedSpeeds, on_delete=models.CASCADE, related_name="factors")
    band = models.CharField(max_length=10, choices=BANDS)
    kind = models.CharField(max_length=20, choices=KINDS)
    factor = models.DecimalField(max_digits=7, decimal_places=4)
    legs = models.PositiveIntegerField(default=0, help_text="That speak for it; none: as its band")

    class Meta:
        ordering = ["learned", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["learned", "band", "kind"], name="speeds_have_one_factor_a_band_and_kind"
            ),
            models.CheckConstraint(condition=Q(factor__gt=0), name="a_factor_of_speeds_is_above_nought"),
        ]
