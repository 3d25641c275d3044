from django.db import models
from django.db.models import Q

from moothall.people.models import Account

from .matter import Matter


class Bundle(models.Model):
    """Papers of a matter in one order, as one PDF with contents and page numbers; each is a version."""

    MAKING, READY, FAILED = "MAKING", "READY", "FAILED"
    STATES = [(MAKING, "being made"), (READY, "ready"), (FAILED, "could not be made")]

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="bundles")
    number = models.PositiveSmallIntegerField(help_text="The version")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")])
    state = models.CharField(max_length=6, choices=STATES, default=MAKING)
    done = models.PositiveSmallIntegerField(default=0, help_text="Papers paged so far")
    problem = models.TextField(blank=True)
    pages = models.PositiveIntegerField(null=True)
    document = models.ForeignKey("records.Document", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="bundles_are_counted"),
            models.CheckConstraint(
                condition=~Q(state="READY") | Q(document__isnull=False, pages__isnull=False),
                name="a_ready_bundle_has_its_file",
            ),
            models.CheckConstraint(
                condition=~Q(state="FAILED") | ~Q(problem=""), name="a_bundle_not_made_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class BundleItem(models.Model):
    """One paper of a bundle: a file, a letter or an entry of the timeline, with pages that are left out."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    document = models.ForeignKey("records.Document", null=True, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey("cases.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    left_out = models.CharField(max_length=200, blank=True, help_text="Pages, such as 2, 4-5")
    first_page = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "position"], name="papers_of_a_bundle_are_in_order"),
            models.CheckConstraint(
                condition=Q(document__isnull=False, letter=None, entry=None)
                | Q(document=None, letter__isnull=False, entry=None)
                | Q(document=None, letter=None, entry__isnull=False),
                name="a_paper_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BundleCopy(models.Model):
    """Somebody was given a bundle; the person it is about may read theirs on their own page."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="copies")
    name = models.CharField(max_length=160)
    is_theirs = models.BooleanField(default=False)
    given_on = models.DateField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "bundle copies"
        ordering = ["given_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") | Q(is_theirs=True), name="a_copy_says_for_whom")
        ]
