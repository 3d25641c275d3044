from django.db import models

from moothall.people.models import Account


class Digest(models.Model):
    """That somebody's work was looked at this morning, once; they were written to if `cases` is not zero."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="digests")
    day = models.DateField()
    cases = models.PositiveIntegerField(help_text="How many cases it named or counted")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="one_digest_a_day_for_each_person")
        ]
