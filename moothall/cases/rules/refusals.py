"""What any rule of a case may refuse."""

from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.core.refusals import Refusal


class ReasonNeeded(Refusal):
    sentence = _("A reason is needed, so that whoever reads this later knows why.")
    next_step = _("Write one sentence.")


class AlreadyClosed(Refusal):
    sentence = _("This case is closed.")
    next_step = _("Reopen it first.")


def refuse_if_closed(case: Case) -> None:
    if case.is_closed:
        raise AlreadyClosed


def need_reason(because: str) -> None:
    if not because.strip():
        raise ReasonNeeded
