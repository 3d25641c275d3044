"""Credentials brought in from a file: kept as it came, compared, recorded, and taken back."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .credential import Credential


class CredentialFileQuerySet(models.QuerySet["CredentialFile"]):
    def visible_to(self, account: Account) -> Self:
        """A file holds anybody, so it is for those who keep everybody's record."""
        return self if account.standing().everywhere_for("workforce.edit") else self.none()


class CredentialFile(models.Model):
    """One file of what people hold, and how far it has come."""

    KEPT, READ, CHECKING, CHECKED = "KEPT", "READ", "CHECKING", "CHECKED"
    RUNNING, FINISHED, UNDOING, UNDONE = "RUNNING", "FINISHED", "UNDOING", "UNDONE"
    STOPPED = "STOPPED"
    STATES = [
        (KEPT, _("being read")), (READ, _("read")), (CHECKING, _("being compared")),
        (CHECKED, _("compared")), (RUNNING, _("being carried out")), (FINISHED, _("carried out")),
        (UNDOING, _("being taken back")), (UNDONE, _("taken back")), (STOPPED, _("stopped")),
    ]  # fmt: skip

    file = models.CharField(max_length=300)
    path = models.CharField(max_length=600)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=STATES, default=KEPT)
    columns = models.JSONField(default=list)
    means = models.JSONField(default=dict, help_text="Columns by field, words, how days are written")
    wanted = models.JSONField(default=list, help_text="Which kinds of row are carried out")
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="Rows of what it is doing now")
    problem = models.TextField(blank=True)
    started_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    run_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = CredentialFileQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="STOPPED") | ~Q(problem=""), name="a_stopped_file_of_credentials_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.file

    @property
    def is_busy(self) -> bool:
        return self.state in {self.KEPT, self.CHECKING, self.RUNNING, self.UNDOING}


class CredentialRow(models.Model):
    """One row of such a file: what it says against what we have, and what became of it."""

    NEW, RENEWAL, SAME, DIFFERS = "NEW", "RENEWAL", "SAME", "DIFFERS"
    TWICE, REFUSED = "TWICE", "REFUSED"
    KINDS = [
        (NEW, _("New")), (RENEWAL, _("Renewal")), (DIFFERS, _("Days differ")),
        (SAME, _("On the record already")), (TWICE, _("Twice in the file")), (REFUSED, _("Cannot be read")),
    ]  # fmt: skip
    CARRIED_OUT = (NEW, RENEWAL)

    table = models.ForeignKey(CredentialFile, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(help_text="As the spreadsheet counts, with its heading as 1")
    cells = models.JSONField()
    key = models.CharField(max_length=20, blank=True, help_text="The employee number")
    kind = models.CharField(max_length=7, choices=KINDS, blank=True)
    reason = models.TextField(blank=True)
    ours = models.ForeignKey(
        Credential, null=True, on_delete=models.SET_NULL, related_name="+", help_text="What it agrees with"
    )
    made = models.ForeignKey(Credential, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="a_row_of_credentials_is_kept_once"),
            models.CheckConstraint(
                condition=~Q(kind="REFUSED") | ~Q(reason=""), name="a_refused_row_of_credentials_says_why"
            ),
        ]
        indexes = [models.Index(fields=["table", "kind", "number"], name="credential_row_by_kind")]

    def __str__(self) -> str:
        return f"{self.number}: {self.key}"
