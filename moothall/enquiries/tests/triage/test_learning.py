"""The nightly learning: from closed cases only, never from secret ones, measured on the newest."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from moothall.cases.models import Case
from moothall.cases.tests.make import AT
from moothall.enquiries.models import LearnedModel, Measure
from moothall.enquiries.rules.triage import keeping, learning
from moothall.enquiries.rules.triage.learning import TooFewCases, cases_to_learn_from, learn_from_closed_cases
from moothall.enquiries.triage.training import Example, Trained, train
from moothall.people.models import Team
from moothall.people.tests.make import audited, make_team

from .make import make_closed, make_said, make_services

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


def test_it_learns_from_closed_cases_and_writes_down_how_good_it_is(team: Team) -> None:
    make_closed(make_services(team))
    row = learn_from_closed_cases(at=AT)
    whole = Measure.objects.get(model=row, question="service", part=Measure.ALL)
    assert (row.version, row.learned_from, row.held_back) == (1, 90, 14)
    assert (whole.asked, whole.right) == (14, 14)
    assert set(row.measures.filter(part=Measure.LABEL).values_list("name", flat=True)) >= {"courses", "rooms"}
    assert audited(row)[-1].verb == "enquiries.learn"
    found = keeping.newest_model()
    assert found is not None
    assert found[1].ask("the bursary deadline")["service"].likely[0].label == "money"


def test_what_is_restricted_sealed_mistaken_or_still_open_teaches_nothing(team: Team) -> None:
    services = make_services(team)
    good = make_closed(services, 3)
    for level in (Case.RESTRICTED, Case.SEALED):
        make_closed(services, 3, confidentiality=level)
    for outcome in ("merged", "opened_by_mistake"):
        ids = [case.pk for case in make_closed(services, 3)]
        Case.objects.filter(pk__in=ids).update(outcome=outcome)
    make_said(services["rooms"])
    assert [case.pk for case in cases_to_learn_from()] == [case.pk for case in good]


def test_not_one_word_of_a_sealed_case_is_handed_to_the_learner(team: Team) -> None:
    services = make_services(team)
    make_closed(services)
    make_said(
        services["rooms"], said=("Quillon", "Ysolde reported something grave."), confidentiality=Case.SEALED
    )
    Case.objects.filter(title="Quillon").update(status=Case.CLOSED, outcome="answered", closed_at=AT)
    given: list[Example] = []

    def learner(examples: Any) -> Trained:
        given.extend(examples)
        return train(examples)

    learn_from_closed_cases(at=AT, learner=learner)
    assert len(given) == 90
    assert not [example for example in given if "Ysolde" in example.text or "Quillon" in example.text]


def test_too_few_cases_teach_nothing_and_leave_no_row(team: Team) -> None:
    make_closed(make_services(team), 12)
    with pytest.raises(TooFewCases):
        learn_from_closed_cases(at=AT)
    assert not LearnedModel.objects.exists()


def test_a_file_that_was_changed_is_not_asked(team: Team) -> None:
    make_closed(make_services(team))
    row = learn_from_closed_cases(at=AT)
    keeping._read.cache_clear()
    path = keeping.path_of(row.sha256)
    path.write_bytes(path.read_bytes() + b"x")
    assert keeping.newest_model() is None
    keeping._read.cache_clear()


def test_a_lost_file_leaves_the_model_before_it_in_use(team: Team) -> None:
    services = make_services(team)
    make_closed(services)
    first = learn_from_closed_cases(at=AT)
    make_closed(services, 30)
    second = learn_from_closed_cases(at=AT)
    assert second.version == 2
    keeping.path_of(second.sha256).unlink()
    keeping._read.cache_clear()
    found = keeping.newest_model()
    assert found is not None
    assert found[0] == first


def test_only_the_newest_few_files_are_kept(team: Team, settings: Any) -> None:
    for number in range(7):
        sha256 = keeping.keep_file(f"model {number}".encode())
        LearnedModel.objects.create(
            version=number + 1, sha256=sha256, size=7, made_at=AT, learned_from=60, held_back=9,
            first_received_on=AT.date(), last_received_on=AT.date(), held_back_from_on=AT.date(),
        )  # fmt: skip
    keeping.clear_old_files()
    assert len(list(Path(settings.TRIAGE_HOME).glob("*.npz"))) == keeping.KEPT
    assert LearnedModel.objects.count() == 7


def test_learning_elsewhere_gives_the_same_as_learning_here() -> None:
    examples = [Example(f"room {n} for a meeting", {"service": "rooms"}) for n in range(40)]
    examples += [Example(f"course {n} of first aid", {"service": "courses"}) for n in range(40)]
    here, elsewhere = train(examples), learning.learn_elsewhere(examples)
    assert dataclasses.asdict(here)["quality"] == dataclasses.asdict(elsewhere)["quality"]
