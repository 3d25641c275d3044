"""Something of a day told to exactly those whom it concerns: each once, in their language, or to be rung."""

import datetime as dt
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal
from moothall.core.serving import for_the_office
from moothall.letters.models import MAIL, Letter
from moothall.letters.rules.fields import LANGUAGES, date_in
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Centre, Cover, DayMessage, DayNotice, Run

from . import day_refusals as refusals
from . import plan_refusals
from .concerned import To, digest_of

Say = Callable[[To], tuple[str, str]]
"""Subject and body for one of them, in the language that is set."""


@for_the_office()
@transaction.atomic
def tell(
    *, key: str, kind: str, day: dt.date, to: Sequence[To], say: Say, by: Account | None, at: dt.datetime,
    run: Run | None = None, minutes: int | None = None, about: str = "", words: str = "", words_cy: str = "",
) -> DayMessage | None:  # fmt: skip
    """All at once or not at all. What has this key already is told to nobody again."""
    given = {
        "kind": kind, "day": day, "run": run, "minutes": minutes, "about": about[:200], "words": words,
        "words_cy": words_cy, "at": at, "by": by,
    }  # fmt: skip
    message, new = DayMessage.objects.get_or_create(key=key, defaults=given)
    if not new:
        return None
    DayNotice.objects.bulk_create([_notice(message, each, say, by=by, at=at) for each in to])
    detail = {"kind": kind, "people": len(to)}
    append_audit("transport.tell", about=message, by=by, at=at, detail=detail)
    return message


def _notice(message: DayMessage, to: To, say: Say, *, by: Account | None, at: dt.datetime) -> DayNotice:
    letter = _letter(message, to, say, by=by, at=at) if to.address else None
    return DayNotice(
        message=message, who=to.who, person=to.person, centre=to.centre, about=to.about, language=to.language,
        phone=to.phone, letter=letter, by_telephone=letter is None, told_at=at if letter else None,
    )  # fmt: skip


def _letter(message: DayMessage, to: To, say: Say, *, by: Account | None, at: dt.datetime) -> Letter | None:
    """An address to which no letter can go does not keep the others from theirs: they are rung."""
    with translation.override(LANGUAGES[to.language]):
        subject, body = say(to)
    try:
        with transaction.atomic():
            return queue_letter(
                about=message, person=to.person, channel=MAIL, language=to.language, to_address=to.address,
                to_name=to.name, from_address="", from_name="", subject=subject, body=body, by=by, at=at,
                automatic=True,
            )  # fmt: skip
    except Refusal:
        return None


def greeting(to: To) -> str:
    return _("Dear %(name)s") % {"name": to.name}


@for_the_office()
@transaction.atomic
def tell_words(
    *, key: str, day: dt.date, to: Sequence[To], seen: str, about: str, words: str, words_cy: str,
    by: Account, at: dt.datetime,
) -> DayMessage:  # fmt: skip
    """What somebody of the desk wrote, to those on the list that they looked at."""
    if not to:
        raise refusals.NobodyToTell
    if digest_of(to) != seen:
        raise refusals.OthersByNow

    def say(each: To) -> tuple[str, str]:
        text = (words_cy if each.language == "cy" else "") or words
        subject = _("Transport on %(day)s") % {"day": date_in(each.language, day)}
        lines = "\n".join(f"- {line.name or line.run}" for line in each.lines if line.name)
        return subject, "\n\n".join(part for part in (greeting(each), text, lines) if part)

    made = tell(
        key=f"words:{key}", kind=DayMessage.WORDS, day=day, to=to, say=say, about=about, words=words,
        words_cy=words_cy, by=by, at=at,
    )  # fmt: skip
    if made is None:
        raise refusals.ToldAlready
    return made


def runs_of_cover(cover: Cover) -> set[int]:
    """The runs on which a place changed hands."""
    places = [each["manning"] for each in cover.changes if each.get("manning")]
    return set(Run.objects.filter(duties__mannings__in=places).values_list("pk", flat=True))


@for_the_office()
@transaction.atomic
def note_told(notice: DayNotice, *, by: Account, at: dt.datetime) -> None:
    """Somebody rang them."""
    rows = DayNotice.objects.filter(pk=notice.pk, told_at=None)
    if not rows.update(told_at=at, told_by=by):
        raise plan_refusals.ChangedMeanwhile
    append_audit("transport.ring", about=notice.message, by=by, at=at, detail={"notice": notice.pk})


@for_the_office()
@transaction.atomic
def note_not_told(notice: DayNotice, *, by: Account, at: dt.datetime) -> None:
    """It was said by mistake that they were rung."""
    rows = DayNotice.objects.filter(pk=notice.pk, by_telephone=True, told_at__isnull=False)
    if not rows.update(told_at=None, told_by=None):
        raise plan_refusals.ChangedMeanwhile
    append_audit("transport.not_rung", about=notice.message, by=by, at=at, detail={"notice": notice.pk})


@transaction.atomic
def reach_centre(
    centre: Centre, *, email: str, phone: str, language: str, by: Account, at: dt.datetime
) -> Centre:
    """Where a school or centre is told what changes on a day."""
    Centre.objects.filter(pk=centre.pk).update(email=email.strip(), phone=phone.strip(), language=language)
    append_audit("transport.reach_centre", by=by, at=at, detail={"centre": centre.key})
    return centre
