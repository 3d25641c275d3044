"""What can be expected to go wrong in shortlisting, and what to do next."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class MarkerSeesNames(Refusal):
    sentence = _("They can see who applied.")
    next_step = _("Name somebody who does not work on the cases of this team.")


class NamedAlready(Refusal):
    sentence = _("They mark for this campaign already.")
    next_step = _("Name somebody else.")


class NotToMark(Refusal):
    sentence = _("This application is no longer to be marked.")
    next_step = _("Go on with the next one.")


class ShortlistClosed(Refusal):
    sentence = _("The shortlist is closed.")
    next_step = _("Ask recruitment to open it again if something has to change.")


class MarkMissing(Refusal):
    sentence = _("Not every criterion has a mark.")
    next_step = _("Give each a mark from 0 to 4, then hand in.")


class HandedInAlready(Refusal):
    sentence = _("You have handed in this application already.")
    next_step = _("Take it back first if you want to change your marks.")


class MarkEverything(Refusal):
    sentence = _("Not every application is marked by two people.")
    next_step = _("Wait for the markers, or name another one.")


class SpeakFirst(Refusal):
    sentence = _("Some marks are far apart and nobody has settled them.")
    next_step = _("Settle each of them, then close the shortlist.")


class NoReasons(Refusal):
    sentence = _("This office has no reasons of shortlisting in force.")
    next_step = _("Ask an administrator to load them, then close it again.")


class NotClosed(Refusal):
    sentence = _("The shortlist is open.")
    next_step = _("Look at it again.")
