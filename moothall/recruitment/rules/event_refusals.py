"""What can be expected to go wrong with a selection event, and what to do next."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class EventOver(Refusal):
    sentence = _("This event is cancelled, or its results are decided.")
    next_step = _("Look at it again.")


class NoDays(Refusal):
    sentence = _("An event has between one and twenty days, and each ends after it begins.")
    next_step = _("Check the days and times.")


class WelshNameMissing(Refusal):
    sentence = _("Candidates read the name in their own language.")
    next_step = _("Give it in Welsh too.")


class PlanInForce(Refusal):
    sentence = _("A plan is in force.")
    next_step = _("Take the publishing back first, or mend the plan.")


class StillUsed(Refusal):
    sentence = _("The plan in force uses it.")
    next_step = _("Mend the plan first, so that it is not used any more.")


class ExerciseFollowed(Refusal):
    sentence = _("Another exercise comes after it.")
    next_step = _("Take that one out first.")


class RoomAlready(Refusal):
    sentence = _("The event has this room already.")
    next_step = _("Choose another one.")


class AssessesAlready(Refusal):
    sentence = _("They are named for this event already.")
    next_step = _("Name somebody else.")


class AwayBackwards(Refusal):
    sentence = _("They are away until later than from when.")
    next_step = _("Check the two times.")


class DeclaredAlready(Refusal):
    sentence = _("It is known already that they do not assess each other.")
    next_step = _("Look at the event again.")


class NobodyToBring(Refusal):
    sentence = _("Nobody of this campaign is at this stage who is not in the event already.")
    next_step = _("Finish the stage before it, then bring them.")


class StageNotDeclared(Refusal):
    sentence = _("No route of this campaign has this stage.")
    next_step = _("Choose one of its stages.")


class NobodyBrought(Refusal):
    sentence = _("Nobody has been brought to it.")
    next_step = _("Look at the event again.")


class NotTakenOut(Refusal):
    sentence = _("They are in the event.")
    next_step = _("Look at it again.")


class NothingToPlan(Refusal):
    sentence = _("A plan needs candidates, exercises, rooms and people who assess.")
    next_step = _("Add what is missing, then plan it.")


class HelpToSettle(Refusal):
    sentence = _("Some candidates said what would help them, and nobody has settled it.")
    next_step = _("Settle it for each of them, then plan.")


class BeingPlanned(Refusal):
    sentence = _("A plan of this event is being made.")
    next_step = _("Wait for it, or stop it.")


class NotBeingPlanned(Refusal):
    sentence = _("It is not being planned any more.")
    next_step = _("Look at the plan again.")


class NothingInForce(Refusal):
    sentence = _("No plan is in force.")
    next_step = _("Plan the event and publish the plan first.")


class PlanNotMade(Refusal):
    sentence = _("This plan was not made.")
    next_step = _("Ask for another one.")


class PlanOvertaken(Refusal):
    sentence = _("The event has changed since this plan was made.")
    next_step = _("Ask for another plan.")


class NothingHappened(Refusal):
    sentence = _("A plan is mended because something happened.")
    next_step = _("Say what, such as who is ill.")


class TakenElsewhere(Refusal):
    sentence = _("Somebody or a room of this plan has been taken for something else since.")
    next_step = _("Ask for another plan.")


class AlreadyToldOrTaken(Refusal):
    sentence = _("Another plan came after it.")
    next_step = _("Take that one back first.")


class CannotChoose(Refusal):
    sentence = _("You cannot take another time by yourself.")
    next_step = _("Write to us, and we look for one with you.")


class PlaceGone(Refusal):
    sentence = _("Somebody else has just taken this time.")
    next_step = _("Choose another one.")


class NotToScore(Refusal):
    sentence = _("You do not assess this candidate in this exercise.")
    next_step = _("Look at your day again.")


class ScoredAlready(Refusal):
    sentence = _("You have handed in this mark already.")
    next_step = _("Take it back first if you want to change it.")


class MarkOutside(Refusal):
    sentence = _("There is no such mark, or it does not say why.")
    next_step = _("Give one of the marks, and a reason.")


class ResultsDecided(Refusal):
    sentence = _("The results are decided.")
    next_step = _("Ask recruitment to open them again if something has to change.")


class MarksMissing(Refusal):
    sentence = _("Not everybody who came has all their marks, or nobody has said whether they came.")
    next_step = _("Wait for the marks, and note who came.")


class NoEventReasons(Refusal):
    sentence = _("This office has no reasons for results in force.")
    next_step = _("Ask an administrator to load them, then decide again.")


class NotDecided(Refusal):
    sentence = _("The results are not decided.")
    next_step = _("Look at the event again.")


class ScoresSeen(Refusal):
    sentence = _("All marks are in, and the others of the panel have seen yours.")
    next_step = _("Speak with them; recruitment decides with a word on it.")
