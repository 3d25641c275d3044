"""What is known of the large mail services, as data, and what never leaves this machine."""

import ipaddress
from pathlib import Path
from typing import Any

import yaml

PRESETS = Path(__file__).with_name("presets.yaml")


def presets() -> list[dict[str, Any]]:
    """The services an administrator may begin from: key, name, source, and fields of a connection."""
    found: list[dict[str, Any]] = yaml.safe_load(PRESETS.read_text())["presets"]
    return found


def preset(key: str) -> dict[str, Any] | None:
    return next((each for each in presets() if each["key"] == key), None)


def is_this_machine(host: str) -> bool:
    """Whether nothing leaves this machine on the way to that host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
