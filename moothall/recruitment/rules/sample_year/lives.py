"""How one application of the sample year goes, from the day it was sent until it is decided, or today."""

import datetime as dt
import heapq
from collections.abc import Callable
from itertools import count
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from moothall.cases.models import Case, Entry, Step
from moothall.cases.rules.letter_fields import said_day
from moothall.core.clock import in_london
from moothall.people.models import Person
from moothall.recruitment.models import Application, Campaign, Route
from moothall.recruitment.rules.wording import NOT_FURTHER, RECEIVED, UPDATE, WITHDRAWN

from . import words
from .checked import Checked
from .office import ALSO_GOOD, JOINED, TURNED_DOWN, Office
from .walking import Walk

HEARS_WITHIN: Final = dt.timedelta(days=12, hours=20)  # nine working days
NEWS: Final = dt.timedelta(minutes=20)
SYSTEM: Final = "system"
Act = Callable[[dt.datetime], None]


class Life:
    """One application and the cases that serve it. Nothing happens after `until`."""

    def __init__(
        self, office: Office, campaign: Campaign, route: Route, person: Person, application: Application,
        *, facts: dict[str, Any], days: Any,
    ) -> None:  # fmt: skip
        self.office, self.campaign, self.route, self.person = office, campaign, route, person
        self.application, self.language, self.email = application, application.language, application.email
        self.sent_at, self.until, self.days = application.submitted_at, office.at, days
        self.known: dict[str, str] | None = None
        self.ahead: list[tuple[dt.datetime, int, Act]] = []
        self.turns_up = count()
        self.heard_at = self.sent_at
        self.is_quiet = False
        self.ended_at: dt.datetime | None = None
        self.definition = office.offered(route.service.key).definition
        with override("cy" if self.language == "cy" else "en-gb"):
            title = _("Application %(number)s: %(campaign)s") % {
                "number": application.number, "campaign": campaign.name_in(self.language)
            }  # fmt: skip
        self.own = Walk(
            office, office.offered(route.service.key), title=title, at=self.sent_at, team=campaign.team,
            person=person.pk, answers=facts, language=self.language, ready=self._ready,
        )  # fmt: skip
        self.names = {
            each.key: each.plain_in(self.language) or each.name_in(self.language)
            for each in self.definition.steps
        }
        self.checked = Checked(self)

    def live(self) -> None:
        """From applying on, one thing after another."""
        self._apply()
        if self.office.dice.random() < self.office.withdraws:
            self.later(self.sent_at + dt.timedelta(days=self.office.dice.uniform(0.5, 90)), self.withdraw)
        while self.ahead and self.ahead[0][0] <= self.until:
            at, _number, act = heapq.heappop(self.ahead)
            self._hear_until(at)
            act(at)
            if self.own.is_closed:
                break
        self._hear_until(self.until)
        self.checked.finish()
        self.own.write()

    def later(self, at: dt.datetime, act: Act) -> None:
        heapq.heappush(self.ahead, (at, next(self.turns_up), act))

    def _apply(self) -> None:
        """Steps up to applying are done: with the campaign, and by applying."""
        own, entry = self.own, self.route.entry_step
        own.entry(
            Entry.MAIL_IN, self.sent_at, person_id=self.person.pk, subject=own.case.title,
            text=str(_("The application was sent. Its answers are on the page of the application.")),
            detail={"kind": "form", "application": self.application.number},
        )  # fmt: skip
        before = {each.key for each in self.definition.steps if entry in self.definition.following(each.key)}
        self.is_applying = True
        own.advance(self.sent_at)
        note = str(_("Done with the campaign."))
        while step := next(
            (each for each in own.steps if each.state == Step.READY and each.key in before), None
        ):
            own.complete(step, at=self.sent_at, by=None, outcome=self._as_planned(step), note=note)
        self.is_applying = False
        own.complete(own.by_key[entry], at=self.sent_at, by=None, outcome=self._as_planned(own.by_key[entry]))
        words.send(self, RECEIVED, self.sent_at)

    def _as_planned(self, step: Step) -> str:
        outcomes = self.definition.step(step.key).outcomes
        return next((each for each in ("approved", "fill", "live", "none", "closed",
        "volunteer") if each in outcomes),
                    outcomes[0] if outcomes else "")  # fmt: skip

    def _ready(self, walk: Walk, step: Step) -> None:
        """A step's turn has come: a case of its own begins, or it is done some time later."""
        if self.is_applying or (step.owner == SYSTEM and walk is self.own):
            return
        declared = walk.offered.definition.step(step.key)
        ready_at = step.ready_at or self.sent_at
        if declared.sub:
            self.checked.begin(walk, step, declared.sub, ready_at)
            return
        self.checked.ready(walk, step)
        outcome = self.office.how_it_ends(declared, is_own=walk is self.own)
        at = self.office.takes(declared, ready_at)
        if walk is self.own:
            at, outcome = self.days.at_stage(self, step, at, outcome)
        self.later(at, lambda moment: self.finish(walk, step, moment, outcome))

    def finish(self, walk: Walk, step: Step, at: dt.datetime, outcome: str) -> None:
        if step.state != Step.READY or walk.is_closed or walk.case.held_until is not None:
            return
        person = step.waiting_on == Case.PERSON
        by = None if person else self.office.worker(step.team, self.campaign.team)
        self.checked.done(walk, step, at, outcome, by)
        if self.own.is_closed:
            return
        walk.complete(step, at=at, by=by, outcome=outcome)
        if walk is self.own:
            self.days.done(self, step, at, outcome)
            self._went_on(outcome, at)
        elif walk.is_finished:
            self.checked.end(walk, at, by)

    def _went_on(self, outcome: str, at: dt.datetime) -> None:
        """Turned down, at the end, or told what comes next."""
        if outcome and outcome not in ALSO_GOOD:
            self.later(at + dt.timedelta(minutes=self.office.dice.randint(5, 200)), self.turn_down)
        elif not [each for each in self.own.steps if each.state == Step.READY and each.owner != SYSTEM]:
            self.later(at + dt.timedelta(hours=2), self.join)
        else:
            self.later(at + NEWS, self.tell)

    def turn_down(self, at: dt.datetime) -> None:
        by = self.office.worker(None, self.campaign.team)
        self.own.close(at=at, by=by, outcome=self.own.offered.ends(TURNED_DOWN))
        words.send(self, NOT_FURTHER, at + NEWS, noted=False)
        self.ended_at = at

    def join(self, at: dt.datetime) -> None:
        by = self.office.worker(None, self.campaign.team)
        self.own.close(at=at, by=by, outcome=self.own.offered.ends(JOINED))
        self.ended_at = at

    def withdraw(self, at: dt.datetime) -> None:
        """They are told, and their case is closed with it."""
        from moothall.recruitment.rules.withdrawing import OUTCOMES

        words.send(self, WITHDRAWN, at)
        self.application.withdrawn_at = at
        self.own.close(
            at=at,
            by=None,
            outcome=self.own.offered.ends(OUTCOMES),
            reason=str(_("Withdrawn by the applicant.")),
        )
        self.office.audit(
            "recruitment.withdraw", at, None, "recruitment.application", self.application.pk, {}
        )
        self.ended_at = at

    def tell(self, at: dt.datetime) -> None:
        """Where they are, whose turn it is, and the next date."""
        shown = [each for each in self.own.steps if each.state == Step.READY and each.owner != SYSTEM]
        if self.is_quiet or self.own.is_closed or not shown or self.heard_at >= at - NEWS / 2:
            return
        due = min((each.due_on for each in shown if each.due_on), default=None)
        words.send(self, UPDATE, at, known={
            "application.stage": ", ".join(self.names[each.key] for each in shown),
            "application.turn": words.turn_said(frozenset(each.waiting_on for each in shown), self.language),
            "application.because": "", "application.next": said_day(due, self.language) if due else "",
        })  # fmt: skip
        self.office.audit("recruitment.tell", at, None, "recruitment.application", self.application.pk, {})
        self.heard_at = at

    def _hear_until(self, at: dt.datetime) -> None:
        """Nobody waits longer than was promised without a word."""
        while not self.own.is_closed and not self.is_quiet and self.heard_at + HEARS_WITHIN < at:
            before = self.heard_at
            self.tell((before + HEARS_WITHIN).replace(hour=6, minute=40, second=0, microsecond=0))
            if self.heard_at == before:
                return

    def stage(self) -> str:
        ready = [each for each in self.own.steps if each.state == Step.READY]
        return max(ready, key=lambda each: each.position).key if ready else ""

    def day(self, at: dt.datetime) -> dt.date:
        return in_london(at).date()
