from django.db import models
from django.db.models import Q

MAIL, PHONE, COUNTER, FORM, API = "MAIL", "PHONE", "COUNTER", "FORM", "API"
CHANNELS = [(MAIL, "email"), (PHONE, "phone"), (COUNTER, "counter"), (FORM, "web form"), (API, "API")]


class Contact(models.Model):
    """Somebody got in touch once. It counts even when it becomes no case, and may become several."""

    ANSWERED, SIGNPOSTED, CASE, ADDED, NO_ACTION = "ANSWERED", "SIGNPOSTED", "CASE", "ADDED", "NO_ACTION"
    RESULTS = [
        (ANSWERED, "answered at once"),
        (SIGNPOSTED, "signposted"),
        (CASE, "became a case"),
        (ADDED, "added to a case"),
        (NO_ACTION, "nothing to do"),
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
    signpost = models.ForeignKey("enquiries.Signpost", null=True, blank=True, on_delete=models.PROTECT)
    received_at = models.DateTimeField()
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")

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


class Signpost(models.Model):
    """Where to send people for what we do not do: who, what for, how, when last checked."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    when_to_use = models.TextField()
    when_to_use_cy = models.TextField(blank=True)
    how = models.TextField(help_text="Phone, address, page, opening hours")
    how_cy = models.TextField(blank=True)
    checked_on = models.DateField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
