"""What can be expected to go wrong with promotions, and what to do next."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NotToBeReached(Refusal):
    sentence = _("Nobody is promoted to this rank by a board.")
    next_step = _("Ask an administrator to give the rank a route and the rank below it.")


class NotOpenToYou(Refusal):
    sentence = _("You cannot apply to this board.")
    next_step = _("If you think this is wrong, write to people services before the board closes.")


class NoStaffRecord(Refusal):
    sentence = _("Nobody of this name works here on that day.")
    next_step = _("Look at the staff record, then choose another day.")


class NotAtThisStep(Refusal):
    sentence = _("This application is not at that step.")
    next_step = _("Look at it again: a colleague may have been quicker.")


class ReasonNeeded(Refusal):
    sentence = _("Say why.")
    next_step = _("A few words are enough. The candidate reads them.")


class NotDecided(Refusal):
    sentence = _("Nothing has been decided about this candidate, or it was taken back already.")
    next_step = _("Look at the candidate again.")


class OwnManagerOnly(Refusal):
    sentence = _("Only the manager of today recommends somebody, and nobody recommends themselves.")
    next_step = _("Ask whoever manages them.")


class NobodyWaits(Refusal):
    sentence = _("Nobody waits for a result of this board.")
    next_step = _("Decide the results of the board day first.")


class NobodyToTell(Refusal):
    sentence = _("Everybody whose marks are decided has been told.")
    next_step = _("Close the shortlist first, if some are still to be marked.")


class NoPeriod(Refusal):
    sentence = _("No row says how long this lasts for what begins on that day.")
    next_step = _("Ask an administrator to add the period with its source.")


class AppealOver(Refusal):
    sentence = _("The time to appeal is over, or there is no result yet.")
    next_step = _("If something kept you from it, write to people services and say what.")


class AppealedAlready(Refusal):
    sentence = _("You have asked for this result to be looked at already.")
    next_step = _("You will hear what came of it.")


class LeftThePool(Refusal):
    sentence = _("They are not in the pool any more.")
    next_step = _("Look at the pool again.")


class NotLeft(Refusal):
    sentence = _("They cannot be put back: they were posted, their time is over, or they are there.")
    next_step = _("Look at the pool again.")


class PromotedAlready(Refusal):
    sentence = _("They are promoted for a while already.")
    next_step = _("End that promotion first.")


class EndsBefore(Refusal):
    sentence = _("It would end before it begins, or no later than now agreed.")
    next_step = _("Check the days.")


class EndedAlready(Refusal):
    sentence = _("This promotion for a while is over.")
    next_step = _("Look at it again.")


class StillRuns(Refusal):
    sentence = _("This promotion for a while has not ended, or that was taken back already.")
    next_step = _("Look at it again.")


class WrittenSince(Refusal):
    sentence = _("Something was written on their staff record since.")
    next_step = _("Take that back first, or promote them for a while again.")


class NotProlonged(Refusal):
    sentence = _("It has not been prolonged, or that was taken back already.")
    next_step = _("Look at it again.")


class NotYourOwn(Refusal):
    sentence = _("Nobody decides about their own promotion.")
    next_step = _("Ask a colleague to do it.")
