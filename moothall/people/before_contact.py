"""What has to be known before somebody is rung, written to or met. Filled in from the floors above."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moothall.core.refusals import Words

from .models import Account
from .models.often_asked import cautions_of


@dataclass(frozen=True)
class Care:
    """One thing to bear in mind: what kind of thing, what to do, what more there is to say, and where more
    of it stands."""

    heading: Words
    words: str
    more: Words = ""
    href: str = ""


Teller = Callable[[Account, int, dt.date], Iterable[Care]]
_tellers: dict[str, tuple[int, Teller]] = {}


def register_care(key: str, teller: Teller, *, order: int = 100) -> None:
    """Say what to bear in mind before contact with a person: `teller(account, person_id, on)` asks once."""
    if _tellers.setdefault(key, (order, teller)) != (order, teller):
        raise ImproperlyConfigured(f"Two floors say what to bear in mind under {key!r}.")


def care_for(account: Account, person: int | None, *, on: dt.date) -> Sequence[Care]:
    """Everything to bear in mind before contact with this person, caution markers among it not."""
    if person is None:
        return []
    ordered = sorted(_tellers.values(), key=lambda each: each[0])
    return [care for _order, teller in ordered for care in teller(account, person, on)]


def cautions_for(person: int | None, *, on: dt.date) -> Sequence[Care]:
    """The caution markers in force, put like everything else to bear in mind."""
    if person is None:
        return []
    return [
        Care(_("Caution:"), marker.instruction, _("Until %s.") % date_format(marker.expires_on, "j F Y"))
        for marker in cautions_of(person=person, on=on)
    ]
