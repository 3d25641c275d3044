"""Why training is not arranged, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class CourseThere(Refusal):
    sentence = _("There is a course of this name already.")
    next_step = _("Open that one, or choose another name.")


class CourseRetired(Refusal):
    sentence = _("This course is not held any more.")
    next_step = _("Take it up again first, on its page.")


class NoVersionYet(Refusal):
    sentence = _("No version of this course holds on that day.")
    next_step = _("Choose a later day, or add a version that begins earlier.")


class NeedsItself(Refusal):
    sentence = _("A course cannot come before itself.")
    next_step = _("Choose other courses that come first.")


class NobodyAsked(Refusal):
    sentence = _("Say of whom the course is asked: a workforce, a unit or a post, one of the three.")
    next_step = _("Fill in one of them and leave the others empty.")


class SessionInThePast(Refusal):
    sentence = _("This day is over.")
    next_step = _("Choose a day from today on.")


class SessionOver(Refusal):
    sentence = _("This session is over or was called off.")
    next_step = _("Choose another session.")


class TooFewPlaces(Refusal):
    sentence = _("More people have a place than that.")
    next_step = _("Take places back first, or leave as many as are taken.")


class NoRoomFree(Refusal):
    sentence = _("No room of this site seats so many and is free on all of its days.")
    next_step = _("Choose another site, fewer places or another day; or leave the room open for now.")


class BedsNeedASite(Refusal):
    sentence = _("Say at which site the beds are, and of which kind.")
    next_step = _("Choose both; or take no beds.")


class TrainerBusy(Refusal):
    next_step = _("Choose another trainer, or another day.")


class TrainerUnskilled(Refusal):
    next_step = _("Choose somebody who can teach it, or add the skill to their record.")


class NoSuchNumber(Refusal):
    next_step = _("Check the staff numbers; they are separated by commas or stand on lines of their own.")


class AlreadyPutForward(Refusal):
    sentence = _("They are put forward for this session already.")
    next_step = _("Look at the list of the session.")


class NotWaiting(Refusal):
    sentence = _("This is not waiting for a decision any more.")
    next_step = _("Look at it again: a colleague may have been quicker.")


class NotYourOwn(Refusal):
    sentence = _("Nobody decides on their own training.")
    next_step = _("Your manager decides, or whoever stands in.")


class SayWhy(Refusal):
    sentence = _("Say why.")
    next_step = _("A few words are enough; the person reads them.")


class NotHeldYet(Refusal):
    sentence = _("The session has not begun.")
    next_step = _("Note who came on its first day or later.")


class NoPlace(Refusal):
    sentence = _("They have no place at this session.")
    next_step = _("Look at the list of the session.")


class CountsAlready(Refusal):
    sentence = _("This result has given a credential already.")
    next_step = _("Withdraw the credential on its own page first.")


class EvaluatedAlready(Refusal):
    sentence = _("You have said what you thought of this session.")
    next_step = _("Thank you: nothing more is needed.")


class NumberOrShare(Refusal):
    sentence = _("Give either how many people or which share of them.")
    next_step = _("Fill in one of the two.")


class TakenBack(Refusal):
    sentence = _("This was taken back already.")
    next_step = _("Look at the list again.")


class DidNotPass(Refusal):
    sentence = _("There is no certificate: the course was not passed.")
    next_step = _("Look at the result again.")


class FileTooLarge(Refusal):
    sentence = _("This file is larger than 50 MB.")
    next_step = _("Split it into several files.")


class FileUnreadable(Refusal):
    next_step = _("A file of duties is CSV with the columns number, day, part and kind.")


class ScheduleBackwards(Refusal):
    sentence = _("A schedule ends after it begins, and takes three years at most.")
    next_step = _("Choose its first and its last day again.")


class LineTwice(Refusal):
    sentence = _("This session is in the version already.")
    next_step = _("Change it there.")


class NoSuchLine(Refusal):
    sentence = _("This session is not in the version any more.")
    next_step = _("Look at the draft again: a colleague may have been quicker.")


class OutsideSchedule(Refusal):
    next_step = _("Choose a day within its months, or open a schedule that covers it.")


class SomebodyTwice(Refusal):
    sentence = _("A day or a person stands in this session twice.")
    next_step = _("Name each once.")


class MorePlannedThanPlaces(Refusal):
    next_step = _("Plan fewer people, or more places.")


class AlreadyDecided(Refusal):
    sentence = _("This version is published, replaced or discarded; only a draft is changed.")
    next_step = _("Make a draft of it, and change that one.")


class CannotPublish(Refusal):
    next_step = _("Mend this in the draft, and publish it then.")


class NothingBefore(Refusal):
    sentence = _("There is no version before this one to go back to.")
    next_step = _("Make a draft of any version, and publish that.")


class ReaderThere(Refusal):
    sentence = _("This address is sent these differences already.")
    next_step = _("Look at the list of readers.")


class NotYourself(Refusal):
    sentence = _("Nobody notes in the register what they did themselves.")
    next_step = _("Ask a colleague who teaches it, or whoever looks after training.")
