"""A job to be filled, and whether it may be."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Step
from moothall.people.models import Account, Post, Team

from .profile import RoleProfile


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def visible_to(self, account: Account) -> Self:
        """Those whose case one sees, as those do who recruit or approve; and those one hires to oneself."""
        own = Q(hiring_manager=account) | Q(asked_by=account)
        return self.filter(own | Q(case__in=Case.objects.visible_to(account).order_by().values("pk")))

    def standing(self) -> Self:
        return self.filter(cancelled_at=None)

    def with_approval(self) -> Self:
        """Each with whether its last approval was given, and whether any was refused."""
        steps = Step.objects.filter(case=OuterRef("case_id"), state=Step.DONE)
        return self.annotate(
            approved=Exists(steps.filter(key=Vacancy.LAST_APPROVAL, outcome="approved")),
            refused=Exists(steps.filter(outcome__in=Vacancy.REFUSALS)),
        )

    def approved_now(self) -> Self:
        return self.standing().with_approval().filter(approved=True, refused=False)

    def in_full(self) -> Self:
        return self.select_related("post", "profile", "case", "team", "hiring_manager")


class Vacancy(models.Model):
    """So many places in one job: hours, grade and cost, in which language, and why it is to be filled.
    Whether it may be is decided on its case."""

    LAST_APPROVAL = "head"
    REFUSALS = ("rejected", "delete_post", "hold")
    ESSENTIAL, DESIRABLE, LEARN, NOT_NEEDED = "ESSENTIAL", "DESIRABLE", "LEARN", "NOT_NEEDED"
    WELSH = [
        (ESSENTIAL, _("Essential")), (DESIRABLE, _("Desirable")),
        (LEARN, _("To be learned in the job")), (NOT_NEEDED, _("Not needed")),
    ]  # fmt: skip

    title = models.CharField(max_length=160)
    title_cy = models.CharField(max_length=160, blank=True)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="vacancies")
    profile = models.ForeignKey(RoleProfile, on_delete=models.PROTECT, related_name="vacancies")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Who recruits")
    hiring_manager = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="vacancies"
    )
    places = models.PositiveSmallIntegerField(default=1)
    grade = models.CharField(max_length=40)
    hours = models.DecimalField(max_digits=4, decimal_places=2, help_text="A week")
    cost_code = models.CharField(max_length=40)
    welsh = models.CharField(max_length=10, choices=WELSH)
    welsh_because = models.CharField(max_length=300, help_text="Why this category")
    because = models.TextField(help_text="Why it is to be filled")
    is_new = models.BooleanField(default=False, help_text="A new or changed job, which is evaluated first")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="vacancy")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1) & Q(hours__gt=0), name="a_vacancy_has_places_and_hours"
            ),
            models.CheckConstraint(condition=~Q(welsh_because=""), name="a_welsh_category_has_a_reason"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancelled_because=""), name="a_cancelled_vacancy_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def name_in(self, language: str) -> str:
        return (self.title_cy if language == "cy" else "") or self.title
