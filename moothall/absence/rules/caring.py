"""Being in touch with whoever is off, and the talk when they are back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.absence.models import Contact, ContactStage, Episode, Interview, Question
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from . import refusals, ticking
from .reporting import interview_day


def contact_due_on(
    episode: Episode, contacts: Iterable[Contact], stages: Sequence[ContactStage]
) -> dt.date | None:
    """When whoever is off is next rung: what was agreed, else by the stage of the last contact's day."""
    if not episode.is_open or not stages:
        return None
    last = max(contacts, key=lambda each: (each.held_on, each.pk), default=None)
    if last is None:
        return episode.first_day + dt.timedelta(days=stages[0].from_day - 1)
    if last.next_on is not None:
        return last.next_on
    day = (last.held_on - episode.first_day).days + 1
    stage = max((each for each in stages if each.from_day <= day), key=lambda each: each.from_day,
                default=stages[0])  # fmt: skip
    return last.held_on + dt.timedelta(days=stage.every_days)


def contacts_due(episodes: Sequence[Episode]) -> dict[int, dt.date]:
    """When each of these is next rung, of those who are: in two questions, however many they are."""
    held: dict[int, list[Contact]] = defaultdict(list)
    for each in Contact.objects.filter(episode__in=[one.pk for one in episodes], undone_at=None):
        held[each.episode_id].append(each)
    stages = list(ContactStage.objects.order_by("from_day", "id")) if episodes else []
    due = {
        each.pk: contact_due_on(each, held[each.pk], [row for row in stages if row.holds_on(each.first_day)])
        for each in episodes
    }
    return {pk: day for pk, day in due.items() if day is not None}


@transaction.atomic
def log_contact(
    episode: Episode, *, held_on: dt.date, how: str, note: str, next_on: dt.date | None, by: Account,
    at: dt.datetime,
) -> Contact:  # fmt: skip
    """Write down that somebody was in touch, or tried to be."""
    if held_on > in_london(at).date():
        raise refusals.NotYet
    if held_on < episode.first_day:
        raise refusals.NotWithin
    made = Contact.objects.create(
        episode=episode, held_on=held_on, how=how, note=note.strip(), next_on=next_on, by=by, at=at
    )
    append_audit("absence.contact", about=episode, by=by, at=at, detail={"contact": made.pk, "how": how})
    if how != "TRIED":
        ticking.tick(episode, "contact1", by=by, at=at)
    return made


@transaction.atomic
def undo_contact(contact: Contact, *, by: Account, at: dt.datetime) -> None:
    if not Contact.objects.filter(pk=contact.pk, undone_at=None).update(undone_at=at):
        raise refusals.UndoneAlready
    append_audit(
        "absence.contact_undone", about=contact.episode, by=by, at=at, detail={"contact": contact.pk}
    )


@transaction.atomic
def hold_interview(
    episode: Episode, *, held_on: dt.date, answers: Mapping[Question, str], outcome: str, by: Account,
    at: dt.datetime,
) -> Interview:  # fmt: skip
    """Keep what was said when they came back, with the questions as they stood."""
    held = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if held.last_day is None:
        raise refusals.StillOff
    if held_on > in_london(at).date():
        raise refusals.NotYet
    if held_on <= held.first_day:
        raise refusals.NotWithin
    if held.interviews.filter(undone_at=None).exists():
        raise refusals.TalkedAlready
    made = Interview.objects.create(
        episode=held, held_on=held_on, outcome=outcome, by=by, at=at,
        answers=[
            {"key": each.key, "question": each.name, "question_cy": each.name_cy, "answer": said.strip()}
            for each, said in answers.items() if said.strip()
        ],
    )  # fmt: skip
    Episode.objects.filter(pk=held.pk).update(interview_due_on=None)
    append_audit("absence.interview", about=held, by=by, at=at, detail={"outcome": outcome})
    ticking.tick(held, "rtw", outcome=ticking.OF_INTERVIEW[outcome], by=by, at=at)
    return made


@transaction.atomic
def undo_interview(interview: Interview, *, by: Account, at: dt.datetime) -> None:
    """The talk waits again."""
    if not Interview.objects.filter(pk=interview.pk, undone_at=None).update(undone_at=at):
        raise refusals.UndoneAlready
    episode = Episode.objects.select_related("employment").get(pk=interview.episode_id)
    Episode.objects.filter(pk=episode.pk).update(interview_due_on=interview_day(episode))
    append_audit("absence.interview_undone", about=episode, by=by, at=at, detail={"interview": interview.pk})
    ticking.untick(episode, "rtw", because=_("The talk was undone."), by=by, at=at)
