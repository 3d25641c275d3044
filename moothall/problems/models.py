import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from moothall.cases.models import Case
from moothall.people.models import Account


class ProblemQuerySet(models.QuerySet["Problem"]):
    def visible_to(self, account: Account) -> Self:
        """Problems of one's own teams, and those that a case one may see belongs to."""
        standing = account.standing()
        if "cases.view" not in standing.permissions:
            return self.none()
        if standing.everywhere_for("cases.view"):
            return self
        seen = ProblemCase.objects.in_force().filter(
            problem=OuterRef("pk"), case__in=Case.objects.visible_to(account)
        )
        return self.filter(Q(team_id__in=standing.teams_for("cases.view")) | Exists(seen))

    def unsettled(self) -> Self:
        return self.filter(state__in=(Problem.OPEN, Problem.KNOWN))


class Problem(models.Model):
    """One cause behind several cases: whose it is, what to do meanwhile, and whether it is put right."""

    OPEN, KNOWN, FIXED, CLOSED = "OPEN", "KNOWN", "FIXED", "CLOSED"
    STATES = [(OPEN, "open"), (KNOWN, "cause known"), (FIXED, "fixed"), (CLOSED, "closed")]

    title = models.CharField(max_length=200)
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="problems")
    owner = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="problems")
    state = models.CharField(max_length=6, choices=STATES, default=OPEN)
    cause = models.TextField(blank=True)
    workaround = models.TextField(blank=True)
    workaround_cy = models.TextField(blank=True)
    words = ArrayField(models.CharField(max_length=60), default=list, help_text="What its cases share")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["made_at", "id"], name="problem_by_moment"),
            models.Index(fields=["title", "id"], name="problem_by_title"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="FIXED") | Q(fixed_at__isnull=False),
                name="a_fixed_problem_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        return f"PRB-{self.pk:05}"

    @property
    def is_settled(self) -> bool:
        return self.state in {self.FIXED, self.CLOSED}

    def said(self, field: str, language: str) -> str:
        """A field in a language; English where the Welsh is not written."""
        welsh = getattr(self, f"{field}_cy") if language == "cy" else ""
        return str(welsh or getattr(self, field))


class ProblemCaseQuerySet(models.QuerySet["ProblemCase"]):
    def in_force(self) -> Self:
        return self.filter(ended_at=None).order_by("-case__received_at", "-id")


class ProblemCase(models.Model):
    """A case belongs to a problem; undone by ending the row. Its letter says that the person was told."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="links")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="problems")
    linked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ProblemCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "case"],
                condition=Q(ended_at=None),
                name="a_case_is_linked_to_a_problem_once",
            ),
        ]


class ProblemEntry(models.Model):
    """What happened to a problem: it changed, was put before somebody, or everybody was told."""

    CHANGE, ESCALATION, TOLD = "CHANGE", "ESCALATION", "TOLD"
    KINDS = [(CHANGE, "change"), (ESCALATION, "escalation"), (TOLD, "everybody was told")]

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=KINDS)
    text = models.TextField(blank=True)
    to = models.CharField(max_length=200, blank=True)
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["problem", "-at", "-id"], name="problem_timeline")]


class Candidate(models.Model):
    """Cases that may share a cause, found at night. What it says is worked out from the cases one may see."""

    NEW, MADE, REFUSED = "NEW", "MADE", "REFUSED"
    STATES = [(NEW, "new"), (MADE, "made a problem"), (REFUSED, "not a problem")]

    desk = models.CharField(max_length=60)
    words = ArrayField(models.CharField(max_length=60), default=list, help_text="To know it again")
    state = models.CharField(max_length=7, choices=STATES, default=NEW)
    found_at = models.DateTimeField()
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    problem = models.ForeignKey(Problem, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "desk"], name="candidate_by_state")]


class CandidateCase(models.Model):
    """A case in a group, and which of the words that the group shares stand in this very case."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="members")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    words = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "case"], name="a_case_is_in_a_group_once"),
        ]


def weeks_back(many: int, *, on: dt.date) -> list[dt.date]:
    """The Mondays of the last weeks, the oldest first, the running week last."""
    monday = on - dt.timedelta(days=on.weekday())
    return [monday - dt.timedelta(weeks=each) for each in reversed(range(many))]
