"""Leave that was asked for, day by day, what was decided, and what else moves somebody's balance."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import today
from moothall.core.ready_queries import ready_query
from moothall.people.models import Account
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.models.employment import EmploymentQuerySet

from .setting import LeaveDeputy, LeaveKind

NOBODY = 0


def led_by(account: Account, *, on: dt.date) -> Q:
    """Of assignments: those on whose leave this account decides that day, as manager or as deputy of one.
    Nobody decides on their own."""
    return _led(account.pk, account.person_id or NOBODY, on)


def _led(account: int, person: int, on: dt.date) -> Q:
    for_whom = LeaveDeputy.objects.in_force(on).filter(deputy=account, manager__person__isnull=False)
    deciders = Func(ArraySubquery(for_whom.values("manager__person_id")), person, function="array_append")
    return Q(manager__person__pk__one_of=deciders) & ~Q(employment__person_id=person) & Q(is_main=True)


def decided_by(account: Account, *, on: dt.date) -> "EmploymentQuerySet":
    """Those on whose leave this account decides that day: its direct reports, and those of whom it deputises
    for."""
    return decided_for(account.pk, account.person_id or NOBODY, on)


def decided_for(account: int, person: int, on: dt.date) -> "EmploymentQuerySet":
    """The few who are led are found first, and then what concerns them: as an array, since PostgreSQL would
    rather go through all that waits, and ask of each who leads them."""
    led = Assignment.objects.in_force(on).filter(_led(account, person, on))
    return Employment.objects.filter(pk__one_of=ArraySubquery(led.values("employment_id")))


class LeaveRequestQuerySet(models.QuerySet["LeaveRequest"]):
    def standing(self) -> Self:
        """Asked for or approved: it keeps its days."""
        return self.filter(state__in=LeaveRequest.KEEPS_ITS_DAYS)

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(from_on__lte=last, until_on__gte=first)

    def waiting_for(self, account: Account, *, on: dt.date) -> Self:
        """What this account is to decide, the first to be away first."""
        return self.waiting_among(decided_by(account, on=on))

    def waiting_among(self, employments: "models.QuerySet[Employment]") -> Self:
        found = self.filter(state=LeaveRequest.REQUESTED, employment__in=employments)
        return found.order_by("from_on", "asked_at", "id")

    def visible_to(self, account: Account) -> Self:
        """One's own, those on which one decides, and those of the records that one's roles keep."""
        on = today()
        return self.filter(
            Q(employment__in=Employment.objects.visible_to(account).order_by().values("pk"))
            | Q(employment__in=decided_by(account, on=on).values("pk"))
        )

    def shown(self) -> Self:
        return self.select_related("kind", "employment__person", "asked_by", "decided_by")


class LeaveRequest(models.Model):
    """Somebody asks to be away from a day until another."""

    REQUESTED, APPROVED, REFUSED, WITHDRAWN = "REQUESTED", "APPROVED", "REFUSED", "WITHDRAWN"
    STATES = [
        (REQUESTED, _("Asked for")),
        (APPROVED, _("Approved")),
        (REFUSED, _("Refused")),
        (WITHDRAWN, _("Withdrawn")),
    ]
    KEEPS_ITS_DAYS = (REQUESTED, APPROVED)

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="leave")
    kind = models.ForeignKey(LeaveKind, on_delete=models.PROTECT, related_name="requests")
    from_on = models.DateField()
    until_on = models.DateField()
    begins_at_noon = models.BooleanField(default=False)
    ends_at_noon = models.BooleanField(default=False)
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=STATES, default=REQUESTED)
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(
        max_length=300, blank=True, help_text="Why it was refused, or approved all the same"
    )

    objects = LeaveRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        indexes = [
            models.Index(fields=["employment", "-from_on"], name="leave_of_employment"),
            models.Index(fields=["from_on", "id"], condition=Q(state="REQUESTED"), name="leave_to_decide"),
            models.Index(fields=["until_on", "from_on"], name="leave_by_days"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="leave_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(hours__gte=0), name="leave_is_never_below_nought"),
            models.CheckConstraint(
                condition=~Q(state="REFUSED") | ~Q(reason=""), name="who_refuses_leave_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id} {self.from_on}–{self.until_on}"

    @property
    def keeps_its_days(self) -> bool:
        return self.state in self.KEEPS_ITS_DAYS

    def is_taken(self, on: dt.date) -> bool:
        """Approved, and over."""
        return self.state == self.APPROVED and self.until_on < on


class LeaveDayQuerySet(models.QuerySet["LeaveDay"]):
    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(day__gte=first, day__lte=last)

    def counted(self) -> Self:
        """Those that use up leave: asked for or approved, and not given back."""
        return self.filter(given_back_at=None, request__state__in=LeaveRequest.KEEPS_ITS_DAYS)


class LeaveDay(models.Model):
    """The hours of one day of a request, by the working pattern of that day."""

    request = models.ForeignKey(LeaveRequest, on_delete=models.CASCADE, related_name="days")
    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="leave_days")
    day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    given_back_at = models.DateTimeField(null=True, help_text="They were sick: the leave was not used up")
    given_back_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = LeaveDayQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        indexes = [
            models.Index(fields=["employment", "day"], name="leave_day_of_employment"),
            models.Index(fields=["day", "employment"], name="leave_day_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["request", "day"], name="a_request_has_each_day_once"),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="a_day_has_24_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.hours}"


class LeaveEvent(models.Model):
    """What happened to a request, in order, with the cover as it was seen then."""

    ASKED, APPROVED, REFUSED, WITHDRAWN, GIVEN_BACK = (
        "asked",
        "approved",
        "refused",
        "withdrawn",
        "given_back",
    )
    KINDS = [
        (ASKED, _("asked for")),
        (APPROVED, _("approved")),
        (REFUSED, _("refused")),
        (WITHDRAWN, _("withdrawn")),
        (GIVEN_BACK, _("given back: sick")),
    ]

    request = models.ForeignKey(LeaveRequest, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=KINDS)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict, help_text="How it stood before: what an undo puts back")
    cover = models.JSONField(default=list, help_text="Who was left on each day, as it was decided")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["request", "-at"], name="leave_event_of_request")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class LeaveEntryQuerySet(models.QuerySet["LeaveEntry"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class LeaveEntry(models.Model):
    """Hours given or taken otherwise than by the rules and by requests, with who and why."""

    CARRIED, ADJUSTED, TOIL, WORKED, PAID = "CARRIED", "ADJUSTED", "TOIL", "WORKED", "PAID"
    KINDS = [
        (CARRIED, _("Carried over")),
        (ADJUSTED, _("Put right")),
        (TOIL, _("Time off in lieu earned")),
        (WORKED, _("Hours worked, which earn leave")),
        (PAID, _("Paid in lieu")),
    ]
    SICK, FAMILY, EMPLOYER, AGREED = "SICK", "FAMILY", "EMPLOYER", "AGREED"
    GROUNDS = [
        (SICK, _("Too ill to take it")),
        (FAMILY, _("On family leave")),
        (EMPLOYER, _("The employer gave no chance to take it")),
        (AGREED, _("By agreement")),
    ]

    employment = models.ForeignKey(Employment, on_delete=models.PROTECT, related_name="leave_entries")
    kind = models.CharField(max_length=8, choices=KINDS)
    ground = models.CharField(max_length=8, choices=GROUNDS, blank=True)
    counts_on = models.DateField(help_text="In the leave year of this day")
    until_on = models.DateField(null=True, blank=True, help_text="The last day on which it may be taken")
    hours = models.DecimalField(max_digits=7, decimal_places=2, help_text="Below nought takes leave away")
    why = models.CharField(max_length=200)
    entered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = LeaveEntryQuerySet.as_manager()

    class Meta:
        ordering = ["counts_on", "id"]
        indexes = [models.Index(fields=["employment", "counts_on"], name="leave_entry_of_employment")]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="who_changes_a_balance_says_why"),
            models.CheckConstraint(condition=~Q(hours=Decimal(0)), name="an_entry_has_hours"),
            models.CheckConstraint(
                condition=~Q(kind="CARRIED") | ~Q(ground=""), name="leave_is_carried_over_on_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.hours}"


class LeaveLink(models.Model):
    """The secret address of a calendar: one's own leave, or the days on which one's team is away."""

    OWN, TEAM = "OWN", "TEAM"
    SHOWS = [(OWN, _("My leave")), (TEAM, _("Who is away in my team"))]

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="leave_links")
    shows = models.CharField(max_length=4, choices=SHOWS)
    token = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "shows"], condition=Q(ended_at=None), name="one_calendar_of_each_sort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.shows}"


@ready_query("account", "person", "on")
def leave_to_decide(*, account: int, person: int, on: dt.date, most: int) -> "models.QuerySet[LeaveRequest]":
    """What waits for this account's decision on that day."""
    return LeaveRequest.objects.waiting_among(decided_for(account, person, on)).shown()[:most]
