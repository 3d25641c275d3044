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
