"""A sample year of recruitment stands as its rules would have left it."""

from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q

from moothall.cases.models import Case, Step
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.stepping import advance, complete_step, counted_from, due_day
from moothall.core.clock import now
from moothall.core.packs import Pack, Progress, find_pack, load_pack, read_about
from moothall.core.serving import for_the_office
from moothall.recruitment.models import (
    Application,
    Campaign,
    EventResult,
    EventSeat,
    Offer,
    Reference,
    SelectionEvent,
    Sifted,
)
from moothall.recruitment.models.application import JobApplicationQuerySet
from moothall.recruitment.rules.checks import checks_of_many
from moothall.recruitment.rules.event_rows import snapshot
from moothall.recruitment.rules.hearing import since
from moothall.recruitment.rules.progress import progress_of
from moothall.recruitment.rules.sample_year import load_part
from moothall.recruitment.rules.withdrawing import take_up_again

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCALE = 0.03
AT = now()  # the demo of the desk is laid out around today
OF_DEMO = 42


def load_year(seed: int = 3) -> Pack:
    load_pack("people-services", at=AT, demo=True)
    folder = find_pack("people-services")
    pack = Pack(folder.name, folder, read_about(folder), AT, demo=True, scale=SCALE, seed=seed)
    load_part(pack, Progress())
    return pack


@for_the_office()
def test_a_sample_year_of_applications_is_as_its_rules_would_have_left_it() -> None:
    pack = load_year()
    there = Application.objects.count()
    load_part(pack, Progress())
    assert Application.objects.count() == there, "loaded twice, it is there once"
    made = Application.objects.filter(submitted_at__lte=AT)
    assert made.count() == there
    assert there - OF_DEMO == round(7000 * SCALE)
    of_the_year()
    agrees_with_the_engine()
    can_be_worked_on()


def of_a_year(rows: JobApplicationQuerySet) -> JobApplicationQuerySet:
    """Without those the demo of the desk has of its own: they are the first."""
    demo = Application.objects.order_by("pk").values_list("pk", flat=True)[:OF_DEMO]
    return rows.filter(pk__gt=max(demo))


def of_the_year() -> None:
    """Every route, and people who are turned down, withdraw, apply again, are offered a job and start."""
    assert Application.objects.values("route").distinct().count() == 9
    outcomes = Counter(Case.objects.filter(job_application__isnull=False).values_list("outcome", flat=True))
    assert {"", "rejected", "no_appointment", "withdrew"} <= set(outcomes)
    assert Application.objects.filter(withdrawn_at__isnull=False).exists()
    assert Application.objects.values("applicant").distinct().count() < Application.objects.count()
    assert {each.kind for each in Offer.objects.filter(accepted_at__isnull=False)} == {"CONDITIONAL", "FINAL"}
    assert Reference.objects.filter(sent_at__isnull=False).exists()
    assert {each.outcome for each in Sifted.objects.all()} == {"SHORTLISTED", "NOT"}
    assert EventResult.objects.filter(outcome="PASSED").exists()
    event = SelectionEvent.objects.filter(closed_at__isnull=False, name="Interviews").order_by("pk")[0]
    assert event.plan is not None
    assert event.plan.sittings == snapshot(event)
    assert EventSeat.objects.filter(sitting__event=event).count() >= 1
    assert Campaign.objects.filter(ended_at__isnull=False).exists()
    names = set(Application.objects.values_list("applicant__person__full_name", flat=True))
    assert len(names) > Application.objects.count() * 0.8, "the names are many"


def agrees_with_the_engine() -> None:
    """Nothing that should be ready is not; every step is due on the day its clock gives; nobody waits
    unheard but the few whose letters are meant to have failed."""
    rows = Case.objects.unfinished().filter(Q(job_application__isnull=False) | Q(parent_step__isnull=False))
    for case in rows.select_related("version").order_by("pk"):
        assert not advance(case, at=AT), case
        definition, steps = definition_of(case.version), list(case.steps.all())
        for step in steps:
            if step.state == Step.READY and step.occurrence == 1 and step.ready_at:
                declared = definition.step(step.key)
                counted = counted_from(declared, steps, at=step.ready_at)
                assert step.due_on == due_day(declared, case, since=counted), (case, step)
    over = Step.objects.filter(case__status=Case.CLOSED, state__in=(Step.READY, Step.PENDING))
    assert not over.exists()
    waiting = of_a_year(Application.objects.not_heard_since(since(AT)))
    assert waiting.count() <= 2


def can_be_worked_on() -> None:
    """Each application is shown; what is next is done by the rules, and a withdrawal is taken back."""
    with transaction.atomic():
        rows: Any = Application.objects.running().in_full().order_by("pk")
        assert sum(map(len, checks_of_many(list(rows)).values())) > 20
        for each in rows[:60]:
            assert progress_of(each, language=each.language, at=AT).stages
        ready = Step.objects.filter(state=Step.READY, case__job_application__in=rows, sub_cases=None)
        for step in ready.select_related("case__version").order_by("case_id")[:30]:
            outcomes = definition_of(step.case.version).step(step.key).outcomes
            complete_step(step, by=None, at=AT, outcome=outcomes[0] if outcomes else "")
    gone = of_a_year(Application.objects.filter(withdrawn_at__isnull=False)).order_by("-pk")[0]
    again = take_up_again(gone, by=None, at=AT)  # type: ignore[arg-type]
    assert Step.objects.filter(case=again.case_id, state=Step.READY).exists()


@for_the_office()
def test_the_same_seed_makes_the_same_year() -> None:
    load_pack("people-services", at=AT, demo=True)
    found = []
    for _round in range(2):
        mark = transaction.savepoint()
        folder = find_pack("people-services")
        load_part(
            Pack(folder.name, folder, read_about(folder), AT, demo=True, scale=0.01, seed=5), Progress()
        )
        rows = Application.objects.order_by("submitted_at", "email").values_list(
            "submitted_at",
            "applicant__person__full_name",
            "campaign__name",
            "case__outcome",
            "case__closed_at",
        )
        found.append(list(rows))
        transaction.savepoint_rollback(mark)
    assert found[0] == found[1]
    assert len(found[0]) == OF_DEMO + 70
