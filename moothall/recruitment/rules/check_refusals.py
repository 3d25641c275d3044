"""What can be expected to go wrong with checks, references and offers, and what to do next."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NotACheck(Refusal):
    sentence = _("This step is no check of an application.")
    next_step = _("Do it on the page of its case.")


class RunsOutBefore(Refusal):
    sentence = _("A clearance runs out on a day to come.")
    next_step = _("Check the day, or say that somebody is not cleared.")


class NamedRefereeAlready(Refusal):
    sentence = _("This referee is named already.")
    next_step = _("Name somebody else, or remove the one that is there first.")


class TooManyReferees(Refusal):
    sentence = _("You can name eight referees at most.")
    next_step = _("Remove one who has not been asked, then name the other.")


class AskedAlready(Refusal):
    sentence = _("This referee has been asked already.")
    next_step = _("Wait for their answer, or name another.")


class AnsweredAlready(Refusal):
    sentence = _("This reference has been sent already.")
    next_step = _("Reply to our message if something in it has to be put right.")
    status = 410


class NotAskedAnyMore(Refusal):
    sentence = _("This reference is not needed any more.")
    next_step = _("You need do nothing. Thank you.")
    status = 410


class OfferThere(Refusal):
    sentence = _("There is such an offer already.")
    next_step = _("Take it back first, then make another.")


class ChecksGoOn(Refusal):
    sentence = _("Not every check is cleared yet.")
    next_step = _("Wait for the checks, or end the application if somebody is not cleared.")


class ClearanceTooShort(Refusal):
    sentence = _("A clearance runs out before the first day.")
    next_step = _("Have it renewed, or choose an earlier day.")


class OfferOver(Refusal):
    sentence = _("This offer cannot be answered any more.")
    next_step = _("Look at your page again, or write to us there.")
    status = 410


class NotAccepted(Refusal):
    sentence = _("The final offer has not been accepted.")
    next_step = _("Wait until the applicant has accepted it.")


class StartedAlready(Refusal):
    sentence = _("They are entered among the staff already.")
    next_step = _("Look at their record.")


class StartsTooEarly(Refusal):
    sentence = _("The first day is a day to come.")
    next_step = _("Choose a later day.")


class ApplicationOver(Refusal):
    sentence = _("This application is closed.")
    next_step = _("Take it up again first.")


class NotStarted(Refusal):
    sentence = _("They are not entered among the staff.")
    next_step = _("Look at the application again.")
