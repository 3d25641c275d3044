"""Every rule of a case writes down what it did, who did it and to what."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from moothall.cases.models import Case, CaseLink, Entry
from moothall.cases.rules.access import end_access, give_access, open_sealed, set_confidentiality
from moothall.cases.rules.answering import record_answer
from moothall.cases.rules.assigning import assign_case, hand_over, prioritise_case
from moothall.cases.rules.changing import undo_change
from moothall.cases.rules.clocks import record_event
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.details import change_details, change_service
from moothall.cases.rules.escalating import escalate_late
from moothall.cases.rules.holding import hold_case, resume_case
from moothall.cases.rules.linking import end_link, link_cases, split_case
from moothall.cases.rules.merging import merge_case, unmerge_case
from moothall.cases.rules.opening import open_by_hand, open_case
from moothall.cases.rules.receiving import correct_received, correct_received_day
from moothall.cases.rules.recomputing import correct_holiday, recompute_clocks
from moothall.cases.rules.services import save_service_version
from moothall.cases.rules.stepping import complete_step, reopen_step
from moothall.cases.rules.timeline import log_call, write_note
from moothall.letters.tests.make import make_letter
from moothall.people.models import Account
from moothall.people.tests.make import make_team
from moothall.records.models import AuditEvent

from .make import (
    AT,
    TODAY,
    clock_of,
    later,
    make_case,
    make_manager,
    make_service,
    make_step,
    make_worker,
    step_of,
)

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """A case of two steps, another, and somebody who may do anything to them."""

    team: Any = field(default_factory=make_team)

    def __post_init__(self) -> None:
        self.by: Account = make_manager(team=self.team)
        self.team.lead = make_worker(team=self.team)
        self.team.save()
        steps = make_step("read"), make_step("answer", "read")
        self.case = make_case(service=make_service(*steps, team=self.team))
        self.other = make_case(team=self.team)

    def note(self) -> Entry:
        return Entry.objects.create(case=self.case, kind=Entry.NOTE, at=AT, text="One and two")

    def link(self) -> CaseLink:
        return link_cases(self.case, self.other, kind="RELATED", by=self.by, at=AT)

    def read(self) -> None:
        complete_step(step_of(self.case, "read"), by=self.by, at=AT)

    def close(self) -> Entry:
        return close_case(self.case, by=self.by, at=AT, outcome="answered")

    def hold(self) -> Entry:
        week = dt.timedelta(days=7)
        return hold_case(self.case, until=TODAY + week, because="Away", by=self.by, at=AT, today=TODAY)

    def seal(self) -> Entry:
        return set_confidentiality(
            self.case, level=Case.SEALED, named=[self.team.lead], because="Private", by=self.by, at=AT
        )

    def asked(self) -> dict[str, Any]:
        return {"service": self.case.service, "title": "Typed", "requester": None, "priority": "3"}


Rule = Callable[[Scene], Any]
NOTHING: Rule = lambda scene: None  # noqa: E731
LATE = later(days=40)
RULES: dict[str, tuple[Rule, Rule, str]] = {
    "open": (NOTHING, lambda s: open_case(
        s.case.service, title="New", channel="mail", received_at=AT, at=AT, by=s.by), "cases.open"),
    "open by hand": (NOTHING, lambda s: open_by_hand(s.asked(), by=s.by, at=AT), "cases.open"),
    "assign": (NOTHING, lambda s: assign_case(s.case, to=s.by, by=s.by, at=AT), "cases.assign"),
    "hand over": (NOTHING, lambda s: hand_over(
        s.case, to_team=make_team(), because="Theirs", by=s.by, at=AT), "cases.hand_over"),
    "prioritise": (NOTHING, lambda s: prioritise_case(
        s.case, priority=1, by=s.by, at=AT), "cases.prioritise"),
    "hold": (NOTHING, Scene.hold, "cases.hold"),
    "resume": (Scene.hold, lambda s: resume_case(s.case, by=s.by, at=AT), "cases.resume"),
    "close": (NOTHING, Scene.close, "cases.close"),
    "reopen": (Scene.close, lambda s: reopen_case(s.case, by=s.by, at=AT, because="Again"), "cases.reopen"),
    "undo": (Scene.close, lambda s: undo_change(
        s.case.entries.get(detail__verb="close"), by=s.by, at=AT), "cases.undo"),
    "details": (NOTHING, lambda s: change_details(
        s.case, title="Other", service=s.case.service, requester=None, priority=3, language="", by=s.by,
        at=AT), "cases.details"),
    "service": (NOTHING, lambda s: change_service(
        s.case, service=s.other.service, by=s.by, at=AT), "cases.service"),
    "received": (NOTHING, lambda s: correct_received(
        s.case, received_at=later(days=-1), because="Late", by=s.by, at=AT), "cases.correct_received"),
    "received day": (NOTHING, lambda s: correct_received_day(
        s.case, day=TODAY - dt.timedelta(days=3), because="Late", by=s.by, at=AT), "cases.correct_received"),
    "restrict": (NOTHING, Scene.seal, "cases.restrict"),
    "give access": (NOTHING, lambda s: give_access(
        s.case, to=s.team.lead, because="Helps", by=s.by, at=AT), "cases.give_access"),
    "end access": (Scene.seal, lambda s: end_access(
        s.case.access.get(account=s.team.lead), by=s.by, at=AT), "cases.end_access"),
    "open sealed": (Scene.seal, lambda s: open_sealed(
        s.case, by=s.by, at=AT, reason="To answer"), "cases.read_sealed"),
    "link": (NOTHING, Scene.link, "cases.link"),
    "unlink": (Scene.link, lambda s: end_link(CaseLink.objects.get(), by=s.by, at=AT), "cases.unlink"),
    "split": (NOTHING, lambda s: split_case(
        s.case, entry=s.note(), service=s.other.service, title="Two", by=s.by, at=AT), "cases.open"),
    "merge": (NOTHING, lambda s: merge_case(s.case, into=s.other, by=s.by, at=AT), "cases.merge"),
    "unmerge": (lambda s: merge_case(s.case, into=s.other, by=s.by, at=AT), lambda s: unmerge_case(
        CaseLink.objects.get(), by=s.by, at=AT), "cases.unmerge"),
    "step": (NOTHING, Scene.read, "cases.step"),
    "reopen step": (Scene.read, lambda s: reopen_step(
        step_of(s.case, "read"), by=s.by, at=AT, because="Look again"), "cases.reopen_step"),
    "clock": (NOTHING, lambda s: record_event(
        clock_of(s.case), kind="paused", event_at=AT, by=s.by, at=AT), "clock.paused"),
    "answer": (NOTHING, lambda s: record_answer(
        s.case, letter=make_letter(about=s.case, by=s.by, at=AT), text="Yes", by=s.by, at=AT),
        "cases.answer"),
    "note": (NOTHING, lambda s: write_note(s.case, text="Look", by=s.by, at=AT), "cases.note"),
    "call": (NOTHING, lambda s: log_call(s.case, text="Rang", by=s.by, at=AT), "cases.call"),
    "holiday": (NOTHING, lambda s: correct_holiday(
        day=TODAY, nations=["EW"], name="Day off", source="Proclamation", by=s.by, at=AT),
        "cases.correct_holiday"),
    "recompute": (NOTHING, lambda s: recompute_clocks(by=s.by, at=AT), "cases.recompute_clocks"),
    "service version": (NOTHING, lambda s: save_service_version(
        s.case.service, _renamed(s), by=s.by, at=AT), "cases.service_version"),
}  # fmt: skip


def _renamed(scene: Scene) -> Any:
    return replace(definition_of(scene.case.version), name="A new name")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_writes_down_who_did_what_and_when(name: str) -> None:
    before, rule, verb = RULES[name]
    scene = Scene()
    before(scene)
    had = set(AuditEvent.objects.values_list("pk", flat=True))
    rule(scene)
    written = list(AuditEvent.objects.exclude(pk__in=had).order_by("id"))
    assert verb in {event.verb for event in written}
    assert {event.actor for event in written} == {scene.by}
    assert {event.at for event in written} == {AT}
    assert all(event.about_kind for event in written)


def test_what_happens_by_the_clock_is_written_down_as_the_offices_own() -> None:
    scene = Scene()
    had = set(AuditEvent.objects.values_list("pk", flat=True))
    escalate_late(at=LATE, today=LATE.date())
    written = AuditEvent.objects.exclude(pk__in=had)
    assert {(event.verb, event.actor_name) for event in written} == {("cases.escalate", "Moothall")}
    assert scene.case.pk in {event.about_id for event in written}
