"""A deadline told in one plain sentence, in English or Welsh."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from clocks.day_counting import DayCount
from clocks.events import KINDS
from clocks.wording import (
    Language,
    amount_in_words,
    day_in_words,
    listed,
    moment_in_words,
    nor,
    on_day,
    short_day,
)
from clocks.working_time import ONE_DAY

if TYPE_CHECKING:
    from clocks.deadlines import Deadline

WORDS: dict[str, tuple[str, str]] = {
    "running": ("Due {due}", "Dyddiad cau: {due}"),
    "paused": (
        "Paused since {day}; if it went on at once it would be due {due}",
        "Wedi'i oedi ers {day}; pe bai'n ailddechrau ar unwaith, y dyddiad cau fyddai {due}",
    ),
    "met": (
        "Met {ended}, in time; it was due {due}",
        "Cwblhawyd {ended}, mewn pryd; y dyddiad cau oedd {due}",
    ),
    "met_late": (
        "Met {ended}, late; it was due {due}",
        "Cwblhawyd {ended}, yn hwyr; y dyddiad cau oedd {due}",
    ),
    "stopped": ("Stopped {ended}; it was due {due}", "Stopiwyd {ended}; y dyddiad cau oedd {due}"),
    "after": ("{length} after {start}", "{length} ar ôl {start}"),
    "beginning": ("{length} beginning with {start}", "{length} gan gyfrif {start} yn ddiwrnod cyntaf"),
    "at_once": ("the same day as {start}", "yr un diwrnod â {start}"),
    "extended": ("{length}, extended by {more},", "{length}, wedi'i ymestyn o {more},"),
    "provisional": (
        "reckoned from the last day for it to be {kind}, which has not happened yet",
        "wedi'i gyfrif o'r diwrnod olaf i hyn ddigwydd: {kind}, nad yw wedi digwydd eto",
    ),
    "weekends": ("weekends do not count", "nid yw penwythnosau yn cyfrif"),
    "off": ("{off} do not count", "nid yw {off} yn cyfrif"),
    "one_off": ("{off} does not count", "nid yw {off} yn cyfrif"),
    "weekends_and_off": ("weekends and {off} do not count", "nid yw penwythnosau {nor} {off} yn cyfrif"),
    "rolled": (
        "the period ends {end}, which is not a working day, so it runs on",
        "daw'r cyfnod i ben {end}, nad yw'n ddiwrnod gwaith, felly mae'n parhau",
    ),
    "lost": ("{lost} on hold do not count", "nid yw {lost} o oedi yn cyfrif"),
    "one_lost": ("{lost} on hold does not count", "nid yw {lost} o oedi yn cyfrif"),
    "unheeded": ("this clock does not stop for the pause", "nid yw'r cloc hwn yn stopio ar gyfer yr oedi"),
    "every_hour": (
        "every hour counts, at weekends and on holidays too",
        "mae pob awr yn cyfrif, ar benwythnosau a gwyliau hefyd",
    ),
    "opening_hours": ("only opening hours count", "dim ond oriau agor sy'n cyfrif"),
    "years": (
        "holidays are on record only for {first} to {last}",
        "dim ond ar gyfer {first} i {last} y mae gwyliau wedi'u cofnodi",
    ),
}


def explain(due: "Deadline", lang: Language) -> str:
    """Why the deadline is what it is, in one sentence ending in a full stop."""

    def say(key: str, **parts: object) -> str:
        return WORDS[key][lang == "cy"].format(**parts)

    clauses = [_span(due, lang, say)]
    if due.provisional:
        clauses.append(say("provisional", kind=KINDS[due.rule.starts_on][lang == "cy"]))
    clauses += _day_clauses(due, due.count, lang, say) if isinstance(due.count, DayCount) else []
    if due.rule.by_the_hour:
        clauses.append(say("every_hour" if due.rule.unit == "hour" else "opening_hours"))
    if due.days_paused:
        unit = due.rule.unit if due.rule.unit in ("working_day", "hour", "working_hour") else "calendar_day"
        lost = amount_in_words(due.days_paused, unit, lang)
        clauses.append(say("one_lost" if due.days_paused == 1 else "lost", lost=lost))
    if due.history.unheeded:
        clauses.append(say("unheeded"))
    joiner = ", sef " if lang == "cy" else ": "
    return f"{_head(due, lang, say)}{joiner}{'; '.join(clauses)}."


def _head(due: "Deadline", lang: Language, say: Callable[..., str]) -> str:
    when: dt.date | dt.datetime = due.due_at if due.rule.by_the_hour else due.due_on
    parts = {"due": moment_in_words(when, lang)}
    if due.history.ended:
        parts["ended"] = on_day(due.history.ended.on, lang)
    if due.history.open_stop:
        parts["day"] = day_in_words(due.history.open_stop.paused.on, lang)
    return say(due.state, **parts)


def _span(due: "Deadline", lang: Language, say: Callable[..., str]) -> str:
    rule = due.rule
    start = moment_in_words(due.count.start, lang)
    length = amount_in_words(rule.length, rule.unit, lang)
    if due.extended and rule.extension:
        length = say("extended", length=length, more=amount_in_words(due.extended, rule.extension.unit, lang))
    if not rule.length and not due.extended:
        return say("at_once", start=start)
    return say("beginning" if rule.day0 == "included" else "after", length=length, start=start)


def _day_clauses(due: "Deadline", count: DayCount, lang: Language, say: Callable[..., str]) -> list[str]:
    clauses: list[str] = []
    if due.rule.unit == "working_day":
        clauses += _days_off(count, lang, say)
        known = count.days.known_years
        if known and not (count.start.year in known and count.due.year in known):
            clauses.append(say("years", first=known[0], last=known[-1]))
    if count.due > count.period_end:
        clauses.append(say("rolled", end=on_day(count.period_end, lang)))
    return clauses


def _days_off(count: DayCount, lang: Language, say: Callable[..., str]) -> list[str]:
    off = count.days.days_off(count.first, count.due)
    holidays = [(day, holiday) for day in off if (holiday := count.days.holiday(day))]
    closures = len(off) - len(holidays)
    parts = []
    if holidays:
        names = [
            f"{row.name_cy} ar {short_day(day, lang)}"
            if lang == "cy"
            else f"{row.name} on {short_day(day, lang)}"
            for day, row in holidays
        ]
        joined = listed(names, lang)
        parts.append(f"{amount_in_words(len(holidays), 'holiday', lang)} ({joined})")
    if closures:
        parts.append(amount_in_words(closures, "closure", lang))
    words = (f" {nor(closures)} " if lang == "cy" else " and ").join(parts)
    weekends = any(
        (count.first + ONE_DAY * n).weekday() > 4 for n in range(min((count.due - count.first).days, 7))
    )
    if weekends:
        return (
            [say("weekends_and_off", off=words, nor=nor(len(holidays) or closures))]
            if words
            else [say("weekends")]
        )
    return [say("one_off" if len(off) == 1 else "off", off=words)] if words else []
