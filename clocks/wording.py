"""Days, times and amounts in English and Welsh words."""

import datetime as dt
from typing import Literal

from clocks.opening import LONDON

Language = Literal["en", "cy"]
VOWELS = frozenset("aeiouwyâêîôûŵŷ")

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": (
        "dydd Llun",
        "dydd Mawrth",
        "dydd Mercher",
        "dydd Iau",
        "dydd Gwener",
        "dydd Sadwrn",
        "dydd Sul",
    ),
}
MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "cy": (
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ),
}
# English singular and plural; Welsh keeps the singular after a number, softened after two.
AMOUNTS: dict[str, tuple[str, str, str, str]] = {
    "working_day": ("working day", "working days", "diwrnod gwaith", "ddiwrnod gwaith"),
    "calendar_day": ("day", "days", "diwrnod", "ddiwrnod"),
    "week": ("week", "weeks", "wythnos", "wythnos"),
    "month": ("month", "months", "mis", "fis"),
    "hour": ("hour", "hours", "awr", "awr"),
    "working_hour": ("opening hour", "opening hours", "awr o amser agor", "awr o amser agor"),
    "holiday": ("holiday", "holidays", "gŵyl banc", "ŵyl banc"),
    "closure": (
        "day on which the office is shut",
        "days on which the office is shut",
        "diwrnod pan fo'r swyddfa ar gau",
        "ddiwrnod pan fo'r swyddfa ar gau",
    ),
}


def amount_in_words(n: int, unit: str, lang: Language = "en") -> str:
    """'20 working days' or '20 diwrnod gwaith'."""
    one, many, welsh, softened = AMOUNTS[unit]
    if lang == "cy":
        return f"{n} {softened if n == 2 else welsh}"
    return f"{n} {one if n == 1 else many}"


def day_in_words(day: dt.date, lang: Language = "en") -> str:
    """'Friday 19 June 2026' or 'dydd Gwener 19 Mehefin 2026'. A datetime is read in London first."""
    day = day.astimezone(LONDON) if isinstance(day, dt.datetime) else day
    return f"{WEEKDAYS[lang][day.weekday()]} {short_day(day, lang)} {day.year}"


def on_day(day: dt.date, lang: Language = "en") -> str:
    """'on Friday 19 June 2026' or 'ddydd Gwener 19 Mehefin 2026'."""
    words = day_in_words(day, lang)
    return f"d{words}" if lang == "cy" else f"on {words}"


def moment_in_words(at: dt.date | dt.datetime, lang: Language = "en") -> str:
    """A date in words, with the time in London when there is one: '… at 16:30', '… am 16:30'."""
    if not isinstance(at, dt.datetime):
        return day_in_words(at, lang)
    shown = at.astimezone(LONDON)
    clock = shown.strftime("%H:%M")
    if shown.utcoffset() != shown.replace(fold=1 - shown.fold).utcoffset():
        clock += f" {shown.tzname()}"  # the hour that comes twice in October
    return f"{day_in_words(shown, lang)} {'am' if lang == 'cy' else 'at'} {clock}"


def short_day(day: dt.date, lang: Language = "en") -> str:
    """'19 June' or '19 Mehefin'."""
    return f"{day.day} {MONTHS[lang][day.month - 1]}"


def listed(words: list[str], lang: Language = "en", most: int = 6) -> str:
    """'a, b and c'; beyond `most`, 'a, b and 4 more'."""
    if len(words) > most:
        left = len(words) - most + 1
        words = [*words[: most - 1], f"{left} arall" if lang == "cy" else f"{left} more"]
    if len(words) < 2:
        return "".join(words)
    joined = f"{', '.join(words[:-1])} "
    if lang == "en":
        return f"{joined}and {words[-1]}"
    return f"{joined}{'ac' if words[-1][0].lower() in VOWELS else 'a'} {words[-1]}"


def nor(n: int) -> str:
    """The Welsh 'nor' before a number in figures: 'nac' where the number's word begins with a vowel."""
    return "nac" if n in (1, 8, 11) else "na"
