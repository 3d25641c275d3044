"""How the routes of webhooks are asked."""

import uuid
from typing import TYPE_CHECKING, Any

from moothall.core.clock import now
from moothall.core.sealing import seal
from moothall.webhooks.models import AllowedHost, Delivery, Endpoint
from moothall.webhooks.rules.signing import new_secret

if TYPE_CHECKING:
    from .office import Office

NOWHERE = 999_999_999
PLAIN = ("webhooks", "add_webhook", "allow_webhook_host")


def make_rows(office: "Office") -> None:
    at = now()
    office.rows["host"] = AllowedHost.objects.create(host="spare.example.com", reason="A try", allowed_at=at)
    office.rows["endpoint"] = endpoint = Endpoint.objects.create(
        name="Ledger", url="https://hooks.example.com/in", secret=seal(new_secret()), added_at=at
    )
    office.rows["delivery"] = Delivery.objects.create(
        endpoint=endpoint, event=uuid.uuid4(), verb="close", reference="TEST", service_key="course",
        happened_at=at, next_at=at, give_up_at=at, state=Delivery.GIVEN_UP,
    )  # fmt: skip


def _key(route: str) -> str:
    return {"end_webhook_host": "host", "tell_webhook_again": "delivery"}.get(route, "endpoint")


def _parts(office: "Office", route: str, _relation: str, _seat: str) -> dict[str, Any]:
    if route in PLAIN:
        return {}
    return {f"{_key(route)}_id": office.rows[_key(route)].pk}


KEYS = {"webhook": _parts}

OTHERWISE: dict[str, dict[str, str]] = {
    "add_webhook": {"name": "Elsewhere", "url": "https://elsewhere.example.com/"},
    "allow_webhook_host": {"host": "hooks.example.org", "reason": "The ledger"},
    "pause_webhook": {"because": "It is being moved."},
}
