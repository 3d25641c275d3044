"""Pages about no record, and what everybody has of their own: their addresses, and what is sent to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moothall.people.models import SavedView
from moothall.records.models import AuditEvent

if TYPE_CHECKING:
    from .office import Office

Parts = dict[str, Any]
NOWHERE = 999_999_999


def _view(office: "Office", _route: str, relation: str, seat: str) -> Parts:
    account = office.seats[seat]
    owner = office.rows["other_account"] if relation == "other" or account is None else account
    found = SavedView.objects.filter(account=owner).first()
    return {"view_id": found.pk if found else NOWHERE}


def _plain(_office: "Office", route: str, _relation: str, _seat: str) -> Parts:
    return PLAIN.get(route, {})


OF_A_TEMPLATE = ("template_texts", "template_settings", "template_history", "template_retirement")
PLAIN: dict[str, Parts] = {
    "saved_views": {"list_key": "cases"},
    "template_restoration": {"key": "old-words"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "mfa_remove_webauthn": {"pk": NOWHERE},
    "mfa_edit_webauthn": {"pk": NOWHERE},
    "openid_connect_login": {"provider_id": "office"},
    "openid_connect_callback": {"provider_id": "office"},
    **{name: {"key": "a-place"} for name in OF_A_TEMPLATE},
}


def _audited() -> int:
    return AuditEvent.objects.order_by("pk").values_list("pk", flat=True)[0]


KEYS: dict[str, Callable[["Office", str, str, str], Parts]] = {
    "saved view": _view,
    "row of the audit": lambda _office, _route, _relation, _seat: {"event_id": _audited()},
    "api of cases and enquiries": _plain,
    "api of problems": _plain,
    "pages of cases": _plain,
    "pages of emergencies": _plain,
    "pages of enquiries": _plain,
    "pages of problems": _plain,
    "pages of letters": _plain,
    "own things": _plain,
    "library": _plain,
}
NOTHING: dict[str, Callable[[str], Parts]] = {"row of the audit": lambda _route: {"event_id": NOWHERE}}
OTHERWISE: dict[str, Parts | Callable[["Office"], Parts]] = {
    "account_reset_password": {"email": "nobody@example.org"},
    "my_settings": {"language": "cy"},
    "save_draft": {"draft_key": "/cases/new/", "title": "Half a title"},
    "discard_draft": {"draft_key": "/cases/new/"},
    "dismiss": {"key": "first-visit"},
    "saved_views": {"name": "Late ones", "query": "late=1"},
    "set_language": {"language": "cy"},
}
