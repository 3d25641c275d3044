"""What other pages may say about a case whose number is all they know."""

import datetime as dt

import pytest

from moothall.cases.models import Case, Reading
from moothall.cases.rules.called import find_cases_by_reference, gate_before_case, name_cases
from moothall.core.clock import now
from moothall.letters.models import Letter
from moothall.letters.rules.outbox import queue_letter
from moothall.people.tests.make import make_account, make_team
from moothall.people.tests.pages import signed_in_as

from .make import AT, make_case

pytestmark = pytest.mark.django_db


def test_a_case_is_called_by_its_reference_only_for_those_who_may_see_it() -> None:
    team = make_team()
    case = make_case(team=team)
    insider = make_account("cases.view", team=team)
    outsider = make_account("cases.view", team=make_team())
    named = name_cases(insider, [case.pk])[case.pk]
    assert (named.words, named.address) == (case.reference, f"/cases/{case.reference}/")
    assert name_cases(outsider, [case.pk]) == {}
    assert find_cases_by_reference(insider, case.reference.lower()) == [case.pk]
    assert find_cases_by_reference(outsider, case.reference) == []


def test_letters_of_a_sealed_case_are_read_only_after_a_reason() -> None:
    team = make_team()
    case = make_case(team=team)
    keeper = make_account("cases.view", "letters.write", team=team)
    case.access.create(account=keeper, reason="Leads the inquiry", given_at=AT)
    letter: Letter = queue_letter(
        about=case, person=None, channel="MAIL", language="en", to_address="ffion@borth.example", to_name="",
        from_address="office@borth.example", from_name="", subject="In confidence", body="Words",
        by=None, at=AT,
    )  # fmt: skip
    assert gate_before_case(keeper, case.pk) == ""
    Case.objects.filter(pk=case.pk).update(confidentiality=Case.SEALED)
    answer = signed_in_as(keeper).get(f"/letters/{letter.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{case.reference}/reading/")
    hour = dt.timedelta(hours=1)
    Reading.objects.create(case=case, account=keeper, reason="To answer", at=now(), until=now() + hour)
    assert signed_in_as(keeper).get(f"/letters/{letter.pk}/").status_code == 200
