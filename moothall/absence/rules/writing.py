"""Writing to people who are off: for a certificate, as the ladder stands, and before pay halves."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from clocks import sickness
from clocks.sick_pay import HalfPay
from moothall.absence.models import Episode, Figure, Prompt
from moothall.core.clock import in_london
from moothall.letters.models import MAIL, PRINT
from moothall.letters.rules.built_in import BuiltIn
from moothall.letters.rules.fields import date_in, fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint
from moothall.records.rules.audit import append_audit

from . import refusals, wording
from .duties import half_pay_of, half_pays_of

DAY: Final = dt.timedelta(days=1)
FORTNIGHT: Final = DAY * 14
BY_RUNG: Final = {
    sickness.SELF_LATE: Prompt.SELF,
    sickness.SELF_WANTED: Prompt.SELF,
    sickness.NOTE_WANTED: Prompt.ENDING,
    sickness.EXPIRING: Prompt.ENDING,
    sickness.NOTE_MISSING: Prompt.MISSING,
    sickness.EXPIRED: Prompt.MISSING,
}
WORDS: Final[Mapping[str, BuiltIn]] = {
    Prompt.SELF: wording.SELF, Prompt.ENDING: wording.ENDING, Prompt.MISSING: wording.MISSING,
    Prompt.HALF_PAY: wording.HALF_PAY,
    Prompt.REFERRED: wording.REFERRED,
}  # fmt: skip


@dataclass
class Written:
    """What became of writing to several."""

    sent: int = 0
    before: int = 0
    unreachable: int = 0
    covered: int = 0


def fields_of(episode: Episode, language: str) -> dict[str, str]:
    """What letters about an absence may say."""
    half, asked = half_pay_of(episode), episode.referrals.waiting().first()
    return {
        "absence.asked": asked.asks if asked else "",
        "absence.first_day": date_in(language, episode.first_day),
        "absence.lacking_from": date_in(language, episode.lacking_from) if episode.lacking_from else "",
        "absence.half_pay_from": date_in(language, half.begins_on) if half else "",
    }


def write_about_certificates(episodes: list[Episode], *, by: Account | None, at: dt.datetime) -> Written:
    """To each the letter that the ladder asks for; whoever was written to about that day already is not
    again."""
    day, told = in_london(at).date(), Written()
    figures = Figure.objects.on(day)
    numbers = {"self_days": figures.whole("self_days"), "warn_days": figures.whole("warn_days")}
    written = written_about(episodes)
    for episode in episodes:
        kind = BY_RUNG.get(episode.evidence(day, **numbers))
        if kind is None or episode.lacking_from is None:
            told.covered += 1
            continue
        if (episode.pk, kind, episode.lacking_from) in written:
            told.before += 1
            continue
        try:
            made = write_to(episode, kind=kind, for_day=episode.lacking_from, by=by, at=at)
        except refusals.NowhereToWrite:
            told.unreachable += 1
        else:
            told.sent, told.before = told.sent + (made is not None), told.before + (made is None)
    return told


def written_about(episodes: list[Episode]) -> set[tuple[int, str, dt.date]]:
    """Of what each of these was written to: the kind of letter, and the day it spoke of."""
    rows = Prompt.objects.filter(episode__in=[each.pk for each in episodes])
    return set(rows.order_by().values_list("episode_id", "kind", "for_day"))


@transaction.atomic
def warn_of_half_pay(episode: Episode, *, by: Account | None, at: dt.datetime) -> Prompt:
    half = half_pay_of(episode)
    if half is None:
        raise refusals.NoHalfPay
    made = write_to(episode, kind=Prompt.HALF_PAY, for_day=half.begins_on, by=by, at=at)
    if made is None:
        raise refusals.WrittenAlready
    return made


@transaction.atomic
def write_to(
    episode: Episode, *, kind: str, for_day: dt.date, by: Account | None, at: dt.datetime
) -> Prompt | None:
    """Queue the letter in the person's language, or answer None where they have had it."""
    prompt, is_new = Prompt.objects.get_or_create(
        episode=episode, kind=kind, for_day=for_day, defaults={"at": at, "by": by}
    )
    if not is_new:
        return None
    person = episode.employment.person
    known = ContactPoint.objects.in_use().filter(person=person)
    points = (known.visible_to(by) if by is not None else known).preferred_first()
    reached = {each.kind: each for each in reversed(points)}
    point = reached.get(ContactPoint.EMAIL) or reached.get(ContactPoint.POST)
    if point is None:
        raise refusals.NowhereToWrite
    language = "cy" if person.language == "cy" else "en"
    version = WORDS[kind].text()
    said = fields_for(episode, language=language, person=person, by=by, at=at)
    if by is None:
        with override("cy" if language == "cy" else "en-gb"):
            said |= {"sender.name": said.get("office.name") or _("Whoever looks after absence")}
    merged = merge(version, language, said)
    prompt.letter = queue_letter(
        about=episode, person=person, channel=MAIL if point.kind == ContactPoint.EMAIL else PRINT,
        language=language, to_address=point.value, to_name=person.full_name, from_address="", from_name="",
        subject=merged.subject, body=merged.body, by=by, at=at, text_version=version if version.pk else None,
        automatic=by is None,
    )  # fmt: skip
    Prompt.objects.filter(pk=prompt.pk).update(letter=prompt.letter)
    append_audit("absence.written", about=episode, by=by, at=at, detail={"kind": kind})
    return prompt


