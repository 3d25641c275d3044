"""What a pack brings: probations, scales and letters; and the sample, once, that agrees with the rules."""

import datetime as dt

import pytest

from moothall.core.clock import now, today
from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.letters.models import LetterTemplate
from moothall.terms.models import PayPointRate, PayScale, Placement, ProbationRule, Term, TermStep
from moothall.terms.rules import pack, sample
from moothall.terms.rules.gathering import gather_terms
from moothall.terms.rules.plans import plan_for
from moothall.workforce.models import Assignment
from moothall.workforce.tests.make import make_employment

pytestmark = pytest.mark.django_db


def load(scale: float = 1.0, key: str = "people-services") -> None:
    folder = find_pack(key)
    given = Pack(key, folder, read_about(folder), now(), demo=True, scale=scale)
    pack.load_part(given, Progress())
    sample.load_part(given, Progress())


def staff() -> None:
    for number in range(30):
        make_employment(started_on=today() - dt.timedelta(days=40 + number * 300))
    make_employment(
        contract=Assignment.FIXED_TERM,
        contract_ends_on=today() + dt.timedelta(days=200),
        workforce="employee",
    )
    make_employment(started_on=today() - dt.timedelta(days=100), workforce="police_officer")


def test_a_pack_brings_its_rules_once_and_every_letter_in_both_languages() -> None:
    load(scale=0)
    load(scale=0)
    assert ProbationRule.objects.filter(route="pcep").get().months == 24
    assert PayScale.objects.get(key="staff-c").points.count() == 5
    assert LetterTemplate.objects.filter(key="increment_award").count() == 1
    assert not Placement.objects.exists()


def test_the_sample_is_drawn_once_and_agrees_with_the_rules() -> None:
    staff()
    load()
    assert Placement.objects.in_force(today()).values("employment").distinct().count() == 32
    kinds = set(Term.objects.values_list("kind", flat=True))
    assert {Term.PROBATION, Term.FIXED_TERM, Term.RETIREMENT} <= kinds
    for term in Term.objects.select_related("employment"):
        plan = plan_for(
            term.employment, term.kind, began_on=term.began_on, due_on=term.due_on, route=term.route
        )
        steps = list(TermStep.objects.filter(term=term).values_list("key", "due_on"))
        assert sorted(steps) == sorted(plan.steps)
        assert term.act_by == plan.act_by
    assert gather_terms(at=now(), today=today()) == 0
    count = Term.objects.count()
    load()
    assert Term.objects.count() == count


def test_no_invented_rate_is_confirmed() -> None:
    staff()
    load()
    assert PayPointRate.objects.exists()
    assert not PayPointRate.objects.filter(is_confirmed=True).exists()
    assert all("Invented" in source for source in PayPointRate.objects.values_list("source", flat=True))


def test_the_small_office_has_its_own_and_no_sample() -> None:
    load(key="learning-desk")
    assert ProbationRule.objects.get().workforce == "employee"
    assert not Placement.objects.exists()
