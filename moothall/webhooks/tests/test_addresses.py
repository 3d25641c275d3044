"""Nothing inside is ever called, however its address is written or looked up."""

import socket
from collections.abc import Callable

import pytest
from pytest_django import Settings

from moothall.webhooks.rules.addresses import (
    AddressInside,
    HostNotAllowed,
    NobodyThere,
    NotAnAddress,
    look_up,
    outside,
    target_of,
)

ALLOWED = {"hooks.example.com"}
OUTSIDE = "93.184.216.34"


def finds(*addresses: str) -> Callable[[str, int], list[str]]:
    return lambda _host, _port: list(addresses)


def test_an_allowed_host_is_called_at_the_address_that_was_looked_at() -> None:
    url = "https://hooks.example.com:8443/in?q=1"
    target = target_of(url, allowed=ALLOWED, look=finds(OUTSIDE))
    assert (target.host, target.port, target.address) == ("hooks.example.com", 8443, OUTSIDE)
    assert (target.path, target.encrypted) == ("/in?q=1", True)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "https://hooks.example.com@169.254.169.254/",
        "https://user:secret@hooks.example.com/",
        "https://hooks.example.com\\@127.0.0.1/",
        "https://hooks.example.com/\r\nHost: inside",
        "https://hooks.example.com/ in",
        "https://hooks.example.com:notaport/",
        "https://hooks.example.com/#part",
        "https://hooks.éxample.com/",
        "https:///in",
        "file:///etc/passwd",
        "//hooks.example.com/",
        "",
    ],
)
def test_what_is_not_a_plain_address_is_refused(url: str) -> None:
    with pytest.raises(NotAnAddress):
        target_of(url, allowed=ALLOWED, look=finds(OUTSIDE))


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example.com/",
        "https://hooks.example.com.evil.example/",
        "https://evil-hooks.example.com/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
    ],
)
def test_only_hosts_the_office_named_are_called(url: str) -> None:
    with pytest.raises(HostNotAllowed):
        target_of(url, allowed=ALLOWED, look=finds(OUTSIDE))


INSIDE = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:7f00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "not an address",
    "",
]


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    assert not outside(address)
    with pytest.raises(AddressInside):
        target_of("https://hooks.example.com/", allowed=ALLOWED, look=finds(address))


def test_one_address_inside_among_many_outside_is_enough_to_refuse() -> None:
    with pytest.raises(AddressInside):
        target_of("https://hooks.example.com/", allowed=ALLOWED, look=finds(OUTSIDE, "10.0.0.1"))


@pytest.mark.parametrize("number", ["2130706433", "0x7f000001", "017700000001", "127.1"])
def test_an_address_written_as_a_number_is_seen_for_what_it_is(number: str) -> None:
    with pytest.raises((AddressInside, NobodyThere)):
        target_of(f"https://{number}/", allowed={number}, look=look_up)


def test_a_name_nobody_knows_is_refused_in_words() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror

    with pytest.raises(NobodyThere, match="Check how it is spelled"):
        target_of("https://hooks.example.com/", allowed=ALLOWED, look=unknown)


def test_an_installation_may_let_its_own_machines_be_told(settings: Settings) -> None:
    settings.WEBHOOK_PRIVATE = True
    target = target_of("http://127.0.0.1:9/in", allowed={"127.0.0.1"}, look=finds("127.0.0.1"))
    assert (target.port, target.encrypted) == (9, False)
