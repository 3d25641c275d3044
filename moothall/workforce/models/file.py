"""The personnel file: documents of an employment by class, each kept for as long as its class says."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from clocks.months import last_day_of_months
from moothall.people.models import Account
from moothall.records.models import Document

from .employment import Employment
from .named import NamedInTwo


class FileClass(NamedInTwo):
    """A kind of paper in a personnel file: for how long it is kept, where that is written, who reads it."""

    ENDED, ADDED, DATED = "ENDED", "ADDED", "DATED"
    COUNTS = [
        (ENDED, _("after the last day")), (ADDED, _("after it was added")), (DATED, _("after its own day")),
    ]  # fmt: skip

    kept_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: not confirmed")
    counts_from = models.CharField(max_length=5, choices=COUNTS, default=ENDED)
    source = models.CharField(max_length=300, blank=True)
    source_read_on = models.DateField(null=True, blank=True)
    own_sees = models.BooleanField(default=False, help_text="The person reads it as well")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "file classes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kept_months=None) | ~models.Q(source=""),
                name="how_long_a_paper_is_kept_has_a_source",
            ),
        ]


class PersonnelDocument(models.Model):
    """One paper in the personnel file of an employment."""

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="papers")
    file_class = models.ForeignKey(FileClass, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    dated_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["employment", "file_class", "-id"], name="paper_of_employment")]

    def __str__(self) -> str:
        return self.title

    def keep_until(self) -> dt.date | None:
        """The last day on which it is kept; None while that cannot be said."""
        months, kind = self.file_class.kept_months, self.file_class.counts_from
        begins = {
            FileClass.ENDED: self.employment.ended_on, FileClass.DATED: self.dated_on,
            FileClass.ADDED: self.added_at.date(),
        }[kind]  # fmt: skip
        if months is None or begins is None:
            return None
        return last_day_of_months(begins + dt.timedelta(days=1), months)


class PaperRead(models.Model):
    """Somebody opened a paper of a personnel file."""

    paper = models.ForeignKey(PersonnelDocument, on_delete=models.CASCADE, related_name="readings")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
