"""What is written down of signing in, the office's rules for it, and those who still lack a second factor."""

import datetime as dt

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.audit import write_down
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.people.models.signing_in import SignInEvent, SignInRules

KEPT_FOR = dt.timedelta(days=400)
REMINDED_AGAIN_AFTER = dt.timedelta(days=1)


class OutOfRange(Refusal):
    sentence = gettext_lazy("One of these figures is too small or too large.")
    next_step = gettext_lazy("Grace is 0 to 30 days, idle 5 to 240 minutes, a session 1 to 24 hours.")


class NobodyToRemind(Refusal):
    sentence = gettext_lazy("Everybody has a second factor, or was reminded today.")


def note_sign_in(
    kind: str,
    *,
    account: Account | None,
    at: dt.datetime,
    address: str | None = None,
    browser: str = "",
    by_what: str = "",
) -> SignInEvent:
    """Write down that somebody signed in, tried to, or was signed out."""
    printable = "".join(each for each in browser if each.isprintable())
    return SignInEvent.objects.create(
        kind=kind, account=account, at=at, address=address, browser=printable[:200], by_what=by_what[:60]
    )


@transaction.atomic
def set_sign_in_rules(
    *, everybody: bool, grace_days: int, idle_minutes: int, longest_hours: int, by: Account, at: dt.datetime
) -> SignInRules:
    """Set what the office asks of everybody from now on; open sessions obey at their next page."""
    if not (0 <= grace_days <= 30 and 5 <= idle_minutes <= 240 and 1 <= longest_hours <= 24):
        raise OutOfRange
    rules = SignInRules.objects.create(
        everybody=everybody, grace_days=grace_days, idle_minutes=idle_minutes, longest_hours=longest_hours,
        set_by=by, set_at=at,
    )  # fmt: skip
    detail = {"everybody": everybody, "grace": grace_days, "idle": idle_minutes, "longest": longest_hours}
    write_down("people.set_sign_in_rules", by=by, at=at, about=rules, detail=detail)
    return rules


@transaction.atomic
def remind_of_second_factors(*, by: Account, at: dt.datetime) -> int:
    """Write to everybody whose password alone lets them in, each once a day at most; how many."""
    without = Account.objects.without_second_factor().exclude(reminded_at__gt=at - REMINDED_AGAIN_AFTER)
    found = list(without.select_for_update(of=("self",)).order_by("id"))
    if not found:
        raise NobodyToRemind
    from moothall.people.tasks import send_reminder

    for account in found:
        send_reminder.defer(account_id=account.pk)
    Account.objects.filter(pk__in=[account.pk for account in found]).update(reminded_at=at)
    write_down("people.remind_of_second_factors", by=by, at=at, about=by, detail={"reminded": len(found)})
    return len(found)


def write_reminder(account: Account) -> None:
    """Send the mail now, in the account's language, unless it is no longer needed."""
    if not Account.objects.without_second_factor().filter(pk=account.pk).exists():
        return
    link = settings.PUBLIC_URL + reverse("mfa_index")
    with translation.override("cy" if account.language == "cy" else "en-gb"):
        body = render_to_string("people/letters/second_factor.txt", {"account": account, "link": link})
        subject = _("Protect your Moothall account")
    send_mail(subject, body, None, [account.email])


def forget_old_sign_ins(*, at: dt.datetime) -> int:
    """Remove what was written down longer ago than it is kept; how many rows."""
    gone: int = SignInEvent.objects.older_than(at - KEPT_FOR).delete()[0]
    return gone
