"""The case in which a family leave is seen to."""

from django.db import models

from moothall.cases.models import Case

from .family import FamilyLeave


class FamilyCase(models.Model):
    """Restricted: which leave somebody takes is for few."""

    leave = models.OneToOneField(FamilyLeave, on_delete=models.CASCADE, related_name="seen_to")
    case = models.OneToOneField(Case, null=True, on_delete=models.SET_NULL, related_name="family_leave")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.leave_id)
