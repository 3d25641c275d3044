"""What the calendars of those who come to a session, and of those who teach it, were told, and answered."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.workforce.models import Employment

from .session import Session


class SessionInvitation(models.Model):
    """One calendar and one session: each message to it has a higher number than the one before (RFC 5546)."""

    YES, NO, MAYBE = "YES", "NO", "MAYBE"
    ANSWERS = [(YES, _("Says yes")), (NO, _("Says no")), (MAYBE, _("Says perhaps"))]

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invitations")
    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="+")
    teaches = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0, help_text="Of the message last sent; the first is 0")
    stands = models.BooleanField(default=True, help_text="It is in their calendar")
    said = models.CharField(max_length=64, blank=True, help_text="The fingerprint of when and where it is")
    told_at = models.DateTimeField()
    answer = models.CharField(
        max_length=5, choices=ANSWERS, blank=True, default="", db_default="",
        help_text="To when and where it is now; the last one counts",
    )  # fmt: skip
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["session", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employment"], name="a_calendar_hears_of_a_session_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.employment_id} {self.sequence}"


class InvitationAnswerQuerySet(models.QuerySet["InvitationAnswer"]):
    def of_place(self, session: int, employment: int) -> Self:
        """What was answered to one invitation, the latest first."""
        found = self.filter(invitation__session=session, invitation__employment=employment)
        return found.order_by("-came_at", "-id")


class InvitationAnswer(models.Model):
    """What a calendar answered, as it came, and what became of it."""

    YES, NO, MAYBE, TIME, OTHER = "YES", "NO", "MAYBE", "TIME", "OTHER"
    ANSWERS = [*SessionInvitation.ANSWERS, (TIME, _("Asks for another time")), (OTHER, _("Sends another"))]
    TAKEN, LATER, REFUSED, ASKED = "TAKEN", "LATER", "REFUSED", "ASKED"
    FATES = [
        (TAKEN, _("Noted")), (LATER, _("Overtaken: it was about how things stood before")),
        (REFUSED, _("Refused: it did not come from whoever was invited")),
        (ASKED, _("Became a question on a case")),
    ]  # fmt: skip

    invitation = models.ForeignKey(SessionInvitation, on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=5, choices=ANSWERS)
    fate = models.CharField(max_length=7, choices=FATES)
    comment = models.CharField(max_length=1000, blank=True)
    sender = models.CharField(max_length=320)
    sequence = models.PositiveIntegerField(null=True, blank=True)
    stamped_at = models.DateTimeField(null=True, blank=True, help_text="As the calendar says")
    wants_from = models.DateTimeField(null=True, blank=True)
    wants_until = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField()
    question = models.CharField(max_length=20, blank=True, help_text="The reference of the case it became")
    raw = models.TextField(help_text="Exactly what the calendar wrote")
    digest = models.CharField(max_length=64, help_text="Of who said what, and when: the same is one")

    objects = InvitationAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["invitation", "id"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "digest"], name="the_same_answer_is_heard_once"),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.answer} {self.fate}"
