"""Who came and with what result; needs that follow from it; certificates and what people thought."""

import datetime as dt

import pytest

from moothall.credentials.models import Credential
from moothall.credentials.tests.make import make_kind
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.people.tests.make import AT
from moothall.training.models import Evaluation, Need, Nomination
from moothall.training.rules.attending import certificate, evaluate, note_attendance, note_result
from moothall.training.rules.courses import require_course, withdraw_course_requirement
from moothall.training.rules.needs import note_needs
from moothall.training.rules.refusals import (
    CountsAlready,
    DidNotPass,
    EvaluatedAlready,
    NotHeldYet,
    SayWhy,
    TrainerBusy,
    TrainerUnskilled,
)
from moothall.training.rules.sessions import set_trainers
from moothall.workforce.models import EmployeeSkill
from moothall.workforce.tests.make import make_employment, make_skill

from .make import MONDAY, SINCE, TODAY, make_course, make_keeper, make_place, make_session, make_team

pytestmark = pytest.mark.django_db
AFTER = AT + dt.timedelta(days=60)


def passed(place: Nomination, keeper: Account) -> Nomination:
    return note_result(place, result=Nomination.PASSED, by=keeper, at=AFTER, today=AFTER.date())


def test_passing_gives_the_credential_from_the_last_day_on() -> None:
    kind = make_kind()
    place = make_place(make_session(make_course(days=2, grants=kind, valid_months=12)))
    done = passed(place, make_keeper())
    held = Credential.objects.get()
    assert done.credential == held
    assert held.issued_on == MONDAY + dt.timedelta(days=1)
    assert held.expires_on == dt.date(
        held.issued_on.year + 1, held.issued_on.month, held.issued_on.day
    ) - dt.timedelta(days=1)
    assert held.verified_at is not None
    with pytest.raises(CountsAlready):
        note_result(place, result=Nomination.FAILED, by=make_keeper(), at=AFTER, today=AFTER.date())


def test_nobody_has_a_result_before_the_session_is_over() -> None:
    place = make_place()
    with pytest.raises(NotHeldYet):
        note_result(place, result=Nomination.PASSED, by=make_keeper(), at=AT, today=TODAY)


def test_who_did_not_come_has_a_reason_a_recharge_and_their_manager_is_told() -> None:
    _manager, [one, *_others] = make_team()
    place = make_place(make_session(make_course(price="140.00")), one)
    keeper = make_keeper()
    with pytest.raises(SayWhy):
        note_attendance(place, attended=False, by=keeper, at=AFTER, today=AFTER.date())
    done = note_attendance(
        place,
        attended=False,
        absent_because="Nobody knows",
        charged=True,
        by=keeper,
        at=AFTER,
        today=AFTER.date(),
    )
    assert str(done.recharge) == "140.00"
    letter = Letter.objects.order_by("-pk")[0]
    assert letter.person != one.person
    assert "Nobody knows" in letter.body


def test_the_certificate_is_a_pdf_for_whoever_passed() -> None:
    place = make_place()
    with pytest.raises(DidNotPass):
        certificate(place, language="en", at=AFTER)
    assert certificate(passed(place, make_keeper()), language="cy", at=AFTER).startswith(b"%PDF")


def test_somebody_says_once_what_they_thought() -> None:
    place = passed(make_place(), make_keeper())
    evaluate(place, useful=5, taught=4, words="More of it", at=AFTER)
    with pytest.raises(EvaluatedAlready):
        evaluate(place, useful=1, taught=1, words="", at=AFTER)
    assert Evaluation.objects.get().words == "More of it"


def test_a_need_is_due_after_starting_and_after_a_pass_when_it_runs_out() -> None:
    one = make_employment(started_on=TODAY)
    course = make_course()
    require_course(
        course, workforce="employee", within_days=30, again_months=12, from_on=SINCE, by=None, at=AT
    )
    note_needs(at=AT, today=TODAY)
    need = Need.objects.get(employment=one)
    assert (need.held_since, need.due_on) == (None, TODAY + dt.timedelta(days=30))
    passed(make_place(make_session(course), one), make_keeper())
    need.refresh_from_db()
    assert need.held_since == MONDAY
    assert need.due_on is not None
    assert (need.due_on - MONDAY).days in {364, 365}


def test_a_credential_got_elsewhere_counts_and_needs_end_with_what_asks_for_them() -> None:
    kind = make_kind()
    one = make_employment()
    course = make_course(grants=kind, valid_months=12)
    asked = require_course(course, workforce="employee", from_on=SINCE, by=None, at=AT)
    Credential.objects.create(
        person=one.person, kind=kind, issued_on=TODAY, expires_on=MONDAY, recorded_at=AT, verified_at=AT
    )
    note_needs(at=AT, today=TODAY)
    assert Need.objects.get(employment=one).due_on == MONDAY
    withdraw_course_requirement(asked, by=make_keeper(), at=AT)
    assert note_needs(at=AT, today=TODAY) == 1
    assert not Need.objects.filter(employment=one).exists()


def test_working_needs_out_twice_changes_nothing() -> None:
    make_employment()
    require_course(make_course(), workforce="employee", from_on=SINCE, by=None, at=AT)
    assert note_needs(at=AT, today=TODAY) > 0
    assert note_needs(at=AT, today=TODAY) == 0


def test_a_trainer_can_teach_it_and_is_nowhere_else_that_day() -> None:
    skill, keeper, trainer = make_skill(), make_keeper(), make_employment()
    session, other = make_session(make_course(skill=skill)), make_session()
    with pytest.raises(TrainerUnskilled, match=skill.name):
        set_trainers(session, [trainer], by=keeper, at=AT)
    EmployeeSkill.objects.create(employment=trainer, skill=skill, level=EmployeeSkill.TEACHES, added_at=AT)
    set_trainers(session, [trainer], by=keeper, at=AT)
    with pytest.raises(TrainerBusy, match="already"):
        set_trainers(other, [trainer], by=keeper, at=AT)
    assert session.trainer_days.count() == 1
