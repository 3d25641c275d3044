"""`moothall user add · list · password · end`: accounts from the terminal, the first of them included."""

import argparse
import getpass
import json
import sys

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.clock import now, today
from moothall.core.commands import Command, register
from moothall.core.refusals import Refusal

from .models import Account, Grant, Role, Team
from .models.account import SECOND_FACTORS
from .rules.accounts import add_account, end_access, set_password
from .rules.granting import grant_role
from .rules.inviting import password_link


def add_commands() -> None:
    words = "add, list and end accounts, and set their passwords"
    register(Command(name="user", help=words, run=run, add_arguments=add_arguments))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|list|password|end")
    add = verbs.add_parser("add", help="add an account; without a password it prints a link to set one")
    add.add_argument("email")
    add.add_argument("--name", required=True, help="the person's name")
    add.add_argument("--role", metavar="KEY", help="the key of the role they hold")
    add.add_argument("--team", metavar="KEY", help="the team they hold it in; the whole office, unless given")
    add.add_argument("--welsh", action="store_true", help="their pages and letters are in Welsh")
    add.add_argument("--password", action="store_true", help="ask for a password, or read it from a pipe")
    listed = verbs.add_parser("list", help="list the accounts, their roles and second factors")
    listed.add_argument("--json", action="store_true", help="one line of JSON for each")
    password = verbs.add_parser("password", help="set a password: typed, or read from a pipe")
    password.add_argument("email")
    end = verbs.add_parser("end", help="end an account's access at once")
    end.add_argument("email")


def run(asked: argparse.Namespace) -> int:
    verbs = {"add": add, "list": list_accounts, "password": password, "end": end}
    try:
        return verbs[asked.verb](asked)
    except Refusal as refusal:
        print(f"moothall: {refusal}", file=sys.stderr)
        return 2


def add(asked: argparse.Namespace) -> int:
    at = now()
    with transaction.atomic():
        account = add_account(
            email=asked.email,
            name=asked.name,
            language="cy" if asked.welsh else "en",
            password=_typed_password() if asked.password else None,
            by=None,
            at=at,
        )
        if asked.role:
            grant_role(account, role=_role(asked.role), team=_team(asked.team), by=None, at=at)
    print(_("The account %(email)s is added.") % {"email": account.email})
    if not asked.password:
        print(_("Its password is chosen here, within three days:"))
        print(password_link(account))
    return 0


def list_accounts(asked: argparse.Namespace) -> int:
    grants: dict[int, list[str]] = {}
    for grant in Grant.objects.in_force(today()).select_related("role", "team").order_by("id"):
        place = f" ({grant.team.key})" if grant.team else ""
        grants.setdefault(grant.account_id, []).append(f"{grant.role.key}{place}")
    secured = set(Authenticator.objects.filter(type__in=SECOND_FACTORS).values_list("user_id", flat=True))
    for account in Account.objects.order_by("email"):
        row = {
            "email": account.email,
            "name": account.name,
            "roles": grants.get(account.pk, []),
            "second_factor": account.pk in secured,
            "active": account.is_active,
        }
        print(json.dumps(row, ensure_ascii=False) if asked.json else _line(account, row["roles"], secured))
    return 0


def password(asked: argparse.Namespace) -> int:
    account = set_password(_account(asked.email), password=_typed_password(), by=None, at=now())
    print(_("The password of %(email)s is set.") % {"email": account.email})
    return 0


def end(asked: argparse.Namespace) -> int:
    account = end_access(_account(asked.email), by=None, at=now())
    print(_("Access has ended for %(email)s.") % {"email": account.email})
    return 0


def _line(account: Account, roles: object, secured: set[int]) -> str:
    held = ", ".join(str(role) for role in roles) if isinstance(roles, list) and roles else _("no role")
    factor = _("second factor") if account.pk in secured else _("password only")
    state = factor if account.is_active else _("ended")
    return f"{account.email:<36} {account.name:<28} {held}; {state}"


def _account(email: str) -> Account:
    found: Account | None = Account.objects.filter(email__iexact=email).first()
    if found is None:
        raise Refusal(_("No account has the address %(email)s.") % {"email": email})
    return found


def _role(key: str) -> Role:
    found = Role.objects.filter(key=key).first()
    if found is None:
        known = ", ".join(Role.objects.order_by("key").values_list("key", flat=True)) or _("none yet")
        raise Refusal(_("No role is called %(key)s. Known: %(known)s.") % {"key": key, "known": known})
    return found


def _team(key: str | None) -> Team | None:
    if not key:
        return None
    found = Team.objects.filter(key=key).first()
    if found is None:
        known = ", ".join(Team.objects.order_by("key").values_list("key", flat=True)) or _("none yet")
        raise Refusal(_("No team is called %(key)s. Known: %(known)s.") % {"key": key, "known": known})
    return found


def _typed_password() -> str:
    """From the keyboard, twice; from a pipe, its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(_("Password: "))
    if first != getpass.getpass(_("Again: ")):
        raise Refusal(_("The two are not the same."))
    return first
