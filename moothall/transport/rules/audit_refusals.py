"""What can be expected to go wrong with audits, visits and findings, and what to do then."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal

from .firm_refusals import NotTheirs as NotTheirs
from .refusals import EndedAlready as EndedAlready
from .refusals import ReasonNeeded as ReasonNeeded


class WrongChecklist(Refusal):
    sentence = _("This checklist is not for what you chose.")
    next_step = _("Choose the contractor, a vehicle, somebody of the crew or a run, as the checklist says.")


class ChecklistEnded(Refusal):
    sentence = _("This checklist does not hold on that day.")
    next_step = _("Choose another day, or the checklist that holds then.")


class PlannedAlready(Refusal):
    sentence = _("The same is planned for that day already.")
    next_step = _("Open the one that is there, or choose another day.")


class AuditorNeeded(Refusal):
    sentence = _("Whoever carries it out has to work with transport.")
    next_step = _("Choose somebody else.")


class FilledInAlready(Refusal):
    sentence = _("It is finished or withdrawn, so nothing in it is changed.")
    next_step = _("Open it again first, if something in it is wrong.")


class NotFinished(Refusal):
    sentence = _("It is not finished yet.")
    next_step = _("Answer the questions and finish it first.")


class QuestionsWait(Refusal):
    sentence = _("Some questions have no answer yet.")
    next_step = _("Answer each of them. What was not asked is answered so.")


class NothingAsked(Refusal):
    sentence = _("No question was asked.")
    next_step = _("Answer at least one, or withdraw it with the reason.")


class CarriedOutLater(Refusal):
    sentence = _("It cannot have been carried out in the future.")
    next_step = _("Check the day.")


class NoRating(Refusal):
    sentence = _("No rating that holds on that day fits this result.")
    next_step = _("Have the ratings of the office completed: the last of them fits any result.")


class NoTerm(Refusal):
    sentence = _("Nothing says within how many days a finding as grave as this is put right.")
    next_step = _("Have the figures for audits completed in the office’s pack.")


class ToldAlready(Refusal):
    sentence = _("The contractor has been written to about it.")
    next_step = _("Close findings that were wrong and say so, or withdraw the audit with the reason.")


class NobodyToTell(Refusal):
    sentence = _("This contractor has no mail address.")
    next_step = _("Enter one on their page, or print this page and send it by post.")


class NotAnAudit(Refusal):
    sentence = _("This is a visit to a school or centre, not an audit of a contractor.")
    next_step = _("Speak with the centre instead.")


class FindingSaysNothing(Refusal):
    sentence = _("A finding says what was found.")
    next_step = _("A sentence is enough.")


class NotOpen(Refusal):
    sentence = _("This finding is not open.")
    next_step = _("Look at it again: a colleague may have been quicker.")


class NotClosed(Refusal):
    sentence = _("This finding is open.")
    next_step = _("Look at it again: a colleague may have been quicker.")


class SanctionedAlready(Refusal):
    sentence = _("A sanction has followed from this finding already.")
    next_step = _("Look at it on the contractor’s page, or end it there first.")
