"""Offers: what somebody is offered, what they said, and the employment it became."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.letters.models import Letter
from moothall.people.models import Account, Post
from moothall.workforce.models import Employment

from .application import Application


class OfferQuerySet(models.QuerySet["Offer"]):
    def standing(self) -> Self:
        return self.filter(taken_back_at=None)

    def to_answer(self) -> Self:
        return self.standing().filter(accepted_at=None, declined_at=None)

    def in_full(self) -> Self:
        return self.select_related("application__campaign", "application__applicant__person", "post")


class Offer(models.Model):
    """A conditional offer, on which checks begin, or the final one, once they are all good."""

    CONDITIONAL, FINAL = "CONDITIONAL", "FINAL"
    KINDS = [(CONDITIONAL, _("Conditional offer")), (FINAL, _("Final offer"))]

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=11, choices=KINDS)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.CharField(max_length=160)
    job_cy = models.CharField(max_length=160, blank=True)
    grade = models.CharField(max_length=40)
    hours = models.DecimalField(max_digits=4, decimal_places=2, help_text="A week")
    pay = models.CharField(max_length=120, help_text="As the letter says it")
    starts_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField()
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.CharField(max_length=300, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_because = models.CharField(max_length=300, blank=True)
    employment = models.OneToOneField(
        Employment, null=True, blank=True, on_delete=models.PROTECT, related_name="offer",
        help_text="What it became once they were entered among the staff",
    )  # fmt: skip

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"],
                condition=Q(taken_back_at=None, declined_at=None),
                name="an_offer_is_made_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="an_offer_is_accepted_or_declined"
            ),
            models.CheckConstraint(
                condition=~Q(kind="FINAL") | Q(starts_on__isnull=False),
                name="a_final_offer_says_the_first_day",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | ~Q(taken_back_because=""),
                name="an_offer_taken_back_says_why",
            ),
            models.CheckConstraint(
                condition=Q(employment=None) | Q(accepted_at__isnull=False, kind="FINAL"),
                name="who_starts_has_accepted",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def job_in(self, language: str) -> str:
        return (self.job_cy if language == "cy" else "") or self.job

    @property
    def is_open(self) -> bool:
        return self.taken_back_at is None and self.accepted_at is None and self.declined_at is None
