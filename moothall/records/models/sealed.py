"""The audit hashed in batches, and what came of looking whether it is whole."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _


class AuditSeal(models.Model):
    """A batch of the audit, hashed: what it held, and how it hangs on the seal before. Only ever added to.

    `ids` and `leaves` name each event, so that a row that was changed afterwards can be pointed at. The batch
    goes up to the row `upto_id` of transaction `upto_xid`, in the order of transactions and rows.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    upto_xid = models.BigIntegerField()
    upto_id = models.BigIntegerField()
    after_id = models.BigIntegerField(
        default=0, help_text="Rows up to it were sealed before the database moved to another server"
    )
    ids = ArrayField(models.BigIntegerField())
    leaves = models.BinaryField(help_text="The hash of each of these rows, 32 bytes each")
    root = models.CharField(max_length=64)
    head = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.head[:16]}"

    @property
    def events(self) -> int:
        return len(self.ids)


FAULTS = (
    "EDITED", "MISSING", "REORDERED", "ADDED", "SEAL_EDITED", "SEAL_MISSING", "CUT_OFF", "REWRITTEN",
    "BACKDATED", "ANCHOR_DAMAGED",
)  # fmt: skip


class AuditCheck(models.Model):
    """The audit was looked through: how much of it there was, and the first thing wrong with it, if any."""

    at = models.DateTimeField()
    seals = models.PositiveBigIntegerField()
    events = models.PositiveBigIntegerField()
    unsealed = models.PositiveBigIntegerField(help_text="Rows too new to be sealed")
    anchors = models.PositiveBigIntegerField()
    fault = models.CharField(max_length=14, blank=True)
    seal = models.BigIntegerField(null=True)
    row = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fault__in=["", *FAULTS]), name="a_check_finds_a_known_fault"
            ),
        ]

    @property
    def is_whole(self) -> bool:
        return not self.fault

    def words(self) -> str:
        """What was found, as a sentence."""
        given = {"row": self.row, "seal": self.seal}
        return {
            "": _("Every sealed row is as it was sealed, and the seals are those that were anchored."),
            "EDITED": _("Row %(row)s was changed after it was sealed, in seal %(seal)s."),
            "MISSING": _("Row %(row)s is missing; it was sealed in seal %(seal)s."),
            "REORDERED": _("Row %(row)s stands in the place of another row of seal %(seal)s."),
            "ADDED": _("Row %(row)s was put in among rows that had been sealed without it."),
            "SEAL_EDITED": _("Seal %(seal)s itself was changed; its first row is row %(row)s."),
            "SEAL_MISSING": _("Seal %(seal)s is missing; the rows before it end at row %(row)s."),
            "CUT_OFF": _(
                "The audit ends at row %(row)s, but seal %(seal)s was anchored after it: what came later was "
                "cut off, or an older backup was put back."
            ),
            "REWRITTEN": _(
                "Seal %(seal)s is not the one that was anchored: the audit was written anew, from row "
                "%(row)s or earlier."
            ),
            "BACKDATED": _(
                "Seal %(seal)s, which begins with row %(row)s, is dated before the one it follows: the clock "
                "was set back."
            ),
            "ANCHOR_DAMAGED": _("Line %(seal)s of the anchors cannot be read."),
        }[self.fault] % given
