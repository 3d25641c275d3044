"""Students on a pathway: where they are on it, with whom, what was signed off, and how it ended."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Feature
from moothall.cases.models import Case
from moothall.credentials.models import Credential
from moothall.people.models import Account
from moothall.workforce.models import Employment

from .cohort import Cohort, CohortGroup
from .host import PathwayTutor, PlacementHost
from .pathway import District, PathwayItem, PathwayModule


class StudentQuerySet(models.QuerySet["Student"]):
    def on_the_way(self) -> Self:
        return self.filter(state=Student.ON)

    def of_account(self, account: Account) -> Self:
        return self.filter(employment__in=Employment.objects.of_account(account).values("pk"))

    def tutored_by(self, account: Account) -> Self:
        """Those who are, were or will be with this account as their tutor."""
        mine = Employment.objects.of_account(account).values("pk")
        theirs = Attachment.objects.filter(tutor__employment__in=mine)
        return self.filter(pk__in=theirs.order_by().values("student"))

    def visible_to(self, account: Account) -> Self:
        """Oneself, one's own students, and all for whoever looks after training."""
        if account.may("training.manage"):
            return self
        mine = Employment.objects.of_account(account).values("pk")
        theirs = Attachment.objects.filter(tutor__employment__in=mine)
        return self.filter(Q(employment__in=mine) | Q(pk__in=theirs.order_by().values("student")))

    def in_full(self) -> Self:
        return self.select_related("employment__person", "cohort__pathway", "group__cohort", "district")


class Student(models.Model):
    """Somebody on a pathway. Whoever goes back into a later cohort is the same student."""

    ON, LEFT, CONFIRMED = "ON", "LEFT", "DONE"
    STATES = [(ON, _("On the way")), (LEFT, _("Left")), (CONFIRMED, _("Confirmed"))]

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="studies")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="students")
    group = models.ForeignKey(
        CohortGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="students"
    )
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="students")
    needs = models.ManyToManyField(
        Feature, blank=True, related_name="+", help_text="Access that a host has to have"
    )
    state = models.CharField(max_length=4, choices=STATES, default=ON)
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300, blank=True, help_text="Why they left")
    credential = models.ForeignKey(
        Credential, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = StudentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["cohort", "state"], name="student_of_cohort")]
        constraints = [
            models.UniqueConstraint(
                fields=["employment"], condition=Q(state="ON"), name="nobody_is_on_two_pathways"
            ),
            models.CheckConstraint(
                condition=~Q(state="LEFT") | ~Q(because=""), name="who_leaves_a_pathway_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="ON", ended_on=None) | (~Q(state="ON") & Q(ended_on__isnull=False)),
                name="a_way_that_ended_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.employment.person)

    @property
    def is_on(self) -> bool:
        return self.state == self.ON


class StudentCase(models.Model):
    """The case somebody's way hangs on, apart from it: whoever may see the case sees what leads to it."""

    student = models.OneToOneField(Student, on_delete=models.CASCADE)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="way_of_student")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.student_id}"


class StudentMove(models.Model):
    """Somebody took a module again with a later group; nothing of it is ever written over."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="moves")
    from_group = models.ForeignKey(CohortGroup, null=True, on_delete=models.SET_NULL, related_name="+")
    from_cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="moved_on")
    to_cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="moved_in")
    module = models.ForeignKey(PathwayModule, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="who_goes_back_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} {self.at:%Y-%m-%d}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def standing(self) -> Self:
        return self.filter(student__state=Student.ON)

    def in_full(self) -> Self:
        return self.select_related(
            "student__employment__person", "student__cohort", "module", "host__district",
            "tutor__employment__person",
        )  # fmt: skip


class Attachment(models.Model):
    """A student is with a host or a tutor for the weeks of a module; or with nobody yet, and why."""

    FULL, DISTRICT, ACCESS, FAR, NONE = "FULL", "DISTRICT", "ACCESS", "FAR", "NONE"
    WHYS = [
        (FULL, _("Everybody who could take them is full in those weeks")),
        (DISTRICT, _("Whoever is left is in their own district")),
        (ACCESS, _("Nobody who is left has the access they need")),
        (FAR, _("Whoever is left is too far away")), (NONE, _("There is nobody to go to")),
    ]  # fmt: skip

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="attachments")
    module = models.ForeignKey(PathwayModule, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(
        PlacementHost, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    tutor = models.ForeignKey(
        PathwayTutor, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    first_on = models.DateField()
    last_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of travel, about")
    why = models.CharField(max_length=8, choices=WHYS, blank=True)
    by_hand = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True, blank=True)
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "id"]
        indexes = [
            models.Index(fields=["host", "first_on"], name="attachment_of_host"),
            models.Index(fields=["tutor", "first_on"], name="attachment_of_tutor"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["student", "module"], name="a_student_has_a_module_once"),
            models.CheckConstraint(
                condition=Q(host__isnull=False, tutor=None, why="")
                | Q(host=None, tutor__isnull=False, why="")
                | (Q(host=None, tutor=None) & ~Q(why="")),
                name="who_is_with_nobody_is_told_why",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="an_attachment_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} {self.module_id}"


class SignOff(models.Model):
    """Somebody saw that a student can do it, or cannot yet. The last one that stands counts."""

    PASSED, AGAIN = "PASSED", "AGAIN"
    RESULTS = [(PASSED, _("Signed off")), (AGAIN, _("To be seen again"))]

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="sign_offs")
    item = models.ForeignKey(PathwayItem, on_delete=models.PROTECT, related_name="sign_offs")
    result = models.CharField(max_length=6, choices=RESULTS)
    seen_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["student", "item"], name="sign_off_of_student")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="AGAIN") | ~Q(note=""), name="who_is_seen_again_is_told_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} {self.item_id} {self.result}"
