"""Letters on paper: tagged A4 pages by typst, and the print run that takes them out of the outbox."""

import datetime as dt
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.clock import in_london
from moothall.letters.models import Letter, Letterhead, PrintRun
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit, append_audits, audit_event

from .fields import date_in
from .formatting import to_data
from .refusals import LetterRefused, NotWaiting
from .visibility import gate_before

if TYPE_CHECKING:  # a large library, only loaded by whoever prints
    import typst

LAYOUT = Path(__file__).parents[1] / "templates" / "letters" / "letter.typ"
MOST_AT_ONCE = 200
LONG_WORD = re.compile(r"\S{30,}")


class NothingToPrint(LetterRefused):
    sentence = _("No letter is waiting to be printed.")
    next_step = _("Letters appear here a few seconds after they are written.")


def print_letters(letters: Sequence[Letter]) -> bytes:
    """The letters as one PDF, each beginning on its own page."""
    found = [printed(letter) for letter in letters]
    title = letters[0].subject if len(letters) == 1 else " · ".join(letter.to_name for letter in letters)
    inputs = {
        "letters": json.dumps(found, ensure_ascii=False),
        "title": title[:200] or letters[0].message_id,
        "author": str(found[0]["office"]["name"]),
    }
    return compiled(inputs, letters[0].written_at)


def compiled(inputs: dict[str, str], at: dt.datetime) -> bytes:
    """The PDF, accessible by the standard; a name no font can show costs the promise, not the letter."""
    import typst

    compiler = typst.Compiler(LAYOUT, font_paths=fonts(), sys_inputs=inputs)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(at.timestamp()))
    except typst.TypstError:
        made = compiler.compile(format="pdf", timestamp=int(at.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError(f"typst made {type(made).__name__}, not a PDF.")
    return made


@cache
def fonts() -> "typst.Fonts":
    """The fonts that come with typst, and for other alphabets those of the machine."""
    import typst

    return typst.Fonts()


def printed(letter: Letter) -> dict[str, Any]:
    """Everything the layout needs to know about one letter, as plain data."""
    head = letter.letterhead or Letterhead(name=letter.from_name or "Moothall")
    language = letter.language
    office = [*head.said("address", language).splitlines(), head.phone, head.email, head.website]
    return {
        "language": language,
        "points": letter.points or 0,
        "to": [soft(line) for line in [letter.to_name, *letter.to_address.splitlines()] if line.strip()],
        "office": {"name": head.said("name", language), "lines": [line for line in office if line.strip()]},
        "date": date_in(language, in_london(letter.written_at).date()),
        "subject": soft(letter.subject),
        "blocks": [soft_block(block) for block in to_data(letter.body)],
        "signature": head.said("signature", language).splitlines(),
        "welcome": head.said("welsh_welcome", language),
    }


def soft_block(block: Any) -> Any:
    if isinstance(block, dict):
        return {key: value if key == "link" else soft_block(value) for key, value in block.items()}
    if isinstance(block, list):
        return [soft_block(item) for item in block]
    return soft(block) if isinstance(block, str) else block


def soft(words: str) -> str:
    """A very long word may be broken anywhere, rather than run off the page."""
    return LONG_WORD.sub(lambda word: "\u200b".join(word[0]), words)


@transaction.atomic
def make_print_run(*, by: Account, at: dt.datetime) -> PrintRun:
    """Take the letters that are due to be printed, and that this person may see, out of the outbox."""
    due = Letter.objects.visible_to(by).to_print(at)
    taken = due.order_by("pk").select_for_update(skip_locked=True)[:MOST_AT_ONCE]
    letters = [one for one in taken if not gate_before(by, one.about_kind, one.about_id)]
    if not letters:
        raise NothingToPrint
    run = PrintRun.objects.create(made_by=by, made_at=at)
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(
        state=Letter.SENDING, print_run=run, claimed_at=at
    )
    append_audits(audit_event("letters.printed", about=letter, by=by, at=at) for letter in letters)
    return run


def print_run(run: PrintRun) -> bytes:
    """The letters of a run; the same again however often it is asked for."""
    return print_letters(list(run.letters.select_related("letterhead").order_by("pk")))


@transaction.atomic
def settle_print_run(run: PrintRun, *, was_posted: bool, by: Account, at: dt.datetime) -> PrintRun:
    """Say that the letters were posted, or put them back into the outbox."""
    changes = {"posted_by": by, "posted_at": at} if was_posted else {"undone_by": by, "undone_at": at}
    if not PrintRun.objects.filter(pk=run.pk, posted_at=None, undone_at=None).update(**changes):
        raise NotWaiting
    letters = Letter.objects.filter(print_run=run, state=Letter.SENDING)
    if was_posted:
        letters.update(state=Letter.SENT, sent_at=at)
    else:
        letters.update(state=Letter.QUEUED, print_run=None)
    run.refresh_from_db()
    append_audit("letters.posted" if was_posted else "letters.unprinted", about=run, by=by, at=at)
    return run
