"""Where passengers are fetched and brought back: homes, their addresses apart, and who is where when."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from moothall.core.earth import Point
from moothall.people.models import Account
from moothall.people.models.caution import ProtectedAddress

from .dated import Dated, DatedQuerySet, WeekPattern, ends_later, once_at_a_time
from .passenger import Passenger


class Home(Dated):
    """One of the places where a passenger lives. Its address stands apart, where it can be protected."""

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="homes")
    name = models.CharField(max_length=60)
    is_main = models.BooleanField(default=True)

    objects = DatedQuerySet["Home"].as_manager()

    class Meta:
        ordering = ["-is_main", "-from_on", "-id"]
        constraints = [
            ends_later("a_home_ends_after_it_begins"),
            once_at_a_time(
                "a_passenger_has_one_main_home_at_a_time", "passenger", only=Q(is_main=True)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class HomeAddressQuerySet(models.QuerySet["HomeAddress"]):
    def visible_to(self, account: Account) -> Self:
        """That of a protected passenger is there for those alone who may place cautions."""
        if not account.may("transport.use"):
            return self.none()
        if account.may("people.caution"):
            return self
        return self.unprotected()

    def on_maps(self, account: Account) -> Self:
        """Those that may stand on a map: a protected one stands on none, whoever looks at it."""
        return self.visible_to(account).unprotected()

    def points(self) -> dict[int, Point]:
        """Where they are, by home; those of which nobody said where are left out."""
        rows = self.order_by().values_list("home", "latitude", "longitude")
        return {home: (north, east) for home, north, east in rows if north is not None and east is not None}

    def unprotected(self) -> Self:
        person = OuterRef("home__passenger__person")
        return self.exclude(Exists(ProtectedAddress.objects.standing().filter(person=person)))


class HomeAddress(models.Model):
    """Where a home is. It stands nowhere else, and the database shows it only to whoever may see it."""

    home = models.OneToOneField(Home, on_delete=models.PROTECT, related_name="address")
    words = models.TextField()
    postcode = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = HomeAddressQuerySet.as_manager()

    class Meta:
        ordering = ["home_id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="the_address_of_a_home_is_given"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="a_home_is_somewhere_on_earth",
            ),
        ]


class Stay(WeekPattern):
    """On these days a passenger is at another home than the main one: the other parent's, respite."""

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="stays")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="stays")
    morning = models.BooleanField(default=True, help_text="Fetched from there")
    afternoon = models.BooleanField(default=True, help_text="Brought there")

    objects = DatedQuerySet["Stay"].as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            ends_later("a_stay_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(morning=True) | Q(afternoon=True), name="a_stay_is_for_a_direction"
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__range=(1, 4)), name="a_stay_comes_each_four_weeks"
            ),
        ]
