"""Which systems are told: hosts allowed, endpoints added, their secrets changed, paused and ended."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.core.notices import Notice
from moothall.core.refusals import Refusal
from moothall.core.sealing import seal, unseal
from moothall.people.models import Account, Team
from moothall.records.rules.audit import append_audit
from moothall.webhooks.models import AllowedHost, Delivery, Endpoint

from .addresses import NotAnAddress, split, target_of
from .signing import new_secret

OVERLAP = dt.timedelta(days=2)


class AllowedAlready(Refusal):
    sentence = _("This host is allowed already.")


class ReasonMissing(Refusal):
    sentence = _("Say why, in a few words.")


class HostInUse(Refusal):
    sentence = _("An endpoint on this host is still told.")
    next_step = _("End the endpoint first.")


class Ended(Refusal):
    sentence = _("This endpoint has been ended.")


@transaction.atomic
def allow_host(host: str, *, reason: str, by: Account, at: dt.datetime) -> AllowedHost:
    """Let endpoints be added on this host."""
    name, reason = host.strip().rstrip(".").lower(), reason.strip()[:200]
    if split(f"https://{name}/")[0] != name or ("." not in name and name != "localhost"):
        raise NotAnAddress
    if not reason:
        raise ReasonMissing
    if AllowedHost.objects.in_force().filter(host=name).exists():
        raise AllowedAlready
    row = AllowedHost.objects.create(host=name, reason=reason, allowed_by=by, allowed_at=at)
    append_audit("webhooks.allow_host", about=row, by=by, at=at, detail={"host": name})
    return row


@transaction.atomic
def end_host(row: AllowedHost, *, by: Account, at: dt.datetime) -> None:
    """Nothing on this host is told any more, and nothing can be added there."""
    fresh = AllowedHost.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if any(split(endpoint.url)[0] == fresh.host for endpoint in Endpoint.objects.in_use()):
        raise HostInUse
    AllowedHost.objects.filter(pk=fresh.pk, ended_at=None).update(ended_at=at)
    append_audit("webhooks.end_host", about=fresh, by=by, at=at, detail={"host": fresh.host})


def hosts() -> set[str]:
    return set(AllowedHost.objects.in_force().values_list("host", flat=True))


def add_endpoint(
    *,
    name: str,
    url: str,
    verbs: Collection[str],
    services: Collection[Service],
    teams: Collection[Team],
    by: Account,
    at: dt.datetime,
) -> tuple[Endpoint, str]:
    """Have an address told from now on; with its secret, which is shown this once. Its host is looked up
    before anything is held."""
    target_of(url, allowed=hosts())
    return _keep_endpoint(name=name, url=url, verbs=verbs, services=services, teams=teams, by=by, at=at)


@transaction.atomic
def _keep_endpoint(
    *,
    name: str,
    url: str,
    verbs: Collection[str],
    services: Collection[Service],
    teams: Collection[Team],
    by: Account,
    at: dt.datetime,
) -> tuple[Endpoint, str]:
    secret = new_secret()
    endpoint = Endpoint.objects.create(
        name=name[:80], url=url, secret=seal(secret), verbs=sorted(verbs), added_by=by, added_at=at, owner=by
    )
    endpoint.services.set(services)
    endpoint.teams.set(teams)
    append_audit("webhooks.add_endpoint", about=endpoint, by=by, at=at, detail={"url": url})
    return endpoint, secret


@transaction.atomic
def change_secret(endpoint: Endpoint, *, by: Account, at: dt.datetime) -> str:
    """Give it a new secret, which is theirs to answer for; the one before signs beside it for two days."""
    fresh, secret = _held(endpoint), new_secret()
    Endpoint.objects.filter(pk=fresh.pk).update(
        secret=seal(secret), secret_before=fresh.secret, secret_before_until=at + OVERLAP,
        owner=by, owner_left_at=None,
    )  # fmt: skip
    append_audit("webhooks.change_secret", about=fresh, by=by, at=at)
    return secret


def owner_left(account: Account, by: Account | None, at: dt.datetime) -> None:
    """Whoever knows its secret has left: what was theirs is told on, and needs somebody and a new secret."""
    for endpoint in Endpoint.objects.in_use().filter(owner=account).select_for_update(of=("self",)):
        Endpoint.objects.filter(pk=endpoint.pk).update(owner=None, owner_left_at=at)
        append_audit("webhooks.owner_left", about=endpoint, by=by, at=at, detail={"owner": account.name})


def notice_of_nobodys(_at: dt.datetime) -> Sequence[Notice]:
    """Said on every page to those who look after webhooks."""
    if not Endpoint.objects.in_use().exclude(owner_left_at=None).exists():
        return []
    words = _("Somebody left who knows the secret of a webhook: make a new secret on its page.")
    return [Notice(words, "webhooks.manage")]


def secrets_of(endpoint: Endpoint, *, at: dt.datetime) -> list[str]:
    """The secrets that sign now, the newest first."""
    kept = [unseal(endpoint.secret)]
    if endpoint.secret_before and endpoint.secret_before_until and at < endpoint.secret_before_until:
        kept.append(unseal(endpoint.secret_before))
    return kept


@transaction.atomic
def pause_endpoint(endpoint: Endpoint, *, because: str, by: Account | None, at: dt.datetime) -> None:
    """Tell it nothing for now; what happens meanwhile waits, a day at most."""
    if not because.strip():
        raise ReasonMissing
    fresh = _held(endpoint)
    Endpoint.objects.filter(pk=fresh.pk, paused_at=None).update(paused_at=at, paused_because=because[:200])
    append_audit("webhooks.pause", about=fresh, by=by, at=at, detail={"because": because[:200]})


@transaction.atomic
def resume_endpoint(endpoint: Endpoint, *, by: Account, at: dt.datetime) -> None:
    """Tell it again, beginning with what waited."""
    fresh = _held(endpoint)
    Endpoint.objects.filter(pk=fresh.pk).update(paused_at=None, paused_because="", failures=0)
    append_audit("webhooks.resume", about=fresh, by=by, at=at)


@transaction.atomic
def end_endpoint(endpoint: Endpoint, *, by: Account, at: dt.datetime) -> None:
    """Tell it nothing any more. What was told stays written down; its secrets are forgotten."""
    fresh = _held(endpoint)
    Endpoint.objects.filter(pk=fresh.pk).update(ended_at=at, secret="", secret_before="")
    Delivery.objects.filter(endpoint=fresh, state=Delivery.DUE).update(
        state=Delivery.GIVEN_UP, answer="The endpoint was ended."
    )
    append_audit("webhooks.end_endpoint", about=fresh, by=by, at=at)


def _held(endpoint: Endpoint) -> Endpoint:
    fresh = Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
    if fresh.ended_at is not None:
        raise Ended
    return fresh
