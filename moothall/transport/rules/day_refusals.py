"""Why something of the day is not kept or told, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class PressWithoutKey(Refusal):
    sentence = _("What was pressed came without its key, so it cannot be kept.")
    next_step = _("Open the run again and press once more.")


class NotLate(Refusal):
    sentence = _("This run is not said to be late.")
    next_step = _("Look at the board of the day.")


class NotOnThatDay(Refusal):
    sentence = _("This run does not go on that day.")
    next_step = _("Choose a run on the board of the day.")


class OthersByNow(Refusal):
    sentence = _("Since you looked, others are concerned, or some not any more. Nobody has been told yet.")
    next_step = _("Look at the list again, then send.")


class NobodyToTell(Refusal):
    sentence = _("Nobody is concerned, so there is nobody to tell.")
    next_step = _("Choose another run, school or cover.")


class ToldAlready(Refusal):
    sentence = _("This has been told already.")
    next_step = _("See what was told and to whom.")


class CheckedAlready(Refusal):
    sentence = _("This vehicle has been checked today.")
    next_step = _("If the check was wrong, the desk can take it back with the reason.")


class NothingToCheck(Refusal):
    sentence = _("There is nothing on record that is looked at on this vehicle.")
    next_step = _("Ask the desk.")


class AnswerMissing(Refusal):
    sentence = _("Something was not answered, or is not fine and nobody said what it is.")
    next_step = _("Answer each line; where it is not fine, say what you saw.")


class CheckIsOver(Refusal):
    sentence = _("This check was taken back already.")
    next_step = _("Look at the list of checks.")


class MendedAlready(Refusal):
    sentence = _("This is mended already.")
    next_step = _("Look at the vehicle’s page.")


class SayWhy(Refusal):
    sentence = _("Whoever reads it later wants to know why.")
    next_step = _("Give the reason in a few words.")
