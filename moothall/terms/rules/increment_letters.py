"""Letters about increments, each once, and what they may say."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from moothall.letters.models import MAIL
from moothall.letters.rules.fields import Field, date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.records.rules.naming import Named
from moothall.terms.models import Increment, IncrementRun

from .placing import rates_on, yearly
from .telling import mail_of
from .wording import BY_KEY

DECLARED: Final = (
    Field("increment.scale", _("The pay scale"), "Staff grade 6", "Graddfa staff 6"),
    Field("increment.from", _("The point of before"), "Point 20", "Pwynt 20"),
    Field("increment.to", _("The point above it"), "Point 21", "Pwynt 21"),
    Field("increment.day", _("The day of the increment"), "1 April 2027", "1 Ebrill 2027"),
    Field("increment.amount", _("What the new point is worth a year, if that is confirmed"), "£31,022.00"),
    Field("increment.because", _("Why it was withheld"), "The review found the standard not met."),
)
LETTERS: Final = {Increment.AWARDED: "increment_award", Increment.WITHHELD: "increment_withheld"}


def fields_of(about: Any, language: str) -> dict[str, str]:
    increment: Increment = about
    to = increment.to_point
    rate = rates_on([to.pk], increment.due_on).get(to.pk) if to else None
    amount = yearly(rate)
    return {
        "increment.scale": increment.from_point.scale.name_in(language),
        "increment.from": increment.from_point.name,
        "increment.to": to.name if to else "",
        "increment.day": date_in(language, increment.due_on),
        "increment.amount": "" if amount is None else f"£{amount:,.2f}",
        "increment.because": increment.because,
    }


def waiting_for_letters(run: IncrementRun) -> Any:
    return run.increments.filter(state__in=LETTERS, written_at=None)


def write_letters(run: IncrementRun, *, by: Account | None, at: dt.datetime) -> int:
    """Everybody in the run who was decided on and not written to. Each is kept by itself: begun again it
    goes on where it stopped."""
    rows = waiting_for_letters(run).select_related("employment__person", "from_point__scale", "to_point")
    return sum(_write(each, by=by, at=at) for each in rows.order_by("id"))


@transaction.atomic
def _write(increment: Increment, *, by: Account | None, at: dt.datetime) -> bool:
    mine = Increment.objects.filter(pk=increment.pk, written_at=None, state=increment.state)
    if not mine.update(written_at=at):
        return False
    person = increment.employment.person
    mail = mail_of(person)
    if not mail:
        return False
    text, language = BY_KEY[LETTERS[increment.state]].text(), person.language or "en"
    merged = merge(text, language, fields_for(increment, language=language, person=person, by=by, at=at))
    letter = queue_letter(
        about=increment, person=person, channel=MAIL, language=merged.language, to_address=mail,
        to_name=person.full_name, from_address="", from_name="", subject=merged.subject, body=merged.body,
        by=by, at=at, automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip
    Increment.objects.filter(pk=increment.pk).update(letter=letter)
    return True


def _seen(account: Account) -> Any:
    """One's own, and all for those who may see what is private of everybody."""
    if account.standing().everywhere_for("workforce.private"):
        return Increment.objects.all()
    return Increment.objects.filter(employment__person=account.person_id or 0)


def visible_increment_ids(account: Account) -> Any:
    return _seen(account).values("pk")


def name_increments(account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = _seen(account).filter(pk__in=ids).select_related("employment__person")
    return {each.pk: Named(str(each), reverse("pay_history", args=[each.employment.number])) for each in rows}


def find_increments(account: Account, words: str) -> list[int]:
    rows = _seen(account).filter(Q(employment__number=words.upper()))
    return list(rows.order_by("-due_on").values_list("pk", flat=True)[:200])


def write_letters_later(run: int) -> None:
    """The worker writes them; asked for again meanwhile, it still writes each once."""
    app.configure_task("terms.write_increment_letters").defer(run=run)
