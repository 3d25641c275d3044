"""A request for flexible working from the asking to the appeal."""

import datetime as dt
from decimal import Decimal

import pytest

from clocks.months import corresponding_date
from moothall.core.clock import now, today
from moothall.letters.rules.outbox import recall_letter
from moothall.people.tests.make import make_account
from moothall.personnel.models import FlexibleMeeting, FlexibleRequest
from moothall.personnel.rules import deciding, refusals
from moothall.personnel.rules import flexible as rules
from moothall.personnel.rules.deciding import Decision
from moothall.personnel.rules.flexible import Wanted
from moothall.personnel.rules.telling import send_once
from moothall.personnel.rules.wording.flexible import ACKNOWLEDGED
from moothall.workforce.models import Assignment, Employment
from moothall.workforce.tests.make import make_employment

from .make import DAY, as_mail, make_desk, make_meeting, make_refused, make_request, make_team, noon

pytestmark = pytest.mark.django_db


def hours_on(employment: Employment, day: dt.date) -> Decimal:
    return Assignment.objects.in_force(day).get(employment=employment).weekly_hours


def asked_ago(employment: Employment, days: int) -> FlexibleRequest:
    on = today() - days * DAY
    return make_request(employment, received_on=on, at=noon(on))


def test_a_request_is_decided_within_two_months_of_its_receipt() -> None:
    request = make_request()
    assert request.is_statutory
    assert request.decide_by == corresponding_date(today(), 2)


def test_two_requests_in_twelve_months_and_one_at_a_time() -> None:
    employment, desk = make_employment(), make_desk()
    first = asked_ago(employment, 200)
    with pytest.raises(refusals.OneIsLive):
        make_request(employment)
    deciding.decide(first, Decision(FlexibleRequest.AGREED), by=desk, at=now())
    second = asked_ago(employment, 100)
    deciding.decide(second, Decision(FlexibleRequest.AGREED), by=desk, at=now())
    with pytest.raises(refusals.TooMany) as refused:
        make_request(employment)
    again = corresponding_date(today() - 200 * DAY, 12)
    assert f"{again.day} {again:%B %Y}" in str(refused.value)
    outside = make_request(employment, outside=True)
    assert not outside.is_statutory
    assert outside.decide_by is None


def test_a_request_of_more_than_a_year_ago_leaves_room_for_another() -> None:
    employment, desk = make_employment(), make_desk()
    for days in (400, 100):
        deciding.decide(asked_ago(employment, days), Decision(FlexibleRequest.AGREED), by=desk, at=now())
    assert make_request(employment).is_statutory


def test_police_officers_ask_as_often_as_they_like() -> None:
    officer = make_employment(workforce="police_officer")
    requests = [make_request(officer) for _again in range(3)]
    assert not any(each.is_statutory or each.decide_by for each in requests)


def test_in_northern_ireland_nobody_has_the_right_before_26_weeks() -> None:
    newcomer = make_employment(nation=Employment.NORTHERN_IRELAND, started_on=today() - 181 * DAY)
    assert not make_request(newcomer).is_statutory
    served = make_employment(nation=Employment.NORTHERN_IRELAND, started_on=today() - 182 * DAY)
    assert make_request(served).is_statutory


def test_what_is_agreed_is_written_on_the_staff_record_from_its_day() -> None:
    employment = make_employment(hours="37.00")
    request = make_request(employment, wanted=Wanted(weekly_hours=Decimal("29.60")))
    first = today() + 60 * DAY
    done = deciding.decide(
        request, Decision(FlexibleRequest.AGREED, agreed_from=first, wanted=Wanted(Decimal("29.60"))),
        by=make_desk(), at=now(),
    )  # fmt: skip
    assert hours_on(employment, first - DAY) == Decimal("37.00")
    held = Assignment.objects.in_force(first).get(employment=employment)
    assert (held.weekly_hours, held.fte) == (Decimal("29.60"), Decimal("0.8000"))
    assert not done.is_modified


def test_after_a_trial_what_was_before_holds_again_unless_it_is_agreed() -> None:
    employment, desk = make_employment(hours="37.00"), make_desk()
    wanted = Wanted(Decimal("30.00"))
    request = make_request(employment, wanted=wanted)
    first, last = today() + 10 * DAY, today() + 50 * DAY
    trial = Decision(FlexibleRequest.TRIAL, agreed_from=first, trial_until=last, wanted=wanted)
    tried = deciding.decide(request, trial, by=desk, at=now())
    assert [hours_on(employment, day) for day in (first, last, last + DAY)] == [30, 30, 37]
    agreed = deciding.decide(tried, Decision(FlexibleRequest.AGREED, wanted=wanted), by=desk, at=now() + DAY)
    assert agreed.state == FlexibleRequest.AGREED
    assert hours_on(employment, last + DAY) == Decimal("30.00")


