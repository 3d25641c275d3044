"""Where we may call: hosts the office named, over https, and never a machine inside.

A name is looked up once. Every address it stands for must be outside, and the one that was looked at is the
one that is called, so that a name which changes its mind between the two leads nowhere.
"""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LookUp = Callable[[str, int], list[str]]
TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class NotAnAddress(Refusal):
    sentence = _("This is not an address that can be told.")
    next_step = _("Enter one like https://example.com/hook, without a name or password in it.")


class HostNotAllowed(Refusal):
    sentence = _("The host of this address is not among those that may be told.")
    next_step = _("Allow the host first, if the office wants it told.")


class AddressInside(Refusal):
    sentence = _("This address leads to a machine inside, which is never called.")
    next_step = _("Use an address that can be reached from anywhere.")


class NobodyThere(Refusal):
    sentence = _("Nobody knows where this host is.")
    next_step = _("Check how it is spelled.")


@dataclass(frozen=True)
class Target:
    """Where exactly to call, looked up and found to be allowed."""

    host: str
    port: int
    address: str
    path: str
    encrypted: bool


def split(url: str) -> tuple[str, int, str, bool]:
    """Host, port, path and whether it is encrypted, of an address that is nothing but that."""
    if not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
        raise NotAnAddress
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise NotAnAddress from problem
    plain = settings.WEBHOOK_PRIVATE and parts.scheme == "http"
    if not (parts.scheme == "https" or plain) or "@" in parts.netloc or not parts.hostname or parts.fragment:
        raise NotAnAddress
    host = parts.hostname.rstrip(".").lower()
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return host, port or (80 if plain else 443), path, not plain


def look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(where[0]) for *_kind, where in found]


def target_of(url: str, *, allowed: set[str], look: LookUp = look_up) -> Target:
    """Where an address leads, if it may be called; everything else is refused."""
    host, port, path, encrypted = split(url)
    if host not in allowed:
        raise HostNotAllowed
    try:
        found = look(host, port)
    except (OSError, UnicodeError) as problem:
        raise NobodyThere from problem
    if not found:
        raise NobodyThere
    if not settings.WEBHOOK_PRIVATE and not all(outside(each) for each in found):
        raise AddressInside
    return Target(host, port, found[0], path, encrypted)


def outside(address: str) -> bool:
    """Whether this is an address of the open Internet, however it is written."""
    try:
        found: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return outside(str(found.ipv4_mapped))
        if any(found in network for network in TRANSLATED):
            return False
    return found.is_global and not found.is_multicast
