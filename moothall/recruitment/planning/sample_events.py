"""Sample events of a demo office, made by the planner: one that is over, with marks and results, and one that
is planned and published."""

import datetime as dt
import random
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.bookings.models import Resource
from moothall.cases.models import Step
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.stepping import complete_step
from moothall.core.clock import in_london
from moothall.core.marked_yaml import Fields
from moothall.core.packs import Pack, Progress
from moothall.core.serving import for_the_office
from moothall.people.models import Account
from moothall.recruitment.models import Application, Campaign, EventCandidate, SelectionEvent
from moothall.recruitment.rules import (
    event_candidates,
    event_plans,
    event_results,
    event_scoring,
    event_setup,
    events,
)
from moothall.recruitment.rules.sample import GOOD

from .event_making import make_event_plan

FEW: Final = 12  # steps between applying and the interview
ROUNDS: Final = 4
DAY: Final = dt.timedelta(days=1)


@for_the_office()
@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/events.yaml") if pack.demo else None
    if doc is None or SelectionEvent.objects.exists():
        return
    fields = Fields(doc)
    campaign = Campaign.objects.filter(name=fields.text("campaign")).first()
    if campaign is None:
        return
    progress.begin(_("Sample selection events"), 2)
    sample = _Sample(pack, campaign, fields)
    held, planned = Fields(fields.mapping("held")), Fields(fields.mapping("planned"))
    remarks = list(fields.words("remarks"))
    fields.finish()
    sample.over(-held.whole("days_ago"), held.whole("candidates"), remarks)
    progress.advance()
    sample.made(planned.whole("days_ahead"), planned.whole("candidates"))
    progress.advance()
    progress.end()


class _Sample:
    def __init__(self, pack: Pack, campaign: Campaign, fields: Fields) -> None:
        self.at, self.campaign = pack.at, campaign
        self.drawn = random.Random(pack.seed)  # noqa: S311
        self.said = {name: fields.text(name) for name in ("name", "name_cy", "about", "about_cy", "step")}
        self.exercises = [_exercise(Fields(row)) for row in fields.mappings("exercises")]
        self.rooms = list(Resource.objects.in_use().filter(name__in=list(fields.words("rooms"))))
        self.staff = list(Account.objects.filter(email__in=list(fields.words("assessors"))).order_by("pk"))

    def made(self, days: int, many: int) -> SelectionEvent:
        """Planned, published, and free times for those who need another."""
        event = self._drawn_up(self._weekday(days), spare=2)
        self._bring(event, many)
        plan = event_plans.ask_for_plan(event, by=None, at=self.at)
        make_event_plan(plan.pk, clock=lambda: self.at, rounds=ROUNDS)
        plan.refresh_from_db()
        event_plans.publish_plan(plan, by=None, at=self.at)
        event.refresh_from_db()
        return event

    def over(self, days: int, many: int, remarks: list[str]) -> None:
        """Everybody came, one of them late; each was marked by everybody of their panel."""
        event = self.made(days, many)
        by = self.staff[0]
        for number, candidate in enumerate(event.candidates.standing().order_by("pk")):
            attended = EventCandidate.LATE if number == 1 else EventCandidate.PRESENT
            event_candidates.note_attendance(
                candidate, attended=attended, help_given=None, note="", by=by, at=self.at
            )
        for assessor in event.assessors.all():
            for line in event_scoring.day_of_assessor(assessor, "en"):
                event_scoring.hand_in_score(
                    assessor, candidate=line.candidate, exercise=line.exercise, at=self.at,
                    mark=self.drawn.choice((1, 2, 3, 3, 4)), because=self.drawn.choice(remarks),
                )  # fmt: skip
        event_results.decide_results(event, by=None, at=self.at)

    def _weekday(self, days: int) -> dt.date:
        found = in_london(self.at).date() + days * DAY
        step = DAY if days > 0 else -DAY
        while found.weekday() > 4:
            found += step
        return found

    def _drawn_up(self, day: dt.date, *, spare: int) -> SelectionEvent:
        content = events.EventContent(
            kind=SelectionEvent.INTERVIEW, days=[day], opens=dt.time(9), closes=dt.time(17), spare=spare,
            choose_until=day - 2 * DAY, **self.said,
        )  # fmt: skip
        event = events.draw_up_event(self.campaign, content, by=None, at=self.at)
        for each in self.exercises:
            event_setup.add_exercise(event, by=None, at=self.at, **each)
        event_setup.add_rooms(event, resources=self.rooms, by=None, at=self.at)
        event_setup.name_assessors(event, accounts=self.staff, by=None, at=self.at)
        return event

    def _bring(self, event: SelectionEvent, many: int) -> None:
        """So many go on as far as the interview."""
        rows = Application.objects.running().filter(campaign=self.campaign, events=None).order_by("number")
        gone_on = 0
        for each in rows:
            gone_on += gone_on < many and self._walk(each, event.step)
        event_candidates.bring_candidates(event, by=None, at=self.at, most=many)

    def _walk(self, application: Application, until: str) -> bool:
        for _step in range(FEW):
            ready = Step.objects.filter(case=application.case_id, state=Step.READY)
            if ready.filter(key=until).exists():
                return True
            step = ready.select_related("case__version").order_by("position").first()
            if step is None or step.sub_cases.exclude(status="CLOSED").exists():
                return False
            allowed = definition_of(step.case.version).step(step.key).outcomes
            outcome = next((one for one in GOOD if one in allowed), allowed[0] if allowed else "")
            complete_step(step, by=None, at=self.at, outcome=outcome)
        return False


def _exercise(fields: Fields) -> dict[str, Any]:
    found = {
        "name": fields.text("name"), "name_cy": fields.text("name_cy"), "minutes": fields.whole("minutes"),
        "assessors": fields.whole("assessors"), "size": fields.maybe_whole("size") or 1,
        "hold": fields.maybe_whole("hold") or 0,
    }  # fmt: skip
    fields.finish()
    return found