def test_nothing_is_refused_before_the_person_was_met_and_only_on_a_ground_of_the_law() -> None:
    request, desk = make_request(), make_desk()
    refuse = Decision(FlexibleRequest.REFUSED, reasons="Nobody on Fridays", ground="demand")
    with pytest.raises(refusals.ConsultFirst):
        deciding.decide(request, refuse, by=desk, at=now())
    make_meeting(request, FlexibleMeeting.MISSED, by=desk)
    with pytest.raises(refusals.ConsultFirst):
        deciding.decide(request, refuse, by=desk, at=now())
    make_meeting(request, by=desk)
    with pytest.raises(refusals.GroundNeeded):
        deciding.decide(
            request, Decision(FlexibleRequest.REFUSED, reasons="No", ground="whim"), by=desk, at=now()
        )
    with pytest.raises(refusals.ReasonNeeded):
        deciding.decide(request, Decision(FlexibleRequest.REFUSED, ground="demand"), by=desk, at=now())
    assert deciding.decide(request, refuse, by=desk, at=now()).state == FlexibleRequest.REFUSED


def test_nobody_decides_on_their_own_request() -> None:
    account = make_account("workforce.edit")
    request = make_request(make_employment(account=account))
    with pytest.raises(refusals.AboutThemself):
        deciding.decide(request, Decision(FlexibleRequest.AGREED), by=account, at=now())


def test_an_appeal_is_decided_by_somebody_else_and_once() -> None:
    first, second = make_desk(), make_desk()
    employment = make_employment(hours="37.00")
    refused = make_refused(make_request(employment, wanted=Wanted(Decimal("30.00"))), by=first)
    appealed = rules.appeal(refused, words="Cover was found", on=today(), by=second, at=now())
    with pytest.raises(refusals.SameDecider):
        deciding.decide_appeal(appealed, upheld=True, reasons="Yes", agreed_from=None, by=first, at=now())
    done = deciding.decide_appeal(appealed, upheld=True, reasons="Yes", agreed_from=None, by=second, at=now())
    assert done.state == FlexibleRequest.AGREED
    assert hours_on(employment, done.wanted_from) == Decimal("30.00")
    with pytest.raises(refusals.NotRefused):
        rules.appeal(done, words="Again", on=today(), by=second, at=now())


def test_more_time_needs_the_persons_word() -> None:
    request, desk = make_request(), make_desk()
    assert request.decide_by is not None
    with pytest.raises(refusals.ShorterTime):
        rules.extend(request, until=request.decide_by, agreed="By mail", by=desk, at=now())
    with pytest.raises(refusals.ReasonNeeded):
        rules.extend(request, until=request.decide_by + DAY, agreed=" ", by=desk, at=now())
    longer = rules.extend(request, until=request.decide_by + 9 * DAY, agreed="By mail", by=desk, at=now())
    assert longer.extended_from == request.decide_by


def test_others_withdraw_a_request_only_after_two_missed_meetings() -> None:
    manager, employment, account = make_team()
    request = make_request(employment)
    make_meeting(request, FlexibleMeeting.MISSED)
    make_meeting(request, FlexibleMeeting.EXCUSED)
    with pytest.raises(refusals.MetTooSeldom):
        rules.withdraw(request, because="", by=manager, at=now())
    make_meeting(request, FlexibleMeeting.MISSED)
    assert rules.withdraw(request, because="", by=manager, at=now()).state == FlexibleRequest.WITHDRAWN
    back = rules.put_back(request, by=account, at=now())
    assert back.state == FlexibleRequest.ASKED
    assert rules.withdraw(back, because="", by=account, at=now()).withdrawn_on == today()


def test_a_letter_about_a_day_leaves_once_unless_it_was_recalled() -> None:
    request, desk = make_request(), make_desk()

    def send() -> object:
        return send_once(request, ACKNOWLEDGED, sent=as_mail(), about_on=today(), by=desk, at=now())

    letter = send_once(request, ACKNOWLEDGED, sent=as_mail(), about_on=today(), by=desk, at=now())
    with pytest.raises(refusals.ToldAlready):
        send()
    recall_letter(letter, by=desk, at=now())
    assert send() != letter
    with pytest.raises(refusals.ToldAlready):
        send()
