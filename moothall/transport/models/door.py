"""Who outside the office sees what of transport: those who act for a contractor, and a passenger's family."""

from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account, Person

from .contractor import Contractor
from .dated import Dated, DatedQuerySet, ends_later, once_at_a_time
from .home import Home
from .passenger import Passenger


class ContractorContactQuerySet(DatedQuerySet["ContractorContact"]):
    def of_account(self, account: Account) -> Self:
        """Whoever is signed in, as somebody who acts for a contractor."""
        return self.filter(person=account.person_id) if account.person_id else self.none()


class ContractorContact(Dated):
    """Somebody acts for a contractor: signed in, they see this contractor and no other."""

    contractor = models.ForeignKey(Contractor, on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="acts_for_contractors")

    objects = ContractorContactQuerySet.as_manager()

    class Meta:
        ordering = ["person__folded_name", "id"]
        constraints = [
            ends_later("acting_for_a_contractor_ends_later"),
            once_at_a_time("somebody_acts_for_a_contractor_once_at_a_time", "contractor", "person"),
        ]

    def __str__(self) -> str:
        return self.person.full_name


class CarerQuerySet(DatedQuerySet["Carer"]):
    def of_account(self, account: Account) -> Self:
        """Whoever is signed in, as family; where they have no contact there is nothing."""
        return self.filter(person=account.person_id, may_see=True) if account.person_id else self.none()


class Carer(Dated):
    """Somebody of a passenger's family: what they may see of the journeys, or that they may see nothing."""

    passenger = models.ForeignKey(Passenger, on_delete=models.PROTECT, related_name="carers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cares_for")
    relationship = models.CharField(max_length=80)
    home = models.ForeignKey(
        Home, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Journeys from and to this home alone; empty for all",
    )  # fmt: skip
    may_see = models.BooleanField(default=True)
    because = models.CharField(max_length=200, blank=True, help_text="Why they may see nothing")

    objects = CarerQuerySet.as_manager()

    class Meta:
        ordering = ["person__folded_name", "id"]
        constraints = [
            ends_later("caring_for_a_passenger_ends_later"),
            once_at_a_time("somebody_cares_for_a_passenger_once_at_a_time", "passenger", "person"),
            models.CheckConstraint(
                condition=Q(may_see=True) | ~Q(because=""), name="who_may_see_nothing_of_a_passenger_says_why"
            ),
            models.CheckConstraint(condition=~Q(relationship=""), name="somebody_of_the_family_is_something"),
        ]

    def __str__(self) -> str:
        return self.person.full_name
