"""One action for many applications: what is asked, for whom, what became of each, and tags."""

from collections.abc import Mapping
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words
from moothall.people.models import Account

from .application import Application
from .campaign import Campaign


class BulkActQuerySet(models.QuerySet["BulkAct"]):
    def visible_to(self, account: Account) -> Self:
        """Those of campaigns of one's teams."""
        return self.filter(campaign__in=Campaign.objects.visible_to(account).order_by().values("pk"))

    def in_full(self) -> Self:
        return self.select_related("campaign__team", "chosen_by", "begun_by", "undo_begun_by")


class BulkAct(models.Model):
    """An action for many applications of a campaign: chosen, said, looked at, done in one press, undone."""

    MOVE, HOLD, REJECT, WITHDRAW = "MOVE", "HOLD", "REJECT", "WITHDRAW"
    INVITE, ASK, TAG, LETTER = "INVITE", "ASK", "TAG", "LETTER"
    KINDS = [
        (MOVE, _("Move on")), (HOLD, _("Put away until a day")), (REJECT, _("Not taken further")),
        (WITHDRAW, _("Withdraw")), (INVITE, _("Bring to a selection event")),
        (ASK, _("Ask for a document")), (TAG, _("Add a tag")), (LETTER, _("Write to each")),
    ]  # fmt: skip
    CHOSEN, READY, RUNNING, DONE = "chosen", "ready", "running", "done"
    UNDOING, UNDONE = "undoing", "undone"
    STATES: Final[Mapping[str, Words]] = {
        CHOSEN: _("Chosen"), READY: _("To be looked at"), RUNNING: _("Being done"), DONE: _("Done"),
        UNDOING: _("Being taken back"), UNDONE: _("Taken back"),
    }  # fmt: skip

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=8, choices=KINDS, blank=True, help_text="Empty: chosen, and not said")
    given = models.JSONField(default=dict, help_text="What was said of it")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    undo_begun_at = models.DateTimeField(null=True, blank=True)
    undo_begun_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = BulkActQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begun_at=None) | Q(begun_by__isnull=False) & ~Q(kind=""),
                name="a_bulk_act_is_begun_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def state(self) -> str:
        for moment, state in (
            (self.undone_at, self.UNDONE), (self.undo_begun_at, self.UNDOING), (self.done_at, self.DONE),
            (self.begun_at, self.RUNNING),
        ):  # fmt: skip
            if moment is not None:
                return state
        return self.READY if self.kind else self.CHOSEN

    @property
    def state_words(self) -> Words:
        return self.STATES[self.state]

    @property
    def is_busy(self) -> bool:
        return self.state in (self.RUNNING, self.UNDOING)


class BulkRow(models.Model):
    """One application of an action: whether it can be done and why not, what was done or taken back."""

    WOULD, WOULD_NOT, DONE, REFUSED = "WOULD", "NOT", "DONE", "REFUSED"
    UNDONE, KEPT = "UNDONE", "KEPT"
    STATES = [
        (WOULD, _("Can be done")), (WOULD_NOT, _("Cannot be done")), (DONE, _("Done")),
        (REFUSED, _("Could not be done any more")), (UNDONE, _("Taken back")),
        (KEPT, _("Could not be taken back")),
    ]  # fmt: skip

    act = models.ForeignKey(BulkAct, on_delete=models.CASCADE, related_name="rows")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="bulk_rows")
    state = models.CharField(max_length=7, choices=STATES, default=WOULD)
    why = models.CharField(max_length=500, blank=True, help_text="Why not, or what could not be taken back")
    detail = models.JSONField(default=dict, help_text="What it would be made of, then what was done")

    class Meta:
        ordering = ["application__number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["act", "application"], name="an_act_is_for_somebody_once"),
        ]
        indexes = [models.Index(fields=["act", "state", "id"], name="rows_of_an_act")]

    def __str__(self) -> str:
        return str(self.application)


class TagQuerySet(models.QuerySet["Tag"]):
    def standing(self) -> Self:
        return self.filter(removed_at=None)


class Tag(models.Model):
    """A word of the desk's own on an application, to find it by. Applicants never see it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="tags")
    words = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["words", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "words"], condition=Q(removed_at=None), name="a_tag_stands_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_tag_says_something"),
        ]

    def __str__(self) -> str:
        return self.words