def write_by_the_clock(*, on: dt.date, at: dt.datetime) -> Written:
    """Each morning: to everybody whose certificates ask for a letter, if not for over a fortnight, and to
    everybody whose pay halves within the days of warning. Once each, however often this runs."""
    figures, told = Figure.objects.on(on), Written()
    if not figures.whole("write_by_clock"):
        return told
    off = Episode.objects.off(on).filter(
        lacking_from__gte=on - FORTNIGHT, lacking_from__lte=on + DAY * (figures.whole("warn_days") + 1)
    )
    late = DAY * figures.whole("overdue_days")
    lacking = off.exclude(lacking_from__lte=on, lacking_from__gt=on - late)
    found = list(lacking.select_related("employment__person").order_by("pk"))
    reached = _whom_one_can_write_to(found)
    told = write_about_certificates(reached, by=None, at=at)
    told.unreachable += len(found) - len(reached)
    told.sent += _warn_those_near_half_pay(on=on, at=at)
    return told


def _whom_one_can_write_to(episodes: list[Episode]) -> list[Episode]:
    """Whoever has no address is left to the desk."""
    ways = ContactPoint.objects.in_use().filter(
        kind__in=(ContactPoint.EMAIL, ContactPoint.POST),
        person__in={each.employment.person_id for each in episodes},
    )
    reached = set(ways.order_by().values_list("person_id", flat=True))
    return [each for each in episodes if each.employment.person_id in reached]


def _warn_those_near_half_pay(*, on: dt.date, at: dt.datetime) -> int:
    """Of those off for long, each once."""
    long_off = Episode.objects.off(on).filter(last_day=None, first_day__lt=on - FORTNIGHT)
    found = list(long_off.select_related("employment__person").order_by("pk"))
    halves, sent = half_pays_of(found), 0
    near = [each for each in found if each.pk in halves and _is_near(halves[each.pk], on)]
    written = written_about(near)
    for episode in _whom_one_can_write_to(near):
        if (episode.pk, Prompt.HALF_PAY, halves[episode.pk].begins_on) in written:
            continue
        with suppress(refusals.WrittenAlready, refusals.NowhereToWrite):
            warn_of_half_pay(episode, by=None, at=at)
            sent += 1
    return sent


def _is_near(half: HalfPay, on: dt.date) -> bool:
    return half.warn_by <= on <= half.begins_on
