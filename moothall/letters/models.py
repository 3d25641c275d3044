"""Everything sent: template pairs in English and Welsh, letters, and the outbox they leave by."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words
from moothall.people.models import Account

from .rules import visibility

if TYPE_CHECKING:
    from moothall.records.rules.naming import Named

MAIL, PRINT, NOTIFY = "MAIL", "PRINT", "NOTIFY"
CHANNELS: list[tuple[str, Words]] = [(MAIL, _("email")), (PRINT, _("print")), (NOTIFY, "GOV.UK Notify")]


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    def in_use(self) -> Self:
        """What is offered to whoever writes."""
        return self.filter(retired_at=None).order_by("name", "id")

    def without_welsh(self) -> Self:
        """Templates whose latest version says nothing in Welsh."""
        latest = LetterText.objects.filter(template=OuterRef("pk")).order_by("-version")
        return self.annotate(newest_welsh=Subquery(latest.values("body_cy")[:1])).filter(newest_welsh="")


class LetterTemplate(models.Model):
    """A letter the office sends often: one pair of texts, English and Welsh."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    desk = models.CharField(max_length=60, blank=True)
    approval_required = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent())
class LetterText(models.Model):
    """One version of a template pair. A pair is saved together, so Welsh never lags behind English."""

    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="texts")
    version = models.PositiveIntegerField()
    subject_en = models.CharField(max_length=300)
    subject_cy = models.CharField(max_length=300, blank=True)
    body_en = models.TextField()
    body_cy = models.TextField(blank=True)
    saved_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["template", "version"], name="a_template_version_is_saved_once"),
        ]


class LetterheadQuerySet(models.QuerySet["Letterhead"]):
    def current(self) -> "Letterhead | None":
        """What stands on letters written now; nothing until an office has said."""
        return self.order_by("-id").first()


class Letterhead(models.Model):
    """What stands on every letter around its text. Changed by a new row: old letters keep theirs."""

    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    address = models.TextField(blank=True)
    address_cy = models.TextField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    website = models.CharField(max_length=200, blank=True)
    signature = models.TextField(blank=True, help_text="Under the text of every letter")
    signature_cy = models.TextField(blank=True)
    welsh_welcome = models.CharField(
        max_length=300, blank=True, help_text="That Welsh is welcome, and no slower"
    )
    welsh_welcome_cy = models.CharField(max_length=300, blank=True)
    saved_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    objects = LetterheadQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def said(self, field: str, language: str) -> str:
        """A field in the letter's language; English where the Welsh is not written."""
        welsh = getattr(self, f"{field}_cy") if language == "cy" else ""
        return str(welsh or getattr(self, field))


class PrintRun(models.Model):
    """Letters printed together: made, then posted by somebody."""

    made_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    posted_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    posted_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_at=None) | Q(undone_at=None), name="a_print_run_is_posted_or_undone"
            ),
        ]


class LetterQuerySet(models.QuerySet["Letter"]):
    def about(self, kind: str, id: int) -> Self:
        return self.filter(about_kind=kind, about_id=id).order_by("-id")

    def visible_to(self, account: Account) -> Self:
        """Letters about records the account may see; letters about anything else do not exist for it."""
        return self.filter(visibility.visible_to(account))

    def addressed_to(self, words: str) -> Self:
        return self.filter(Q(to_name__icontains=words) | Q(to_address__icontains=words))

    def to_print(self, at: dt.datetime) -> Self:
        """Letters on paper that may leave now."""
        return self.filter(channel=PRINT, state=Letter.QUEUED, send_after__lte=at)

    def counted(self) -> dict[str, int]:
        """How many are in each state that asks for somebody or something."""
        unsettled = self.filter(state__in=Letter.UNSETTLED).order_by().values_list("state")
        return dict(unsettled.annotate(many=models.Count("pk")))


class Letter(models.Model):
    """One outgoing message to one person, kept with what it is about."""

    DRAFT, FOR_APPROVAL, QUEUED, SENDING = "DRAFT", "FOR_APPROVAL", "QUEUED", "SENDING"
    SENT, MAYBE_SENT, FAILED, CANCELLED = "SENT", "MAYBE_SENT", "FAILED", "CANCELLED"
    STATES = [
        (DRAFT, _("draft")),
        (FOR_APPROVAL, _("waiting for approval")),
        (QUEUED, _("queued")),
        (SENDING, _("being sent")),
        (SENT, _("sent")),
        (MAYBE_SENT, _("maybe sent: check")),
        (FAILED, _("could not be sent")),
        (CANCELLED, _("cancelled")),
    ]

    UNSETTLED = (FOR_APPROVAL, QUEUED, SENDING, MAYBE_SENT, FAILED)

    text_version = models.ForeignKey(LetterText, null=True, blank=True, on_delete=models.PROTECT)
    letterhead = models.ForeignKey(Letterhead, null=True, blank=True, on_delete=models.PROTECT)
    print_run = models.ForeignKey(
        PrintRun, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    about_kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT)
    channel = models.CharField(max_length=6, choices=CHANNELS, default=MAIL)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")])
    from_name = models.CharField(max_length=160, blank=True)
    from_address = models.EmailField(blank=True)
    to_name = models.CharField(max_length=250, blank=True)
    to_address = models.TextField(blank=True, help_text="Mail address, or the lines of a postal one")
    cc = models.JSONField(default=list)
    points = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Size its words are printed in; the usual one where empty"
    )
    subject = models.CharField(max_length=500)
    body = models.TextField()
    message_id = models.CharField(max_length=250, unique=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = models.TextField(blank=True)
    automatic = models.BooleanField(
        default=False, help_text="Sent by a rule, so nobody must answer it by rule"
    )
    documents = models.ManyToManyField("records.Document", blank=True)
    state = models.CharField(max_length=12, choices=STATES, default=QUEUED)
    written_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    send_after = models.DateTimeField(help_text="Until then it can be recalled")
    useless_after = models.DateTimeField(null=True, help_text="From then on it is not sent any more")
    attempts = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_id", "-id"], name="letter_by_record"),
            models.Index(fields=["send_after"], condition=Q(state="QUEUED"), name="outbox_waiting"),
            models.Index(
                fields=["useless_after"],
                condition=Q(state="QUEUED", useless_after__isnull=False),
                name="outbox_of_use_until",
            ),
            models.Index(
                fields=["to_address", "id"],
                condition=Q(state__in=["QUEUED", "SENDING"], channel="MAIL"),
                name="outbox_by_address",
            ),
            models.Index(
                fields=["state", "-id"],
                condition=Q(state__in=["FOR_APPROVAL", "QUEUED", "SENDING", "MAYBE_SENT", "FAILED"]),
                name="outbox_unsettled",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="SENT") | Q(sent_at__isnull=False), name="a_sent_letter_says_when"
            ),
        ]

    named: "Named | None" = None  # what the letter is about, once a page has looked it up

    def __str__(self) -> str:
        return self.subject

    @property
    def can_be_recalled(self) -> bool:
        return self.state in {self.FOR_APPROVAL, self.QUEUED}
