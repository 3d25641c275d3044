"""From the own view to both signatures: rating, the second look, signing, opening again, leaving out."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from moothall.appraisal.models import Appraisal, Competency, Event, Mark, Rating
from moothall.core.clock import in_london
from moothall.people.models import Account

from .holding import change, hold, is_own, note
from .refusals import (
    CompleteAlready,
    LeftOutAlready,
    NotDone,
    NotLeftOut,
    NotThisStage,
    NotYours,
    RatedByYou,
    RatingIncomplete,
    SignedAlready,
    WordsNeeded,
)

UNRATED = (Appraisal.OBJECTIVES, Appraisal.SELF, Appraisal.RATING)
RATED = (Appraisal.SECOND, Appraisal.SIGN, Appraisal.DONE)


@transaction.atomic
def hold_mid_year(appraisal: Appraisal, *, said: str, by: Account, at: dt.datetime) -> Appraisal:
    """Both talked half way through; what was said is kept."""
    held = hold(appraisal, *UNRATED)
    if not said.strip():
        raise WordsNeeded
    before = held.mid_year
    change(held, mid_year=said.strip(), mid_year_at=at)
    note(held, Event.MID_YEAR, by=by, at=at, said=before)
    return held


@transaction.atomic
def send_own_view(appraisal: Appraisal, *, said: str, by: Account, at: dt.datetime) -> Appraisal:
    """How the employee sees their year. They may change it until they are rated."""
    held = hold(appraisal, Appraisal.SELF, Appraisal.RATING)
    if not is_own(held, by):
        raise NotYours
    if not said.strip():
        raise WordsNeeded
    before = held.own_view
    change(held, own_view=said.strip(), own_view_at=at, stage=Appraisal.RATING)
    note(held, Event.OWN_VIEW, by=by, at=at, said=before)
    return held


@transaction.atomic
def rate(
    appraisal: Appraisal,
    *,
    ratings: Mapping[Competency, tuple[Mark, str]],
    overall: Mark,
    because: str,
    by: Account,
    at: dt.datetime,
) -> Appraisal:
    """Every competency and the whole, each with a sentence. Where the own view is overdue, without it."""
    held = hold(appraisal, Appraisal.SELF, Appraisal.RATING)
    if is_own(held, by):
        raise NotYours
    if held.stage == Appraisal.SELF and in_london(at).date() <= held.cycle.self_by:
        raise NotThisStage
    asked = set(held.cycle.framework.competencies.all())
    marks = [overall, *(mark for mark, _why in ratings.values())]
    if set(ratings) != asked or not because.strip() or not all(why.strip() for _m, why in ratings.values()):
        raise RatingIncomplete
    if any(mark.framework_id != held.cycle.framework_id for mark in marks):
        raise RatingIncomplete
    held.ratings.filter(replaced_at=None).update(replaced_at=at)
    Rating.objects.bulk_create(
        Rating(appraisal=held, competency=each, mark=mark, because=why.strip()[:500], at=at, by=by)
        for each, (mark, why) in ratings.items()
    )
    before = held.overall_because
    change(
        held, overall=overall, overall_because=because.strip(), rated_at=at, rated_by=by,
        stage=Appraisal.SECOND if held.cycle.second_by else Appraisal.SIGN,
    )  # fmt: skip
    note(held, Event.RATED, by=by, at=at, said=before)
    return held


@transaction.atomic
def look_again(
    appraisal: Appraisal, *, agrees: bool, by: Account, at: dt.datetime, said: str = ""
) -> Appraisal:
    """A second person agrees the rating, or sends it back and says why."""
    held = hold(appraisal, Appraisal.SECOND)
    if is_own(held, by):
        raise NotYours
    if held.rated_by_id == by.pk:
        raise RatedByYou
    if not agrees and not said.strip():
        raise WordsNeeded
    if agrees:
        change(held, second_at=at, second_by=by, stage=Appraisal.SIGN)
    else:
        change(held, stage=Appraisal.RATING)
    note(held, Event.LOOKED if agrees else Event.RETURNED, by=by, at=at, said=said.strip())
    return held


@transaction.atomic
def sign_own(
    appraisal: Appraisal, *, agrees: bool, by: Account, at: dt.datetime, said: str = ""
) -> Appraisal:
    """The employee signs; whoever disagrees says with what, and it stays on the appraisal."""
    held = hold(appraisal, Appraisal.SIGN)
    if not is_own(held, by):
        raise NotYours
    if held.employee_signed_at is not None:
        raise SignedAlready
    if not agrees and not said.strip():
        raise WordsNeeded
    change(held, employee_signed_at=at, employee_agrees=agrees, employee_says=said.strip())
    note(held, Event.SIGNED if agrees else Event.DISAGREED, by=by, at=at, said=said.strip())
    _complete_when_signed(held, at=at)
    return held


@transaction.atomic
def sign_as_manager(appraisal: Appraisal, *, by: Account, at: dt.datetime) -> Appraisal:
    held = hold(appraisal, Appraisal.SIGN)
    if is_own(held, by):
        raise NotYours
    if held.manager_signed_at is not None:
        raise SignedAlready
    change(held, manager_signed_at=at, manager_signed_by=by)
    note(held, Event.SIGNED, by=by, at=at)
    _complete_when_signed(held, at=at)
    return held


def _complete_when_signed(held: Appraisal, *, at: dt.datetime) -> None:
    if held.employee_signed_at is not None and held.manager_signed_at is not None:
        change(held, stage=Appraisal.DONE, done_at=at)


@transaction.atomic
def reopen(appraisal: Appraisal, *, because: str, by: Account, at: dt.datetime) -> Appraisal:
    """The rating is given anew, and both sign again. What was signed stays in the history."""
    held = hold(appraisal)
    if is_own(held, by):
        raise NotYours
    if held.stage not in RATED:
        raise NotDone
    if not because.strip():
        raise WordsNeeded
    note(held, Event.REOPENED, by=by, at=at, said=because.strip())
    change(
        held, stage=Appraisal.RATING, round=held.round + 1, employee_signed_at=None, employee_agrees=None,
        employee_says="", manager_signed_at=None, manager_signed_by=None, second_at=None, second_by=None,
        done_at=None,
    )  # fmt: skip
    return held


@transaction.atomic
def leave_out(
    appraisal: Appraisal, *, reason: str, note_of_it: str, by: Account, at: dt.datetime
) -> Appraisal:
    """This person is not appraised in this cycle, for a reason."""
    held = hold(appraisal)
    if is_own(held, by):
        raise NotYours
    if held.stage == Appraisal.EXEMPT:
        raise LeftOutAlready
    if held.stage == Appraisal.DONE:
        raise CompleteAlready
    if reason == Appraisal.OTHER and not note_of_it.strip():
        raise WordsNeeded
    change(held, stage=Appraisal.EXEMPT, exempt_because=reason, exempt_note=note_of_it.strip()[:300])
    note(held, Event.EXEMPTED, by=by, at=at, said=note_of_it.strip())
    return held


@transaction.atomic
def take_back_in(appraisal: Appraisal, *, by: Account, at: dt.datetime) -> Appraisal:
    """They are appraised after all, from where it stood."""
    held = hold(appraisal)
    if is_own(held, by):
        raise NotYours
    if held.stage != Appraisal.EXEMPT:
        raise NotLeftOut
    change(held, stage=_stage_of(held), exempt_because="", exempt_note="")
    note(held, Event.INCLUDED, by=by, at=at)
    return held


def _stage_of(held: Appraisal) -> str:
    """Where it stands by what was done already."""
    if held.objectives_at is None:
        return Appraisal.OBJECTIVES
    if held.own_view_at is None:
        return Appraisal.SELF
    newest = held.events.filter(kind__in=[Event.RATED, Event.RETURNED, Event.REOPENED]).last()
    if newest is None or newest.kind != Event.RATED:
        return Appraisal.RATING
    if held.cycle.second_by and held.second_at is None:
        return Appraisal.SECOND
    return Appraisal.SIGN
