"""How an application is going, in plain words for whoever sent it: where they are, whose turn it is, why it
takes time, and the next date. Nothing that assessors write is here."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Entry, EntryDocument, Step
from moothall.cases.rules.definition import ServiceDefinition, definition_of, humanised
from moothall.core.clock import in_london
from moothall.letters.models import Letter
from moothall.recruitment.models import Application, CampaignStage

from .timetable import names_in

DONE, NOW, AHEAD = "done", "now", "ahead"
STATES: Final = {Step.DONE: DONE, Step.READY: NOW, Step.PENDING: AHEAD}
GONE_OUT: Final = (Letter.QUEUED, Letter.SENDING, Letter.SENT, Letter.MAYBE_SENT)


@dataclass(frozen=True)
class Stage:
    """One stage as the applicant reads it."""

    words: str
    state: str
    on: dt.date | None = None
    planned_on: dt.date | None = None


@dataclass(frozen=True)
class Progress:
    """What the applicant's own page shows."""

    application: Application
    case: Case
    stages: list[Stage]
    now: list[Stage]
    turn: str
    theirs: bool
    because: str
    next_on: dt.date | None
    messages: QuerySet[Entry]

    @property
    def is_over(self) -> bool:
        return self.case.is_closed


def progress_of(application: Application, *, language: str, at: dt.datetime) -> Progress:
    case = Case.objects.select_related("version", "service", "team").get(pk=application.case_id)
    definition = definition_of(case.version)
    steps = _shown_steps(case, application, definition)
    ready = [] if case.is_closed else [each for each in steps if each.state == Step.READY]
    stages = [_sent(application), *_stages(steps, case, application, definition, language)]
    turns = {each.waiting_on for each in ready}
    return Progress(
        application=application, case=case, stages=stages,
        now=[each for each in stages if each.state == NOW],
        turn=turn_in_words(turns, closed=case.is_closed), theirs=Case.PERSON in turns,
        because=reason_in_words(case), messages=messages_of(application, at=at),
        next_on=case.held_until or min((each.due_on for each in ready if each.due_on), default=None),
    )  # fmt: skip


def _sent(application: Application) -> Stage:
    return Stage(_("You sent your application"), DONE, in_london(application.submitted_at).date())


def _shown_steps(case: Case, application: Application, definition: ServiceDefinition) -> list[Step]:
    """From applying on. What the system does by itself is nobody's stage."""
    later = definition.following(application.route.entry_step)
    owners = {step.key: step.owner for step in definition.steps}
    rows = case.steps.filter(key__in=later).order_by("position", "occurrence")
    return [each for each in rows if owners.get(each.key) != "system"]


def _stages(
    steps: list[Step], case: Case, application: Application, definition: ServiceDefinition, language: str
) -> list[Stage]:
    """What may never be needed is not promised."""
    names = names_in(definition, language)
    perhaps = {step.key for step in definition.steps if step.when}
    planned = dict(
        CampaignStage.objects.filter(
            campaign=application.campaign_id, route=application.route_id
        ).values_list("key", "target_on")
    )
    found = []
    for step in steps:
        state = STATES.get(step.state)
        if state is None or (state == AHEAD and (case.is_closed or step.key in perhaps)):
            continue
        on = in_london(step.done_at).date() if step.done_at is not None else None
        found.append(Stage(names[step.key], state, on, step.due_on or planned.get(step.key)))
    return found


def turn_in_words(turns: set[str], *, closed: bool) -> str:
    if closed:
        return _("Nobody has to do anything any more.")
    if Case.PERSON in turns:
        return _("It is your turn. Look at what we asked you for in our last message.")
    if turns == {Case.THIRD}:
        return _("We are waiting for somebody else, such as vetting or a referee. You need do nothing.")
    return _("It is our turn. You need do nothing.")


def reason_in_words(case: Case) -> str:
    """Why it stands still, where somebody said so."""
    return humanised(case.hold_reason) if case.hold_reason and not case.is_closed else ""


def messages_of(application: Application, *, at: dt.datetime) -> QuerySet[Entry]:
    """What they wrote, and letters that went to them at the address they gave. Never notes or decisions."""
    person = application.applicant.person_id
    theirs = Q(kind=Entry.MAIL_IN, person=person)
    ours = Q(
        kind=Entry.MAIL_OUT, undone_at=None, letter__person=person, letter__to_address=application.email,
        letter__state__in=GONE_OUT, letter__send_after__lte=at,
    )  # fmt: skip
    files = EntryDocument.objects.select_related("document").filter(inline=False).order_by("id")
    rows = Entry.objects.filter(theirs | ours, case=application.case_id).select_related("letter")
    return rows.order_by("-at", "-id").prefetch_related(Prefetch("attached", files))
