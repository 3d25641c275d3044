"""Asking those concerned what they think of a draft: each reader is written to once."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from moothall.core.clock import in_london
from moothall.letters.rules.fields import date_in
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.training.models import ScheduleNotice, ScheduleReader, ScheduleVersion
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
    same of it before is not asked again, and whoever was asked something else reads what changed since. The
    version stands as they see it until somebody changes it."""
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
    built = build_notices(work, asks=True)
    made = [
        each for each in built if each.reader_id not in known or known[each.reader_id].rows != each.rows
    ] + _of_nothing_more(work, known, {each.reader_id for each in built})
    for each in made:
        each.asked = turn
    return len(ScheduleNotice.objects.bulk_create(made))


def _asked_before(version: ScheduleVersion) -> dict[int, ScheduleNotice]:
    """What each reader was asked of this version last."""
    rows = version.notices.filter(asked__gt=0).order_by("asked", "pk")
    return {each.reader_id: each for each in rows}


def _of_nothing_more(
    work: Work, known: Mapping[int, ScheduleNotice], concerned: Collection[int]
) -> list[ScheduleNotice]:
    """For those who were asked something, and whom nothing of it concerns any more."""
    standing = set(ScheduleReader.objects.standing().order_by().values_list("pk", flat=True))
    return [
        ScheduleNotice(
            version=work.version, reader_id=each.reader_id, headings=each.headings, rows=[], at=work.at
        )
        for each in known.values()
        if each.rows and each.reader_id not in concerned and each.reader_id in standing
    ]


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
    last = notice.version.notices.filter(reader=notice.reader_id, asked__gt=0, asked__lt=notice.asked)
    if (before := last.order_by("-asked").first()) is not None:
        return _words_again(notice, before, said)
    lead = _(
        "Version %(version)s of the Planning Schedule %(schedule)s is a draft. Nothing is booked by it yet. "
        "Please answer this letter if something cannot be as it is planned."
    )
    count = ngettext(
        "%(count)s line concerns you. The attached file has it.",
        "%(count)s lines concern you. The attached file has them.",
        len(notice.rows),
    ) % {"count": len(notice.rows)}
    return subject, "\n\n".join((lead % said, count, *some_rows(notice.rows), _link(version)))


def _link(version: ScheduleVersion) -> str:
    address = settings.PUBLIC_URL.rstrip("/") + reverse(
        "schedule_version", args=[version.schedule_id, version.number]
    )
    return _("The whole schedule, for those who keep it: %(link)s") % {"link": address}


def _words_again(notice: ScheduleNotice, before: ScheduleNotice, said: Mapping[str, Any]) -> tuple[str, str]:
    """What changed since they were asked; the attached file has all of it as it is planned now."""
    language = notice.reader.language
    subject = _("Changed since you were asked: Planning Schedule %(schedule)s, version %(version)s") % said
    lead = _(
        "You were asked on %(day)s about version %(version)s of the Planning Schedule %(schedule)s. It has "
        "changed since. Nothing is booked by it yet. Please answer this letter if something cannot be as "
        "it is planned now."
    ) % {**said, "day": date_in(language, in_london(before.at).date())}
    new = [row for row in notice.rows if row not in before.rows]
    gone = [row for row in before.rows if row not in notice.rows]
    parts = [lead]
    if new:
        parts += [_("New since then, or different:"), *some_rows(new)]
    if gone:
        parts += [_("Not planned like this any more:"), *some_rows(gone)]
    last = (
        _("The attached file has all that concerns you, as it is planned now.")
        if notice.rows
        else _("Nothing of it concerns you any more.")
    )
    return subject, "\n\n".join((*parts, last, _link(notice.version)))
