"""Another room for a session whose own is shut, as a repair proposes it. Nobody is told of it here."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.bookings.models import Resource
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import Session

from .repair_refusals import NotAsItWas
from .rooms import name_where, take_together, things_of


def put_into_rooms(
    session: Session, before: Collection[int], after: Collection[int], *, by: Account, at: dt.datetime
) -> None:
    """It takes these and no longer those. The caller holds the session and is in a transaction."""
    if {each.pk for each in things_of(session)} != set(before):
        words = _("%(course)s of %(day)s has other rooms since.")
        course = session.version.course.name_in(get_language() or "en")
        raise NotAsItWas(words % {"course": course, "day": f"{session.first_on:%d/%m/%Y}"})
    rows = (
        Resource.objects.filter(pk__in=after, retired_at=None).select_related("place").order_by("name", "id")
    )
    things = list(rows)
    take_together(session, things, by=by, at=at, because=_("The room is shut"))
    name_where(session, things)
    session.save(update_fields=["place", "room", "room_cy"])
    detail = {"things": [each.pk for each in things], "repair": True}
    append_audit("training.choose_rooms", about=session, by=by, at=at, detail=detail)
