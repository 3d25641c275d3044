"""What can be expected to go wrong in employee casework, with the sentence the person reads."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.conduct.models import Exemption
from moothall.core.refusals import Refusal


class NotNamed(Refusal):
    sentence = _("Only the people named on a matter change anything about it.")
    next_step = _("Ask one of them to give you a part in it.")


class AboutThemself(Refusal):
    sentence = _("Nobody has a part in a matter about themself.")
    next_step = _("Choose somebody else.")


class NotForThem(Refusal):
    sentence = _("This procedure is not for people who work here like this.")
    next_step = _("Choose another kind of matter.")


class Exempt(Refusal):
    """Their workforce has this procedure, and they have not: why, and what is done instead."""

    def __init__(self, exemption: Exemption) -> None:
        language = get_language() or "en"
        super().__init__(exemption.said("sentence", language), exemption.said("instead", language))


class NoProcedure(Refusal):
    sentence = _("No procedure of this kind was in force on that day.")
    next_step = _("Check the day, or ask who keeps the rules of employee casework.")


class BeganLater(Refusal):
    sentence = _("A matter cannot begin in the future.")
    next_step = _("Check the day it began.")


class NoticeTooShort(Refusal):
    sentence = _("The notice is too short.")
    next_step = _("Choose a later day, or say how a shorter notice was agreed in writing.")


class NoSafety(Refusal):
    sentence = _("A home visit says how whoever goes alone stays safe.")
    next_step = _("Write who knows where they are, and who is rung when.")


class SatBefore(Refusal):
    sentence = _("Whoever investigated or decided before does not chair this.")
    next_step = _("Choose a chair who had no part in it.")


class NotOpen(Refusal):
    sentence = _("This meeting has been held or cancelled.")
    next_step = _("Look at the matter again.")


class PostponedAlready(Refusal):
    sentence = _("This meeting has been postponed as often as the procedure lets it be.")
    next_step = _("Hold it on its day, or cancel it and arrange another with full notice.")


class PostponedTooFar(Refusal):
    sentence = _("That is later than the procedure lets a meeting be postponed.")
    next_step = _("Choose an earlier day, or say how a later one was agreed in writing.")


class NotYetBegun(Refusal):
    sentence = _("This meeting has not begun yet.")
    next_step = _("Write down what came of it afterwards, or postpone or cancel it.")


class InThePast(Refusal):
    sentence = _("A meeting is arranged for a time to come.")
    next_step = _("Check the day and the time.")


class NotYetHeld(Refusal):
    sentence = _("A sanction is decided at a hearing that has been held.")
    next_step = _("Write down first that the hearing was held.")


class NotOfThisKind(Refusal):
    sentence = _("That outcome does not belong to this kind of matter, or not to its day.")
    next_step = _("Choose another outcome.")


class ToldAlready(Refusal):
    sentence = _("They have been told of this outcome.")
    next_step = _("An appeal may change it.")


class SuspendedAlready(Refusal):
    sentence = _("There is a suspension in this matter that has not ended.")
    next_step = _("Review it, or end it first.")


class NotSuspended(Refusal):
    sentence = _("This suspension has ended.")
    next_step = _("Look at the matter again.")


class ReviewedThatDay(Refusal):
    sentence = _("This suspension was reviewed that day already.")
    next_step = _("Look at the matter again.")


class ToldOfIt(Refusal):
    sentence = _("They have been told of this in writing.")
    next_step = _("Write to them from the timeline if something has to be added.")


class NoticeStands(Refusal):
    sentence = _("An improvement notice of this matter has not been judged yet.")
    next_step = _("Judge it when its window has closed, or make the window longer.")


class NoMoreStages(Refusal):
    sentence = _("The procedure has no improvement notice for the next stage.")
    next_step = _("Arrange a hearing, and decide there.")


class WindowTooLong(Refusal):
    sentence = _("The window is too long.")
    next_step = _("Choose an earlier day, or say what makes the case exceptional.")


class NotImproving(Refusal):
    sentence = _("The window has not closed yet.")
    next_step = _("Judge it the day after, so that they could use all of it.")


class LinkedAlready(Refusal):
    sentence = _("These two are linked already, or are the same.")
    next_step = _("Choose another matter.")
