from typing import Self

from django.db import models
from django.db.models import Q

from moothall.cases.models import Case
from moothall.cases.models.worklists import Sight, of_cases_on_a_desk, sight_of
from moothall.core.ready_queries import ready_query
from moothall.people.models import Account


class HoldingReplyQuerySet(models.QuerySet["HoldingReply"]):
    def visible_to(self, account: Account) -> Self:
        """Those on cases this account may see; a sealed one is read with a reason on its own page."""
        sight = sight_of(account)
        return self.none() if sight is None else self.in_sight(sight)

    def in_sight(self, sight: Sight) -> Self:
        return self.filter(case__in=Case.objects.in_sight(sight).exclude(confidentiality=Case.SEALED))

    def to_send(self) -> Self:
        """Put before somebody, and neither sent nor needed no longer."""
        return self.filter(sent_at=None, settled_at=None)


class HoldingReply(models.Model):
    """A case will not be answered in time: whoever asked is told so before, with the day they will hear."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="holding_replies")
    due_on = models.DateField(help_text="When an answer was due as this was raised")
    raised_at = models.DateTimeField()
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    promised_on = models.DateField(null=True)
    sent_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="Answered or closed, so no longer needed")

    objects = HoldingReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "holding replies"
        indexes = [
            models.Index(fields=["due_on", "id"], name="holding_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "due_on"], name="a_holding_reply_is_raised_once_a_day"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(letter__isnull=False, promised_on__isnull=False),
                name="a_holding_reply_sent_says_until_when",
            ),
        ]


@ready_query("account")
def holding_replies_to_send(
    *, account: int, teams: tuple[int, ...] | None, works_in: tuple[int, ...], most: int
) -> models.QuerySet[HoldingReply]:
    """On one's own cases, and on those of one's teams that nobody has."""
    found = HoldingReply.objects.in_sight(Sight(account, teams)).to_send()
    found = found.filter(of_cases_on_a_desk(account, works_in)).select_related("case__requester")
    return found.order_by("due_on", "id")[:most]
