"""Those who drive and escort, what hours they may work, and what papers their work asks for."""

import datetime as dt
from typing import Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.credentials.models import CredentialKind
from moothall.people.models import Account
from moothall.workforce.models import Employment

from .dated import Dated, DatedQuerySet, ends_later
from .fleet import Depot, VehicleKind

DRIVER: Final = "driver"
ESCORT: Final = "escort"
ROLES = [(DRIVER, _("Driver")), (ESCORT, _("Passenger escort"))]


class CrewMemberQuerySet(models.QuerySet["CrewMember"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def there(self, first: dt.date, last: dt.date) -> Self:
        """Those who drive or escort, and work here, on some day between the two."""
        works = Q(employment__ended_on=None) | Q(employment__ended_on__gte=first)
        stays = Q(left_on=None) | Q(left_on__gte=first)
        found = self.filter(works, stays, employment__started_on__lte=last)
        return found.select_related("employment__person", "depot").order_by(
            "employment__person__family_name", "employment__person__full_name", "id"
        )

    def of_account(self, account: Account) -> Self:
        """Whoever is signed in, if they drive or escort."""
        return self.filter(employment__person_id=account.person_id) if account.person_id else self.none()


class CrewMember(models.Model):
    """A member of staff who drives, escorts, or both."""

    employment = models.OneToOneField(Employment, on_delete=models.PROTECT, related_name="crew_member")
    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, related_name="crew")
    drives = models.BooleanField(default=False)
    escorts = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    left_on = models.DateField(null=True, blank=True, help_text="The last day on which they go out")

    objects = CrewMemberQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(drives=True) | Q(escorts=True), name="one_of_a_crew_drives_or_escorts"
            ),
        ]

    def __str__(self) -> str:
        return self.employment.person.full_name

    @property
    def roles(self) -> list[str]:
        return [role for role, has in ((DRIVER, self.drives), (ESCORT, self.escorts)) if has]


class HoursRuleQuerySet(models.QuerySet["HoursRule"]):
    def between(self, first: dt.date, last: dt.date) -> Self:
        found = self.filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)
        return found.order_by("role", "from_on", "id")


class HoursRule(models.Model):
    """What somebody in a role may work, in minutes, from a day on, and where that is written."""

    role = models.CharField(max_length=6, choices=ROLES)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    working_day = models.PositiveSmallIntegerField(help_text="From the first run to the last")
    rest = models.PositiveSmallIntegerField(help_text="Between two days")
    week = models.PositiveSmallIntegerField()
    driving_a_day = models.PositiveSmallIntegerField(null=True, blank=True)
    driving_unbroken = models.PositiveSmallIntegerField(null=True, blank=True)
    pause = models.PositiveSmallIntegerField(default=0, help_text="That breaks up driving")
    short_rest = models.PositiveSmallIntegerField(default=0)
    short_rests = models.PositiveSmallIntegerField(default=0, help_text="So many a week")
    free = models.PositiveSmallIntegerField(default=0, help_text="One rest as long as this")
    free_in_weeks = models.PositiveSmallIntegerField(default=2, help_text="In so many weeks")

    objects = HoursRuleQuerySet.as_manager()

    NUMBERS: Final = (
        "working_day", "rest", "week", "driving_a_day", "driving_unbroken", "pause", "short_rest",
        "short_rests", "free", "free_in_weeks",
    )  # fmt: skip

    class Meta:
        ordering = ["role", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["role", "from_on"], name="hours_of_a_role_change_once_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="hours_of_a_role_end_later"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="hours_of_a_role_have_a_source"),
            models.CheckConstraint(
                condition=Q(short_rest__lte=F("rest")), name="a_short_rest_is_shorter_than_the_rest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.source}"


class CrewNeed(Dated):
    """Whoever drives or escorts holds this: on any run, on vehicles of a kind, or with somebody who stays
    in a wheelchair."""

    role = models.CharField(max_length=6, choices=ROLES)
    credential = models.ForeignKey(CredentialKind, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(VehicleKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    with_wheelchair = models.BooleanField(default=False)
    because = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet["CrewNeed"].as_manager()

    class Meta:
        ordering = ["role", "id"]
        constraints = [ends_later("a_need_of_crews_ends_later")]
