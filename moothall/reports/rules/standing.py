"""How things stand today beside the month: what runs out, what waits, what is lacking. Reads only."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.absence.models import Episode, Figure
from moothall.conduct.models import Matter
from moothall.core.refusals import Words
from moothall.core.serving import for_the_office
from moothall.credentials.models import Credential
from moothall.credentials.models.credential import CredentialQuerySet
from moothall.leave.models import LeaveRequest
from moothall.people.models import Account
from moothall.workforce.models import Assignment

from .months import DAY, Scope, scope_of
from .reading import COUNTED

SOON = (30, 60, 90)


@dataclass(frozen=True)
class Standing:
    """A number as it stands today, and where the rows are that it counts."""

    words: Words
    number: int
    address: str = ""


def standing(account: Account, *, unit: int | None, on: dt.date) -> list[Standing]:
    scope = scope_of(account)
    found = list(_credentials(account, unit, on))
    found.append(_leave_waiting(Scope(scope.teams, unit), on))
    if unit is None:
        found += _certificates(account, on)
        found += _casework(account)
    return found


def _credentials(account: Account, unit: int | None, on: dt.date) -> Iterator[Standing]:
    """The lists of credentials show the same rows: their own question is asked here."""
    rows = Credential.objects.visible_to(account).current().of_those_who_work_here(on)
    if unit is not None:
        rows = _in_unit(rows, unit, on)
    within = {f"in_{days}": Count("pk", filter=_expires(on, days)) for days in SOON}
    counts = (
        rows.verified()
        .filter(expires_on__lte=on + max(SOON) * DAY)
        .aggregate(over=Count("pk", filter=Q(expires_on__lt=on)), **within)
    )
    there = f"&unit={unit}" if unit is not None else ""
    address = reverse("credential_list")
    for days in SOON:
        words = _("Credentials that run out within %s days") % days
        yield Standing(words, counts[f"in_{days}"], f"{address}?state={days}{there}")
    yield Standing(_("Credentials that have run out"), counts["over"], f"{address}?state=over{there}")


def _expires(on: dt.date, days: int) -> Q:
    return Q(expires_on__gte=on, expires_on__lte=on + dt.timedelta(days=days))


def _in_unit(rows: CredentialQuerySet, unit: int, on: dt.date) -> CredentialQuerySet:
    there = Assignment.objects.in_force(on).filter(
        employment__person=OuterRef("person"), is_main=True, unit_id=unit
    )
    return rows.filter(Exists(there))


def waiting_leave(scope: Scope, on: dt.date) -> QuerySet[LeaveRequest]:
    """The requests for leave that nobody has decided, of those in sight."""
    rows = LeaveRequest.objects.filter(state=LeaveRequest.REQUESTED, employment__workforce__in=COUNTED)
    if scope == Scope():
        here = Q(employment__ended_on=None) | Q(employment__ended_on__gte=on)
        return rows.filter(here, employment__started_on__lte=on)
    there = Assignment.objects.in_force(on).filter(is_main=True, employment=OuterRef("employment"))
    return rows.filter(Exists(scope.narrow(there)))


def _leave_waiting(scope: Scope, on: dt.date) -> Standing:
    address = reverse("waiting_leave") + (f"?unit={scope.unit}" if scope.unit is not None else "")
    return Standing(_("Requests for leave that wait"), waiting_leave(scope, on).count(), address)


def _certificates(account: Account, on: dt.date) -> Iterator[Standing]:
    if account.may("absence.record"):
        figures = Figure.objects.on(on)
        rows = Episode.objects.standing().recorded_for(account, on=on)
        number = rows.without_evidence(on, self_days=figures.whole("self_days")).count()
        yield Standing(
            _("Absences that no certificate covers"), number, f"{reverse('absence_list')}?state=lacking"
        )


def _casework(account: Account) -> Iterator[Standing]:
    """A number and no more: who a matter is about is for those whom its case names."""
    if account.standing().everywhere_for("conduct.work"):
        with for_the_office():
            open_now = Matter.objects.open().count()
        yield Standing(_("Employee casework that is open"), open_now)
