from typing import Self

from django.db import models
from django.db.models import Q

from moothall.cases.models import Case
from moothall.core.lookups import held_by
from moothall.people.models import Account


class LearnedModelQuerySet(models.QuerySet["LearnedModel"]):
    def newest_first(self) -> Self:
        return self.order_by("-version")


class LearnedModel(models.Model):
    """What was learned one night: where its file lies, from how many cases, and when. The newest is asked."""

    version = models.PositiveIntegerField(unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    learned_from = models.PositiveIntegerField()
    held_back = models.PositiveIntegerField()
    first_received_on = models.DateField()
    last_received_on = models.DateField()
    held_back_from_on = models.DateField(help_text="The first day of the cases it was measured on")

    objects = LearnedModelQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.version)


class Measure(models.Model):
    """How well one question was answered on the cases held back: all, those of a label, or of a language."""

    ALL, LABEL, LANGUAGE = "ALL", "LABEL", "LANGUAGE"
    PARTS = [(ALL, "all"), (LABEL, "label"), (LANGUAGE, "language")]

    model = models.ForeignKey(LearnedModel, on_delete=models.CASCADE, related_name="measures")
    question = models.CharField(max_length=10)
    part = models.CharField(max_length=8, choices=PARTS)
    name = models.CharField(max_length=80, blank=True)
    asked = models.PositiveIntegerField()
    right = models.PositiveIntegerField()
    sure = models.PositiveIntegerField()
    sure_right = models.PositiveIntegerField()
    among_three = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["model", "question", "part", "name"], name="a_part_is_measured_once"
            ),
            models.CheckConstraint(
                condition=Q(right__lte=models.F("asked")) & Q(sure__lte=models.F("asked")),
                name="no_more_is_right_than_was_asked",
            ),
        ]


class Triaged(models.Model):
    """A case was looked at for suggestions once; settled when somebody has done its triage."""

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="triaged"
    )
    at = models.DateTimeField()
    model = models.ForeignKey(LearnedModel, null=True, on_delete=models.SET_NULL, related_name="+")
    unsure = models.BooleanField(help_text="It was not sure which service this is")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case"], condition=Q(settled_at=None), name="triage_to_do")]


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> Self:
        return self.filter(decision="").order_by("kind_order", "-confidence", "id")

    def visible_to(self, account: Account) -> Self:
        """Those about cases one may see; one that names another case or a person only where both may be.

        A case that only people named on it may see is named to nobody here, not even to them.
        """
        seen = Case.objects.visible_to(account)
        told_of = seen.filter(confidentiality__in=[Case.ANYONE, Case.TEAM])
        nothing_hidden = Q(other=None) | Q(held_by(told_of, "other"))
        if not account.may("people.view"):
            nothing_hidden &= Q(person=None)
        return self.filter(nothing_hidden, case__in=seen)


class Suggestion(models.Model):
    """Something about a case that is likely, why, and what a person made of it. It changes nothing itself."""

    SERVICE, TEAM, PRIORITY = "SERVICE", "TEAM", "PRIORITY"
    PERSON, DUPLICATE, RELATED = "PERSON", "DUPLICATE", "RELATED"
    ARTICLE, SIGNPOST = "ARTICLE", "SIGNPOST"
    KINDS = [
        (SERVICE, "service"),
        (TEAM, "team"),
        (PRIORITY, "priority"),
        (PERSON, "same person"),
        (DUPLICATE, "the same thing asked twice"),
        (RELATED, "related case"),
        (ARTICLE, "article that may answer it"),
        (SIGNPOST, "who else can help"),
    ]
    ACCEPTED, REJECTED, PASSED = "ACCEPTED", "REJECTED", "PASSED"
    DECISIONS = [(ACCEPTED, "accepted"), (REJECTED, "rejected"), (PASSED, "overtaken")]

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=10, choices=KINDS)
    kind_order = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=80, help_text="A key, a number or a reference, as its kind has it")
    other = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE, related_name="+")
    confidence = models.FloatField()
    reason = models.JSONField(help_text="A code and what fills its sentence")
    model = models.ForeignKey(LearnedModel, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=DECISIONS, blank=True)
    decided_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    change = models.ForeignKey(
        "cases.Entry", null=True, on_delete=models.SET_NULL, related_name="+",
        help_text="What accepting it changed, so that it can be taken back",
    )  # fmt: skip

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case"], condition=Q(decision=""), name="suggestion_open"),
            models.Index(fields=["decided_by", "-decided_at"], name="suggestion_decided_last"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "value"], name="a_thing_is_suggested_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="a_decision_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["ACCEPTED", "REJECTED"]) | Q(decided_by__isnull=False),
                name="a_person_accepts_or_rejects",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="confidence_is_a_share"
            ),
        ]
