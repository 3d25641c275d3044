"""Contractors are written to before a paper runs out, and once it has; once a rung of 42, 28 and 14 days."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.letters.models import MAIL
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import Field, date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Contractor, Paper, PaperChase
from moothall.transport.models.paper import AMBER

LATEST: Final = dt.timedelta(days=14)
ENDED: Final = 0
DECLARED: Final = (
    Field("paper.kind", _("The kind of paper"), "Public liability insurance", "Yswiriant atebolrwydd"),
    Field("paper.holder", _("Whose it is"), "FX21 ABC"),
    Field("paper.number", _("Its number"), "PL-20418"),
    Field("paper.until", _("Its last day"), "5 May 2027", "5 Mai 2027"),
    Field("paper.contractor", _("The contractor"), "Saddlers Cars"),
)
RUNS_OUT: Final = BuiltIn(
    key="contractor-paper-ending",
    name="A contractor’s paper runs out",
    name_cy="Papur contractwr yn dod i ben",
    subject_en="{paper.kind} of {paper.holder} runs out on {paper.until}",
    body_en="""{person.greeting}

{paper.kind}[[ ({paper.number})]] of {paper.holder} runs out on {paper.until}.

From the day after, {paper.holder} cannot take passengers for us, and jobs that need it do not go. Please send us the new one now, so that we can check it in time.""",  # noqa: E501
    subject_cy="{paper.kind}, {paper.holder}: daw i ben ar {paper.until}",
    body_cy="""{person.greeting}

Daw {paper.kind}[[ ({paper.number})]] ar gyfer {paper.holder} i ben ar {paper.until}.

O'r diwrnod wedyn ni chaiff {paper.holder} gludo teithwyr i ni, ac ni fydd gwaith sydd ei angen yn mynd. Anfonwch yr un newydd atom nawr, er mwyn i ni ei wirio mewn pryd.""",  # noqa: E501
)
RAN_OUT: Final = BuiltIn(
    key="contractor-paper-ended",
    name="A contractor’s paper has run out",
    name_cy="Papur contractwr wedi dod i ben",
    subject_en="{paper.kind} of {paper.holder} ran out on {paper.until}",
    body_en="""{person.greeting}

{paper.kind}[[ ({paper.number})]] of {paper.holder} ran out on {paper.until}.

{paper.holder} may not take passengers for us until we have seen and checked the new one. Please send it today, and ring us about the jobs that this concerns.""",  # noqa: E501
    subject_cy="{paper.kind}, {paper.holder}: daeth i ben ar {paper.until}",
    body_cy="""{person.greeting}

Daeth {paper.kind}[[ ({paper.number})]] ar gyfer {paper.holder} i ben ar {paper.until}.

Ni chaiff {paper.holder} gludo teithwyr i ni nes i ni weld a gwirio'r un newydd. Anfonwch ef heddiw, a ffoniwch ni am y gwaith y mae hyn yn effeithio arno.""",  # noqa: E501
)
LETTERS: Final = (RUNS_OUT, RAN_OUT)


def fields_of(paper: Paper, language: str) -> dict[str, str]:
    """What a letter about a paper may say."""
    firm = paper.firm
    return {
        "paper.kind": paper.kind.name_in(language), "paper.holder": str(paper.holder),
        "paper.number": paper.number, "paper.until": date_in(language, paper.expires_on or paper.issued_on),
        "paper.contractor": firm.name_in(language) if firm is not None else "",
    }  # fmt: skip


def chase_papers(*, at: dt.datetime, today: dt.date) -> int:
    """Whoever holds a paper that comes to a rung is written to, once a rung. Run again it writes to nobody
    twice; after days on which nothing ran only the nearest rung counts."""
    rows = Paper.objects.verified().current().with_holder().prefetch_related("chases")
    due = rows.filter(
        expires_on__gte=today - LATEST, expires_on__lte=today + dt.timedelta(days=AMBER[0])
    ).order_by("expires_on", "id")
    return sum(_chase(each, rung, firm, at=at) for each, rung, firm in _at_a_rung(due, today))


def _at_a_rung(due: Iterable[Paper], today: dt.date) -> list[tuple[Paper, int, Contractor]]:
    found = []
    for each in due:
        firm, rung = each.firm, _rung(each, today)
        if rung is not None and firm is not None and (firm.ended_on is None or firm.ended_on >= today):
            found.append((each, rung, firm))
    return found


def _rung(paper: Paper, today: dt.date) -> int | None:
    if paper.expires_on is None:
        return None
    left = (paper.expires_on - today).days
    nearest = ENDED if left < 0 else min(days for days in AMBER if left <= days)
    return None if any(one.days <= nearest for one in paper.chases.all()) else nearest


@transaction.atomic
def _chase(paper: Paper, rung: int, firm: Contractor, *, at: dt.datetime) -> bool:
    _kept, new = PaperChase.objects.get_or_create(paper=paper, days=rung, defaults={"at": at})
    if not new:
        return False
    if firm.email:
        _write(paper, firm, RAN_OUT if rung == ENDED else RUNS_OUT, at=at)
    append_audit("transport.chase_paper", about=paper, by=None, at=at, detail={"days": rung})
    return True


def _write(paper: Paper, firm: Contractor, letter: BuiltIn, *, at: dt.datetime) -> None:
    """To the firm, in its language; a firm without an address is seen on the page of papers."""
    text = letter.text()
    known = fields_for(paper, language=firm.language, person=None, by=None, at=at)
    merged = merge(text, firm.language, known | fields_of(paper, firm.language))
    queue_letter(
        about=paper, person=None, channel=MAIL, language=merged.language, to_address=firm.email,
        to_name=firm.contact or firm.name, from_address="", from_name="", subject=merged.subject,
        body=merged.body, by=None, at=at, automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip
