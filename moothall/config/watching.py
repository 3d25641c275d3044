"""Each night the audit is looked through; whoever manages accounts hears at once when it is not whole."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from moothall.core.clock import in_london, now
from moothall.letters.models import MAIL
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.records.models import AuditCheck
from moothall.records.rules.anchoring import mail_newest_anchor
from moothall.records.rules.verifying import verify_audit


def check_the_audit(*, timestamp: int) -> bool:
    """Look through the audit, tell of a fault, and send the newest anchor elsewhere."""
    check = verify_and_tell(at=now())
    mail_newest_anchor()
    return check.is_whole


@transaction.atomic
def verify_and_tell(*, at: dt.datetime) -> AuditCheck:
    check = verify_audit(at=at)
    if not check.is_whole:
        for account in Account.objects.who_may("people.administer", on=in_london(at).date()).order_by("pk"):
            _tell(account, check, at=at)
    return check


def _tell(account: Account, check: AuditCheck, *, at: dt.datetime) -> None:
    with translation.override("cy" if account.language == "cy" else "en-gb"):
        subject = _("The audit is not whole")
        address = settings.PUBLIC_URL + reverse("seals")
        body = render_to_string(
            "records/letters/not_whole.txt",
            {"name": account.name, "found": check.words(), "address": address},
        )
    queue_letter(
        about=check, person=None, channel=MAIL, language=account.language, to_address=account.email,
        to_name=account.name, from_address="", from_name="", subject=subject, body=body, by=None, at=at,
        automatic=True, hold_seconds=0,
    )  # fmt: skip
