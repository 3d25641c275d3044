"""`moothall clock`: one deadline worked out on the command line, without Django and without a database."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NoReturn

from clocks.deadlines import Deadline, deadline
from clocks.events import KINDS, ClockError, Event, Moment, near
from clocks.opening import LONDON
from clocks.rule_book import load_rules, rule
from clocks.rules import ClockRule
from clocks.wording import Language, amount_in_words, day_in_words
from clocks.working_time import CALENDARS

WRONG = 2
ABOUT = "Work out a deadline and say why. Times are London time unless they carry a zone."


class _Parser(argparse.ArgumentParser):
    """One sentence instead of a usage block when the words are wrong."""

    def error(self, message: str) -> NoReturn:
        raise ClockError(f"{message[:1].upper()}{message[1:]}; try moothall clock --help.")


def run(argv: Sequence[str]) -> int:
    """Run `moothall clock` with these words. Nought when an answer was printed; 2, and one sentence on the
    error stream, on an unknown rule, an impossible date or events that cannot have happened."""
    try:
        asked = _parser().parse_args(list(argv))
        if asked.list:
            _list_rules(as_json=asked.json, lang=asked.lang)
        elif asked.rule is None:
            raise ClockError("Name a rule, or list them all with moothall clock --list.")
        else:
            _answer(asked)
    except ClockError as problem:
        print(problem, file=sys.stderr)
        return WRONG
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="moothall clock", description=ABOUT)
    parser.add_argument("rule", nargs="?", metavar="RULE", help="such as FOI-20; --list shows them all")
    parser.add_argument(
        "--received", metavar="DATE", help="when it was received: 2026-05-20 or 2026-05-20T16:30"
    )
    parser.add_argument(
        "--event", action="append", default=[], metavar="KIND=DATE",
        help="something that happened since, such as paused=2026-05-25, resumed=…, met=…, acknowledged=…; "
        "paused:fee=… gives the reason, extended:10=… by how much",
    )  # fmt: skip
    parser.add_argument("--calendar", choices=sorted(CALENDARS), help="count on another nation's calendar")
    parser.add_argument("--lang", choices=("en", "cy"), default="en", help="language of the explanation")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument("--trace", action="store_true", help="show every day and whether it counted")
    parser.add_argument("--list", action="store_true", help="list every rule")
    return parser


def _answer(asked: argparse.Namespace) -> None:
    events = [_event(text) for text in asked.event]
    if asked.received is not None:
        events.insert(0, Event("received", _moment(asked.received)))
    if not events:
        raise ClockError("Say when it was received: --received 2026-05-20.")
    due = deadline(_chosen(asked.rule, events, asked.calendar), events)
    if asked.json:
        print(json.dumps(_as_json(due, asked.lang), ensure_ascii=False, indent=2))
        return
    print(due.explanation(asked.lang))
    if due.rule.confidence == "unconfirmed":
        print(f"Not yet confirmed: {due.rule.note or due.rule.source}")
    if asked.trace:
        for day in due.trace:
            why = day.why_cy if asked.lang == "cy" else day.why
            number = str(day.number) if day.counted else "-"
            print(f"{day_in_words(day.day, asked.lang):<30}{number:>4}  {why}")


def _chosen(name: str, events: Sequence[Event], calendar: str | None) -> ClockRule:
    rule_id = next((known for known in load_rules() if known.lower() == name.lower()), name)
    chosen = rule(rule_id, events[0].on)
    if calendar is None:
        return chosen
    try:
        return chosen.on_calendar(calendar)
    except ValueError as problem:
        raise ClockError(str(problem)) from problem


def _event(text: str) -> Event:
    """Read paused=2026-05-25, paused:fee=2026-05-25 or extended:10=2026-06-01."""
    what, equals, when = text.partition("=")
    kind, _, detail = what.partition(":")
    if not equals:
        raise ClockError(f"{text!r} is not an event; write it like paused=2026-05-25.")
    if kind not in KINDS:
        raise ClockError(f"There is no event {kind!r}{near(kind, KINDS)}")
    if kind == "extended" and detail:
        if not detail.isdecimal():
            raise ClockError(f"{detail!r} is not by how much; write it like extended:10=2026-06-01.")
        return Event(kind, _moment(when), amount=int(detail))
    return Event(kind, _moment(when), reason=detail)


def _moment(text: str) -> Moment:
    """A date, or a time that is London's unless it says otherwise."""
    try:
        if ":" not in text:
            return dt.date.fromisoformat(text)
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ClockError(
            f"{text!r} is not a date that exists; write it like 2026-05-20 or 2026-05-20T16:30."
        ) from None
    if at.tzinfo is not None:
        return at
    first, second = (at.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(dt.UTC).astimezone(LONDON).replace(tzinfo=None) != at:
        raise ClockError(f"{text} never came: the clocks in London went forward over it.")
    raise ClockError(f"{text} came twice in London that night; end it with +01:00 or +00:00.")


def _as_json(due: Deadline, lang: Language) -> dict[str, Any]:
    by_the_hour = due.rule.by_the_hour
    return {
        "rule": due.rule_id,
        "name": due.rule.name_cy if lang == "cy" else due.rule.name,
        "due": (due.due_at.astimezone(LONDON) if by_the_hour else due.due_on).isoformat(),
        "due_at": due.due_at.isoformat(),
        "explanation": due.explanation(lang),
        "state": due.state,
        "days_used": due.days_used,
        "days_total": due.days_total,
        "days_paused": due.days_paused,
        "extended": due.extended,
        "provisional": due.provisional,
        "lapse_effect": due.lapse_effect,
        "confidence": due.rule.confidence,
        "source": due.rule.source_url,
        "trace": [
            {
                "day": day.day.isoformat(),
                "counted": day.counted,
                "number": day.number,
                "why": day.why_cy if lang == "cy" else day.why,
            }
            for day in due.trace
        ],
    }


def _list_rules(*, as_json: bool, lang: Language) -> None:
    rows = [version for versions in load_rules().values() for version in versions]
    if as_json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2, default=str))
        return
    for row in rows:
        name = row.name_cy if lang == "cy" else row.name
        doubt = "" if row.confidence == "confirmed" else "  (unconfirmed)"
        print(f"{row.id:<18}{amount_in_words(row.length, row.unit, lang):<18}{name}{doubt}")
