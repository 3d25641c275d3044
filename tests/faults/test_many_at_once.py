"""Twenty people on one case: stale pages, merging while somebody answers, a leaver who is given work."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pytest_django import Settings

from moothall.cases.models import Case, CaseLink, Entry
from moothall.cases.rules.assigning import assign_case
from moothall.cases.rules.changing import ChangedMeanwhile
from moothall.cases.rules.closing import close_case, reopen_case
from moothall.cases.rules.details import change_details
from moothall.cases.rules.holding import hold_case
from moothall.cases.rules.merging import merge_case
from moothall.cases.rules.timeline import write_note
from moothall.cases.tests.make import AT, later, make_case, make_manager, make_worker
from moothall.cases.tests.together import at_once
from moothall.core.refusals import Refusal
from moothall.people.models import Account, Grant
from moothall.people.rules.accounts import end_access
from moothall.people.tests.make import make_account, make_team
from moothall.records.models import AuditEvent, Document
from moothall.records.rules.documents import path_of
from moothall.records.tests.make import make_document
from tests.faults.results import fault, seed_for
from tests.faults.sweep import assert_well_here

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
SEED = seed_for(1120)
PEOPLE, ROUNDS = 20, 6


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_HOME = tmp_path / "files"
    settings.RAW_HOME = tmp_path / "raw"


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_twenty_people_on_one_case_lose_nothing_of_each_other() -> None:
    """Whatever was answered with a yes is on the timeline, once; whatever was not has left no trace."""
    rng, team = Random(SEED), make_team()
    crowd = [make_worker(team=team) for _ in range(PEOPLE)]
    with fault(11, "twenty on one case", f"{PEOPLE} people, {ROUNDS} rounds of anything", seed=SEED) as row:
        case = make_case(team=team)
        notes: list[str] = []
        for number in range(ROUNDS):
            seen = again(case)
            kinds = [rng.choice(["note", "file", "stale", "take", "hold", "close"]) for _ in crowd]
            pairs_of = enumerate(zip(kinds, crowd, strict=True))
            acts = [act(kind, seen, who, f"r{number}p{n}") for n, (kind, who) in pairs_of]
            before = changes(case)
            outcomes = at_once(*acts)
            row.n += len(outcomes)
            pairs = list(zip(kinds, outcomes, strict=True))
            stale = [one for kind, one in pairs if kind == "stale"]
            assert sum(1 for one in stale if not isinstance(one, Refusal)) <= 1
            assert all(isinstance(one, Entry | ChangedMeanwhile | Refusal) for one in stale)
            said = [one for kind, one in pairs if kind in {"note", "file"} and isinstance(one, Entry)]
            notes += [entry.text for entry in said]
            done = [one for kind, one in pairs if kind not in {"note", "file"} and isinstance(one, Entry)]
            row.lost += max(0, len(done) - (changes(case) - before))
            if again(case).is_closed:
                reopen_case(again(case), because="Once more", by=crowd[0], at=AT)
        kept = list(case.entries.filter(kind=Entry.NOTE).values_list("text", flat=True))
        row.lost += len(set(notes) - set(kept))
        row.doubled = len(kept) - len(set(kept))
        assert AuditEvent.objects.filter(verb="cases.note", about_id=case.pk).count() == len(kept)
        assert all(path_of(document.sha256).exists() for document in Document.objects.all())
        assert_well_here()


def changes(case: Case) -> int:
    return case.entries.filter(kind=Entry.CHANGE).count()


def act(kind: str, seen: Case, who: Account, mark: str) -> Callable[[], Any]:
    """One thing somebody does, from the page as they saw it."""

    def stale() -> Any:
        return change_details(
            again(seen), title=f"Title {mark}", service=seen.service, requester=None, priority=Case.NORMAL,
            language="", by=who, at=AT, edition=seen.edition,
        )  # fmt: skip

    def file() -> Any:
        document = make_document(f"A file of {mark}".encode(), name=f"{mark}.txt")
        return write_note(again(seen), text=f"File {mark}", by=who, at=AT, documents=[document])

    until = later(days=9).date()
    return {
        "note": lambda: write_note(again(seen), text=f"Note {mark}", by=who, at=AT),
        "file": file,
        "stale": stale,
        "take": lambda: assign_case(again(seen), to=who, by=who, at=AT),
        "hold": lambda: hold_case(
            again(seen), until=until, because=f"Hold {mark}", by=who, at=AT, today=AT.date()
        ),
        "close": lambda: close_case(again(seen), by=who, at=AT, outcome="not_needed"),
    }[kind]


def test_what_is_written_while_two_cases_become_one_is_on_the_one_that_stays() -> None:
    with fault(11, "merge while writing", "ten write on a case that is being merged", seed=SEED) as row:
        by = make_manager(team=make_team())
        for number in range(5):
            going, staying = make_case(), make_case()
            outcomes = at_once(
                lambda: merge_case(again(going), into=again(staying), by=by, at=AT),  # noqa: B023
                *[lambda n=n: write_note(again(going), text=f"Note {n}", by=by, at=AT) for n in range(10)],  # noqa: B023
            )
            written = [one for one in outcomes[1:] if isinstance(one, Entry)]
            kept = Entry.objects.filter(kind=Entry.NOTE, case__in=[going, staying])
            row.n += len(written)
            row.lost += len(written) - kept.count()
            assert CaseLink.objects.filter(kind=CaseLink.MERGED).count() == number + 1
            assert again(going).is_closed
        assert_well_here()


def test_a_leaver_is_given_no_work_in_the_moment_they_leave() -> None:
    with fault(11, "leaver while assigning", "access ends while ten assign to them", seed=SEED) as row:
        team = make_team()
        administrator = make_account("people.administer")
        for _round in range(5):
            leaver, lead = make_worker(team=team), make_manager(team=team)
            cases = [make_case(team=team) for _ in range(10)]
            outcomes = at_once(
                lambda: end_access(leaver, by=administrator, at=AT),  # noqa: B023
                *[lambda one=one: assign_case(again(one), to=leaver, by=lead, at=AT) for one in cases],  # noqa: B023
            )
            row.n += len(outcomes)
            assert not Account.objects.get(pk=leaver.pk).is_active
            assert not Grant.objects.in_force(later(days=1).date()).filter(account=leaver).exists()
            given = Case.objects.filter(assignee=leaver).count()
            agreed = sum(1 for one in outcomes[1:] if isinstance(one, Entry))
            assert given == agreed
        assert_well_here()
