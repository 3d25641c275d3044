"""Letters of the sample year: merged from the office's own words, and sent."""

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.utils.translation import override

from moothall.cases.models import Entry
from moothall.cases.rules.letter_fields import said_day, worded
from moothall.core.clock import in_london
from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import person_fields
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import RECALL_SECONDS, new_message_id
from moothall.recruitment.rules.progress import turn_in_words
from moothall.recruitment.rules.telling import HIDDEN, fields_of

if TYPE_CHECKING:
    from .lives import Life

LEAVES: Final = dt.timedelta(seconds=RECALL_SECONDS)


@lru_cache(maxsize=64)
def turn_said(turns: frozenset[str], language: str) -> str:
    with override("cy" if language == "cy" else "en-gb"):
        return str(turn_in_words(set(turns), closed=False))


def known_of(life: "Life") -> dict[str, str]:
    """What every letter to this applicant may say."""
    case, language, office = life.own.case, life.language, life.office
    on = in_london(life.sent_at).date()
    fields = office.about_office[language] | person_fields(life.person, language)
    fields |= worded(case.reference, case.title, case.service, case.team, on, None, language)
    return fields | fields_of(life.application, language)


def send(
    life: "Life", words: BuiltIn, at: dt.datetime, *, known: dict[str, str] | None = None, noted: bool = True
) -> int:
    """The id of the letter; on the timeline it stands without the link."""
    office, case = life.office, life.own.case
    if life.known is None:
        life.known = known_of(life)
    date = {"letter.date": said_day(in_london(at).date(), life.language), "sender.name": ""}
    text = office.text(words)
    merged = merge(text, life.language, life.known | date | (known or {}))
    subject, team = f"{merged.subject} [{case.reference}]"[:500], case.team
    letter = office.tables.add(
        Letter, text_version_id=text.pk, letterhead_id=office.letterhead.pk if office.letterhead else None,
        about_kind="cases.case", about_id=case.pk, person_id=life.person.pk, channel=MAIL,
        language=merged.language, from_name=team.name_in(merged.language)[:160], from_address=team.email,
        to_name=life.person.full_name, to_address=life.email, subject=subject, body=merged.body,
        message_id=new_message_id(team.email),
        automatic=True, state=Letter.SENT, written_at=at, send_after=at + LEAVES, sent_at=at + LEAVES,
        attempts=1,
    )  # fmt: skip
    about = {"channel": MAIL, "kind": "cases.case", "id": case.pk}
    office.audit("letters.queued", at, None, "letters.letter", letter, about)
    office.audit("letters.sent", at + LEAVES, None, "letters.letter", letter, {"attempt": 1})
    if noted:
        life.own.entry(
            Entry.MAIL_OUT, at, person_id=life.person.pk, subject=subject, letter_id=letter,
            text=merged.body.replace(life.known["application.link"], HIDDEN), sender=team.email,
            recipients=life.email, detail={"automatic": True, "waiting_on": "PERSON", "stood": {},
                                           "events_added": [], "events_withdrawn": []},
        )  # fmt: skip
        life.own.audit("cases.answer", at, None, {"letter": letter, "automatic": True})
    return letter
