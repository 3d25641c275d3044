"""How the case of a candidate goes on: its steps, its end, and the letter that comes with them."""

import datetime as dt

from django.utils.translation import gettext as _

from moothall.cases.models import Case, Step
from moothall.cases.rules.closing import close_case
from moothall.cases.rules.stepping import complete_step
from moothall.letters.rules.fields import date_in
from moothall.people.models import Account
from moothall.promotion.models import Board
from moothall.recruitment.models import Application
from moothall.recruitment.rules.telling import tell

from .refusals import NotAtThisStep
from .wording import BY_KEY

PROMOTED, POOL_EXPIRED, UNSUCCESSFUL, WITHDREW = "promoted", "pool_expired", "unsuccessful", "withdrew"


def ready_step(application: Application, key: str) -> Step | None:
    rows = Step.objects.filter(case=application.case_id, key=key, state=Step.READY)
    return rows.select_related("case__version").first()


def finish(
    application: Application, key: str, *, by: Account | None, at: dt.datetime, outcome: str = "",
    note: str = "",
) -> Step:  # fmt: skip
    """The step, which must be open."""
    step = ready_step(application, key)
    if step is None:
        raise NotAtThisStep
    return complete_step(step, by=by, at=at, outcome=outcome, note=note)


def finish_if_open(
    application: Application, key: str, *, by: Account | None, at: dt.datetime, outcome: str = "",
    note: str = "",
) -> None:  # fmt: skip
    if ready_step(application, key) is not None:
        finish(application, key, by=by, at=at, outcome=outcome, note=note)


def end(
    application: Application, outcome: str, *, by: Account | None, at: dt.datetime, reason: str = ""
) -> None:
    """Its case is closed, unless it is already."""
    case = Case.objects.get(pk=application.case_id)
    if not case.is_closed:
        close_case(case, by=by, at=at, outcome=outcome, reason=reason or str(_("Decided by the board.")))


def board_of(application: Application) -> Board:
    return Board.objects.in_full().get(campaign=application.campaign_id)


def write(
    key: str, application: Application, *, at: dt.datetime, until: dt.date | None = None, **known: str
) -> None:
    """A letter to the candidate, with what it may say of the promotion."""
    language = application.language
    said = {f"promotion.{name}": words for name, words in known.items()}
    said["promotion.rank"] = board_of(application).rank.name_in(language)
    if until is not None:
        said["promotion.until"] = date_in(language, until)
    tell(BY_KEY[key], application, at=at, known=said)
