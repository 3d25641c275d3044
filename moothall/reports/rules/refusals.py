"""Why a month is not closed or opened, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NotOver(Refusal):
    sentence = _("This month is not over yet.")
    next_step = _("Close it on the first day of the next month, or later.")


class ClosedAlready(Refusal):
    sentence = _("This month is closed already.")
    next_step = _("Look at it again: what has changed since is shown beside each figure.")


class NotClosed(Refusal):
    sentence = _("This month is not closed.")
    next_step = _("There is nothing to open again.")


class ClosedFinding(Refusal):
    sentence = _("This has been put right meanwhile.")
    next_step = _("There is nothing left to do about it.")


class NotWaived(Refusal):
    sentence = _("Nobody has said that this may stay as it is.")
    next_step = _("There is nothing to take back.")


class EndsBefore(Refusal):
    sentence = _("That day is over.")
    next_step = _("Give the last day on which it may stay as it is.")


class KeepsNoRecords(Refusal):
    sentence = _("They do not keep this record.")
    next_step = _("Choose somebody who does.")


class NobodyToDraw(Refusal):
    sentence = _("Nobody works there today.")
    next_step = _("Choose another unit, or everybody.")


class CheckedAlready(Refusal):
    sentence = _("Somebody has checked this record meanwhile.")
    next_step = _("Go on with the next.")


class KeepsThisRecord(Refusal):
    sentence = _("You keep this record, or it is your own: somebody else has to check it.")
    next_step = _("Leave it to a colleague, and go on with the next.")
