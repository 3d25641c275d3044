"""Letters that go out with an action for many wait a while, so that they can be drawn back with it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from moothall.letters.models import Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.outbox import recall_letter
from moothall.letters.rules.refusals import TooLate
from moothall.people.models import Account
from moothall.recruitment.models import Application

from .bulk_refusals import LetterNotMade
from .telling import tell

HELD: Final = 15 * 60  # seconds that a letter waits


def tell_or_refuse(words: BuiltIn, application: Application, *, at: dt.datetime, **more: Any) -> Letter:
    """Where the letter is the point of it, nothing is done without it."""
    made = tell(words, application, at=at, **more)
    if made is None:
        raise LetterNotMade
    return made


def letter_of(did: Mapping[str, Any]) -> Letter:
    return Letter.objects.get(pk=did["letter"])


def drawn_back(did: Mapping[str, Any], *, by: Account, at: dt.datetime) -> str:
    """The letter is called back; one that has left is named."""
    if not did.get("letter"):
        return ""
    letter = letter_of(did)
    try:
        recall_letter(letter, by=by, at=at)
    except TooLate:
        return str(_("The letter “%(subject)s” had left already.") % {"subject": letter.subject})
    return ""
