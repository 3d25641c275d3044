"""What the calendars of those who come to a session, and of those who teach it, have been told."""

from django.db import models

from moothall.workforce.models import Employment

from .session import Session


class SessionInvitation(models.Model):
    """One calendar and one session: each message to it has a higher number than the one before (RFC 5546)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="invitations")
    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="+")
    teaches = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0, help_text="Of the message last sent; the first is 0")
    stands = models.BooleanField(default=True, help_text="It is in their calendar")
    said = models.CharField(max_length=64, blank=True, help_text="The fingerprint of when and where it is")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["session", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employment"], name="a_calendar_hears_of_a_session_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.employment_id} {self.sequence}"
