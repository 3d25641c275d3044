"""How often something may be done from one address, or to one thing: counted in the database, for every
process alike.

    ASKING = Limit("ask", most=20, per=dt.timedelta(hours=1))

    @limited(ASKING)                                   # each address, POST only
    @limited(ASKING, by=lambda request, key: key)      # and each form
    def ask(request, key): …

Who goes past a limit gets a plain page, answered with 429, that says when to try again. Nobody is named in
the counts: a key is a digest that only this installation can make. Count outside a transaction that may be
undone.
"""

import datetime as dt
import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .clock import in_london, now
from .refusals import Refusal

View = TypeVar("View", bound=Callable[..., Any])
SMALLEST_NETWORK: Final = 64  # of IPv6: one household has as many addresses as it likes

COUNT = """
insert into core_rate as kept (key, began_at, ends_at, done) values (%(key)s, %(at)s, %(end)s, 1)
on conflict (key) do update set
  done = case when kept.ends_at <= %(at)s then 1 else kept.done + 1 end,
  began_at = case when kept.ends_at <= %(at)s then %(at)s else kept.began_at end,
  ends_at = case when kept.ends_at <= %(at)s then %(end)s else kept.ends_at end
returning done, ends_at
"""


@dataclass(frozen=True)
class Limit:
    """So many times in so long, counted from the first of them."""

    name: str
    most: int
    per: dt.timedelta


class TooOften(Refusal):
    """Somebody did the same thing too often; they may again at `again_at`."""

    sentence = _("This has been tried too many times.")
    status = 429

    def __init__(self, again_at: dt.datetime, *, at: dt.datetime) -> None:
        self.again_at = again_at
        self.seconds = max(1, int((again_at - at).total_seconds()) + 1)
        minutes = -(-self.seconds // 60)
        wait = ngettext(
            "Wait %(minutes)s minute and try again, at %(hour)s.",
            "Wait %(minutes)s minutes and try again, at %(hour)s.",
            minutes,
        )
        hour = in_london(at + dt.timedelta(minutes=minutes))
        super().__init__(next_step=wait % {"minutes": minutes, "hour": f"{hour:%H:%M}"})


def count(limit: Limit, who: str, *, at: dt.datetime) -> None:
    """Count one more; past the limit it is refused. Both are counted, so that trying on does not help."""
    given: dict[str, str | dt.datetime] = {"key": _key(limit, who), "at": at, "end": at + limit.per}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, given)
        done, ends_at = cursor.fetchone()
    if done > limit.most:
        raise TooOften(ends_at, at=at)


def forget(limit: Limit, who: str) -> None:
    """Begin again at nothing: what was tried has succeeded."""
    with connection.cursor() as cursor:
        cursor.execute("delete from core_rate where key = %s", [_key(limit, who)])


def forget_old_counts(**_periodic: int) -> int:
    """Remove what no longer limits anybody; the answer is how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("delete from core_rate where ends_at < %s", [now()])
        return int(cursor.rowcount)


def _key(limit: Limit, who: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{limit.name}\0{who}".encode(), hashlib.sha256).hexdigest()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from. Behind a proxy that speaks for us, the last address it was told."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network((found, SMALLEST_NETWORK), strict=False))
    return str(found)


def limited(limit: Limit, *, by: Callable[..., str] | None = None) -> Callable[[View], View]:
    """Count every POST to this page by its address, or by what `by` makes of the request and its parts."""

    def label(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                who = by(request, *args, **kwargs) if by is not None else address_of(request)
                count(limit, who, at=now())
            return view(request, *args, **kwargs)

        return cast(View, counted)

    return label
