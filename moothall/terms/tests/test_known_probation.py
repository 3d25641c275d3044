"""Other floors ask whether somebody is in probation: until it is decided, and as it was decided."""

import datetime as dt

import pytest

from moothall.core.clock import now, today
from moothall.people.models import Account
from moothall.people.tests.make import make_account
from moothall.terms.models import Term
from moothall.terms.rules.deciding import settle_term
from moothall.terms.rules.opening import open_term
from moothall.workforce.models import Employment
from moothall.workforce.probation import is_in_probation
from moothall.workforce.tests.make import make_employment

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def probation_of(employment: Employment, *, due: int, by: Account) -> Term:
    """Begun long ago, and due so many days from today."""
    begun = today() - 500 * DAY
    return open_term(
        employment, kind=Term.PROBATION, began_on=begun, due_on=today() + due * DAY, by=by, at=now()
    )


def test_the_staff_record_says_it_where_no_probation_was_opened() -> None:
    employment = make_employment()
    assert not is_in_probation(employment, today())
    employment.probation_until = today()
    assert is_in_probation(employment, today())
    assert not is_in_probation(employment, today() + DAY)


def test_a_probation_lasts_until_it_is_decided_even_where_that_is_late() -> None:
    employment, desk = make_employment(), make_account("workforce.edit")
    term = probation_of(employment, due=-20, by=desk)
    assert is_in_probation(employment, today())
    assert not is_in_probation(employment, term.began_on - DAY)
    earlier = now() - 5 * DAY
    settle_term(term, outcome=Term.CONFIRMED, by=desk, at=earlier, today=today() - 5 * DAY)
    assert is_in_probation(employment, today() - 5 * DAY)
    assert not is_in_probation(employment, today() - 4 * DAY)


def test_an_extended_probation_goes_on() -> None:
    employment, desk = make_employment(), make_account("workforce.edit")
    term = probation_of(employment, due=2, by=desk)
    settle_term(
        term, outcome=Term.EXTENDED, by=desk, at=now(), today=today(), new_day=today() + 90 * DAY,
        because="Long away ill", warned=True,
    )  # fmt: skip
    for ahead in (0, 2, 3, 90):
        assert is_in_probation(employment, today() + ahead * DAY)


def test_one_called_off_by_mistake_counts_for_nothing() -> None:
    employment, desk = make_employment(), make_account("workforce.edit")
    term = probation_of(employment, due=30, by=desk)
    Term.objects.filter(pk=term.pk).update(withdrawn_at=now())
    assert not is_in_probation(employment, today())
