"""What there is to say of a fault, in the language of whoever reads it. Kept are a key and values."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

Said = Mapping[str, Any]


def _day(value: str) -> str:
    return date_format(dt.date.fromisoformat(value), "j F Y") if value else "–"


def _dates(said: Said) -> str:
    return _("Born on %(born)s, at work from %(began)s") % {
        "born": _day(said["born"]), "began": _day(said["began"])
    }  # fmt: skip


WORDS: Final[Mapping[str, Callable[[Said], str]]] = {
    "dates": _dates,
    "manager": lambda said: _("The manager is %s") % said["number"],
    "hours": lambda said: _("%s hours a week") % said["hours"],
    "ended": lambda said: _("It ended on %s") % _day(said["day"]),
    "others": lambda said: _("See also %s") % ", ".join(said["numbers"]),
    "on": lambda said: _("On %s") % _day(said["day"]),
    "text": lambda said: str(said["text"]),
}


def worded(said: Said) -> str:
    """Nothing where there is nothing to say."""
    return WORDS[said["key"]](said) if said else ""
