from django.db import models

from moothall.cases.models import Case, Entry, Service
from moothall.people.models import Account, Team


class ServiceSkill(models.Model):
    """Somebody knows a service, and how well."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "service"], name="a_service_is_known_once"),
        ]


class Share(models.Model):
    """A pile of cases was shared out by somebody, in one go."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)


class SharedCase(models.Model):
    """One case of a pile, whom it was given to, and the entry by which."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="+")
