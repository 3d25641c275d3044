"""What people are given to work with, who must have what, and what is still to be given or taken back."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account, Organisation

from .employment import Assignment, Employment
from .named import NamedInTwo


class ItemKind(NamedInTwo):
    """A pass, a laptop, a uniform, keys, an account: whatever is given, and who gives it."""

    owner = models.CharField(max_length=120, help_text="Who gives it out and takes it back")
    owner_cy = models.CharField(max_length=120, blank=True)
    has_number = models.BooleanField(default=False, help_text="Each has a number of its own")
    comes_back = models.BooleanField(default=True, help_text="A leaver gives it back, or it is ended")

    class Meta:
        ordering = ["name"]

    def owner_in(self, language: str) -> str:
        return (self.owner_cy if language == "cy" else "") or self.owner


class ItemRule(models.Model):
    """Whoever belongs to this workforce or this unit must have one; with neither, everybody."""

    kind = models.ForeignKey(ItemKind, on_delete=models.CASCADE, related_name="rules")
    workforce = models.CharField(max_length=14, blank=True, choices=Employment.WORKFORCES)
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    days_before = models.PositiveSmallIntegerField(default=0, help_text="Days before the first day")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "workforce", "unit"], nulls_distinct=False, name="an_item_rule_is_there_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.workforce or self.unit or '*'}"


class IssuedItemQuerySet(models.QuerySet["IssuedItem"]):
    def out(self) -> Self:
        """What somebody still has."""
        return self.filter(ended_at=None)


class IssuedItem(models.Model):
    """Somebody was given one, and has it until it is given back or known to be lost."""

    RETURNED, LOST, BY_MISTAKE = "RETURNED", "LOST", "BY_MISTAKE"
    ENDS = [
        (RETURNED, _("Given back")), (LOST, _("Lost")), (BY_MISTAKE, _("Never given: recorded by mistake")),
    ]  # fmt: skip

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="items")
    kind = models.ForeignKey(ItemKind, on_delete=models.PROTECT, related_name="items")
    number = models.CharField(max_length=60, blank=True)
    given_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_as = models.CharField(max_length=10, choices=ENDS, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = IssuedItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["employment", "id"], condition=Q(ended_at=None), name="item_that_is_out"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_as="") | Q(ended_at__isnull=False) & ~Q(ended_as=""),
                name="an_item_that_ended_says_how",
            ),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=Q(ended_at=None) & ~Q(number=""),
                name="a_numbered_item_is_with_one_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class ChecklistEntryQuerySet(models.QuerySet["ChecklistEntry"]):
    def visible_to(self, account: Account) -> Self:
        """Those of the staff records that this account may see."""
        if account.standing().everywhere_for("workforce.view"):
            return self
        return self.filter(employment__in=Employment.objects.visible_to(account).order_by().values("pk"))

    def kept_by(self, account: Account, on: dt.date) -> Self:
        """Those of the staff records that this account keeps; never of their own."""
        standing = account.standing()
        rows = self.exclude(employment__person=account.person_id) if account.person_id else self
        if standing.everywhere_for("workforce.edit"):
            return rows
        held = Assignment.objects.in_force(on).filter(post__team_id__in=standing.teams_for("workforce.edit"))
        return rows.filter(employment__in=held.order_by().values("employment"))

    def open(self) -> Self:
        return self.filter(done_at=None, dropped_at=None)

    def late(self, on: dt.date) -> Self:
        return self.open().filter(due_on__lt=on)


class ChecklistEntry(models.Model):
    """One thing to be given to somebody, or taken back from them, by a day; ticked once by one person."""

    GIVE, TAKE = "GIVE", "TAKE"
    ACTS = [(GIVE, _("To give out")), (TAKE, _("To take back"))]
    STARTS, MOVES, LEAVES = "STARTS", "MOVES", "LEAVES"
    REASONS = [(STARTS, _("Starts")), (MOVES, _("Moves")), (LEAVES, _("Leaves"))]

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="checklist")
    kind = models.ForeignKey(ItemKind, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=4, choices=ACTS)
    because = models.CharField(max_length=6, choices=REASONS)
    item = models.ForeignKey(IssuedItem, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="It is not needed after all")
    dropped_because = models.CharField(max_length=6, choices=REASONS, blank=True)

    objects = ChecklistEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "checklist entries"
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(done_at=None, dropped_at=None), name="checklist_by_day"
            ),
            models.Index(fields=["employment", "due_on", "id"], name="checklist_of_employment"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["employment", "kind", "act", "item"],
                condition=Q(done_at=None, dropped_at=None),
                nulls_distinct=False,
                name="a_thing_stands_once_on_a_checklist",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(dropped_at=None), name="a_checklist_entry_ends_one_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.kind}"
