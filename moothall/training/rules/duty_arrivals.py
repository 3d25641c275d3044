"""Duty files that come by themselves: kept as they came, read, and carried out unless something is odd.

The same file twice changes nothing. A file that cannot be read is refused with a sentence, and one that has
far fewer lines than the last waits for a person: what was known stands until then.
"""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document, read_document
from moothall.training.models import DutyArrival, DutyChange, DutyFile, DutyRule

from .duties import bring_duties, carry_out_duties, put_duties_aside

UNDERSTAND: Final = "training.understand_duties"
STILL: Final = 60  # seconds in which nobody has written to a file
LARGEST: Final = 50 * 2**20
TAKEN: Final = "taken"


@transaction.atomic
def keep_arrival(
    content: bytes, *, name: str, source: str, by: Account | None, at: dt.datetime
) -> tuple[DutyArrival, bool]:
    """The file as it came, and whether it is new: the same bytes as the last one are that one again."""
    digest = hashlib.sha256(content).hexdigest()
    last = DutyArrival.objects.select_for_update(of=("self",)).exclude(state=DutyArrival.REFUSED).first()
    if last is not None and last.digest == digest:
        return last, False
    made = DutyArrival(name=name[:200], source=source, digest=digest, arrived_at=at, arrived_by=by)
    try:
        with transaction.atomic():
            made.raw = keep_document(content, name=name, by=by, at=at, declared_type="text/csv")
    except Refusal as refusal:
        made.state, made.said = DutyArrival.REFUSED, str(refusal)[:400]
    made.save()
    append_audit("training.duty_file_came", about=made, by=by, at=at, detail={"source": source})
    if made.state == DutyArrival.KEPT:
        app.configure_task(UNDERSTAND).defer(arrival_id=made.pk)
    return made, True


@transaction.atomic
def understand_arrival(arrival_id: int, *, at: dt.datetime) -> DutyArrival:
    """Read it and carry it out, or say why not. Safe to run twice."""
    held = DutyArrival.objects.select_for_update(of=("self",)).select_related("raw").get(pk=arrival_id)
    if held.state != DutyArrival.KEPT or held.raw is None:
        return held
    try:
        with transaction.atomic():
            held.file = bring_duties(read_document(held.raw), name=held.name, by=None, at=at)
    except Refusal as refusal:
        held.state, held.said = DutyArrival.REFUSED, str(refusal)[:400]
    else:
        _judge(held, held.file, at=at)
    held.understood_at = at
    held.save(update_fields=["file", "state", "said", "understood_at"])
    append_audit("training.duty_file_read", about=held, by=None, at=at, detail={"state": held.state})
    return held


def _judge(held: DutyArrival, file: DutyFile, *, at: dt.datetime) -> None:
    """Odd, the same, or to be carried out."""
    sorts = list(file.changes.values_list("sort", flat=True))
    unreadable = sorts.count(DutyChange.REFUSED)
    if odd := _odd(file, unreadable):
        held.state, held.said = DutyArrival.WAITS, odd
    elif len(sorts) == unreadable:
        held.state = DutyArrival.SAME
        held.file = put_duties_aside(file, by=None, at=at)
    else:
        held.state = DutyArrival.DONE
        held.file = carry_out_duties(file, by=None, at=at)


def _odd(file: DutyFile, unreadable: int) -> str:
    """Why a person has to look at it first; empty where nothing is odd."""
    rule = DutyRule.objects.first() or DutyRule()
    if not file.rows:
        return _("The file has no lines.")
    last = DutyArrival.objects.understood().select_related("file").first()
    before = last.file.rows if last is not None and last.file is not None else 0
    if file.rows * 100 < before * (100 - rule.fewer):
        words = _("It has %(now)s lines; the last file had %(before)s.")
        return words % {"now": file.rows, "before": before}
    if unreadable * 100 > file.rows * rule.unreadable:
        words = _("%(bad)s of its %(all)s lines cannot be read.")
        return words % {"bad": unreadable, "all": file.rows}
    return ""


@transaction.atomic
def set_duty_rule(*, fewer: int, unreadable: int, by: Account, at: dt.datetime) -> DutyRule:
    """From now on."""
    made = DutyRule.objects.create(fewer=fewer, unreadable=unreadable, set_at=at, set_by=by)
    append_audit("training.set_duty_rule", about=made, by=by, at=at)
    return made


def take_from_folder(folder: Path, *, at: dt.datetime) -> int:
    """Files in the watched folder that are written whole are kept, then put under `taken`.

    Whoever dies between the two finds it again, and it is the same file. The answer is how many.
    """
    if folder == Path() or not folder.is_dir():
        return 0
    count = 0
    for path in sorted(folder.glob("*.csv")):
        about = path.stat()
        if not path.is_file() or at.timestamp() - about.st_mtime < STILL or about.st_size > LARGEST:
            continue
        content = path.read_bytes()
        keep_arrival(content, name=path.name, source=DutyArrival.FOLDER, by=None, at=at)
        done = folder / TAKEN
        done.mkdir(exist_ok=True)
        path.replace(done / f"{hashlib.sha256(content).hexdigest()[:12]}-{path.name}")
        count += 1
    return count
