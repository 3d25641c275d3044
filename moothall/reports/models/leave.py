"""How much of their leave people have taken, as it was worked out in the night."""

from django.db import models

from moothall.people.models import Organisation, Team
from moothall.workforce.models import Employment


class LeaveTaken(models.Model):
    """The leave year of somebody who works here, in hours: looked at every night, worked out anew where
    something changed or a day of leave has passed."""

    employment = models.OneToOneField(Employment, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    year_from = models.DateField(help_text="The first day of their leave year")
    entitled = models.DecimalField(max_digits=8, decimal_places=2)
    taken = models.DecimalField(max_digits=8, decimal_places=2)
    booked = models.DecimalField(max_digits=8, decimal_places=2)
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["employment_id"]
        verbose_name_plural = "leave taken"

    def __str__(self) -> str:
        return f"{self.employment_id} {self.taken} / {self.entitled}"


class LeaveToCount(models.Model):
    """Something changed that somebody's leave is worked out from. The database writes it down itself, whoever
    changes what; the night takes it away. Somebody may stand here several times."""

    employment = models.ForeignKey(
        Employment, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False,
        help_text="Empty: everybody",
    )  # fmt: skip

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.employment_id)
