"""Each row against the record: new, a renewal, there already, or with other days. Nothing but the rows is
written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal
from moothall.credentials.models import Credential, CredentialFile, CredentialRow
from moothall.credentials.rules.recording import check_days, valid_until
from moothall.people.models import Account
from moothall.workforce.models import Employment

from .reading import Means, Reader, Said

BATCH = 500
Key = tuple[str, int, str, dt.date]


@dataclass(frozen=True)
class Ours:
    """What we have of those whom some rows name."""

    people: dict[str, Employment]
    held: dict[tuple[int, int], list[Credential]]


def ours_of(numbers: Iterable[str]) -> Ours:
    rows = Employment.objects.filter(number__in=set(numbers)).select_related("person")
    people = {each.number: each for each in rows.order_by("id")}
    held: dict[tuple[int, int], list[Credential]] = defaultdict(list)
    persons = {each.person_id for each in people.values()}
    for each in Credential.objects.standing().filter(person__in=persons).order_by("-issued_on", "-id"):
        held[each.person_id, each.kind_id].append(each)
    return Ours(people, held)


def compare_rows(table: CredentialFile, *, today: dt.date) -> None:
    """Say of each row what would become of it."""
    reader = Reader(Means.of(table.means), table.columns)
    seen: set[Key] = set()
    CredentialFile.objects.filter(pk=table.pk).update(done=0)
    waiting = CredentialRow.objects.filter(table=table).order_by("number")
    first = 0
    while rows := list(waiting[first : first + BATCH]):
        read = [(row, *reader.read(row.cells)) for row in rows]
        ours = ours_of(said.employee for _row, said, _wrong in read if said)
        for row, said, wrong in read:
            row.kind, row.reason, row.ours, row.key = "", "", None, said.employee if said else ""
            if said is None:
                refuse(row, " ".join(wrong))
            else:
                _judge(row, said, ours, seen, by=table.started_by, today=today)
        with transaction.atomic():
            CredentialRow.objects.bulk_update(rows, ["kind", "reason", "key", "ours"])
            CredentialFile.objects.filter(pk=table.pk).update(done=F("done") + len(rows))
        first += BATCH
    CredentialFile.objects.filter(pk=table.pk, state=CredentialFile.CHECKING).update(
        state=CredentialFile.CHECKED
    )


def refuse(row: CredentialRow, reason: str) -> None:
    row.kind, row.reason = CredentialRow.REFUSED, reason


def _judge(
    row: CredentialRow, said: Said, ours: Ours, seen: set[Key], *, by: Account | None, today: dt.date
) -> None:
    key = (said.employee, said.kind.pk, said.number, said.issued_on)
    employment = ours.people.get(said.employee)
    if key in seen:
        row.kind, row.reason = CredentialRow.TWICE, _("It stands higher up; only the first is read.")
        return
    seen.add(key)
    if employment is None:
        refuse(row, _("Nobody on record has this employee number."))
    elif by is not None and by.person_id is not None and by.person_id == employment.person_id:
        refuse(row, _("This is about yourself. A colleague has to bring it in."))
    else:
        try:
            check_days(said.kind, said.issued_on, until_of(said), today=today)
        except Refusal as refusal:
            refuse(row, str(refusal))
            return
        _compare(row, said, ours.held.get((employment.person_id, said.kind.pk), []))


def until_of(said: Said) -> dt.date | None:
    return said.expires_on or valid_until(said.kind, said.issued_on)


def _compare(row: CredentialRow, said: Said, held: Sequence[Credential]) -> None:
    like = next((each for each in held if each.number == said.number[:60] and _agrees(each, said)), None)
    if like is None:
        row.kind = CredentialRow.RENEWAL if held else CredentialRow.NEW
        row.ours = held[0] if held else None
        return
    row.ours = like
    if like.issued_on == said.issued_on and like.expires_on == until_of(said):
        row.kind = CredentialRow.SAME
        return
    row.kind = CredentialRow.DIFFERS
    row.reason = _("Ours runs from %(ours)s, theirs from %(theirs)s. Put one of them right by hand.") % {
        "ours": _span(like.issued_on, like.expires_on), "theirs": _span(said.issued_on, until_of(said)),
    }  # fmt: skip


def _agrees(held: Credential, said: Said) -> bool:
    """The same document: it has the same number, or without one the same day of issue."""
    return held.issued_on == said.issued_on or (bool(said.number) and held.expires_on == until_of(said))


def _span(first: dt.date, last: dt.date | None) -> str:
    return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}" if last else f"{first:%d/%m/%Y} –"
