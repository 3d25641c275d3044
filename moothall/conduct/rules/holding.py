"""A matter is held while it changes, by somebody its case names; what was done goes to its timeline."""

import datetime as dt

from moothall.cases.models import Entry
from moothall.cases.rules.acting import is_named
from moothall.cases.rules.changing import lock
from moothall.cases.rules.refusals import refuse_if_closed
from moothall.cases.rules.timeline import add_entry
from moothall.conduct.models import Matter
from moothall.people.models import Account, Person
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit

from .refusals import NotNamed


def hold(matter: Matter, *, by: Account | None, once_closed: bool = False) -> Matter:
    """The matter with its case locked. Whom only an emergency let in reads, and changes nothing."""
    lock(matter.case)
    if by is not None and not is_named(matter.case, by):
        raise NotNamed
    if not once_closed:
        refuse_if_closed(matter.case)
    return matter


def write(verb: str, matter: Matter, *, by: Account | None, at: dt.datetime, **detail: object) -> None:
    """Into the audit, about the case: numbers and days, never the words."""
    append_audit(f"conduct.{verb}", about=matter.case, by=by, at=at, detail={"matter": matter.pk, **detail})


def put_on_timeline(
    matter: Matter, text: str, *, by: Account | None, at: dt.datetime, kind: str = Entry.NOTE,
    documents: tuple[Document, ...] = (), person: Person | None = None,
) -> Entry:  # fmt: skip
    return add_entry(matter.case, kind=kind, at=at, by=by, text=text, documents=documents, person=person)
