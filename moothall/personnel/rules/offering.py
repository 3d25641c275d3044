"""Which letters a request, a leave or a reference asks for as it stands, and which of them have gone."""

import datetime as dt
from dataclasses import dataclass

from moothall.core.clock import in_london
from moothall.letters.models import Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.personnel.models import FamilyLeave, FlexibleMeeting, FlexibleRequest, SentOnce, SharedNotice

from .family import LONG, MATERNITY
from .noting import Record, column_of
from .wording import family, flexible, references, shared

Wanted = tuple[BuiltIn, dt.date]


LETTERS = (*flexible.LETTERS, *family.LETTERS, *references.LETTERS, *shared.LETTERS)


@dataclass(frozen=True)
class Offered:
    """A letter that can be written now, or was."""

    built_in: BuiltIn
    about_on: dt.date
    letter: Letter | None

    @property
    def name(self) -> str:
        return self.built_in.name

    def name_in(self, language: str) -> str:
        return self.built_in.name_cy if language == "cy" else self.built_in.name


def wanted_of(record: Record) -> list[Wanted]:
    if isinstance(record, FlexibleRequest):
        return list(_of_flexible(record))
    if isinstance(record, FamilyLeave):
        return list(_of_family(record))
    if isinstance(record, SharedNotice):
        return _of_shared(record)
    return [(references.CONSENT, record.received_on)] if record.asks == record.FULL else []


def _of_flexible(request: FlexibleRequest) -> list[Wanted]:
    found: list[Wanted] = [(flexible.ACKNOWLEDGED, request.received_on)]
    planned = request.meetings.filter(state=FlexibleMeeting.PLANNED).order_by("-starts_at", "-id").first()
    if planned is not None:
        found.append((flexible.MEETING, in_london(planned.starts_at).date()))
    if request.extended_from is not None and request.decide_by is not None:
        found.append((flexible.EXTENSION, request.decide_by))
    decided = {
        FlexibleRequest.AGREED: flexible.AGREED, FlexibleRequest.TRIAL: flexible.TRIAL,
        FlexibleRequest.REFUSED: flexible.REFUSED,
    }.get(request.state)  # fmt: skip
    if request.appeal_decided_on is not None:
        found.append((flexible.APPEAL, request.appeal_decided_on))
    elif decided is not None and request.decided_on is not None:
        found.append((decided, request.decided_on))
    if request.state in (FlexibleRequest.AGREED, FlexibleRequest.TRIAL) and request.agreed_from is not None:
        found.append((flexible.CHANGED, request.agreed_from))
    return found


def _of_shared(notice: SharedNotice) -> list[Wanted]:
    if notice.state == SharedNotice.REFUSED:
        return [(shared.REFUSED, notice.received_on)]
    booked = notice.state in (SharedNotice.HELD, SharedNotice.ONE)
    return [(shared.AGREED, notice.received_on)] if booked else []


def _of_family(leave: FamilyLeave) -> list[Wanted]:
    found: list[Wanted] = [(family.ACKNOWLEDGED, leave.notified_on)]
    if leave.kind == MATERNITY and leave.certificate_on is None:
        found.append((family.CERTIFICATE, leave.notified_on))
    if leave.kind == MATERNITY:
        found.append((family.PACK, leave.event_on))
        if leave.certificate_on is not None:
            found.append((family.PAY, leave.starts_on))
    told = [each for each in (family.MATERNITY, family.CONFIRMED) if _was_told(leave, each.key)]
    if leave.kind == MATERNITY and told and not _was_told(leave, told[0].key, leave.starts_on):
        found.append((family.REDATED, leave.starts_on))
    else:
        found.append((family.MATERNITY if leave.kind == MATERNITY else family.CONFIRMED, leave.starts_on))
    if leave.kind in LONG or leave.return_told_on is not None:
        found.append((family.RETURN, leave.returns_on))
    return found


def _was_told(leave: FamilyLeave, key: str, about_on: dt.date | None = None) -> bool:
    return any(
        each.key == key and about_on in (None, each.about_on)
        for each in leave.letters.all()
        if each.not_sent_at is None
    )


def letters_for(record: Record) -> list[Offered]:
    """Those it asks for, then those that were written before about other days."""
    rows = SentOnce.objects.filter(**{column_of(record): record}, not_sent_at=None).select_related("letter")
    gone = {(each.key, each.about_on): each.letter for each in rows if each.letter.state != Letter.CANCELLED}
    wanted = wanted_of(record)
    found = [Offered(each, on, gone.pop((each.key, on), None)) for each, on in wanted]
    known = {each.key: each for each in LETTERS}
    return found + [Offered(known[key], on, letter) for (key, on), letter in gone.items()]


def offered(record: Record, key: str) -> Wanted | None:
    """The letter of this key, if the record asks for it as it stands."""
    return next(((each, on) for each, on in wanted_of(record) if each.key == key), None)
