"""What every rule about an appraisal begins with: it is held, its cycle is open, and it waits for this."""

import datetime as dt

from moothall.appraisal.models import Appraisal, Event
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .refusals import LeftOutAlready, NotRunning, NotThisStage


def hold(appraisal: Appraisal, *stages: str) -> Appraisal:
    """The appraisal as it now stands, held until the transaction ends."""
    rows = Appraisal.objects.select_for_update(of=("self",)).select_related(
        "cycle__framework", "employment__person", "overall"
    )
    held = rows.get(pk=appraisal.pk)
    if not held.cycle.is_running:
        raise NotRunning
    if stages and held.stage not in stages:
        raise LeftOutAlready if held.stage == Appraisal.EXEMPT else NotThisStage
    return held


def change(appraisal: Appraisal, **values: object) -> None:
    """Write these columns, and have them on the row in hand."""
    Appraisal.objects.filter(pk=appraisal.pk).update(**values)
    for name, value in values.items():
        setattr(appraisal, name, value)


def note(appraisal: Appraisal, kind: str, *, by: Account | None, at: dt.datetime, said: str = "") -> Event:
    """Put what was done on the appraisal's own history, and in the audit without the words."""
    event = Event.objects.create(
        appraisal=appraisal, kind=kind, said=said, round=appraisal.round, at=at, by=by
    )
    append_audit(f"appraisal.{kind.lower()}", about=appraisal, by=by, at=at)
    return event


def is_own(appraisal: Appraisal, account: Account) -> bool:
    return account.person_id is not None and account.person_id == appraisal.employment.person_id
