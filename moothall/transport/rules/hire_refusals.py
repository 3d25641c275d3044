"""Why a hire job is not changed, booked, cancelled or manned, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class HireTakesNoTime(Refusal):
    sentence = _("It is back before it leaves.")
    next_step = _("Look at the times; a job over midnight is two jobs.")


class HireDrivesTooLong(Refusal):
    sentence = _("It cannot be driven longer than it takes.")
    next_step = _("Give the minutes at the wheel, without waiting.")


class HireTakesNobody(Refusal):
    sentence = _("More people stay in wheelchairs than travel.")
    next_step = _("Count everybody who travels, wheelchairs included.")


class HireIsOver(Refusal):
    sentence = _("That day is over.")
    next_step = _("Choose today or a later day.")


class HireStandsElse(Refusal):
    sentence = _("This cannot be done as the job stands now.")
    next_step = _("Look at the page again: somebody else may have changed it.")


class HireNotDriven(Refusal):
    sentence = _("It has not been driven yet.")
    next_step = _("Put it on an invoice when it is back.")


class HireVehicleBusy(Refusal):
    sentence = _("This vehicle goes with something else then, or cannot go.")
    next_step = _("Choose one of those that are offered.")
