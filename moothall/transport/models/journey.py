"""Who travels where on which days, and how each single journey is accounted for."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .centre import Centre
from .dated import Dated, DatedQuerySet, WeekPattern, ends_later
from .home import Home
from .passenger import Passenger

TO, FROM = "TO", "FROM"
DIRECTIONS = [(TO, _("There")), (FROM, _("Back"))]


class Travel(WeekPattern):
    """A passenger goes to a centre on these days, there, back or both."""

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="travels")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="travels")
    session = models.SlugField(max_length=30, default="day")
    there = models.BooleanField(default=True)
    back = models.BooleanField(default=True)

    objects = DatedQuerySet["Travel"].as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            ends_later("travel_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(there=True) | Q(back=True), name="travel_has_a_direction"),
            models.CheckConstraint(
                condition=Q(every_weeks__range=(1, 4)), name="travel_comes_each_four_weeks"
            ),
        ]
        indexes = [models.Index(fields=["passenger", "from_on"], name="travel_of_passenger")]


class Away(Dated):
    """A passenger does not travel on these days, and says why: ill, on holiday, at an appointment."""

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="aways")
    there = models.BooleanField(default=True)
    back = models.BooleanField(default=True)
    because = models.CharField(max_length=200)
    told_by = models.CharField(max_length=160, blank=True)

    objects = DatedQuerySet["Away"].as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            ends_later("being_away_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(because=""), name="being_away_has_a_reason"),
            models.CheckConstraint(condition=Q(until_on__isnull=False), name="being_away_has_a_last_day"),
            models.CheckConstraint(condition=Q(there=True) | Q(back=True), name="being_away_has_a_direction"),
        ]


class How(models.Model):
    """The ways in which a journey is accounted for. Exactly one of them holds."""

    RUN, CONTRACTOR, OWN, CANCELLED, UNRESOLVED = "RUN", "CONTRACTOR", "OWN", "CANCELLED", "UNRESOLVED"
    HOWS = [
        (RUN, _("On a run")), (CONTRACTOR, _("With a contractor")), (OWN, _("Own transport")),
        (CANCELLED, _("Cancelled")), (UNRESOLVED, _("Unresolved")),
    ]  # fmt: skip

    how = models.CharField(max_length=10, choices=HOWS)
    run = models.CharField(max_length=20, blank=True, help_text="The number of the run")
    stop = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Which stop of the run")
    contractor = models.CharField(max_length=120, blank=True)
    job = models.CharField(max_length=40, blank=True, help_text="The number of the contractor's job")
    own = models.CharField(max_length=120, blank=True, help_text="Who brings them, or by what")

    class Meta:
        abstract = True

    @property
    def by(self) -> str:
        """By which run, which contractor, whom."""
        run = f"{self.run} / {self.stop}" if self.stop else self.run
        contractor = f"{self.contractor} {self.job}".strip()
        return {self.RUN: run, self.CONTRACTOR: contractor, self.OWN: self.own}.get(self.how, "")


ON_A_RUN = ~Q(run="") & Q(stop__isnull=False)
ON_NO_RUN = Q(run="", stop=None)
WITH_CONTRACTOR, WITH_NONE = ~Q(contractor="") & ~Q(job=""), Q(contractor="", job="")
OWN_WAY, NOT_OWN = ~Q(own=""), Q(own="")


class Arrangement(WeekPattern, How):
    """How a passenger usually goes, in one direction on these days; single journeys may differ."""

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="arrangements")
    direction = models.CharField(max_length=4, choices=DIRECTIONS)

    objects = DatedQuerySet["Arrangement"].as_manager()

    class Meta:
        ordering = ["direction", "from_on", "id"]
        constraints = [
            ends_later("an_arrangement_ends_after_it_begins"),
            models.CheckConstraint(
                condition=(
                    (Q(how="RUN") & ON_A_RUN & WITH_NONE & NOT_OWN)
                    | (Q(how="CONTRACTOR") & ON_NO_RUN & WITH_CONTRACTOR & NOT_OWN)
                    | (Q(how="OWN") & ON_NO_RUN & WITH_NONE & OWN_WAY)
                ),
                name="an_arrangement_is_of_one_kind",
            ),
        ]


NOT_CANCELLED = Q(cancelled_because="")
NOBODYS = Q(owner=None, deadline_at=None)


class JourneyQuerySet(models.QuerySet["Journey"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def of_day(self, day: dt.date) -> Self:
        return self.filter(day=day).order_by("-direction", "bell_at", "centre__name", "id")

    def due(self) -> Self:
        """Those that the timetable still asks for."""
        return self.filter(is_due=True)

    def unresolved(self) -> Self:
        return self.filter(how=How.UNRESOLVED)


class Journey(How):
    """One passenger, one day, one direction: what must never be lost.

    The database holds that it is accounted for in exactly one way: a stop of a run, a job of a contractor,
    own transport, cancelled with a reason, or unresolved with an owner and a deadline.
    """

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="journeys")
    day = models.DateField()
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(Home, null=True, on_delete=models.PROTECT, related_name="+")
    bell_at = models.TimeField(null=True, help_text="When the session begins, or ends")
    cancelled_because = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deadline_at = models.DateTimeField(null=True, blank=True)
    is_due = models.BooleanField(default=True, help_text="The timetable asks for it")
    by_hand = models.BooleanField(default=False, help_text="Somebody decided for this day alone")
    changed_at = models.DateTimeField()

    objects = JourneyQuerySet.as_manager()

    class Meta:
        ordering = ["day", "direction", "bell_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["passenger", "day", "direction"], name="a_passenger_goes_once_a_day_and_direction"
            ),
            models.CheckConstraint(
                condition=(
                    (Q(how="RUN") & ON_A_RUN & WITH_NONE & NOT_OWN & NOT_CANCELLED & NOBODYS)
                    | (Q(how="CONTRACTOR") & ON_NO_RUN & WITH_CONTRACTOR & NOT_OWN & NOT_CANCELLED & NOBODYS)
                    | (Q(how="OWN") & ON_NO_RUN & WITH_NONE & OWN_WAY & NOT_CANCELLED & NOBODYS)
                    | (Q(how="CANCELLED") & ON_NO_RUN & WITH_NONE & NOT_OWN & ~NOT_CANCELLED & NOBODYS)
                    | (
                        Q(how="UNRESOLVED", owner__isnull=False, deadline_at__isnull=False)
                        & ON_NO_RUN & WITH_NONE & NOT_OWN & NOT_CANCELLED
                    )
                ),
                name="a_journey_is_accounted_for_in_exactly_one_way",
            ),
            models.CheckConstraint(
                condition=Q(is_due=True) | Q(how="CANCELLED"), name="a_journey_no_longer_due_is_cancelled"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["day", "how", "id"], name="journey_of_day"),
            models.Index(fields=["day", "id"], name="journey_by_day"),
            models.Index(
                fields=["deadline_at", "id"], condition=Q(how="UNRESOLVED"), name="journey_unresolved"
            ),
        ]


class JourneyChange(models.Model):
    """How a journey was accounted for until then. Only ever added to."""

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300)
    because = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
