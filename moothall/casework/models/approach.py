import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from moothall.cases.models import Case
from moothall.cases.models.worklists import Sight, of_cases_on_a_desk, sight_of
from moothall.core.ready_queries import ready_query
from moothall.letters.models import CHANNELS, MAIL, Letter
from moothall.people.models import Account


class ApproachQuerySet(models.QuerySet["Approach"]):
    def known_to(self, account: Account) -> Self:
        return self.filter(undone_at=None, case__in=Case.objects.visible_to(account))

    def visible_to(self, account: Account) -> Self:
        """What lists may say: nothing of a sealed case, which is read with a reason on its own page."""
        sight = sight_of(account)
        return self.none() if sight is None else self.in_sight(sight)

    def in_sight(self, sight: Sight) -> Self:
        seen = Case.objects.in_sight(sight).exclude(confidentiality=Case.SEALED)
        return self.filter(undone_at=None, case__in=seen)

    def open(self) -> Self:
        """Written to, and neither answered nor let be."""
        return self.filter(undone_at=None, answered_at=None, closed_at=None)

    def waiting(self, on: dt.date) -> Self:
        return self.open().filter(reply_by__gte=on)

    def late(self, on: dt.date) -> Self:
        return self.open().filter(reply_by__lt=on)

    def to_chase(self) -> Self:
        """What the clock has put before somebody."""
        return self.open().filter(raised_at__isnull=False).exclude(case__status=Case.CLOSED)


class Approach(models.Model):
    """A letter to a department or another body on a case, with the day its answer was asked for."""

    WAITING, LATE, ANSWERED, CLOSED, UNSENT = "WAITING", "LATE", "ANSWERED", "CLOSED", "UNSENT"

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="approaches")
    signpost = models.ForeignKey(
        "knowledge.Signpost", null=True, on_delete=models.PROTECT, related_name="approaches",
        help_text="The body's entry in the directory, where it has one",
    )  # fmt: skip
    body = models.CharField(max_length=200)
    channel = models.CharField(max_length=6, choices=CHANNELS, default=MAIL)
    address = models.TextField()
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")])
    subject = models.CharField(max_length=500)
    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="+")
    asked_by = models.DateField(help_text="The day first asked for")
    reply_by = models.DateField(help_text="The day asked for last; each chaser moves it")
    sent_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    raised_at = models.DateTimeField(null=True, help_text="When the clock put it before somebody")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who wrote the answer down"
    )
    answer = models.TextField(blank=True)
    document = models.ForeignKey("records.Document", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    closed_because = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ApproachQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "approaches"
        indexes = [
            models.Index(fields=["reply_by", "id"], name="approach_by_day"),
            models.Index(fields=["-sent_at", "-id"], name="approach_by_moment"),
            models.Index(
                fields=["raised_at"],
                condition=Q(answered_at=None, closed_at=None, undone_at=None, raised_at__isnull=False),
                name="approach_to_chase",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer="") | Q(document__isnull=False),
                name="an_answer_of_another_body_says_something",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(closed_because=""), name="an_approach_let_be_says_why"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(closed_at=None),
                name="an_approach_is_answered_or_let_be",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.subject}"

    def state(self, on: dt.date) -> str:
        if self.answered_at is not None:
            return self.ANSWERED
        if self.closed_at is not None:
            return self.CLOSED
        if self.letter.state == Letter.CANCELLED:
            return self.UNSENT
        return self.LATE if self.reply_by < on else self.WAITING

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.closed_at is None and self.undone_at is None


class Chaser(models.Model):
    """A reminder of an approach, and the day it asks for."""

    approach = models.ForeignKey(Approach, on_delete=models.CASCADE, related_name="chasers")
    number = models.PositiveSmallIntegerField()
    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="+")
    was_due_on = models.DateField()
    reply_by = models.DateField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["approach", "number"], name="chasers_are_counted"),
        ]


@ready_query("case")
def approaches_on(*, case: int) -> models.QuerySet[Approach]:
    """To whom was written on a case, the newest first."""
    found = Approach.objects.filter(case=case, undone_at=None).select_related("letter")
    return found.order_by("-sent_at", "-id")


@ready_query("account")
def approaches_to_chase(
    *, account: int, teams: tuple[int, ...] | None, works_in: tuple[int, ...], most: int
) -> models.QuerySet[Approach]:
    """What the clock has found late on one's own cases, and on those of one's teams that nobody has."""
    found = Approach.objects.in_sight(Sight(account, teams)).to_chase()
    found = found.filter(of_cases_on_a_desk(account, works_in)).select_related("case")
    return found.order_by("reply_by", "id")[:most]
