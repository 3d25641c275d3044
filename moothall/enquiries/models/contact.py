from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.refusals import Words
from moothall.people.models import Account

MAIL, PHONE, COUNTER, FORM, API = "MAIL", "PHONE", "COUNTER", "FORM", "API"
CHANNELS: list[tuple[str, Words]] = [
    (MAIL, _("email")),
    (PHONE, _("phone")),
    (COUNTER, _("counter")),
    (FORM, _("web form")),
    (API, "API"),
]


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, account: Account) -> Self:
        """Contacts of one's own teams; those that led only to cases one may not see are left out."""
        standing = account.standing()
        if not standing.everywhere_for("enquiries.log"):
            self = self.filter(team_id__in=standing.teams_for("enquiries.log"))
        seen = ContactCase.objects.filter(contact=OuterRef("pk"), case__in=Case.objects.visible_to(account))
        led_nowhere = ~Exists(ContactCase.objects.filter(contact=OuterRef("pk")))
        return self.filter(led_nowhere | Exists(seen))

    def cases_of(self, contacts: list["Contact"], account: Account) -> dict[int, str]:
        """For each contact the reference of a case it led to, where this account may see it."""
        rows = ContactCase.objects.filter(
            contact__in=[contact.pk for contact in contacts], case__in=Case.objects.visible_to(account)
        )
        return dict(rows.order_by("-id").values_list("contact_id", "case__reference"))


class Contact(models.Model):
    """Somebody got in touch once. It counts even when it becomes no case, and may become several."""

    ANSWERED, SIGNPOSTED, CASE, ADDED, NO_ACTION = "ANSWERED", "SIGNPOSTED", "CASE", "ADDED", "NO_ACTION"
    RESULTS = [
        (ANSWERED, _("answered at once")),
        (SIGNPOSTED, _("signposted")),
        (CASE, _("became a case")),
        (ADDED, _("added to a case")),
        (NO_ACTION, _("nothing to do")),
    ]

    channel = models.CharField(max_length=7, choices=CHANNELS)
    result = models.CharField(max_length=10, choices=RESULTS)
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="contacts")
    mailbox = models.ForeignKey("enquiries.Mailbox", null=True, blank=True, on_delete=models.PROTECT)
    subject = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    signpost = models.ForeignKey("knowledge.Signpost", null=True, blank=True, on_delete=models.PROTECT)
    received_at = models.DateTimeField()
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["team", "-received_at", "-id"], name="contact_by_team"),
            models.Index(fields=["person", "-received_at", "-id"], name="contact_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="SIGNPOSTED") | Q(signpost__isnull=False),
                name="a_signposted_contact_says_where",
            ),
        ]


class ContactCase(models.Model):
    """A contact led to this case; one contact may lead to several."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="led_to")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="contacts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "case"], name="a_contact_leads_to_a_case_once"),
        ]
