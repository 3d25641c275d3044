"""A letter that had left and was returned: the post says that it did not arrive."""

import datetime as dt

from django.db import transaction

from moothall.letters.models import Letter
from moothall.records.rules.audit import append_audit

from .following import tell_follower


@transaction.atomic
def letter_came_back(letter: Letter, *, problem: str, at: dt.datetime) -> bool:
    """Put a returned letter before a person, who can send it elsewhere; one sent by rule only says so. The
    answer is whether the letter had left at all."""
    out = Letter.objects.filter(pk=letter.pk, state__in=[Letter.SENT, Letter.MAYBE_SENT])
    words = problem.replace("\0", " ")[:500]
    changes = {"problem": words} if letter.automatic else {"problem": words, "state": Letter.FAILED}
    if not out.update(**changes):
        return False
    letter.refresh_from_db()
    tell_follower(letter, by=None, at=at)
    append_audit("letters.returned", about=letter, by=None, at=at, detail={"problem": words})
    return True
