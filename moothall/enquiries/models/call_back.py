import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.cases.models.worklists import Sight, sight_of
from moothall.core.lookups import held_by
from moothall.core.ready_queries import ready_query
from moothall.people.models import Account, Person, Team

from .contact import Contact


class CallBackQuerySet(models.QuerySet["CallBack"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)

    def visible_to(self, account: Account) -> Self:
        """Those of one's own teams and one's own; those about a case one may not see do not exist."""
        found, sight = self.logged_by(account.pk, logs_in(account)), sight_of(account)
        return found.filter(case=None) if sight is None else found.in_sight(sight)

    def logged_by(self, account: int, teams: tuple[int, ...] | None) -> Self:
        return self if teams is None else self.filter(Q(team_id__in=teams) | Q(owner=account))

    def in_sight(self, sight: Sight) -> Self:
        return self.filter(Q(case=None) | Q(held_by(Case.objects.in_sight(sight), "case")))


def logs_in(account: Account) -> tuple[int, ...] | None:
    """The teams whose enquiries it logs; None is the whole office."""
    standing = account.standing()
    everywhere = standing.everywhere_for("enquiries.log")
    return None if everywhere else tuple(standing.teams_for("enquiries.log"))


class CallBack(models.Model):
    """Somebody is to be rung, between two times, about something."""

    DONE, GIVEN_UP, WITHDRAWN = "DONE", "GIVEN_UP", "WITHDRAWN"
    RESULTS = [(DONE, _("rung")), (GIVEN_UP, _("given up")), (WITHDRAWN, _("taken back"))]

    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="call_backs")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="call_backs")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="call_backs")
    number = models.CharField(max_length=60)
    about = models.CharField(max_length=300)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=RESULTS, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CallBackQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["team", "until_at"], condition=Q(settled_at=None), name="call_back_of_team"),
            models.Index(
                fields=["owner", "until_at"], condition=Q(settled_at=None), name="call_back_of_owner"
            ),
            models.Index(fields=["case"], condition=Q(settled_at=None), name="call_back_on_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="a_call_back_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="a_call_back_has_a_number"),
            models.CheckConstraint(
                condition=Q(settled_at=None, result="") | (Q(settled_at__isnull=False) & ~Q(result="")),
                name="a_settled_call_back_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def is_open(self) -> bool:
        return self.settled_at is None


class CallBackTry(models.Model):
    """Somebody rang, or gave up ringing."""

    DONE, NO_ANSWER, GIVEN_UP = "DONE", "NO_ANSWER", "GIVEN_UP"
    RESULTS = [(DONE, _("spoke to them")), (NO_ANSWER, _("no answer")), (GIVEN_UP, _("gave up"))]

    call_back = models.ForeignKey(CallBack, on_delete=models.CASCADE, related_name="tries")
    result = models.CharField(max_length=10, choices=RESULTS)
    note = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.ForeignKey("cases.Entry", null=True, on_delete=models.SET_NULL, related_name="+")
    was_from = models.DateTimeField(help_text="When it was to be rung before this try")
    was_until = models.DateTimeField()
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]


@ready_query("account", "until")
def call_backs_to_make(
    *, account: int, until: dt.datetime, teams: tuple[int, ...] | None, logged_in: tuple[int, ...] | None,
    works_in: tuple[int, ...], most: int,
) -> "models.QuerySet[CallBack]":  # fmt: skip
    """What is to be rung before `until`: one's own, and what nobody in one's teams has taken."""
    mine = Q(owner=account) | Q(owner=None, team_id__in=works_in)
    seen = CallBack.objects.open().logged_by(account, logged_in).in_sight(Sight(account, teams))
    found = seen.filter(mine, from_at__lt=until).select_related("person", "case", "owner", "team")
    return found.order_by("until_at", "id")[:most]
