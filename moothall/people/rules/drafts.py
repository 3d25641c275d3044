"""What somebody has typed and not yet sent, and what they have put away."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account, Dismissal, Draft

LONGEST_KEY = 120
LARGEST = 1_000_000  # characters of all fields together
MOST_FIELDS = 200
SECRETS = frozenset({"csrfmiddlewaretoken", "password", "code"})


class DraftTooLarge(Refusal):
    sentence = _("This is too long to be kept as a draft.")
    next_step = _("Save it as a file and attach it, or send it in parts.")


@transaction.atomic
def save_draft(
    account: Account, *, key: str, fields: Mapping[str, str | list[str]], at: dt.datetime
) -> Draft | None:
    """Keep what is typed, in place of what was kept before; nothing typed keeps nothing."""
    kept = {name: _storable(value) for name, value in fields.items() if _is_kept(name, value)}
    if len(kept) > MOST_FIELDS or sum(len(str(value)) for value in kept.values()) > LARGEST:
        raise DraftTooLarge
    if not kept:
        discard_draft(account, key=key)
        return None
    draft, _made = Draft.objects.update_or_create(
        account=account, key=key[:LONGEST_KEY], defaults={"fields": kept, "saved_at": at}
    )
    return draft


def discard_draft(account: Account, *, key: str) -> bool:
    """Forget a draft, once it is sent or thrown away; whether there was one."""
    gone, _by_model = Draft.objects.filter(account=account, key=key[:LONGEST_KEY]).delete()
    return gone > 0


def dismiss(account: Account, *, key: str, at: dt.datetime) -> Dismissal:
    """Put something away for good, such as the first-visit tour."""
    dismissal, _made = Dismissal.objects.get_or_create(account=account, key=key[:60], defaults={"at": at})
    return dismissal


def _is_kept(name: str, value: str | list[str]) -> bool:
    return bool(value) and name not in SECRETS and len(name) <= LONGEST_KEY


def _storable(value: str | list[str]) -> str | list[str]:
    if isinstance(value, list):
        return [_text(one) for one in value]
    return _text(value)


def _text(value: str) -> str:
    return value.replace("\0", "").encode("utf-8", "replace").decode()
