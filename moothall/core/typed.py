"""What people type for days, times, money and telephone numbers, in English or Welsh.

Each reader returns the value, or None when it cannot be read.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)
WEEKDAYS = (
    ("monday", "llun"),
    ("tuesday", "mawrth"),
    ("wednesday", "mercher"),
    ("thursday", "iau"),
    ("friday", "gwener"),
    ("saturday", "sadwrn"),
    ("sunday", "sul"),
)
NEAR = {
    "today": 0,
    "heddiw": 0,
    "tomorrow": 1,
    "yfory": 1,
    "yesterday": -1,
    "ddoe": -1,
}
AHEAD = re.compile(r"(?:in |\+)(\d{1,3}) ?(days?|weeks?|d|w)|(\d{1,3}) (days?|weeks?) ago")
NUMBERS = re.compile(r"(\d{1,4})[ ./-]+(\d{1,2})(?:[ ./-]+(\d{1,4}))?")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|af|ain|fed)?[ -]*(?:of )?([^\W\d]+)\.?,?[ -]*(\d{2,4})?")
MONTH_FIRST = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{2,4}))?")
CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?([0-5]\d))? ?(am|pm|yb|yh)?")


def day(text: str, *, today: dt.date) -> dt.date | None:
    """A date: 22/11/2026, 22.11.26, 2026-11-22, 22 Nov, Nov 22, tomorrow, fri, next friday, in 3 days.

    Without a year it is the nearest such day, at most six months away in either direction. A weekday is
    the next one after today.
    """
    text = " ".join(text.lower().replace("dydd ", "").split())
    if text in NEAR:
        return today + dt.timedelta(days=NEAR[text])
    return day_ahead(text, today) or weekday(text, today) or numbers(text, today) or with_month(text, today)


def day_ahead(text: str, today: dt.date) -> dt.date | None:
    found = AHEAD.fullmatch(text)
    if not found:
        return None
    count, unit = int(found[1] or found[3]), found[2] or found[4]
    days = count * (7 if unit.startswith("w") else 1)
    return today + dt.timedelta(days=days if found[1] else -days)


def weekday(text: str, today: dt.date) -> dt.date | None:
    word = text.removeprefix("next ").removeprefix("this ").removeprefix("on ")
    number = named(word, WEEKDAYS)
    if number is None:
        return None
    return today + dt.timedelta(days=(number - today.isoweekday() - 1) % 7 + 1)


def named(word: str, names: tuple[tuple[str, str], ...]) -> int | None:
    """The place, from 1, of the one name that begins with `word` (three letters at least)."""
    if len(word) < 3:
        return None
    places = [place for place, pair in enumerate(names, 1) if any(name.startswith(word) for name in pair)]
    return places[0] if len(places) == 1 else None


def numbers(text: str, today: dt.date) -> dt.date | None:
    found = NUMBERS.fullmatch(text)
    if not found:
        return None
    first, middle, last = found.groups()
    if len(first) > 2:
        return made(first, middle, last) if last and len(first) == 4 else None
    return made(last, middle, first) if last else nearest(int(middle), int(first), today)


def with_month(text: str, today: dt.date) -> dt.date | None:
    found = DAY_FIRST.fullmatch(text)
    number, word, year = found.groups() if found else ("", "", "")
    if not found:
        found = MONTH_FIRST.fullmatch(text)
        if not found:
            return None
        word, number, year = found.groups()
    month = named(word, MONTHS)
    if month is None:
        return None
    return made(year, str(month), number) if year else nearest(month, int(number), today)


def made(year: str, month: str, number: str) -> dt.date | None:
    """A date from its three numbers; two figures of a year are within fifty years of 2000."""
    if len(year) == 3 or len(year) == 1:
        return None
    full = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) >= 70 else 0)
    try:
        return dt.date(full, int(month), int(number))
    except ValueError:
        return None


def nearest(month: int, number: int, today: dt.date) -> dt.date | None:
    days = [made(str(today.year + years), str(month), str(number)) for years in (-1, 0, 1)]
    return min((one for one in days if one), key=lambda one: abs((one - today).days), default=None)


def time(text: str) -> dt.time | None:
    """A time of day: 9, 9am, 9.30, 0930, 14:05, 2.05pm, noon, midnight."""
    text = " ".join(text.lower().replace("a.m.", "am").replace("p.m.", "pm").split())
    if text in {"noon", "midday", "hanner dydd"}:
        return dt.time(12)
    if text in {"midnight", "hanner nos"}:
        return dt.time(0)
    found = CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in {"pm", "yh"} else 0)
    return dt.time(hour, minute) if hour < 24 else None


def money(text: str) -> Decimal | None:
    """Pounds: 12, £12.50, 1,250.00, 50p. Never more than two decimal places."""
    text = text.strip().replace(" ", "").lower()
    pence = re.fullmatch(r"(\d{1,4})p", text)
    if pence:
        return Decimal(pence[1]) / 100
    bare = re.fullmatch(r"(-?)£?(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?", text)
    if not bare:
        return None
    try:
        return Decimal(f"{bare[1] or bare[2]}{bare[3].replace(',', '')}{bare[4] or ''}").quantize(
            Decimal("0.01")
        )
    except InvalidOperation:
        return None


def phone(text: str) -> str | None:
    """A telephone number as typed, tidied; letters are allowed only for an extension."""
    text = " ".join(text.split())
    found = re.fullmatch(r"\+?[\d\s().-]{5,22}(?:(?:ext|x|est)\.? ?\d{1,6})?", text, re.I)
    return text if found and sum(letter.isdigit() for letter in text) >= 5 else None
