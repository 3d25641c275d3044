"""Why an incident is not reported, looked into or closed, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class SaysNothing(Refusal):
    sentence = _("What happened, and where, has to be said.")
    next_step = _("A few words are enough.")


class HappensLater(Refusal):
    sentence = _("It cannot have happened later than now.")
    next_step = _("Check the day and the time.")


class NoSuchService(Refusal):
    sentence = _("This office does not take such reports here.")
    next_step = _("If somebody is in danger, call 999. Ring the transport office.")


class NobodyReadsConcerns(Refusal):
    sentence = _("Nobody is named who reads safeguarding concerns, so this one would be read by nobody.")
    next_step = _("If somebody is in danger, call 999. Ring the transport office and speak with a manager.")


class NotNamed(Refusal):
    sentence = _("Only the people named on this case may change anything here.")
    next_step = _("Ask one of them to name you.")


class ThereAlready(Refusal):
    sentence = _("This person is among those who were there already.")
    next_step = _("Look at the page again.")


class GoneAlready(Refusal):
    sentence = _("This was changed or taken back meanwhile.")
    next_step = _("Look at the page again.")


class ReasonNeeded(Refusal):
    sentence = _("Say why.")
    next_step = _("A few words are enough.")


class NotNeeded(Refusal):
    sentence = _("Nobody is told what they need not be told.")
    next_step = _("Leave the day empty, or say that they have to be told.")


class ToldEarlier(Refusal):
    sentence = _("They cannot have been told before it happened, or later than today.")
    next_step = _("Check the day.")


class FactsAndCause(Refusal):
    sentence = _("An investigation ends with what was found, and why it came about.")
    next_step = _("Write both, then say that it is finished.")


class WhomItIsAbout(Refusal):
    sentence = _("This person was there when it happened.")
    next_step = _("Choose somebody who was not.")


class DueEarlier(Refusal):
    sentence = _("It would be due before today.")
    next_step = _("Choose today or a later day.")


class StillOpen(Refusal):
    """With a sentence that counts what is open."""

    next_step = _("Finish it or take it back, then close.")
