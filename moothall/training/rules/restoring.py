"""Places that were taken back by mistake given again as they were, whatever has become of duties since."""

from collections.abc import Collection, Sequence

from django.db import IntegrityError
from django.db.models import F
from django.db.models.functions import Greatest

from moothall.training.models import Nomination, PlaceDay, Session, SparedRow, TeamDay


def restore_places(places: Sequence[tuple[Nomination, Collection[int]]]) -> None:
    """Each with the lines of the ledger that it took from. What stood before stands again, also where the
    team is below its minimum by it, which the ledger shows. IntegrityError where somebody else has the place,
    or they are elsewhere on that day. The caller holds the sessions and employments."""
    lines = sorted({line for _one, those in places for line in those})
    list(TeamDay.objects.select_for_update().filter(pk__in=lines).order_by("pk").values_list("pk"))
    for one, those in places:
        session = Session.objects.filter(pk=one.session_id, cancelled_at=None, taken__lt=F("capacity"))
        if not session.update(taken=F("taken") + 1):
            raise IntegrityError
        days = Session.objects.values_list("days", flat=True).get(pk=one.session_id)
        PlaceDay.objects.bulk_create(
            [PlaceDay(nomination=one, employment_id=one.employment_id, day=day) for day in days]
        )
        out = F("out") + 1
        beyond = Greatest(out - Greatest(F("present") - F("minimum"), 0), 0)
        TeamDay.objects.filter(pk__in=those).update(out=out, beyond=beyond)
        SparedRow.objects.bulk_create([SparedRow(nomination=one, line_id=line) for line in those])
        Nomination.objects.filter(pk=one.pk).update(
            state=Nomination.PLACED, waits_because="", waits_for="", because=""
        )
        one.state = Nomination.PLACED
