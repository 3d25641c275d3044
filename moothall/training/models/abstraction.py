"""Who is taken off duty for training on which day, as other systems fetch it: what is new, what is gone."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account
from moothall.workforce.models import Employment

from .cohort import Cohort
from .session import Session


class AbstractionQuerySet(models.QuerySet["Abstraction"]):
    def standing(self) -> Self:
        return self.filter(ended=None)

    def changed_since(self, mark: int) -> Self:
        """What has come or gone since that mark, but for what did both."""
        come = Q(begun__gt=mark, ended=None)
        gone = Q(begun__lte=mark, ended__gt=mark)
        return self.filter(come | gone)

    def in_full(self) -> Self:
        found = self.select_related(
            "employment__person", "session__version__course", "session__place", "cohort__pathway"
        )
        return found.order_by("day", "employment__number", "id")


class Abstraction(models.Model):
    """Somebody is trained, or teaches, that day: at a session, or in a cohort. `begun` and `ended` are marks,
    one for each counting."""

    TRAINED, TEACHES = "TRAINED", "TEACHES"
    KINDS = [(TRAINED, _("Is trained")), (TEACHES, _("Teaches"))]

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=7, choices=KINDS)
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, null=True, on_delete=models.PROTECT, related_name="+")
    begun = models.BigIntegerField()
    ended = models.BigIntegerField(null=True)

    objects = AbstractionQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        indexes = [
            models.Index(fields=["begun"], name="abstraction_by_begin"),
            models.Index(fields=["ended"], condition=Q(ended__isnull=False), name="abstraction_by_end"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["employment", "day", "kind", "session", "cohort"], condition=Q(ended=None),
                nulls_distinct=False, name="an_abstraction_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=False, cohort=None) | Q(session=None, cohort__isnull=False),
                name="an_abstraction_is_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gt=F("begun")), name="an_abstraction_ends_after_it_begins"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.employment_id} {self.day} {self.kind}"


class AbstractionFetch(models.Model):
    """Up to which mark somebody has fetched."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    mark = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.account_id} {self.mark}"


class TeamFeed(models.Model):
    """The training of somebody's people at an address nobody can guess; only its fingerprint is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="training_feeds")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(withdrawn_at=None), name="a_team_has_one_address_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.account_id)
