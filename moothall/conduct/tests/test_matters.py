"""A matter from its opening to the day its outcome no longer counts, and who knows of it."""

import datetime as dt
from typing import Any

import pytest

from moothall.cases.models import Case, CaseAccess, Entry
from moothall.cases.rules.access import give_access, set_confidentiality
from moothall.conduct.models import Matter, Meeting, Outcome, Party
from moothall.conduct.rules import deciding, meeting, opening
from moothall.conduct.rules.refusals import (
    AboutThemself,
    BeganLater,
    NoSafety,
    NotForThem,
    NoticeTooShort,
    NotNamed,
    NotOfThisKind,
    NotYetBegun,
    NotYetHeld,
    PostponedAlready,
    PostponedTooFar,
    SatBefore,
    ToldAlready,
)
from moothall.core.clock import now, today
from moothall.core.serving import NOBODY, OFFICE, serving
from moothall.letters.models import Letter
from moothall.people.tests.make import make_account, make_person
from moothall.workforce.tests.make import make_employment, make_manager

from .make import (
    by_hand,
    level_of,
    make_caseworker,
    make_held,
    make_kind,
    make_matter,
    make_meeting,
    make_outcome,
    make_party,
    make_procedure,
    opener,
    slot_on,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_matter_is_restricted_to_whoever_opened_it() -> None:
    matter = make_matter(issues=("Late on Monday", "Late on Tuesday"))
    assert matter.case.confidentiality == Case.RESTRICTED
    assert [each.account for each in CaseAccess.objects.in_force().filter(case=matter.case)] == [
        opener(matter)
    ]
    assert matter.issues.count() == 2
    assert Matter.objects.visible_to(opener(matter)).get() == matter
    assert not Matter.objects.visible_to(make_caseworker()).exists()


def test_the_lead_of_the_team_is_not_named_on_a_matter_about_themself() -> None:
    kind = make_kind()
    lead, employment = make_manager(account=make_caseworker())
    kind.service.team.lead = lead
    kind.service.team.save()
    matter = make_matter(kind=kind, employment=employment)
    assert not Matter.objects.visible_to(lead).exists()
    assert not CaseAccess.objects.in_force().filter(case=matter.case, account=lead).exists()


def test_nobody_opens_or_has_a_part_in_a_matter_about_themself() -> None:
    account, employment = make_manager(account=make_caseworker())
    with pytest.raises(AboutThemself):
        make_matter(employment=employment, by=account)
    matter = make_matter(employment=employment)
    with pytest.raises(AboutThemself):
        make_party(matter, account=account)
    with pytest.raises(AboutThemself):
        set_confidentiality(
            matter.case,
            level=Case.RESTRICTED,
            named=[account],
            because="By mistake",
            by=opener(matter),
            at=now(),
        )
    give_access(matter.case, to=account, because="By another way", by=opener(matter), at=now())
    assert not Matter.objects.visible_to(account).exists()


def test_a_matter_keeps_the_rules_of_the_day_it_began() -> None:
    kind = make_kind(days={"until_on": dt.date(2025, 5, 27), "stages": 3})
    make_procedure(kind, from_on=dt.date(2025, 5, 28), stages=2)
    before = make_matter(kind=kind, began_on=dt.date(2025, 5, 27))
    after = make_matter(kind=kind, began_on=dt.date(2025, 5, 28))
    assert (before.procedure.stages, after.procedure.stages) == (3, 2)
    with pytest.raises(BeganLater):
        make_matter(kind=kind, began_on=today() + DAY)


def test_a_police_procedure_is_not_for_an_employee() -> None:
    kind = make_kind(workforces=["police_officer"])
    with pytest.raises(NotForThem):
        make_matter(kind=kind)
    assert make_matter(kind=kind, employment=make_employment(workforce="police_officer"))


def test_whom_the_case_does_not_name_changes_nothing() -> None:
    matter = make_matter()
    with pytest.raises(NotNamed):
        opening.add_issue(matter, text="Late", by=make_caseworker(), at=now())


def test_somebody_with_a_part_sees_the_matter_until_it_ends() -> None:
    matter, manager = make_matter(), make_account()
    party = make_party(matter, Party.MANAGER, account=manager, name="")
    assert Matter.objects.visible_to(manager).exists()
    opening.end_part(party, by=opener(matter), at=now())
    assert not Matter.objects.visible_to(manager).exists()


def test_a_witness_does_not_see_the_file() -> None:
    matter, witness = make_matter(), make_account()
    make_party(matter, Party.WITNESS, account=witness)
    assert not Matter.objects.visible_to(witness).exists()


def test_too_short_a_notice_is_refused_unless_it_was_agreed_in_writing() -> None:
    matter = make_matter()
    with pytest.raises(NoticeTooShort):
        make_meeting(matter, days=2)
    agreed = make_meeting(matter, days=2, notice_agreed="Her letter of today")
    meeting.invite(agreed, sent=by_hand(), by=opener(matter), at=now())
    assert Meeting.objects.get(pk=agreed.pk).notice_on == today()


def test_notice_given_late_is_refused_when_they_are_invited() -> None:
    matter = make_matter()
    hearing = make_meeting(matter, days=30)
    late = now() + dt.timedelta(days=28)
    with pytest.raises(NoticeTooShort):
        meeting.invite(hearing, sent=by_hand(), by=opener(matter), at=late)
    letter = meeting.invite(
        hearing, sent=by_hand(channel="MAIL", address="nia@example.org"), by=opener(matter), at=now()
    )
    assert letter is not None
    assert letter.about_id == matter.case_id
    assert Entry.objects.filter(case=matter.case, letter=letter, kind=Entry.MAIL_OUT).exists()


def test_a_welfare_review_needs_no_notice_and_a_home_visit_says_how_it_is_safe() -> None:
    matter = make_matter()
    assert make_meeting(matter, kind=Meeting.WELFARE, days=1)
    with pytest.raises(NoSafety):
        make_meeting(matter, kind=Meeting.HOME_VISIT, days=1)
    assert make_meeting(matter, kind=Meeting.HOME_VISIT, days=1, safety="Rung at noon")


def test_whoever_investigated_does_not_chair_the_hearing() -> None:
    matter = make_matter()
    make_party(matter, Party.INVESTIGATOR, name="Nia  Oyelaran")
    with pytest.raises(SatBefore):
        make_meeting(matter, chair=make_party(matter, Party.CHAIR, name="nia oyelaran"))


def test_whoever_chaired_the_hearing_does_not_hear_the_appeal() -> None:
    matter, account = make_matter(), make_account()
    make_held(matter, chair=make_party(matter, account=account))
    with pytest.raises(SatBefore):
        make_meeting(matter, kind=Meeting.APPEAL, chair=make_party(matter, Party.PANEL, account=account))
    assert make_meeting(matter, kind=Meeting.APPEAL, chair=make_party(matter, name="Emrys Puw"))


def test_what_has_not_begun_was_not_held() -> None:
    matter = make_matter()
    with pytest.raises(NotYetBegun):
        meeting.hold_meeting(
            make_meeting(matter), attended=True, outcome="Heard", notes="", by=opener(matter), at=now()
        )


def test_a_hearing_is_put_off_once_and_not_far() -> None:
    matter = make_matter()
    hearing = make_meeting(matter)
    far = slot_on(hearing.day + dt.timedelta(days=20))
    given: dict[str, Any] = {"because": "The companion is away", "by": opener(matter), "at": now()}
    with pytest.raises(PostponedTooFar):
        meeting.postpone(hearing, slot=far, **given)
    moved = meeting.postpone(hearing, slot=slot_on(hearing.day + DAY), **given)
    assert moved.first_starts_at == hearing.starts_at
    with pytest.raises(PostponedAlready):
        meeting.postpone(moved, slot=slot_on(hearing.day + 2 * DAY), **given)


def test_a_sanction_comes_out_of_a_hearing_that_was_held() -> None:
    matter = make_matter()
    with pytest.raises(NotYetHeld):
        make_outcome(matter, meeting=None)
    assert make_outcome(matter, meeting=None, level=level_of(matter, "none"))
    with pytest.raises(NotOfThisKind):
        make_outcome(matter, level=level_of(make_matter()))


def test_an_outcome_counts_until_its_last_day_and_lapses_by_itself() -> None:
    matter = make_matter()
    outcome = make_outcome(matter)
    assert outcome.live_until is not None
    live = Outcome.objects.live
    assert live(outcome.live_until).filter(pk=outcome.pk).exists()
    assert not live(outcome.live_until + DAY).exists()
    assert deciding.lapse_outcomes(at=now(), today=outcome.live_until) == 0
    assert deciding.lapse_outcomes(at=now(), today=outcome.live_until + DAY) == 1
    assert deciding.lapse_outcomes(at=now(), today=outcome.live_until + DAY) == 0
    assert not Letter.objects.exists()


def test_they_are_told_when_it_lapses_where_that_was_wished_once() -> None:
    employment = make_employment(make_person(full_name="Nia Oyelaran", emails=["nia@example.org"]))
    matter = make_matter(employment=employment)
    outcome = make_outcome(matter, tells_when_lapsed=True)
    assert outcome.live_until is not None
    for _again in range(2):
        deciding.lapse_outcomes(at=now(), today=outcome.live_until + DAY)
    letter = Letter.objects.get()
    assert letter.to_address == "nia@example.org"
    assert "Warning" in letter.subject


def test_they_are_told_once_with_the_day_to_appeal() -> None:
    matter = make_matter()
    outcome = make_outcome(matter)
    told = dt.date(2026, 11, 2)
    deciding.tell_outcome(outcome, sent=by_hand(), by=opener(matter), at=now(), given_on=told)
    outcome.refresh_from_db()
    assert outcome.appeal_by == dt.date(2026, 11, 16)
    with pytest.raises(ToldAlready):
        deciding.tell_outcome(outcome, sent=by_hand(), by=opener(matter), at=now())


def test_the_database_itself_hides_every_row_from_whom_the_case_does_not_name() -> None:
    matter = make_matter(issues=("Late",))
    make_party(matter)
    make_outcome(matter)
    stranger = make_caseworker()
    for model in (Matter, Party, Meeting, Outcome, type(matter.issues.get())):
        for whom, sees in (
            (NOBODY, False),
            (str(stranger.pk), False),
            (str(opener(matter).pk), True),
            (OFFICE, True),
        ):
            with serving(whom):
                assert model._default_manager.exists() == sees, (model, whom)
