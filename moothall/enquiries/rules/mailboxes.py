"""Mailboxes of the office: added, connected to their mail servers, paused and resumed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.core.refusals import Refusal
from moothall.core.sealing import seal
from moothall.enquiries.models import Connection, Mailbox, MailboxState
from moothall.enquiries.models.connection import CLIENT, MOVE, OPEN, PASSWORD, REFRESH
from moothall.people.models import Account, Team
from moothall.records.rules.audit import append_audit

from .presets import is_this_machine

# What is entered, and where it is sealed: left empty it stays as it was.
SECRETS = {
    "password": "sealed_password",
    "smtp_password": "sealed_smtp_password",
    "client_secret": "sealed_client_secret",
    "refresh_token": "sealed_refresh_token",
}
NEEDED = {PASSWORD: ("password",), CLIENT: ("client_secret",), REFRESH: ("refresh_token",)}


class AddressTaken(Refusal):
    sentence = _("Another mailbox has this address.")
    next_step = _("Change that one instead.")


class InTheClear(Refusal):
    sentence = _("Without encryption a mail server can only be used on this machine itself.")
    next_step = _("Choose TLS or STARTTLS.")


class SecretMissing(Refusal):
    sentence = _("The password, secret or token for this way of signing in is missing.")
    next_step = _("Enter it: it is sealed, and never shown again.")


class NowhereToMove(Refusal):
    sentence = _("The folder to move messages to is missing.")
    next_step = _("Name a folder, or choose to mark messages as read.")


class NotConnected(Refusal):
    sentence = _("This mailbox is not connected to a mail server.")
    next_step = _("Enter its connection first.")


@transaction.atomic
def add_mailbox(
    *,
    key: str,
    address: str,
    name: str,
    name_cy: str,
    team: Team,
    service: Service,
    acknowledge: bool,
    by: Account,
    at: dt.datetime,
) -> Mailbox:
    """An address people write to, and the team that reads it."""
    if Mailbox.objects.filter(address__iexact=address).exists():
        raise AddressTaken
    mailbox = Mailbox.objects.create(
        key=_free_key(key), address=address, name=name, name_cy=name_cy, team=team, service=service,
        acknowledge=acknowledge,
    )  # fmt: skip
    append_audit("enquiries.add_mailbox", about=mailbox, by=by, at=at)
    return mailbox


def _free_key(wanted: str) -> str:
    taken = set(Mailbox.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, 1000))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)


@transaction.atomic
def change_mailbox(
    mailbox: Mailbox,
    *,
    name: str,
    name_cy: str,
    team: Team,
    service: Service,
    acknowledge: bool,
    by: Account,
    at: dt.datetime,
) -> Mailbox:
    """Another name, team or service: cases that are open stay where they are. Its address stays for good."""
    given = {"name": name, "name_cy": name_cy, "team": team, "service": service, "acknowledge": acknowledge}
    changed = [each for each, value in given.items() if getattr(mailbox, each) != value]
    if changed:
        Mailbox.objects.filter(pk=mailbox.pk).update(**given)
        mailbox.refresh_from_db()
        append_audit("enquiries.change_mailbox", about=mailbox, by=by, at=at, detail={"changed": changed})
    return mailbox


@transaction.atomic
def connect_mailbox(
    mailbox: Mailbox, *, settings: Mapping[str, Any], by: Account, at: dt.datetime
) -> Connection:
    """How its mail is fetched and sent from now on. What is entered as a secret is sealed at once; the audit
    says which settings changed, never a secret."""
    before = Connection.objects.select_for_update().filter(mailbox=mailbox).first()
    given = {name: value for name, value in settings.items() if name not in SECRETS}
    given |= {SECRETS[name]: seal(settings[name]) for name in SECRETS if settings.get(name)}
    _check(given, before)
    changed = [name for name, value in given.items() if before is None or getattr(before, name) != value]
    given |= {"sealed_token": "", "token_until": None, "changed_by": by, "changed_at": at}
    connection, _new = Connection.objects.update_or_create(mailbox=mailbox, defaults=given)
    state, _new = MailboxState.objects.get_or_create(mailbox=mailbox)
    MailboxState.objects.filter(pk=state.pk).update(due_at=at, failing_since=None, failures=0, problem="")
    detail = {"changed": sorted(name.removeprefix("sealed_") for name in changed)}
    append_audit("enquiries.connect_mailbox", about=mailbox, by=by, at=at, detail=detail)
    return connection


def _check(given: Mapping[str, Any], before: Connection | None) -> None:
    pairs = [(given["imap_host"], given["imap_security"])]
    if given["smtp_host"]:
        pairs.append((given["smtp_host"], given["smtp_security"]))
    if any(security == OPEN and not is_this_machine(host) for host, security in pairs):
        raise InTheClear
    if given["afterwards"] == MOVE and not given["done_folder"]:
        raise NowhereToMove
    for name in NEEDED[given["sign_in"]]:
        if not (given.get(SECRETS[name]) or (before and getattr(before, SECRETS[name]))):
            raise SecretMissing


@transaction.atomic
def disconnect_mailbox(mailbox: Mailbox, *, by: Account, at: dt.datetime) -> None:
    """Forget how it is reached, secrets included. What was fetched stays."""
    if not Connection.objects.filter(mailbox=mailbox).delete()[0]:
        raise NotConnected
    append_audit("enquiries.disconnect_mailbox", about=mailbox, by=by, at=at)


@transaction.atomic
def pause_mailbox(mailbox: Mailbox, *, by: Account, at: dt.datetime) -> None:
    """Nothing is fetched until somebody resumes it; what comes waits on its server."""
    paused = MailboxState.objects.connected().filter(mailbox=mailbox, paused_at=None)
    if paused.update(paused_at=at, paused_by=by):
        append_audit("enquiries.pause_mailbox", about=mailbox, by=by, at=at)


@transaction.atomic
def resume_mailbox(mailbox: Mailbox, *, by: Account, at: dt.datetime) -> None:
    paused = MailboxState.objects.filter(mailbox=mailbox, paused_at__isnull=False)
    if paused.update(paused_at=None, paused_by=None, due_at=at):
        append_audit("enquiries.resume_mailbox", about=mailbox, by=by, at=at)
