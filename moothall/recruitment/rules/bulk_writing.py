"""Mail merge: a letter to each of many, in their language and by their channel, made to be read before it is
released, and drawn back while it waits."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from moothall.cases.models import Case, CaseClock, Step
from moothall.cases.rules.clocks import ACKNOWLEDGED
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.letter_fields import described
from moothall.core.clock import in_london
from moothall.letters.models import MAIL, PRINT, LetterText
from moothall.letters.rules.fields import date_in, office_fields, person_fields
from moothall.letters.rules.formatting import plain_words
from moothall.letters.rules.merging import Merged, merge
from moothall.letters.rules.outbox import recall_letter
from moothall.letters.rules.refusals import NoRecipient
from moothall.people.models import Account, ContactPoint, ProtectedAddress
from moothall.recruitment.models import Application

from .bulk_letters import HELD, letter_of
from .bulk_moving import Block, Given
from .links import link_to_application
from .refusals import WithdrawnAlready
from .telling import HIDDEN, fields_of, send_words
from .timetable import names_in

TEXTS: Final = ("subject_en", "body_en", "subject_cy", "body_cy")


@dataclass(frozen=True)
class Ground:
    """What the letters of a block are made of."""

    text: LetterText
    office: Mapping[str, Mapping[str, str]]
    posts: Mapping[int, str]
    dues: Mapping[int, dt.date]
    stages: Mapping[int, str]


def text_of(given: Given) -> LetterText:
    """The version of the office's template that was chosen, or what was written for this once."""
    if given.get("text"):
        return LetterText.objects.select_related("template").get(pk=given["text"])
    return LetterText(**{name: str(given[name]) for name in TEXTS})


def ground_of(block: Block, given: Given, _at: dt.datetime) -> Ground:
    return Ground(
        text=text_of(given), office={language: office_fields(language) for language in ("en", "cy")},
        posts=_posts(block), dues=_dues(block), stages=_stages(block),
    )  # fmt: skip


def _posts(block: Block) -> dict[int, str]:
    """Where paper goes, of those who gave no mail address; never to one that is protected."""
    people = [each.applicant.person_id for each in block if not each.email]
    if not people:
        return {}
    kept = ProtectedAddress.objects.standing().filter(person__in=people).values("person")
    points = ContactPoint.objects.in_use().filter(person__in=people, kind=ContactPoint.POST)
    rows = points.exclude(person__in=kept).order_by("preferred", "-id")
    return dict(rows.values_list("person", "value"))


def _dues(block: Block) -> dict[int, dt.date]:
    """The day on which each answer is due, as `answer_due_on` has it of one."""
    first = {
        each.case_id: {clock.key for clock in definition_of(each.case.version).clocks
                       if clock.met_on == ACKNOWLEDGED}
        for each in block
    }  # fmt: skip
    rows = CaseClock.objects.filter(case__in=first, met_at=None, stopped_at=None, due_on__isnull=False)
    found = rows.order_by("-due_on").values_list("case", "key", "due_on")
    return {case: due for case, key, due in found if key not in first[case] and due is not None}


def _stages(block: Block) -> dict[int, str]:
    rows = Step.objects.filter(case__in=[each.case_id for each in block], state=Step.READY)
    return dict(rows.order_by("position", "id").values_list("case", "key"))


def check_writing(one: Application, given: Given, facts: Any, at: dt.datetime) -> dict[str, Any]:
    """The letter itself, to be read before it goes; or what is not known of them."""
    if one.is_withdrawn:
        raise WithdrawnAlready
    channel = MAIL if one.email else PRINT
    to_address = one.email or facts.posts.get(one.applicant.person_id, "")
    if not to_address:
        raise NoRecipient
    merged = merge(facts.text, one.language, _known(one, given, facts, at))
    return {
        "subject": merged.subject, "body": merged.body, "language": merged.language, "channel": channel,
        "to": to_address,
    }  # fmt: skip


def _known(one: Application, given: Given, ground: Ground, at: dt.datetime) -> dict[str, str]:
    """Every field of such a letter. The link is put in when it goes."""
    language = one.language
    stage = ground.stages.get(one.case_id, "")
    names = names_in(definition_of(one.case.version), language)
    return {
        **ground.office[language], **person_fields(one.applicant.person, language),
        **described(one.case, language, answer_due=ground.dues.get(one.case_id)),
        **fields_of(one, language), "application.link": HIDDEN, "application.stage": names.get(stage, ""),
        "sender.name": str(given.get("said_by", "")),
        "letter.date": date_in(language, in_london(at).date()),
    }  # fmt: skip


def write_to(one: Application, given: Given, kept: Given, by: Account, at: dt.datetime) -> dict[str, Any]:
    """Released: it goes as it was read, after a while in which it can be drawn back."""
    link = plain_words(link_to_application(one))
    body = str(kept["body"]).replace(plain_words(HIDDEN), link).replace(HIDDEN, link)
    merged = Merged(subject=str(kept["subject"]), body=body, language=str(kept["language"]))
    case = Case.objects.select_related("team").get(pk=one.case_id)
    letter = send_words(
        one, case, merged, text=text_of(given), to_address=str(kept["to"]), channel=str(kept["channel"]),
        by=by, at=at, hold_seconds=HELD,
    )  # fmt: skip
    return {"letter": letter.pk}


def draw_back(_one: Application, did: Given, by: Account, at: dt.datetime) -> str:
    """One that has left is named."""
    recall_letter(letter_of(did), by=by, at=at)
    return ""
