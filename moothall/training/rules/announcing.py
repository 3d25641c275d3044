"""Telling of a published version, once it stands: readers get a file, and everybody word of their place."""

import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from moothall.core.clock import in_london
from moothall.core.lists.exporting import write_csv
from moothall.letters.models import MAIL
from moothall.letters.rules.fields import LANGUAGES, date_in
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.records.rules.documents import keep_document
from moothall.training.models import Nomination, PlaceNews, ScheduleNotice, ScheduleVersion, Session

from .inviting import tell_trainers
from .telling import tell_of_cancelling, tell_of_leaving, tell_of_place, tell_of_waiting

TELL: Final = "training.tell_of_schedule"
AT_ONCE: Final = 50
SHOWN: Final = 12
Words = Callable[[ScheduleNotice], tuple[str, str]]
"""Subject and body, in the language that is set."""


def tell_later(version: ScheduleVersion) -> None:
    """Have everybody told once this transaction stands."""
    app.configure_task(TELL).defer(version_id=version.pk)


def tell_of_schedule(version_id: int, *, at: dt.datetime) -> int:
    """Readers are sent their differences, everybody their own news, and trainers what they teach. May run
    again: what was sent is not sent twice, whenever it was broken off."""
    sent = 0
    for notice in ScheduleNotice.objects.filter(version=version_id, asked=0, sent_at=None).order_by("pk"):
        sent += send_notice(notice.pk, _words, at=at)
    while told := _tell_some(version_id, at=at):
        sent += told
    version = ScheduleVersion.objects.select_related("published_by").get(pk=version_id)
    return sent + sum(
        _tell_who_teaches(each, by=version.published_by, at=at) for each in _taught(version, at=at)
    )


@transaction.atomic
def send_notice(number: int, words: Words, *, at: dt.datetime) -> bool:
    """One letter with its file into the outbox, unless it is there."""
    rows = ScheduleNotice.objects.select_for_update(of=("self",), skip_locked=True).filter(sent_at=None)
    notice = (
        rows.select_related("version__schedule", "version__published_by", "version__consulted_by", "reader")
        .filter(pk=number)
        .first()
    )
    if notice is None:
        return False
    reader, version = notice.reader, notice.version
    by = version.consulted_by if notice.asked else version.published_by
    with translation.override(LANGUAGES[reader.language]):
        subject, body = words(notice)
        name = f"planning-schedule-{version.number}.csv"
    document = keep_document(csv_of(notice), name=name, by=by, at=at)
    queue_letter(
        about=version, person=None, channel=MAIL, language=reader.language, to_address=reader.email,
        to_name=reader.name, from_address="", from_name="", subject=subject, body=body,
        by=by, at=at, documents=[document], automatic=True,
    )  # fmt: skip
    notice.sent_at = at
    notice.save(update_fields=["sent_at"])
    return True


def csv_of(notice: ScheduleNotice) -> bytes:
    """The differences as the file that is attached."""
    file = io.BytesIO()
    write_csv(file, notice.headings, [list(row) for row in notice.rows])
    return file.getvalue()


def _words(notice: ScheduleNotice) -> tuple[str, str]:
    """Subject and body, in the language that is set."""
    version, language = notice.version, notice.reader.language
    said = {"schedule": version.schedule.name, "version": version.number}
    day = date_in(language, version.published_at.date()) if version.published_at else ""
    subject = _("Planning Schedule %(schedule)s: what changed for you in version %(version)s") % said
    count = ngettext(
        "%(count)s line concerns you. The attached file has it, for a spreadsheet or another system.",
        "%(count)s lines concern you. The attached file has them, for a spreadsheet or another system.",
        len(notice.rows),
    ) % {"count": len(notice.rows)}
    lead = _("Version %(version)s of the Planning Schedule %(schedule)s was published on %(day)s.") % (
        said | {"day": day}
    )
    address = settings.PUBLIC_URL.rstrip("/") + reverse(
        "schedule_version", args=[version.schedule_id, version.number]
    )
    link = _("The whole schedule, for those who keep it: %(link)s") % {"link": address}
    return subject, "\n\n".join(part for part in (lead, count, *some_rows(notice.rows), link) if part)


def some_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first of them, and that there are more."""
    first = "\n".join("- " + ", ".join(cell for cell in row if cell) for row in rows[:SHOWN])
    more = _("The rest is in the file.") if len(rows) > SHOWN else ""
    return [part for part in (first, more) if part]


@transaction.atomic
def _tell_some(version_id: int, *, at: dt.datetime) -> int:
    """The next few whose places changed, by letter as it stands now."""
    rows = PlaceNews.objects.select_for_update(of=("self",), skip_locked=True).filter(
        version=version_id, told_at=None
    )
    news = list(
        rows.select_related(
            "nomination__employment__person", "nomination__session__version__course",
            "nomination__session__place", "version__published_by",
        ).order_by("pk")[:AT_ONCE]
    )  # fmt: skip
    for each in news:
        _tell(each, at=at)
    PlaceNews.objects.filter(pk__in=[each.pk for each in news]).update(told_at=at)
    return len(news)


def _taught(version: ScheduleVersion, *, at: dt.datetime) -> list[int]:
    """Sessions of this version that are not over, and those that publishing it called off."""
    stands = Q(schedule_lines__version=version)
    ended = Q(schedule_lines__version__schedule=version.schedule_id, cancelled_at=version.published_at)
    rows = Session.objects.filter(stands | ended, last_on__gte=in_london(at).date())
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


@transaction.atomic
def _tell_who_teaches(number: int, *, by: Account | None, at: dt.datetime) -> int:
    session = Session.objects.select_for_update(of=("self",)).in_full().get(pk=number)
    return tell_trainers(session, by=by, at=at)


def _tell(news: PlaceNews, *, at: dt.datetime) -> None:
    place, by = news.nomination, news.version.published_by
    if place.state == Nomination.PLACED:
        tell_of_place(place, by=by, at=at)
    elif place.state == Nomination.WAITING:
        tell_of_waiting(place, by=by, at=at)
    elif not place.session.is_standing:
        tell_of_cancelling(place, by=by, at=at)
    else:
        tell_of_leaving(place, by=by, at=at)
