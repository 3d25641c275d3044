"""A letter is written, and what hangs on its having been written."""

import datetime as dt

from django.db import transaction

from moothall.cases.rules.ticking import tick
from moothall.letters.models import Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.people.models import Account
from moothall.personnel.models import FamilyLeave, FlexibleRequest, ReferenceRequest

from . import family, references
from .noting import Record
from .telling import Sent, send_once
from .wording.family import CONFIRMED, MATERNITY
from .wording.flexible import CHANGED
from .wording.references import CONSENT


@transaction.atomic
def write(
    record: Record, built_in: BuiltIn, *, sent: Sent, about_on: dt.date, by: Account, at: dt.datetime
) -> Letter:
    """Once for its day. Confirming a leave is this letter, and so is asking for consent."""
    letter = send_once(record, built_in, sent=sent, about_on=about_on, by=by, at=at)
    if isinstance(record, FamilyLeave) and built_in.key in (MATERNITY.key, CONFIRMED.key):
        family.confirm(record, by=by, at=at)
    if isinstance(record, ReferenceRequest) and built_in.key == CONSENT.key:
        references.ask_consent(record, by=by, at=at)
    if isinstance(record, FlexibleRequest) and built_in.key == CHANGED.key:
        tick(record.case_id, "vary", by=by, at=at)
    return letter
