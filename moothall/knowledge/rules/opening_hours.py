"""Opening hours as people type them, `Mon-Fri 09:00-16:00; Sat 10-12` or `always`, read and said."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.refusals import Refusal

ALWAYS = "always"
DAYS = {
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
    "llu": 0, "maw": 1, "mer": 2, "iau": 3, "gwe": 4, "sad": 5, "sul": 6,
}  # fmt: skip
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SPAN = re.compile(
    r"^(?P<first>[a-z]{3})[a-z]*(?:\s*(?:-|–|to|i)\s*(?P<last>[a-z]{3})[a-z]*)?\s+"
    r"(?P<opens>\d{1,2}(?:[:.]\d{2})?)\s*(?:-|–|to|i)\s*(?P<closes>\d{1,2}(?:[:.]\d{2})?)$"
)


class HoursNotUnderstood(Refusal):
    sentence = gettext_lazy("These opening hours cannot be read.")
    next_step = gettext_lazy("Write them like “Mon-Fri 09:00-16:00; Sat 10:00-12:00”, or “always”.")


@dataclass(frozen=True)
class Opening:
    """Open on these days of the week (Monday is 0), from one time to another."""

    first: int
    last: int
    opens: dt.time
    closes: dt.time

    def is_on(self, day: int) -> bool:
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last


def read(text: str) -> tuple[Opening, ...]:
    """The spans of a line of opening hours; none for no hours and for `always`."""
    if text.strip().lower() in {"", ALWAYS}:
        return ()
    return tuple(_span(part) for part in re.split(r"[;\n]", text) if part.strip())


def _span(part: str) -> Opening:
    found = SPAN.match(part.strip().lower())
    if found is None or not {found["first"], found["last"] or "mon"} <= DAYS.keys():
        raise HoursNotUnderstood
    first = DAYS[found["first"]]
    opening = Opening(
        first, DAYS[found["last"]] if found["last"] else first, _time(found["opens"]), _time(found["closes"])
    )
    if opening.opens >= opening.closes:
        raise HoursNotUnderstood
    return opening


def _time(text: str) -> dt.time:
    hour, _colon, minute = text.replace(".", ":").partition(":")
    if int(hour) == 24 and not int(minute or 0):
        return dt.time(23, 59)
    if int(hour) > 23 or int(minute or 0) > 59:
        raise HoursNotUnderstood
    return dt.time(int(hour), int(minute or 0))


def tidy(text: str) -> str:
    """The same hours, written one way."""
    if text.strip().lower() == ALWAYS:
        return ALWAYS
    return "; ".join(_written(one) for one in read(text))


def _written(one: Opening) -> str:
    days = NAMES[one.first] if one.first == one.last else f"{NAMES[one.first]}-{NAMES[one.last]}"
    return f"{days} {one.opens:%H:%M}-{one.closes:%H:%M}"


def in_words(text: str) -> list[str]:
    """A line for each span, in the language of the page."""
    if text == ALWAYS:
        return [_("Day and night, every day")]
    return [_said(one) for one in read(text)]


def _said(one: Opening) -> str:
    first, last = str(WEEKDAYS[one.first]), str(WEEKDAYS[one.last])
    days = first if one.first == one.last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    times = {"opens": _clock(one.opens), "closes": _clock(one.closes)}
    return f"{days}, " + _("%(opens)s to %(closes)s") % times


def _clock(time: dt.time) -> str:
    if time == dt.time(23, 59):
        return _("midnight")
    half, hour = ("am" if time.hour < 12 else "pm"), time.hour % 12 or 12
    return f"{hour}.{time:%M}{half}" if time.minute else f"{hour}{half}"


def is_open(text: str, local: dt.datetime) -> bool | None:
    """Whether it is open at this moment of the office's own time; None where no hours are known."""
    if text == ALWAYS:
        return True
    spans = read(text)
    if not spans:
        return None
    return any(one.is_on(local.weekday()) and one.opens <= local.time() < one.closes for one in spans)
