from django.db import models
from django.db.models import F, Q

from moothall.people.models import Account

from .matter import Matter


class MatterLink(models.Model):
    """Two matters overlap, such as a grievance about what is alleged in the other; each shows it, but only to
    whoever is named on both."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="links_back")
    because = models.TextField(help_text="How they touch each other, and which is dealt with first")
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "other"], condition=Q(ended_at=None), name="two_matters_are_linked_once"
            ),
            models.CheckConstraint(condition=~Q(matter=F("other")), name="a_matter_is_not_linked_to_itself"),
            models.CheckConstraint(condition=~Q(because=""), name="a_link_of_matters_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.other_id}"
