"""Nobody waits without a word: whoever has come a stage further is told, and whoever has not heard for as
long as was promised."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import override

from moothall.cases.models import Case, Step
from moothall.core.serving import for_the_office
from moothall.letters.models import Letter
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application, BulkAct, BulkRow

from .hearing import PROMISED, since
from .progress import progress_of
from .telling import tell, tell_update
from .wording import NOT_FURTHER

AT_ONCE: Final = 500
A_WHILE: Final = dt.timedelta(minutes=15)
RECENTLY: Final = dt.timedelta(days=730)
LATELY: Final = dt.timedelta(days=14)
TURNED_DOWN: Final = ("rejected", "no_appointment", "not_placed", "unsuccessful")
EARLIER: Final = 1
"""Working days before the promise runs out, so that it is kept."""


@for_the_office()
def tell_who_waits(*, at: dt.datetime, most: int = AT_ONCE) -> int:
    """Each once, in their language; those who have waited longest first. The answer is how many were told."""
    waiting = Application.objects.not_heard_since(since(at, days=PROMISED - EARLIER)).in_full()
    return sum(update(each, at=at) for each in waiting.order_by("submitted_at", "id")[:most])


@for_the_office()
def tell_of_changes(*, at: dt.datetime, most: int = AT_ONCE) -> int:
    """Whoever has come a stage further and has heard nothing since is told, once what was done by mistake
    has been taken back; how many were."""
    done = Step.objects.filter(
        case=OuterRef("case_id"), state=Step.DONE, done_at__gt=OuterRef("knows"), done_at__lte=at - A_WHILE
    )
    rows = Application.objects.running().filter(submitted_at__gte=at - RECENTLY).with_heard()
    rows = rows.annotate(knows=Coalesce(F("heard_at"), F("submitted_at"))).filter(Exists(done))
    held = Q(case__held_until__isnull=False)
    return sum(
        update(each, at=at) for each in rows.exclude(held).in_full().order_by("submitted_at", "id")[:most]
    )


@for_the_office()
def tell_turned_down(*, at: dt.datetime, most: int = AT_ONCE) -> int:
    """Whoever is not taken further is told, once what was done by mistake has been taken back, and unless
    somebody wrote to them since, or has said that they are not told; how many were."""
    wrote = Letter.objects.filter(
        about_kind=Case._meta.label_lower, about_id=OuterRef("case_id"), person=OuterRef("applicant__person"),
        written_at__gte=OuterRef("case__closed_at"),
    )  # fmt: skip
    rows = Application.objects.standing().filter(
        case__status=Case.CLOSED, case__outcome__in=TURNED_DOWN, case__closed_at__lte=at - A_WHILE,
        case__closed_at__gte=at - LATELY,
    )  # fmt: skip
    quietly = BulkRow.objects.filter(
        application=OuterRef("pk"), state=BulkRow.DONE, act__kind=BulkAct.REJECT, act__given__tell=False
    )  # fmt: skip
    waiting = rows.exclude(Exists(wrote)).exclude(Exists(quietly)).in_full().order_by("case__closed_at", "id")
    return sum(turn_down(each, at=at) for each in waiting[:most])


@transaction.atomic
def turn_down(application: Application, *, at: dt.datetime) -> bool:
    sent = tell(NOT_FURTHER, application, at=at)
    if sent is not None:
        append_audit("recruitment.tell", about=application, by=None, at=at)
    return sent is not None


@transaction.atomic
def update(application: Application, *, at: dt.datetime) -> bool:
    """Where they are, whose turn it is, why it takes time, and the next date."""
    language = application.language
    with override("cy" if language == "cy" else "en-gb"):
        progress = progress_of(application, language=language, at=at)
    if progress.is_over or not progress.now:
        return False
    stage = ", ".join(each.words for each in progress.now)
    sent = tell_update(
        application, stage=stage, turn=progress.turn, because=progress.because, by_day=progress.next_on, at=at
    )
    if sent is not None:
        append_audit("recruitment.tell", about=application, by=None, at=at)
    return sent is not None
