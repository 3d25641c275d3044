"""Why something on a pathway is not done, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class PathwayThere(Refusal):
    sentence = _("There is a pathway of this name already.")
    next_step = _("Open that one, or choose another name.")


class NoModules(Refusal):
    sentence = _("A pathway has at least one module.")
    next_step = _("Write each module on a line of its own.")


class TutoredIsLast(Refusal):
    sentence = _("Modules with a tutor come after all the others.")
    next_step = _("Put them at the end of the list.")


class PathwayRunning(Refusal):
    sentence = _("A cohort is on this pathway already.")
    next_step = _("Add another pathway for cohorts to come.")


class NotAMonday(Refusal):
    sentence = _("A cohort begins on a Monday.")
    next_step = _("Choose a Monday from today on.")


class CohortThere(Refusal):
    sentence = _("There is a cohort of this name already.")
    next_step = _("Choose another name.")


class CohortBegun(Refusal):
    sentence = _("This cohort has begun: its groups and weeks stand.")
    next_step = _("Change single classes, hosts and tutors by hand.")


class NobodyInIt(Refusal):
    sentence = _("Nobody is in this cohort yet.")
    next_step = _("Add students first, by their staff numbers.")


class NotPlanned(Refusal):
    sentence = _("This cohort is not planned yet.")
    next_step = _("Plan it first, and look at the plan.")


class CannotPlan(Refusal):
    next_step = _("Look at the pathway, the hosts and the students of the cohort.")


class OnAPathway(Refusal):
    sentence = _("Somebody among them is on a pathway already.")
    next_step = _("Take their numbers out, or end their way first.")


class NotOnTheWay(Refusal):
    sentence = _("They are not on the way any more.")
    next_step = _("Put them back on the way first, if that was a mistake.")


class OnTheWay(Refusal):
    sentence = _("They are on the way.")
    next_step = _("Look at the page again: a colleague may have been quicker.")


class NoLaterGroup(Refusal):
    sentence = _("No later group begins this module and has a place.")
    next_step = _("Plan the next cohort first, or let a group be larger by hand.")


class ToldOfPlacements(Refusal):
    sentence = _("They were told of placements on their pathway, or something of them was signed off.")
    next_step = _("Have them leave the pathway, and put their last day on their record.")


class ReasonWanted(Refusal):
    sentence = _("Say why.")
    next_step = _("A few words are enough; the student reads them.")


class NotYourStudent(Refusal):
    sentence = _("Only their tutor, or whoever looks after training, signs this off.")
    next_step = _("Ask them.")


class NotYourselfSigned(Refusal):
    sentence = _("Nobody signs off what they can do themselves.")
    next_step = _("Ask your tutor.")


class LaterThanToday(Refusal):
    sentence = _("This day has not come yet.")
    next_step = _("Give the day on which it was seen.")


class TakenBackAlready(Refusal):
    sentence = _("This was taken back already.")
    next_step = _("Look at the page again.")


class NotAllSignedOff(Refusal):
    next_step = _("Have it signed off first.")


class NoSuchStep(Refusal):
    next_step = _("Look at the steps of the service, and at the outcomes of each.")

    def __init__(self, key: str) -> None:
        super().__init__(_("The service has no step “%s” with this outcome.") % key)


class HostFull(Refusal):
    sentence = _("Everybody they can take in those weeks is there.")
    next_step = _("Choose another one, or change how many they take.")


class HostInOwnDistrict(Refusal):
    sentence = _("Nobody is placed in their own district.")
    next_step = _("Choose a host of another district.")


class HostWithoutAccess(Refusal):
    sentence = _("This host does not have the access that they need.")
    next_step = _("Choose another host, or note what the host has.")


class HostNotAssessed(Refusal):
    sentence = _("The risk assessment of this host does not hold until then.")
    next_step = _("Have it renewed, or choose another host.")


class HostThere(Refusal):
    sentence = _("There is a host of this name already.")
    next_step = _("Open that one, or choose another name.")


class TutorThere(Refusal):
    sentence = _("They are a tutor already.")
    next_step = _("Look at the list.")


class TutorUnable(Refusal):
    sentence = _("Their staff record does not say that they can do what a tutor needs.")
    next_step = _("Add the skill to their record, and have it confirmed.")


class WeeksTaken(Refusal):
    sentence = _("The group has another module in those weeks, or an earlier one ends later.")
    next_step = _("Choose weeks after the module before, and before the next.")


class TrainerTaken(Refusal):
    sentence = _("They teach another group, or at a session, in one of these weeks.")
    next_step = _("Choose somebody else, or other weeks.")
