"""By the clock: whoever decides on a request hears that its day is near, the person that it has passed."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from moothall.core.serving import for_the_office
from moothall.letters.rules.built_in import BuiltIn
from moothall.people.models import Person
from moothall.personnel.models import FlexibleRequest, SentOnce
from moothall.workforce.models import Employment

from .telling import Sent, address_to, send_once, words_of
from .wording.flexible import CHASED, CHASED_LAST, CHASED_LATE, LATE

SOON, LAST = dt.timedelta(days=14), dt.timedelta(days=3)
LATEST = dt.timedelta(days=90)


@for_the_office()
def chase_deciders(*, at: dt.datetime, today: dt.date) -> int:
    """The answer is how many letters were written; run again it writes none twice. What is late for long is
    seen in the list and no longer written about."""
    rows = FlexibleRequest.objects.waiting().filter(decide_by__lte=today + SOON, decide_by__gt=today - LATEST)
    told = 0
    for request in rows.shown().order_by("decide_by", "id"):
        told += _tell_decider(request, at=at, today=today)
        if request.is_late(today):
            told += _tell(request, LATE, request.employment.person, at=at)
    return told


def _rung(request: FlexibleRequest, today: dt.date) -> BuiltIn:
    if request.is_late(today):
        return CHASED_LATE
    assert request.decide_by is not None  # noqa: S101  (the query asks for it)
    return CHASED_LAST if request.decide_by <= today + LAST else CHASED


def _tell_decider(request: FlexibleRequest, *, at: dt.datetime, today: dt.date) -> bool:
    decider = decider_of(request, today)
    return decider is not None and _tell(request, _rung(request, today), decider, at=at)


def decider_of(request: FlexibleRequest, on: dt.date) -> Person | None:
    """Their manager of the day; of an appeal the manager above, who had no part in the refusal."""
    manager = _manager_of(request.employment_id, on)
    if manager is not None and request.state == FlexibleRequest.APPEALED:
        manager = _manager_of(manager.pk, on)
    if manager is None:
        return None
    refused_by = request.decided_by.person_id if request.decided_by else None
    is_appeal = request.state == FlexibleRequest.APPEALED
    return None if is_appeal and manager.person_id == refused_by else manager.person


def _manager_of(employment_id: int, on: dt.date) -> Employment | None:
    main = Employment.objects.with_assignment(on).get(pk=employment_id).main
    return main.manager if main else None


@transaction.atomic
def _tell(request: FlexibleRequest, built_in: BuiltIn, to: Person, *, at: dt.datetime) -> bool:
    """Once for the day it is to be decided by; another day is chased anew."""
    about_on = request.decide_by
    channel, address = address_to(to)
    if about_on is None or not address:
        return False
    if SentOnce.objects.filter(
        flexible=request, key=built_in.key, about_on=about_on, not_sent_at=None
    ).exists():
        return False
    language = "cy" if to.language == "cy" else "en"
    link = settings.PUBLIC_URL.rstrip("/") + reverse("flexible_page", args=[request.pk])
    subject, text = words_of(
        request, built_in, language=language, by=None, at=at, to=to, besides={"flexible.link": link}
    )
    sent = Sent(channel, address, language, subject, text)
    send_once(request, built_in, sent=sent, about_on=about_on, by=None, at=at, to=to)
    return True
