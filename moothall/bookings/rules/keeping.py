"""Setting up what can be taken: resources, the parts of divided rooms, and what they have."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Feature, Resource, ResourcePart
from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .nights import count_beds_of
from .setting import RoomNamedAlready


class PartsOfParts(Refusal):
    sentence = _("A part cannot be divided itself, and a whole cannot be a part.")
    next_step = _("Name the smallest parts beside each whole.")


class HasADiary(Refusal):
    sentence = _("This account has a diary already.")
    next_step = _("Open the one that is there, or put it back into use.")


def save_resource(
    resource: Resource | None,
    *,
    features: Collection[Feature] = (),
    parts: Collection[Resource] = (),
    by: Account | None,
    at: dt.datetime,
    **values: Any,
) -> Resource:
    """Add something that can be taken, or correct it; what is booked stays as it is."""
    held = resource or Resource()
    for name, value in values.items():
        setattr(held, name, value)
    try:
        with transaction.atomic():
            held.save()
            held.features.set(features)
            _set_parts(held, parts)
            append_audit("bookings.resource", about=held, by=by, at=at)
            count_beds_of(held, by=by, at=at)
    except IntegrityError as clash:
        if "a_person_is_one_resource" in str(clash):
            raise HasADiary from clash
        if "a_room_is_named_once_in_a_place" not in str(clash):
            raise
        raise RoomNamedAlready from clash
    return held


def _set_parts(whole: Resource, parts: Collection[Resource]) -> None:
    ids = {each.pk for each in parts} - {whole.pk}
    deeper = ResourcePart.objects.filter(whole__in=ids).exists()
    if ids and (deeper or ResourcePart.objects.filter(part=whole).exists()):
        raise PartsOfParts
    ResourcePart.objects.filter(whole=whole).exclude(part__in=ids).delete()
    ResourcePart.objects.bulk_create(
        [ResourcePart(whole=whole, part_id=each) for each in sorted(ids)], ignore_conflicts=True
    )
