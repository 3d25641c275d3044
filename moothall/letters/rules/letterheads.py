"""What stands on every letter, changed by keeping a new row."""

import datetime as dt

from django.core.cache import caches
from django.db import transaction

from moothall.letters.models import Letterhead
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit


@transaction.atomic
def save_letterhead(
    *,
    name: str,
    by: Account | None,
    at: dt.datetime,
    name_cy: str = "",
    address: str = "",
    address_cy: str = "",
    phone: str = "",
    email: str = "",
    website: str = "",
    signature: str = "",
    signature_cy: str = "",
    welsh_welcome: str = "",
    welsh_welcome_cy: str = "",
) -> Letterhead:
    """Letters written from now on carry this; those already written keep what they had."""
    head = Letterhead.objects.create(
        name=name,
        name_cy=name_cy,
        address=address,
        address_cy=address_cy,
        phone=phone,
        email=email,
        website=website,
        signature=signature,
        signature_cy=signature_cy,
        welsh_welcome=welsh_welcome,
        welsh_welcome_cy=welsh_welcome_cy,
        saved_by=by,
        saved_at=at,
    )
    caches["this process"].delete("office-name")
    append_audit("letterheads.saved", about=head, by=by, at=at)
    return head
