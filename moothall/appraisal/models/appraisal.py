"""An appraisal: one for each employment in a cycle, from its objectives to both signatures."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import today
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.workforce.models import Assignment, Employment

from .cycle import Cycle
from .framework import Competency, Mark


def led_by(account: Account, on: dt.date) -> list[int]:
    """The employments this account manages that day."""
    if not account.person_id:
        return []
    led = Assignment.objects.in_force(on).filter(manager__person_id=account.person_id)
    return list(led.order_by().values_list("employment_id", flat=True))


def led_below(led: list[int], on: dt.date) -> list[int]:
    """The employments whose managers these are."""
    below = Assignment.objects.in_force(on).filter(manager_id__in=led) if led else Assignment.objects.none()
    return list(below.order_by().values_list("employment_id", flat=True))


class AppraisalQuerySet(models.QuerySet["Appraisal"]):
    def visible_to(self, account: Account) -> Self:
        """One's own, those of one's people today and of theirs, and where one may see what is private."""
        standing = account.standing()
        if standing.everywhere_for("workforce.private"):
            return self
        day = today()
        led = led_by(account, day)
        seen = Q(employment_id__in=[*led, *led_below(led, day)])
        if account.person_id:
            seen |= Q(employment__person_id=account.person_id)
        if teams := standing.teams_for("workforce.private"):
            held = Assignment.objects.in_force(day).filter(post__team_id__in=teams)
            seen |= Q(employment_id__in=list(held.order_by().values_list("employment_id", flat=True)))
        return self.filter(seen)

    def of_those_who_work_here(self, on: dt.date) -> Self:
        return self.filter(Q(employment__ended_on=None) | Q(employment__ended_on__gte=on))

    def to_be_done(self) -> Self:
        return self.exclude(stage__in=Appraisal.SETTLED)

    def with_due_day(self) -> Self:
        """Each with the day by which its stage is to be done, as `due`; none once it is settled."""
        days = [
            When(stage=stage, then=F(f"cycle__{stage.lower()}_by"))
            for stage, _words in Appraisal.STAGES
            if stage not in Appraisal.SETTLED
        ]
        return self.annotate(due=Case(*days, default=None, output_field=models.DateField()))

    def late(self, on: dt.date) -> Self:
        return self.with_due_day().filter(due__lt=on)

    def in_full(self) -> Self:
        return self.select_related("cycle__framework", "employment__person", "overall")


class Appraisal(models.Model):
    """How somebody's year went, in the words of both. `stage` is what is to be done next."""

    OBJECTIVES, SELF, RATING, SECOND, SIGN = "OBJECTIVES", "SELF", "RATING", "SECOND", "SIGN"
    DONE, EXEMPT = "DONE", "EXEMPT"
    STAGES = [
        (OBJECTIVES, _("Objectives to agree")), (SELF, _("Own view to write")),
        (RATING, _("Rating to give")), (SECOND, _("Second look to take")), (SIGN, _("To sign")),
        (DONE, _("Complete")), (EXEMPT, _("Left out")),
    ]  # fmt: skip
    SETTLED = (DONE, EXEMPT)
    STARTER, AWAY, LEAVING, OTHER = "STARTER", "AWAY", "LEAVING", "OTHER"
    REASONS = [
        (STARTER, _("Began too late for this cycle")), (AWAY, _("Away for long")),
        (LEAVING, _("Leaves before it ends")), (OTHER, _("Another reason")),
    ]  # fmt: skip

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="appraisals")
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="appraisals")
    stage = models.CharField(max_length=10, choices=STAGES, default=OBJECTIVES)
    round = models.PositiveSmallIntegerField(default=1, help_text="One more each time it is reopened")
    exempt_because = models.CharField(max_length=8, choices=REASONS, blank=True)
    exempt_note = models.CharField(max_length=300, blank=True)
    objectives_at = models.DateTimeField(null=True, blank=True)
    mid_year_at = models.DateTimeField(null=True, blank=True)
    mid_year = models.TextField(blank=True)
    own_view = models.TextField(blank=True)
    own_view_at = models.DateTimeField(null=True, blank=True)
    overall = models.ForeignKey(Mark, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    overall_because = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    rated_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    second_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    employee_signed_at = models.DateTimeField(null=True, blank=True)
    employee_agrees = models.BooleanField(null=True, blank=True)
    employee_says = models.TextField(blank=True)
    manager_signed_at = models.DateTimeField(null=True, blank=True)
    manager_signed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["employment", "-cycle"], name="appraisal_of_employment"),
            models.Index(fields=["cycle", "stage", "id"], name="appraisal_by_stage"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "employment"], name="one_appraisal_for_each_employment_in_a_cycle"
            ),
            models.CheckConstraint(
                condition=~Q(stage="EXEMPT") | ~Q(exempt_because=""), name="whoever_is_left_out_reads_why"
            ),
            models.CheckConstraint(
                condition=~Q(stage="DONE")
                | Q(
                    employee_signed_at__isnull=False, manager_signed_at__isnull=False,
                    overall__isnull=False, done_at__isnull=False,
                ),
                name="a_complete_appraisal_is_rated_and_signed_by_both",
            ),
            models.CheckConstraint(
                condition=~Q(employee_agrees=False) | ~Q(employee_says=""),
                name="whoever_disagrees_says_with_what",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.cycle_id}/{self.employment_id}"

    @property
    def is_settled(self) -> bool:
        return self.stage in self.SETTLED


class Event(models.Model):
    """Something was done to an appraisal; what stood there before is kept in `said`."""

    OBJECTIVES, MID_YEAR, OWN_VIEW, RATED, LOOKED, RETURNED = (
        "OBJECTIVES", "MID_YEAR", "OWN_VIEW", "RATED", "LOOKED", "RETURNED",
    )  # fmt: skip
    SIGNED, DISAGREED, REOPENED, EXEMPTED, INCLUDED = (
        "SIGNED",
        "DISAGREED",
        "REOPENED",
        "EXEMPTED",
        "INCLUDED",
    )
    KINDS = [
        (OBJECTIVES, _("Both agreed the objectives")), (MID_YEAR, _("Talked at mid-year")),
        (OWN_VIEW, _("Sent in their own view")), (RATED, _("Rated")), (LOOKED, _("Agreed the rating")),
        (RETURNED, _("Sent the rating back")), (SIGNED, _("Signed")), (DISAGREED, _("Signed, and disagreed")),
        (REOPENED, _("Opened again")), (EXEMPTED, _("Left out")), (INCLUDED, _("Taken in")),
    ]  # fmt: skip

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=KINDS)
    said = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]


class Rating(models.Model):
    """How somebody did in one competency, in a mark and a sentence."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="ratings")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["competency__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "competency"], condition=Q(replaced_at=None),
                name="a_competency_is_rated_once",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_rating_says_why"),
        ]  # fmt: skip


class Evidence(models.Model):
    """What shows how somebody did: words, a document, the competencies it speaks of."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="evidence")
    text = models.TextField()
    competencies = models.ManyToManyField(Competency, blank=True, related_name="+")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "evidence"
