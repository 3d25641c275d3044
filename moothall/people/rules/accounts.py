"""Who may sign in: accounts added, ended and restored, their sessions and second factors."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.audit import write_down
from moothall.core.clock import in_london
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Grant, Person
from moothall.people.models.contact_folding import fold_email, tidy

from .leaving import see_out
from .sessions import end_sessions as end_sessions

LANGUAGES = {"en", "cy"}


class NotAnAddress(Refusal):
    sentence = _("An account needs the email address somebody signs in with.")
    next_step = _("Enter an address like name@example.com.")


class AddressTaken(Refusal):
    sentence = _("There is an account with this email address already.")
    next_step = _("Open that account, and give it the role it needs.")


class NameMissing(Refusal):
    sentence = _("An account needs the name of the person who uses it.")


class WeakPassword(Refusal):
    next_step = _("Choose a longer one, such as four words that do not belong together.")


class OwnAccount(Refusal):
    sentence = _("You cannot do this to your own account.")
    next_step = _("Ask another administrator.")


class LastAdministrator(Refusal):
    sentence = _("Nobody would be left who can manage accounts.")
    next_step = _("Give somebody else a role that manages accounts first.")


@transaction.atomic
def add_account(
    *,
    email: str,
    name: str,
    by: Account | None,
    at: dt.datetime,
    password: str | None = None,
    language: str = "en",
    person: Person | None = None,
) -> Account:
    """Add an account. Without a password nobody can sign in until they set one from an invitation."""
    address, shown = fold_email(email)[:254], tidy(name, 160)
    if not address:
        raise NotAnAddress
    if not shown:
        raise NameMissing
    if Account.objects.filter(email__iexact=address).exists():
        raise AddressTaken
    account = Account(email=address, name=shown, language=_language(language), person=person, added_at=at)
    _give_password(account, password)
    account.save(force_insert=True)
    trust_address(account)
    write_down("people.add_account", by=by, at=at, about=account)
    return account


@transaction.atomic
def set_password(account: Account, *, password: str, by: Account | None, at: dt.datetime) -> Account:
    """Give an account a new password; everybody signed in to it is signed out."""
    fresh = _locked(account)
    _give_password(fresh, password)
    fresh.save(update_fields=["password"])
    end_sessions(fresh, by=by, at=at)
    write_down("people.set_password", by=by, at=at, about=fresh)
    return fresh


@transaction.atomic
def end_access(account: Account, *, by: Account | None, at: dt.datetime) -> Account:
    """Somebody left: their roles end today, nobody can sign in as them, and open sessions stop at once, with
    what they had set up."""
    fresh = _locked(account)
    if by is not None and by.pk == fresh.pk:
        raise OwnAccount
    fresh.is_active = False
    fresh.set_unusable_password()
    fresh.save(update_fields=["is_active", "password"])
    day = in_london(at).date()
    Grant.objects.filter(account=fresh, started_on__gt=day).delete()
    Grant.objects.not_ended(day).filter(account=fresh).update(ended_on=day)
    see_out(fresh, by=by, at=at)
    keep_an_administrator(day)
    write_down("people.end_access", by=by, at=at, about=fresh)
    return fresh


@transaction.atomic
def restore_access(account: Account, *, by: Account | None, at: dt.datetime) -> Account:
    """Somebody came back. They have no role and no password until they are given them."""
    fresh = _locked(account)
    fresh.is_active = True
    fresh.save(update_fields=["is_active"])
    write_down("people.restore_access", by=by, at=at, about=fresh)
    return fresh


@transaction.atomic
def correct_account(account: Account, *, name: str, by: Account, at: dt.datetime) -> Account:
    """Change the name an account goes by."""
    fresh, shown = _locked(account), tidy(name, 160)
    if not shown:
        raise NameMissing
    fresh.name = shown
    fresh.save(update_fields=["name"])
    write_down("people.correct_account", by=by, at=at, about=fresh)
    return fresh


@transaction.atomic
def remove_second_factors(account: Account, *, by: Account, at: dt.datetime) -> int:
    """Somebody lost their telephone or key: they sign in with the password and set up another."""
    fresh = _locked(account)
    gone: int = Authenticator.objects.filter(user=fresh).delete()[0]
    end_sessions(fresh, by=by, at=at)
    write_down("people.remove_second_factors", by=by, at=at, about=fresh, detail={"removed": gone})
    return gone


@transaction.atomic
def choose_settings(
    account: Account, *, at: dt.datetime, language: str | None = None, daily_digest: bool | None = None
) -> Account:
    """What somebody chooses for themselves: the language of the pages, and whether a digest comes."""
    fresh = _locked(account)
    before = fresh.language, fresh.daily_digest
    fresh.language = fresh.language if language is None else _language(language)
    fresh.daily_digest = fresh.daily_digest if daily_digest is None else daily_digest
    if (fresh.language, fresh.daily_digest) != before:
        fresh.save(update_fields=["language", "daily_digest"])
        write_down("people.choose_settings", by=fresh, at=at, about=fresh)
    return fresh


def trust_address(account: Account) -> None:
    """An administrator entered this address, so nobody has to prove that it is theirs."""
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )


def keep_an_administrator(day: dt.date) -> None:
    """Refuse what was just done if nobody is left who can manage accounts."""
    if not Account.objects.who_may("people.administer", on=day).exists():
        raise LastAdministrator


def _locked(account: Account) -> Account:
    fresh: Account = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    return fresh


def _language(language: str) -> str:
    return language if language in LANGUAGES else "en"


def _give_password(account: Account, password: str | None) -> None:
    if password is None:
        account.set_unusable_password()
        return
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise WeakPassword(" ".join(problem.messages)) from problem
    account.set_password(password)
