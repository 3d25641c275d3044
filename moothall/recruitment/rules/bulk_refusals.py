"""What can be expected to go wrong where one action is done for many, and what to do next."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NobodyChosen(Refusal):
    sentence = _("No application is chosen.")
    next_step = _("Tick some in the list, or take all that the list shows.")


class TooManyChosen(Refusal):
    sentence = _("That is more than 5,000 applications.")
    next_step = _("Narrow the list first.")


class SeveralCampaigns(Refusal):
    sentence = _("The applications are of several campaigns.")
    next_step = _("Choose those of one campaign.")


class NotSaid(Refusal):
    sentence = _("Nobody has said yet what is to be done.")
    next_step = _("Choose what to do, then look at it.")


class BegunAlready(Refusal):
    sentence = _("This was begun already, perhaps by a colleague.")
    next_step = _("Look at how far it is.")


class NothingToDo(Refusal):
    sentence = _("There is nobody for whom this can be done.")
    next_step = _("Look at the reasons, then choose something else.")


class NotDone(Refusal):
    sentence = _("This is not done, or is being taken back already.")
    next_step = _("Look at how far it is.")


class MovedOnSince(Refusal):
    sentence = _("The application has moved on since.")
    next_step = _("Open it, and put it right by hand.")


class NotAtStage(Refusal):
    sentence = _("The application is not at the stage of this event.")
    next_step = _("Finish the stage before it first.")


class InEventAlready(Refusal):
    sentence = _("They are in an event of this stage already.")
    next_step = _("Look at the event.")


class HasTime(Refusal):
    sentence = _("They have a time in a plan.")
    next_step = _("Take them out on the page of the event.")


class TaggedAlready(Refusal):
    sentence = _("The application has this tag already.")
    next_step = _("Nothing need be done.")


class NoTag(Refusal):
    sentence = _("A tag is a word or two.")
    next_step = _("Write up to 40 letters.")


class LetterNotMade(Refusal):
    sentence = _("The letter to them could not be made.")
    next_step = _("Look at the address of the application and at the letter’s template.")
