"""What appraisals refuse, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class AlreadyOpen(Refusal):
    sentence = _("This cycle has been opened already.")
    next_step = _("Look at it again: a colleague may have been quicker.")


class NotRunning(Refusal):
    sentence = _("This cycle is not open.")
    next_step = _("Nothing in it can be changed. Ask whoever keeps appraisal cycles.")


class NobodyIn(Refusal):
    sentence = _("Nobody would be in this cycle.")
    next_step = _("Choose other units or kinds of staff.")


class StagesOutOfOrder(Refusal):
    sentence = _("The days of the stages do not follow each other.")
    next_step = _("Objectives come first, then the own view, the rating, the second look and signing.")


class InAlready(Refusal):
    sentence = _("They have an appraisal in this cycle already.")
    next_step = _("Open the one that is there.")


class NotThisStage(Refusal):
    sentence = _("This is not what the appraisal waits for.")
    next_step = _("Look at it again: somebody may have been quicker.")


class NotYours(Refusal):
    sentence = _("This is not yours to do.")
    next_step = _("Ask whoever is named on the page.")


class WordsNeeded(Refusal):
    sentence = _("Say it in a sentence or two.")
    next_step = _("The other side reads it.")


class NothingAgreed(Refusal):
    sentence = _("There is no objective yet.")
    next_step = _("Write the first one.")


class AgreedAlready(Refusal):
    sentence = _("You have agreed to this already.")
    next_step = _("It waits for the other side.")


class RatingIncomplete(Refusal):
    sentence = _("Each competency is rated, with a sentence why.")
    next_step = _("Fill in what is missing.")


class RatedByYou(Refusal):
    sentence = _("Nobody looks a second time at their own rating.")
    next_step = _("The manager of whoever rated does, or somebody who keeps staff records.")


class SignedAlready(Refusal):
    sentence = _("You have signed already.")
    next_step = _("It waits for the other side.")


class NotDone(Refusal):
    sentence = _("Only what was rated can be opened again.")
    next_step = _("Go on from where it stands.")


class LeftOutAlready(Refusal):
    sentence = _("They are left out already.")
    next_step = _("Look at the reason.")


class NotLeftOut(Refusal):
    sentence = _("They are not left out.")
    next_step = _("Look at the appraisal again.")


class CompleteAlready(Refusal):
    sentence = _("This appraisal is complete.")
    next_step = _("Open it again first, and say why.")


class Withdrawn(Refusal):
    sentence = _("It was taken away already.")
    next_step = _("Look at the appraisal again.")


class NotWithdrawn(Refusal):
    sentence = _("It was not taken away.")
    next_step = _("Look at the appraisal again.")


class HeldLater(Refusal):
    sentence = _("It cannot have been held in the future.")
    next_step = _("Check the day. When you meet next is a field of its own.")


class DoneAlready(Refusal):
    sentence = _("It is settled already.")
    next_step = _("Look at it again: somebody may have been quicker.")


class NotDoneYet(Refusal):
    sentence = _("It is not settled yet.")
    next_step = _("Look at it again.")


class AskedAlready(Refusal):
    sentence = _("You have a mentor, or have asked for one.")
    next_step = _("End that first.")


class MatchedAlready(Refusal):
    sentence = _("They have a mentor already.")
    next_step = _("Look at it again: a colleague may have been quicker.")


class EndedAlready(Refusal):
    sentence = _("This has ended.")
    next_step = _("They can ask again.")


class InOneLine(Refusal):
    sentence = _("Nobody mentors their own manager, or somebody who reports to them.")
    next_step = _("Choose somebody from another line.")


class NotHere(Refusal):
    sentence = _("They do not work here today.")
    next_step = _("Choose somebody who does.")


class FrameworkReady(Refusal):
    sentence = _("A framework that is ready never changes.")
    next_step = _("Begin a new version of it: cycles there are keep the one they have.")


class FrameworkIncomplete(Refusal):
    sentence = _("A framework needs a competency and two marks at least.")
    next_step = _("Put in what is missing.")
