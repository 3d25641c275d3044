"""Papers: what contractors, crews and vehicles have to hold, until when, and who has seen it."""

import datetime as dt
from typing import Final, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.records.models import Document

from .contract import ContractorStaff
from .contractor import Contractor
from .fleet import Vehicle

CONTRACTOR, DRIVER, ASSISTANT, VEHICLE = "CONTRACTOR", "DRIVER", "ASSISTANT", "VEHICLE"
OWN = "OWN"  # of a vehicle of our own other papers are asked than of a contractor's
HOLDERS = [
    (CONTRACTOR, _("Contractor")), (DRIVER, _("Driver")), (ASSISTANT, _("Passenger assistant")),
    (VEHICLE, _("Vehicle")), (OWN, _("Vehicle of our own")),
]  # fmt: skip
AMBER: Final = (42, 28, 14)


class PaperKind(models.Model):
    """A kind of paper, such as an insurance, a badge or a test."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    place = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class PaperRuleQuerySet(models.QuerySet["PaperRule"]):
    def between(self, first: dt.date, last: dt.date) -> Self:
        found = self.filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)
        return found.order_by("of", "kind__place", "id")

    def in_force(self, on: dt.date) -> Self:
        return self.between(on, on)


class PaperRule(models.Model):
    """From a day on, each of these holders needs this kind of paper; and who says so."""

    kind = models.ForeignKey(PaperKind, on_delete=models.PROTECT, related_name="rules")
    of = models.CharField(max_length=10, choices=HOLDERS)
    months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="It is checked anew after so many months at most"
    )
    seats_over = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Only of vehicles with more seats than this"
    )
    is_law = models.BooleanField(default=True, help_text="False: the office’s own policy")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_read_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False, help_text="Somebody has read the source")

    objects = PaperRuleQuerySet.as_manager()

    class Meta:
        ordering = ["of", "kind__place", "-from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "of", "from_on"], name="a_rule_about_papers_changes_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_rule_about_papers_ends_later",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_rule_about_papers_has_a_source"),
        ]

    def holds(self, on: dt.date) -> bool:
        return self.from_on <= on and (self.until_on is None or self.until_on >= on)


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, account: Account) -> Self:
        return self if account.may("transport.use") else self.none()

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def verified(self) -> Self:
        return self.standing().filter(verified_at__isnull=False)

    def waiting(self) -> Self:
        return self.standing().filter(verified_at=None)

    def valid(self, on: dt.date) -> Self:
        return self.verified().filter(Q(expires_on=None) | Q(expires_on__gte=on), issued_on__lte=on)

    def current(self) -> Self:
        """Not followed by another of the same kind that runs out later."""
        return self.standing().filter(followed_by=None)

    def with_holder(self) -> Self:
        return self.select_related(
            "kind",
            "contractor",
            "member__person",
            "member__contractor",
            "vehicle__contractor",
            "vehicle__kind",
        )

    def stating(self, on: dt.date) -> Self:
        """Each with how it stands that day, as `stands`."""
        return self.annotate(
            stands=Case(
                When(withdrawn_at__isnull=False, then=Value(Paper.WITHDRAWN)),
                When(verified_at=None, then=Value(Paper.WAITING)),
                When(expires_on__lt=on, then=Value(Paper.EXPIRED)),
                When(expires_on__lte=on + dt.timedelta(days=AMBER[0]), then=Value(Paper.ENDING)),
                default=Value(Paper.HELD),
                output_field=models.CharField(),
            )
        )


class Paper(models.Model):
    """One paper of a contractor, a crew member or a vehicle. It counts once the original was seen."""

    HELD, ENDING, EXPIRED, WAITING, WITHDRAWN = "HELD", "ENDING", "EXPIRED", "WAITING", "WITHDRAWN"
    STATES = [
        (HELD, _("Held")), (ENDING, _("Runs out soon")), (EXPIRED, _("Has run out")),
        (WAITING, _("Waits to be verified")), (WITHDRAWN, _("Withdrawn")),
    ]  # fmt: skip

    kind = models.ForeignKey(PaperKind, on_delete=models.PROTECT, related_name="papers")
    contractor = models.ForeignKey(Contractor, null=True, on_delete=models.PROTECT, related_name="papers")
    member = models.ForeignKey(ContractorStaff, null=True, on_delete=models.PROTECT, related_name="papers")
    vehicle = models.ForeignKey(Vehicle, null=True, on_delete=models.PROTECT, related_name="papers")
    authority = models.CharField(max_length=160, blank=True, help_text="Who issued it")
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True, help_text="The last day on which it counts")
    evidence = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.CharField(max_length=200, blank=True)
    followed_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="follows"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["kind__place", "-issued_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(contractor__isnull=False, member=None, vehicle=None)
                    | Q(contractor=None, member__isnull=False, vehicle=None)
                    | Q(contractor=None, member=None, vehicle__isnull=False)
                ),
                name="a_paper_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="a_paper_runs_out_after_it_is_issued",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="a_withdrawn_paper_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_on", "id"],
                condition=Q(withdrawn_at=None, followed_by=None),
                name="paper_by_end",
            ),
            models.Index(fields=["member", "kind"], name="paper_of_contractor_staff"),
            models.Index(fields=["vehicle", "kind"], name="paper_of_vehicle"),
            models.Index(fields=["contractor", "kind"], name="paper_of_contractor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    @property
    def holder(self) -> Contractor | ContractorStaff | Vehicle:
        found = self.contractor or self.member or self.vehicle
        assert found is not None  # noqa: S101  the database holds it
        return found

    @property
    def firm(self) -> Contractor | None:
        """The contractor in the end; none of a vehicle of our own. It is read with the row."""
        if self.contractor is not None:
            return self.contractor
        held = self.member or self.vehicle
        return held.contractor if held is not None else None


class PaperChase(models.Model):
    """The contractor was written to so many days before a paper runs out (0: that it has): once each."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="chases")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "days"], name="a_paper_is_chased_once_a_rung")
        ]
