"""Why crews are not planned, changed or covered, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class CrewMemberAlready(Refusal):
    sentence = _("This member of staff drives or escorts already.")
    next_step = _("Find them in the list of crews.")


class NeitherDrivesNorEscorts(Refusal):
    sentence = _("Somebody of a crew drives, escorts, or both.")
    next_step = _("Choose at least one.")


class DoesNotWorkHere(Refusal):
    sentence = _("This person has no employment with us on that day.")
    next_step = _("Choose a member of staff.")


class WeekIsOver(Refusal):
    sentence = _("This week is over.")
    next_step = _("Choose this week or a later one.")


class WeekBeingMade(Refusal):
    sentence = _("A week of crews is being made already.")
    next_step = _("Wait until it is made, or stop it.")


class WeekNotBusy(Refusal):
    sentence = _("This week is not being made just now.")
    next_step = _("Look at the page again.")


class NothingToCoverWith(Refusal):
    """With the sentence that the planner says."""

    next_step = _("Look at the crews, their hours and the plans of runs.")


class NobodyToCover(Refusal):
    sentence = _("Nobody else can take the places that are open.")
    next_step = _("The options say of everybody why; a contractor or another run may help.")


class OptionIsGone(Refusal):
    sentence = _("The day changed since you looked, so this option does not hold any more.")
    next_step = _("Look at the options again.")


class CoverIsOver(Refusal):
    sentence = _("Places of this cover changed hands again since, so it cannot be taken back whole.")
    next_step = _("Cover what is open now.")


class NotAskedAnyMore(Refusal):
    sentence = _("This is not asked of crews any more.")
    next_step = _("Look at the page again.")


class VehicleCannotGo(Refusal):
    """With the sentence that says which vehicle, and why."""

    next_step = _("Choose another, or see to what keeps it in.")


class NotAnotherVehicle(Refusal):
    sentence = _("The run goes with this vehicle already, or it is none of our own.")
    next_step = _("Choose another.")


class NoVehicleIsFree(Refusal):
    sentence = _("No vehicle of the depot is free that could go: nothing was changed.")
    next_step = _("Press the vehicle of a run to see why not: a swap, or one of another depot, may help.")


class SwapIsOver(Refusal):
    sentence = _("The runs or their vehicles changed again since, so this cannot be taken back whole.")
    next_step = _("Change the vehicles by hand.")
