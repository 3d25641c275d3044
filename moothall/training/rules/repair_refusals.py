"""Why a repair is not made or a proposal not accepted, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class OnlyWhatIsKnown(Refusal):
    sentence = _("Only a version that is published, or that people were asked about, can be repaired.")
    next_step = _("A draft is changed by hand, or planned anew.")


class RepairGoesOn(Refusal):
    sentence = _("A repair of this version is being looked for already.")
    next_step = _("Wait for it; it takes seconds.")


class FreezeInThePast(Refusal):
    sentence = _("People cannot be asked to come on a day that is over.")
    next_step = _("Choose today or a later day.")


class ChangeBackwards(Refusal):
    sentence = _("The last day is before the first.")
    next_step = _("Choose a last day that is later, or leave it empty.")


class RepairOutdated(Refusal):
    sentence = _("The schedule was decided anew since this repair was made.")
    next_step = _("Ask for another repair: it reads what holds now.")


class AcceptedAlready(Refusal):
    next_step = _("Nothing more is to be done for it. Look at what is left.")


class NeedsAnother(Refusal):
    next_step = _("Accept that one first, or both together.")


class NeededByAnother(Refusal):
    next_step = _("Undo that one first.")


class NotAsItWas(Refusal):
    next_step = _("Ask for another repair: it reads what holds now.")


class ToldAlready(Refusal):
    sentence = _("Those concerned were told of this, so it cannot be undone.")
    next_step = _("Change the session by hand, or ask for another repair.")


class NotAccepted(Refusal):
    sentence = _("This proposal is not accepted.")
    next_step = _("Accept it first.")


class CannotAccept(Refusal):
    next_step = _("Leave it, or mend what stops it and try again.")


class NothingToTell(Refusal):
    sentence = _("Nothing is accepted that has not been told.")
    next_step = _("Accept proposals first.")
