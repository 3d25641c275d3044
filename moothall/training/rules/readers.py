"""Who is sent the differences of each published version."""

import datetime as dt

from django.db import IntegrityError, transaction

from moothall.people.models import Account, Place
from moothall.records.rules.audit import append_audit
from moothall.training.models import ScheduleReader

from .refusals import ReaderThere, TakenBack


@transaction.atomic
def add_reader(
    *, sort: str, name: str, email: str, language: str, place: Place | None, by: Account | None,
    at: dt.datetime,
) -> ScheduleReader:  # fmt: skip
    """From the next published version on they are sent what concerns them."""
    try:
        with transaction.atomic():
            made = ScheduleReader.objects.create(
                sort=sort, name=name.strip(), email=email.strip().lower(), language=language, place=place,
                added_at=at, added_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise ReaderThere from None
    append_audit("training.add_schedule_reader", about=made, by=by, at=at, detail={"sort": sort})
    return made


@transaction.atomic
def end_reader(reader: ScheduleReader, *, by: Account, at: dt.datetime) -> None:
    """They are sent nothing any more."""
    if not ScheduleReader.objects.filter(pk=reader.pk, ended_at=None).update(ended_at=at, ended_by=by):
        raise TakenBack
    append_audit("training.end_schedule_reader", about=reader, by=by, at=at)


@transaction.atomic
def restore_reader(reader: ScheduleReader, *, by: Account, at: dt.datetime) -> None:
    """They are sent what concerns them again."""
    rows = ScheduleReader.objects.filter(pk=reader.pk, ended_at__isnull=False)
    try:
        with transaction.atomic():
            done = rows.update(ended_at=None, ended_by=None)
    except IntegrityError:
        raise ReaderThere from None
    if not done:
        raise TakenBack
    append_audit("training.restore_schedule_reader", about=reader, by=by, at=at)
