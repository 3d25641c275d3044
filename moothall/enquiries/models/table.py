from typing import Self

from django.db import models
from django.db.models import Q

from moothall.people.models import Account


class TableMapping(models.Model):
    """Which column of a table means what, saved under a name for the next file of its kind."""

    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    means = models.JSONField(help_text="Columns by field, values by field, and how days are written")
    saved_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["team", "name"], name="a_mapping_has_its_own_name_in_a_team"),
        ]

    def __str__(self) -> str:
        return self.name


class TableImportQuerySet(models.QuerySet["TableImport"]):
    def visible_to(self, account: Account) -> Self:
        """Those of the teams in which this account may import."""
        standing = account.standing()
        if standing.everywhere_for("enquiries.import"):
            return self
        return self.filter(team_id__in=standing.teams_for("enquiries.import"))


class TableImport(models.Model):
    """One table of enquiries brought in: kept as it came, read, tried without writing, then opened."""

    KEPT, READ, CHECKING, CHECKED = "KEPT", "READ", "CHECKING", "CHECKED"
    RUNNING, FINISHED, UNDOING, UNDONE = "RUNNING", "FINISHED", "UNDOING", "UNDONE"
    STOPPED = "STOPPED"
    STATES = [
        (KEPT, "kept"),
        (READ, "read"),
        (CHECKING, "being tried"),
        (CHECKED, "tried"),
        (RUNNING, "being opened"),
        (FINISHED, "finished"),
        (UNDOING, "being undone"),
        (UNDONE, "undone"),
        (STOPPED, "stopped"),
    ]

    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("cases.Service", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=300)
    path = models.CharField(max_length=600)
    sha256 = models.CharField(max_length=64)
    started_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=STATES, default=KEPT)
    columns = models.JSONField(default=list)
    means = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="Rows of what it is doing now")
    problem = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = TableImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="STOPPED") | ~Q(problem=""), name="a_stopped_table_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def is_busy(self) -> bool:
        return self.state in {self.KEPT, self.CHECKING, self.RUNNING, self.UNDOING}


class TableRow(models.Model):
    """One row of a table, as its cells stood, and what became of it."""

    NEW, OPENED, COPY, TWICE, REFUSED, UNDONE = "NEW", "OPENED", "COPY", "TWICE", "REFUSED", "UNDONE"
    RESULTS = [
        (NEW, "would be opened"),
        (OPENED, "opened"),
        (COPY, "brought in before"),
        (TWICE, "twice in this file"),
        (REFUSED, "refused"),
        (UNDONE, "undone"),
    ]

    table = models.ForeignKey(TableImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(help_text="As the spreadsheet counts, with its heading as 1")
    cells = models.JSONField()
    result = models.CharField(max_length=7, choices=RESULTS, blank=True)
    reason = models.TextField(blank=True)
    key = models.CharField(max_length=200, blank=True, help_text="The other system's number, or a hash")
    opened_key = models.CharField(
        max_length=200, null=True, unique=True, help_text="Set while its case stands"
    )
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="a_row_of_a_table_is_kept_once"),
            models.CheckConstraint(
                condition=~Q(result="REFUSED") | ~Q(reason=""), name="a_refused_row_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(result="OPENED") | Q(case__isnull=False, opened_key__isnull=False),
                name="an_opened_row_has_its_case",
            ),
        ]
        indexes = [models.Index(fields=["table", "result", "number"], name="table_row_by_result")]
