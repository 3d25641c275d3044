"""A file of credentials by steps: kept, read, compared without writing, recorded, taken back if need be.

Every step is a job that may be stopped at any moment and run twice: each row says what became of it.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.refusals import Refusal
from moothall.credentials.models import Credential, CredentialFile, CredentialRow
from moothall.credentials.rules.recording import record_credential, withdraw_credential
from moothall.people.models import Account
from moothall.records.models import AuditEvent
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment
from moothall.workforce.rules.bringing.taking import go_to_step, kept_raw, read_lines

from .comparing import refuse, until_of
from .reading import Means, Reader

SIZE = 50


class ColumnsNeeded(Refusal):
    sentence = gettext_lazy("Whose it is, what it is and since when have to be known of every row.")
    next_step = gettext_lazy("Say which columns have the employee number, the kind and the day of issue.")


class NothingToRecord(Refusal):
    sentence = gettext_lazy("Nothing is chosen that could be recorded.")
    next_step = gettext_lazy("Tick new ones, renewals, or both.")


@transaction.atomic
def take_file(file: UploadedFile, *, by: Account, at: dt.datetime) -> CredentialFile:
    """Keep the file as it came, and have the worker read it."""
    from moothall.credentials.tasks import bring_credentials_on

    with kept_raw(file, "credentials") as path:
        with path.open("rb") as kept:
            sha256 = hashlib.file_digest(kept, "sha256").hexdigest()
        name = Path(file.name or "").name
        table = CredentialFile.objects.create(
            file=name[:300], path=str(path), sha256=sha256, started_by=by, started_at=at
        )
        detail = {"file": name, "sha256": sha256}
        append_audit("credentials.keep_file", about=table, by=by, at=at, detail=detail)
        bring_credentials_on.defer(file_id=table.pk)
    return table


def read_rows(table: CredentialFile) -> None:
    read_lines(table, CredentialRow)


@transaction.atomic
def say_what_it_means(table: CredentialFile, means: Means, *, by: Account, at: dt.datetime) -> None:
    """Set the mapping, and have every row compared; nothing is recorded yet."""
    from moothall.credentials.tasks import bring_credentials_on

    if not {"employee", "issued_on"} <= set(means.columns) or not ("kind" in means.columns or means.kind):
        raise ColumnsNeeded
    ready = (CredentialFile.READ, CredentialFile.CHECKED)
    go_to_step(table, ready, CredentialFile.CHECKING, means=means.as_dict())
    columns = dict(means.columns)
    append_audit("credentials.map_file", about=table, by=by, at=at, detail={"columns": columns})
    bring_credentials_on.defer(file_id=table.pk)


@transaction.atomic
def begin_recording(table: CredentialFile, *, kinds: Sequence[str], by: Account, at: dt.datetime) -> None:
    """From now on rows of these kinds are recorded, and no others."""
    from moothall.credentials.tasks import bring_credentials_on

    wanted = [kind for kind in CredentialRow.CARRIED_OUT if kind in kinds]
    if not wanted:
        raise NothingToRecord
    go_to_step(table, (CredentialFile.CHECKED,), CredentialFile.RUNNING, wanted=wanted, run_by=by)
    append_audit("credentials.run_file", about=table, by=by, at=at, detail={"kinds": wanted})
    bring_credentials_on.defer(file_id=table.pk)


@transaction.atomic
def begin_undoing(table: CredentialFile, *, by: Account, at: dt.datetime) -> None:
    """Take all of it back, as far as nobody has worked on it since."""
    from moothall.credentials.tasks import bring_credentials_on

    go_to_step(table, (CredentialFile.FINISHED,), CredentialFile.UNDOING, undone_by=by, undone_at=at)
    append_audit("credentials.undo_file", about=table, by=by, at=at)
    bring_credentials_on.defer(file_id=table.pk)


def record_rows(table: CredentialFile, *, clock: Callable[[], dt.datetime]) -> None:
    """Every row of the kinds that were chosen, each whole or not at all."""
    means = Means.of(table.means)
    reader = Reader(means, table.columns)
    waiting = CredentialRow.objects.filter(table=table, kind__in=table.wanted, done_at=None)
    while rows := list(waiting.order_by("number")[:SIZE]):
        people = {
            each.number: each
            for each in Employment.objects.filter(number__in={row.key for row in rows}).select_related(
                "person"
            )
        }
        for row in rows:
            _record(row, reader, people.get(row.key), seen=means.seen, by=table.run_by, at=clock())
        CredentialFile.objects.filter(pk=table.pk).update(done=F("done") + len(rows))
    CredentialFile.objects.filter(pk=table.pk, state=CredentialFile.RUNNING).update(
        state=CredentialFile.FINISHED, finished_at=clock()
    )


def _record(
    row: CredentialRow, reader: Reader, employment: Employment | None, *, seen: bool, by: Account | None,
    at: dt.datetime,
) -> None:  # fmt: skip
    said, wrong = reader.read(row.cells)
    try:
        if said is None or employment is None:
            raise Refusal(" ".join(wrong) or _("Nobody on record has this employee number."))
        if by is not None and by.person_id is not None and by.person_id == employment.person_id:
            raise Refusal(_("This is about yourself. A colleague has to bring it in."))
        with transaction.atomic():
            row.made = record_credential(
                employment.person, kind=said.kind, issued_on=said.issued_on, expires_on=until_of(said),
                number=said.number, issuer=said.issuer, restrictions=said.restrictions, seen=seen, by=by,
                at=at,
            )  # fmt: skip
            row.done_at = at
            row.save(update_fields=["made", "done_at"])
    except Refusal as refusal:
        refuse(row, str(refusal))
        row.save(update_fields=["kind", "reason"])


def undo_rows(table: CredentialFile, *, at: dt.datetime) -> None:
    """The last row first; what somebody has worked on since stays, and says so."""
    if table.undone_by is None:
        return
    done = CredentialRow.objects.filter(table=table, done_at__isnull=False, undone_at=None)
    while rows := list(done.select_related("made").order_by("-number")[:SIZE]):
        for row in rows:
            _undo(row, by=table.undone_by, at=at)
        CredentialFile.objects.filter(pk=table.pk).update(done=F("done") + len(rows))
    CredentialFile.objects.filter(pk=table.pk, state=CredentialFile.UNDOING).update(
        state=CredentialFile.UNDONE
    )


@transaction.atomic
def _undo(row: CredentialRow, *, by: Account, at: dt.datetime) -> None:
    reason = _("Taken back.")
    made = row.made
    if made is None or made.withdrawn_at is not None or _worked_on(made, row):
        reason = _("Somebody has worked on it since, so it stays.")
    else:
        withdraw_credential(made, because=_("The file it came by was taken back."), by=by, at=at)
    CredentialRow.objects.filter(pk=row.pk).update(undone_at=at, reason=reason)


def _worked_on(made: Credential, row: CredentialRow) -> bool:
    events = AuditEvent.objects.about(Credential._meta.label_lower, made.pk)
    return made.refused_at is not None or events.filter(at__gt=row.done_at).exists()
