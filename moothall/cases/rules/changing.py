"""How any field of a case changes: under a lock, on the timeline, in the audit, and with a way back."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Entry
from moothall.core.refusals import Refusal, Words
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .acting import may_act
from .following import tell_followers


class ChangedMeanwhile(Refusal):
    sentence = _("Somebody else changed this case while you were working on it.")
    next_step = _("What you typed is kept below. Read what changed, then save again.")


class CannotUndo(Refusal):
    sentence = _("This can no longer be undone, because the case has changed since.")
    next_step = _("Make the change you want by hand.")


class NotYoursToUndo(Refusal):
    sentence = _("Your role does not let you undo what a colleague did here.")
    next_step = _("Ask them, or somebody who may do the same.")


Inverse = Callable[[Case, Entry, Account | None, dt.datetime], None]
_inverses: dict[str, Inverse] = {}
_sayings: dict[str, Words] = {}
NEEDED = {
    "assign": "cases.assign",
    "hand_over": "cases.assign",
    "close": "cases.close",
    "reopen": "cases.close",
    "restrict": "cases.restrict",
}
ALSO_ONCE_CLOSED = {"close", "merge", "link", "restrict", "correct_received"}


def say_change(verb: str, words: Words) -> None:
    """Say how the timeline puts a verb of a floor above; `%(when)s` and the like come from the entry."""
    _sayings[verb] = words


def saying(verb: str) -> Words | None:
    return _sayings.get(verb)


def undone_by(verb: str) -> Callable[[Inverse], Inverse]:
    """Register how a verb is undone, where putting the fields back is not enough."""

    def register(inverse: Inverse) -> Inverse:
        _inverses[verb] = inverse
        return inverse

    return register


def lock(case: Case, *, edition: int | None = None) -> Case:
    """Hold the case until the transaction ends, and bring this object up to how the case now stands. Its key
    is not held: rows that lead to it may be written meanwhile, and nobody waits in a circle for them."""
    fresh: Case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    if edition is not None and fresh.edition != edition:
        raise ChangedMeanwhile
    for field in Case._meta.concrete_fields:
        value = getattr(fresh, field.attname)
        if getattr(case, field.attname) != value:
            setattr(case, field.attname, value)
    return case


@for_the_office()
def lock_from_above(case: Case, *, edition: int | None = None) -> Case:
    """Hold the case and those it serves, the topmost first, so that nobody waits in a circle."""
    above: list[int] = []
    parent_step = case.parent_step
    while parent_step is not None:
        above.append(parent_step.case_id)
        parent_step = parent_step.case.parent_step
    for case_id in reversed(above):
        Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case_id)
    return lock(case, edition=edition)


def plain(value: Any) -> Any:
    """A field's value as JSON keeps it."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


@transaction.atomic
def change_case(
    case: Case,
    *,
    verb: str,
    by: Account | None,
    at: dt.datetime,
    changes: Mapping[str, Any],
    note: str = "",
    said: Mapping[str, Any] | None = None,
    edition: int | None = None,
) -> Entry:
    """Write these fields, and say so on the timeline and in the audit. `said` has names for the sentence."""
    lock(case, edition=edition)
    before = {name: plain(getattr(case, field_of(name).attname)) for name in changes}
    after = {name: plain(value) for name, value in changes.items()}
    Case.objects.filter(pk=case.pk).update(**changes, edition=F("edition") + 1)
    for name, value in changes.items():
        setattr(case, name, value)
    case.edition += 1
    detail = {"verb": verb, "before": before, "after": after, "said": dict(said or {})}
    entry = Entry.objects.create(case=case, kind=Entry.CHANGE, at=at, by=by, text=note, detail=detail)
    append_audit(f"cases.{verb}", about=case, by=by, at=at, detail={"before": before, "after": after})
    tell_followers([case], verb, by=by, at=at)
    return entry


@for_the_office()
@transaction.atomic
def undo_change(entry: Entry, *, by: Account, at: dt.datetime) -> Entry:
    """Put back what a change changed, unless the case has moved on since."""
    case = lock_from_above(entry.case)
    change = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    verb = _refuse_to_undo(case, change, by=by)
    before = change.detail["before"]
    restored = {field_of(name).attname: _value(name, value) for name, value in before.items()}
    Case.objects.filter(pk=case.pk).update(**restored, edition=F("edition") + 1)
    lock(case)
    inverse = _inverses.get(verb)
    if inverse is not None:
        inverse(case, change, by, at)
    Entry.objects.filter(pk=change.pk).update(undone_by=by, undone_at=at)
    append_audit("cases.undo", about=case, by=by, at=at, detail={"verb": verb, "entry": change.pk})
    tell_followers([case], "undo", by=by, at=at)
    change.undone_by, change.undone_at = by, at
    return change


def _refuse_to_undo(case: Case, change: Entry, *, by: Account) -> str:
    """The verb to be undone, if the change still stands and this person may take it back."""
    if change.kind != Entry.CHANGE or change.undone_at is not None:
        raise CannotUndo
    verb = str(change.detail["verb"])
    if not change.detail["before"] and verb not in _inverses:
        raise CannotUndo
    if change.by_id != by.pk and not may_act(case, by, NEEDED.get(verb, "cases.work")):
        raise NotYoursToUndo
    if case.is_closed and verb not in ALSO_ONCE_CLOSED:
        raise CannotUndo
    after = change.detail["after"].items()
    if any(plain(getattr(case, field_of(name).attname)) != value for name, value in after):
        raise CannotUndo
    return verb


def field_of(name: str) -> Any:
    return Case._meta.get_field(name)


def _value(name: str, value: Any) -> Any:
    return field_of(name).to_python(value) if value is not None else None
