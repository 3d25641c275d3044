"""What an appraisal says for or against a pay point."""

import datetime as dt

import pytest

from moothall.appraisal.models import Mark
from moothall.appraisal.rules.progress import words_of_appraisals
from moothall.appraisal.rules.rating import look_again, sign_as_manager, sign_own
from moothall.people.tests.make import AT

from .make import Pair, give_rating, make_pair

pytestmark = pytest.mark.django_db


def complete(mark: str) -> Pair:
    pair = make_pair(name_cy="Blwyddyn")
    Mark.objects.filter(name="Not yet").update(withholds=True)
    give_rating(pair, mark=mark)
    look_again(pair.appraisal, agrees=True, by=pair.above, at=AT)
    sign_own(pair.appraisal, agrees=True, by=pair.employee, at=AT)
    sign_as_manager(pair.appraisal, by=pair.manager, at=AT)
    pair.appraisal.refresh_from_db()
    return pair


@pytest.mark.parametrize(("mark", "against"), [("Not yet", True), ("Good", False)])
def test_the_mark_of_a_complete_appraisal_speaks(mark: str, against: bool) -> None:
    pair = complete(mark)
    [word] = words_of_appraisals({pair.employment.pk: AT.date() + dt.timedelta(days=120)})
    assert (word.is_against, word.text_cy) == (against, f"Blwyddyn: {mark}")


def test_an_appraisal_that_is_not_complete_or_was_not_on_the_day_says_nothing() -> None:
    pair = make_pair()
    assert not list(words_of_appraisals({pair.employment.pk: AT.date() + dt.timedelta(days=120)}))
    done = complete("Good")
    assert not list(words_of_appraisals({done.employment.pk: AT.date() - dt.timedelta(days=1)}))
    assert len(list(words_of_appraisals({done.employment.pk: AT.date()}))) == 1


def test_an_appraisal_speaks_for_eighteen_months_after_its_cycle() -> None:
    pair = complete("Good")
    cycle = pair.appraisal.cycle
    cycle.refresh_from_db()
    type(cycle).objects.filter(pk=cycle.pk).update(until_on=dt.date(2027, 3, 31))
    assert list(words_of_appraisals({pair.employment.pk: dt.date(2028, 9, 30)}))
    assert not list(words_of_appraisals({pair.employment.pk: dt.date(2028, 10, 1)}))
