"""Administrators hear of an endpoint that cannot be told."""

import datetime as dt

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.webhooks.models import Delivery, Endpoint


def write_alert(endpoint: Endpoint, *, on: dt.date) -> int:
    """Write to everybody who may manage webhooks, each in their language; how many."""
    given_up = Delivery.objects.filter(endpoint=endpoint, state=Delivery.GIVEN_UP).count()
    link = settings.PUBLIC_URL + reverse("webhook_endpoint", args=[endpoint.pk])
    people = list(Account.objects.who_may("webhooks.manage", on=on).order_by("id"))
    for account in people:
        with translation.override("cy" if account.language == "cy" else "en-gb"):
            context = {"account": account, "endpoint": endpoint, "given_up": given_up, "link": link}
            body = render_to_string("webhooks/letters/alert.txt", context)
            subject = _("%(endpoint)s cannot be told what happens") % {"endpoint": endpoint}
        send_mail(subject, body, None, [account.email])
    return len(people)
