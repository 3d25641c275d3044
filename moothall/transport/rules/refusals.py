"""What can be expected to go wrong with passengers, and what to do then."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class PassengerAlready(Refusal):
    sentence = _("This person is a passenger already.")
    next_step = _("Open their page instead.")


class HasLeft(Refusal):
    sentence = _("This passenger does not travel any more.")
    next_step = _("Take the leaving back first.")


class BeginsEarlier(Refusal):
    sentence = _("What is on record begins on that day or later.")
    next_step = _("Choose a later day, or take back the later entry first.")


class EndsBeforeItBegins(Refusal):
    sentence = _("It would end before it begins.")
    next_step = _("Check both days.")


class EndedAlready(Refusal):
    sentence = _("This entry was ended or taken back already.")
    next_step = _("Look at the page again.")


class WeightNeeded(Refusal):
    sentence = _("Somebody who stays in the wheelchair needs a vehicle that carries its weight.")
    next_step = _("Give the weight of the chair with the person in it.")


class ReasonNeeded(Refusal):
    sentence = _("Say why.")
    next_step = _("A few words are enough.")


class SamePassenger(Refusal):
    sentence = _("Nobody is kept apart from themselves.")
    next_step = _("Choose another passenger.")


class ApartAlready(Refusal):
    sentence = _("These two are kept apart already.")
    next_step = _("Look at the page again.")


class ReviewTooEarly(Refusal):
    sentence = _("It would be looked at again before it is made.")
    next_step = _("Choose a later day.")


class StayTwice(Refusal):
    sentence = _("On one of these days they would be at two homes.")
    next_step = _("End the other pattern first, or choose other days.")


class TravelsTwice(Refusal):
    sentence = _("On one of these days they would travel twice in the same direction.")
    next_step = _("End the other travel first, or choose other days or one direction.")


class ArrangedTwice(Refusal):
    sentence = _("On one of these days this direction is arranged already.")
    next_step = _("End the other arrangement first, or choose other days.")


class ProtectedHome(Refusal):
    sentence = _("Where this passenger lives is protected.")
    next_step = _("Ask a colleague who may see protected addresses.")


class NoSuchDay(Refusal):
    sentence = _("Choose at least one day of the week.")
    next_step = _("Tick the days.")


class NobodyToOwn(Refusal):
    sentence = _("There are unresolved journeys, and nobody to own them.")
    next_step = _("Give the transport team a lead, or bring the day up to date by hand.")


class OwnerNeeded(Refusal):
    sentence = _("An unresolved journey has an owner and a deadline.")
    next_step = _("Choose who sees to it, and by when.")


class HowNeeded(Refusal):
    sentence = _("What was given does not say how the journey is made.")
    next_step = _("Give the run and the stop, the contractor and the job, who brings them, or the reason.")


class NotDue(Refusal):
    sentence = _("The timetable does not ask for this journey any more.")
    next_step = _("Change who travels on which days first.")


class FactsNeeded(Refusal):
    sentence = _("Nobody has entered the facts of this application yet.")
    next_step = _("Enter the facts; the rules are then looked at.")


class DecidedAlready(Refusal):
    sentence = _("This stage was decided already.")
    next_step = _("Look at the application again. A decision is changed on appeal alone.")


class RuleSaysNo(Refusal):
    sentence = _("No rule entitles them by these facts.")
    next_step = _("Say in the reason why it is agreed all the same, and tick that it is at our discretion.")


class NotRefused(Refusal):
    sentence = _("Only a refusal is appealed against.")
    next_step = _("Look at the application again.")


class LateNeedsReason(Refusal):
    sentence = _("The time to ask has passed.")
    next_step = _("An appeal can still be accepted: say why it is late.")


class SameDecider(Refusal):
    sentence = _("Whoever decided before does not decide the appeal.")
    next_step = _("Ask a colleague who had no part in it.")


class NoSuchStage(Refusal):
    sentence = _("There is nothing to decide at this stage.")
    next_step = _("Look at the application again.")


class NobodyToWriteTo(Refusal):
    sentence = _("There is no address to write to.")
    next_step = _("Give whoever asked a mail or postal address, then decide.")


class SourceNeeded(Refusal):
    sentence = _("Whoever reads the figure later wants to know who says so.")
    next_step = _("Give the source.")


class DepotOrContractor(Refusal):
    sentence = _("A vehicle stands at one of our depots, or is a contractor’s.")
    next_step = _("Choose one of the two.")


class VehicleAlready(Refusal):
    sentence = _("This registration is on record already.")
    next_step = _("Look for it in the list.")


class KnownAlready(Refusal):
    sentence = _("This person is on record here already.")
    next_step = _("End the entry first, or look at the page again.")


class NotTheirHome(Refusal):
    sentence = _("This is not a home of this passenger.")
    next_step = _("Choose one of their homes.")


class DayIsOver(Refusal):
    sentence = _("That day is over.")
    next_step = _("Choose today or a later day.")


class TooManyDays(Refusal):
    sentence = _("Here you can say so for four weeks at most.")
    next_step = _("Choose fewer days, or ring the transport office.")


class DaysOfAnotherHome(Refusal):
    sentence = _("On one of these days they travel from another home.")
    next_step = _("Choose days on which they are with you, or ring the transport office.")
