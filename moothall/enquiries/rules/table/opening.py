"""The rows that would be opened become cases, exactly once; and a whole table is taken back."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.closing import BY_MISTAKE, close_case
from moothall.cases.rules.opening import NewCase, open_cases, opening_words
from moothall.cases.rules.timeline import add_entries
from moothall.core.refusals import Refusal
from moothall.enquiries.models import Contact, ContactCase, TableImport, TableRow
from moothall.enquiries.models.contact import API, CHANNELS
from moothall.enquiries.rules.knowing import person_by_number_or_name
from moothall.people.models import Account, Person
from moothall.people.models.contact_folding import fold_email, tidy
from moothall.people.rules.persons import LONGEST_NAME
from moothall.people.rules.senders import find_or_add_senders
from moothall.records.rules.audit import append_audit

from .bringing import NotNow, batches, go_to_step, reader_of, scoped
from .meaning import Enquiry

SIZE = 50


@transaction.atomic
def begin_opening(table: TableImport, *, by: Account | None, at: dt.datetime, by_worker: bool = True) -> None:
    """From now on cases are opened."""
    from moothall.enquiries.tasks import bring_table_on

    go_to_step(table, (TableImport.CHECKED,), TableImport.RUNNING)
    append_audit("enquiries.open_table", about=table, by=by, at=at, detail={"rows": table.rows})
    if by_worker:
        bring_table_on.defer(table_id=table.pk)


def open_rows(table: TableImport, *, at: dt.datetime) -> None:
    """Open every row that would be; a row that cannot be opened after all is refused with the reason."""
    reader = reader_of(table)
    for rows in batches(table, TableRow.NEW, SIZE):
        read = [(row, *reader.read(row.cells, at=at)) for row in rows]
        for row, enquiry, wrong in read:
            if enquiry is None:
                _refuse(row, " ".join(wrong))
        ready = [(row, enquiry) for row, enquiry, _wrong in read if enquiry is not None]
        if not _opened(table, ready, at=at):
            for each in ready:
                _opened(table, [each], at=at, alone=True)
        TableImport.objects.filter(pk=table.pk).update(done=F("done") + len(rows))
    TableImport.objects.filter(pk=table.pk, state=TableImport.RUNNING).update(
        state=TableImport.FINISHED, finished_at=at
    )


def _refuse(row: TableRow, reason: str, result: str = TableRow.REFUSED) -> None:
    TableRow.objects.filter(pk=row.pk).update(result=result, reason=reason)


def _opened(
    table: TableImport, ready: Sequence[tuple[TableRow, Enquiry]], *, at: dt.datetime, alone: bool = False
) -> bool:
    """Open these, all or none. Alone, a row that cannot be says why."""
    try:
        with transaction.atomic():
            _open(table, ready, at=at)
    except IntegrityError:
        if alone:
            _refuse(ready[0][0], _("It was brought in before."), TableRow.COPY)
    except Refusal as refusal:
        if alone:
            _refuse(ready[0][0], str(refusal))
    else:
        return True
    return False


def _open(table: TableImport, ready: Sequence[tuple[TableRow, Enquiry]], *, at: dt.datetime) -> None:
    persons = _persons([enquiry for _row, enquiry in ready], by=table.started_by, at=at)
    wanted = [
        NewCase(
            service=enquiry.service, title=enquiry.title, channel=enquiry.channel,
            received_at=enquiry.received_at, by=table.started_by, requester=person, team=enquiry.team,
            answers=enquiry.answers, priority=enquiry.priority,
            language=enquiry.language or (person.language if person else ""),
        )
        for (_row, enquiry), person in zip(ready, persons, strict=True)
    ]  # fmt: skip
    cases = open_cases(wanted, at=at, indexed=False)
    said = [
        Entry(
            case=case, kind=Entry.MAIL_IN if enquiry.channel == "mail" else Entry.NOTE,
            at=enquiry.received_at, by=table.started_by, person=person, subject=enquiry.title,
            text=enquiry.text or enquiry.title, sender=enquiry.email,
            detail={"table": table.pk, "row": row.number},
        )
        for (row, enquiry), case, person in zip(ready, cases, persons, strict=True)
    ]  # fmt: skip
    add_entries([(entry, []) for entry in said], also=opening_words(cases, wanted))
    _count(table, cases, persons, ready, at=at)
    for (row, _enquiry), case in zip(ready, cases, strict=True):
        row.result, row.case, row.opened_key, row.reason = TableRow.OPENED, case, scoped(table, row.key), ""
    TableRow.objects.bulk_update([row for row, _enquiry in ready], ["result", "case", "opened_key", "reason"])


def _count(
    table: TableImport, cases: Sequence[Case], persons: Sequence[Person | None],
    ready: Sequence[tuple[TableRow, Enquiry]], *, at: dt.datetime,
) -> None:  # fmt: skip
    """Each row is a contact that led to its case."""
    known = {key for key, _words in CHANNELS}
    contacts = Contact.objects.bulk_create(
        Contact(
            channel=enquiry.channel.upper() if enquiry.channel.upper() in known else API, result=Contact.CASE,
            person=person, team_id=case.team_id, subject=case.title, received_at=enquiry.received_at,
            logged_at=at, logged_by=table.started_by,
        )
        for (_row, enquiry), case, person in zip(ready, cases, persons, strict=True)
    )  # fmt: skip
    ContactCase.objects.bulk_create(
        ContactCase(contact=contact, case=case) for contact, case in zip(contacts, cases, strict=True)
    )


def _persons(enquiries: Sequence[Enquiry], *, by: Account | None, at: dt.datetime) -> list[Person | None]:
    """Who asked: by address, else by number and name; somebody new only where nobody fits."""
    senders = find_or_add_senders([(each.name, each.email) for each in enquiries if each.email], at=at)
    found: list[Person | None] = []
    for each in enquiries:
        if each.email:
            found.append(senders.get((fold_email(each.email), tidy(each.name, LONGEST_NAME))))
        else:
            found.append(person_by_number_or_name(each.name, each.phone, by=by, at=at))
    return found


@transaction.atomic
def begin_undoing(table: TableImport, *, by: Account | None, at: dt.datetime, by_worker: bool = True) -> None:
    """Take the whole table back, as far as nobody has touched its cases."""
    from moothall.enquiries.tasks import bring_table_on

    go_to_step(table, (TableImport.FINISHED,), TableImport.UNDOING, undone_by=by, undone_at=at)
    append_audit("enquiries.undo_table", about=table, by=by, at=at, detail={"rows": table.rows})
    if by_worker:
        bring_table_on.defer(table_id=table.pk)


def undo_rows(table: TableImport, *, at: dt.datetime) -> None:
    """Close the untouched cases as opened by mistake; those that somebody has worked on stay, and say so."""
    if table.state != TableImport.UNDOING:
        raise NotNow
    rows = table.lines.filter(result=TableRow.OPENED, reason="").select_related("case").order_by("number")
    for row in rows:
        with transaction.atomic():
            _undo(row, table, at=at)
        TableImport.objects.filter(pk=table.pk).update(done=F("done") + 1)
    TableImport.objects.filter(pk=table.pk).update(state=TableImport.UNDONE)


def _undo(row: TableRow, table: TableImport, *, at: dt.datetime) -> None:
    case = row.case
    if case is None or case.edition > 1 or case.is_closed or case.entries.count() > 1:
        TableRow.objects.filter(pk=row.pk).update(reason=_("Somebody has worked on it since, so it stays."))
        return
    because = _("The table it came in was taken back.")
    close_case(case, by=table.undone_by, at=at, outcome=BY_MISTAKE, reason=because)
    TableRow.objects.filter(pk=row.pk).update(result=TableRow.UNDONE, opened_key=None, reason=because)
