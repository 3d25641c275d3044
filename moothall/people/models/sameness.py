from typing import Self

from django.db import models
from django.db.models import F, Q

from .person import Person


class PersonMergeQuerySet(models.QuerySet["PersonMerge"]):
    def standing(self) -> Self:
        """Merges that have not been undone, the latest first."""
        return self.filter(undone_at=None).order_by("-at", "-id")


class PersonMerge(models.Model):
    """Two records found to be one person: what was moved, so that it can be moved back."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_by")
    moved = models.JSONField(default=dict, help_text="label of the model -> ids moved")
    filled = models.JSONField(default=dict, help_text="What the kept record did not say and the other did")
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = PersonMergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="a_person_is_merged_into_one_other"
            ),
        ]


class LikelyDuplicateQuerySet(models.QuerySet["LikelyDuplicate"]):
    def open(self) -> Self:
        """Pairs nobody has decided on, the likeliest first."""
        told_apart = ToldApart.objects.filter(one=models.OuterRef("one"), other=models.OuterRef("other"))
        return self.filter(
            ~models.Exists(told_apart), one__merged_into=None, other__merged_into=None
        ).order_by("-score", "-id")


class LikelyDuplicate(models.Model):
    """Two records that look like one person, found by night, for somebody to decide."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list, help_text="Keys of the reasons")
    found_at = models.DateTimeField()

    objects = LikelyDuplicateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-score", "-id"], name="likeliest_duplicates")]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="a_likely_duplicate_is_kept_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="the_older_record_comes_first"),
        ]


class ToldApart(models.Model):
    """Somebody decided that two records are two persons; they are not suggested again."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_persons_are_told_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="told_apart_in_order"),
        ]
