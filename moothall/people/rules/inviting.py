"""Inviting a colleague: an account, its first role, and a letter with a link to set the password."""

import datetime as dt

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
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
from moothall.people.models import Account, Role, Team

from .accounts import add_account
from .granting import grant_role


class CannotBeInvited(Refusal):
    sentence = gettext_lazy("Access to this account has ended.")
    next_step = gettext_lazy("Restore the account, then invite the person again.")


@transaction.atomic
def invite_account(
    *,
    email: str,
    name: str,
    role: Role,
    by: Account,
    at: dt.datetime,
    team: Team | None = None,
    language: str = "en",
) -> Account:
    """Add an account with its first role, and send the person a link to set their password."""
    account = add_account(email=email, name=name, language=language, by=by, at=at)
    grant_role(account, role=role, team=team, by=by, at=at)
    invite_again(account, by=by, at=at)
    return account


@transaction.atomic
def invite_again(account: Account, *, by: Account, at: dt.datetime) -> None:
    """Send the link once more; an earlier one still works until a password is set or it grows old."""
    if not account.is_active:
        raise CannotBeInvited
    from moothall.people.tasks import send_invitation

    send_invitation.defer(account_id=account.pk, invited_by=by.name)
    write_down("people.invite", by=by, at=at, about=account)


def password_link(account: Account) -> str:
    """Where this account chooses its password: for three days, until one is chosen."""
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return str(settings.PUBLIC_URL) + path.replace("UID-KEY", key)


def write_invitation(account: Account, *, invited_by: str) -> None:
    """Send the mail now, in the account's language. Nobody who left meanwhile is written to."""
    if not account.is_active:
        return
    link = password_link(account)
    with translation.override("cy" if account.language == "cy" else "en-gb"):
        body = render_to_string(
            "people/letters/invitation.txt", {"account": account, "invited_by": invited_by, "link": link}
        )
        subject = _("Your Moothall account")
    send_mail(subject, body, None, [account.email])
