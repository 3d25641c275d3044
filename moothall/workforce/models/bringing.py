"""Staff records brought in from another system: kept as they came, tried, carried out, and taken back."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Person

from .employment import Employment


class StaffProfile(models.Model):
    """How the extracts of one other system are read: saved under a name for the next one."""

    ITRENT, SAP, ESR, ORIGIN, OTHER = "ITRENT", "SAP", "ESR", "ORIGIN", "OTHER"
    SOURCES = [
        (ITRENT, "iTrent"), (SAP, "SAP SuccessFactors"), (ESR, "ESR"), (ORIGIN, "Origin"),
        (OTHER, _("Another system")),
    ]  # fmt: skip

    name = models.CharField(max_length=120, unique=True)
    source = models.CharField(max_length=6, choices=SOURCES, default=OTHER)
    means = models.JSONField(help_text="Columns by field, words by field, how days are written")
    saved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StaffImportQuerySet(models.QuerySet["StaffImport"]):
    def visible_to(self, account: Account) -> Self:
        """An extract holds everybody, so it is for those who keep everybody's record."""
        return self if account.standing().everywhere_for("workforce.edit") else self.none()


class StaffImport(models.Model):
    """One extract of another system, and how far it has come."""

    KEPT, READ, CHECKING, CHECKED = "KEPT", "READ", "CHECKING", "CHECKED"
    RUNNING, FINISHED, UNDOING, UNDONE = "RUNNING", "FINISHED", "UNDOING", "UNDONE"
    STOPPED = "STOPPED"
    STATES = [
        (KEPT, _("being read")), (READ, _("read")), (CHECKING, _("being compared")),
        (CHECKED, _("compared")), (RUNNING, _("being carried out")), (FINISHED, _("carried out")),
        (UNDOING, _("being taken back")), (UNDONE, _("taken back")), (STOPPED, _("stopped")),
    ]  # fmt: skip

    source = models.CharField(max_length=6, choices=StaffProfile.SOURCES, default=StaffProfile.OTHER)
    file = models.CharField(max_length=300)
    path = models.CharField(max_length=600)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=STATES, default=KEPT)
    columns = models.JSONField(default=list)
    means = models.JSONField(default=dict)
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

    objects = StaffImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="STOPPED") | ~Q(problem=""), name="a_stopped_staff_import_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.file

    @property
    def is_busy(self) -> bool:
        return self.state in {self.KEPT, self.CHECKING, self.RUNNING, self.UNDOING}


class StaffRow(models.Model):
    """One row of an extract: what it says against what we have, and what became of it."""

    JOINER, MOVER, LEAVER, CHANGED = "JOINER", "MOVER", "LEAVER", "CHANGED"
    SAME, TWICE, REFUSED = "SAME", "TWICE", "REFUSED"
    KINDS = [
        (JOINER, _("Joiner")), (MOVER, _("Mover")), (LEAVER, _("Leaver")), (CHANGED, _("Details differ")),
        (SAME, _("The same")), (TWICE, _("Twice in the file")), (REFUSED, _("Cannot be read")),
    ]  # fmt: skip
    CARRIED_OUT = (JOINER, MOVER, LEAVER, CHANGED)

    table = models.ForeignKey(StaffImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(help_text="As the spreadsheet counts, with its heading as 1")
    cells = models.JSONField()
    key = models.CharField(max_length=20, blank=True, help_text="The employee number")
    kind = models.CharField(max_length=7, choices=KINDS, blank=True)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict, help_text="Ours and theirs, of each field that differs")
    before = models.JSONField(default=dict, help_text="What details said before, for taking it back")
    employment = models.ForeignKey(Employment, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    waits_for = models.CharField(max_length=20, blank=True, help_text="The manager, for the second pass")
    managed_at = models.DateTimeField(null=True, help_text="When the manager was set in a second pass")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="a_row_of_an_extract_is_kept_once"),
            models.CheckConstraint(
                condition=~Q(kind="REFUSED") | ~Q(reason=""), name="a_refused_staff_row_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["table", "kind", "number"], name="staff_row_by_kind"),
            models.Index(fields=["table", "key"], name="staff_row_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.key}"
