"""Asking those concerned what they think of a draft: each reader is written to once."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import ScheduleNotice, ScheduleVersion
from moothall.workforce.models import Employment

from .announcing import send_notice, some_rows
from .carrying_out import Work
from .notices import build_notices
from .planned import applied, lines_of_version
from .publishing import differences_of, published_of
from .schedule import hold_open

ASK: Final = "training.ask_about_schedule"


@transaction.atomic
def consult(version: ScheduleVersion, *, by: Account, at: dt.datetime) -> ScheduleVersion:
    """Those concerned are asked, each by one letter with what would differ for them; whoever was asked the
    same of it before is not asked again. The version stands as they see it until somebody changes it."""
    held = hold_open(version)
    held.state, held.consulted_at, held.consulted_by = ScheduleVersion.CONSULTED, at, by
    held.save(update_fields=["state", "consulted_at", "consulted_by"])
    asked = _write_questions(held, by=by, at=at)
    append_audit("training.consult_on_schedule", about=held, by=by, at=at, detail={"asked": asked})
    if asked:
        app.configure_task(ASK).defer(version_id=held.pk)
    return held


def _write_questions(version: ScheduleVersion, *, by: Account, at: dt.datetime) -> int:
    differences = differences_of(version, today=in_london(at).date())
    before = lines_of_version(published_of(version.schedule))
    people = {
        who for each in differences for line in (each.before, each.after) if line for who in line.people
    }
    staff = Employment.objects.filter(pk__in=people).select_related("person")
    work = Work(
        version, differences, by, at, "", old=before, new=applied(before, differences),
        staff={each.pk: each for each in staff},
    )  # fmt: skip
    known = _asked_before(version)
    turn = (version.notices.aggregate(last=Max("asked"))["last"] or 0) + 1
    made = [each for each in build_notices(work, asks=True) if known.get(each.reader_id) != each.rows]
    for each in made:
        each.asked = turn
    return len(ScheduleNotice.objects.bulk_create(made))


def _asked_before(version: ScheduleVersion) -> dict[int, list[list[str]]]:
    """What each reader was asked of this version last."""
    rows = version.notices.filter(asked__gt=0).order_by("asked", "pk")
    return {each.reader_id: each.rows for each in rows}


def asked_of(version: ScheduleVersion) -> int:
    """How many are asked by the last time it was consulted on."""
    if version.consulted_at is None:
        return 0
    return version.notices.filter(asked__gt=0, at=version.consulted_at).count()


def ask_about_schedule(version_id: int, *, at: dt.datetime) -> int:
    """Their letters are in the outbox; the answer is how many. May run again: none is written twice."""
    waiting: Sequence[int] = list(
        ScheduleNotice.objects.filter(version=version_id, asked__gt=0, sent_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return sum(send_notice(number, words_of_question, at=at) for number in waiting)


def words_of_question(notice: ScheduleNotice) -> tuple[str, str]:
    """Subject and body, in the language that is set."""
    version = notice.version
    said = {"schedule": version.schedule.name, "version": version.number}
    subject = _("What do you think of it? Planning Schedule %(schedule)s, version %(version)s") % said
    lead = _(
        "Version %(version)s of the Planning Schedule %(schedule)s is a draft. Nothing is booked by it yet. "
        "Please answer this letter if something cannot be as it is planned."
    )
    count = ngettext(
        "%(count)s line concerns you. The attached file has it.",
        "%(count)s lines concern you. The attached file has them.",
        len(notice.rows),
    ) % {"count": len(notice.rows)}
    address = settings.PUBLIC_URL.rstrip("/") + reverse(
        "schedule_version", args=[version.schedule_id, version.number]
    )
    link = _("The whole schedule, for those who keep it: %(link)s") % {"link": address}
    return subject, "\n\n".join((lead % said, count, *some_rows(notice), link))
