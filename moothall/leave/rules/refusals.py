"""Why leave is not taken, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NothingToTake(Refusal):
    sentence = _("There is no working day between these days.")
    next_step = _("Choose days on which you are to work.")


class DaysTaken(Refusal):
    sentence = _("Leave stands already on one of these days.")
    next_step = _("Withdraw it first, or choose other days.")


class TooMuch(Refusal):
    next_step = _("Ask for fewer days, or for another kind of leave.")


class NoteNeeded(Refusal):
    sentence = _("This kind of leave needs a few words on what it is for.")
    next_step = _("Write them under “What for?”.")


class TooFarAhead(Refusal):
    sentence = _("Leave is asked for at most two years ahead and one year back.")
    next_step = _("Look at the year again.")


class BadHalves(Refusal):
    sentence = _("One day cannot both begin and end at noon.")
    next_step = _("Choose the morning or the afternoon.")


class NotWaiting(Refusal):
    sentence = _("This is not waiting for a decision any more.")
    next_step = _("Look at it again: a colleague may have been quicker.")


class NotYours(Refusal):
    sentence = _("Nobody decides on their own leave.")
    next_step = _("Your manager decides, or whoever stands in.")


class CoverNotKept(Refusal):
    sentence = _("Too few people would be left.")
    next_step = _("Refuse it and say what would fit, or approve it all the same and say why.")


class ReasonNeeded(Refusal):
    sentence = _("Say why.")
    next_step = _("A few words are enough; the person reads them.")


class NothingToUndo(Refusal):
    sentence = _("Something was done since, or it is undone already.")
    next_step = _("Look at it again.")


class NotSickThen(Refusal):
    sentence = _("None of these days is approved leave.")
    next_step = _("Choose days within the leave.")


class WhyNeeded(Refusal):
    sentence = _("Say why the balance changes.")
    next_step = _("It is kept for six years.")


class NothingOnRecord(Refusal):
    sentence = _("No rule is on record that lets leave be carried over on this ground here.")
    next_step = _("Enter it as put right, with the reason.")


class TooManyCarried(Refusal):
    next_step = _("Enter fewer hours, or choose the ground that allows more.")


class NumberOrShare(Refusal):
    sentence = _("Give either how many people or which share of them.")
    next_step = _("Fill in one of the two.")


class TakenBack(Refusal):
    sentence = _("This was taken back already.")
    next_step = _("Look at the list again.")
