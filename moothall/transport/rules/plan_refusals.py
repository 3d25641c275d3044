"""Why a plan of runs is not made, changed or published, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NoDaysChosen(Refusal):
    sentence = _("A plan is for one day of the week at least.")
    next_step = _("Choose the days on which its runs go.")


class RunsInThePast(Refusal):
    sentence = _("A plan begins tomorrow at the earliest.")
    next_step = _("Choose a later first day.")


class TooManyRunPlans(Refusal):
    sentence = _("Two plans are being made already.")
    next_step = _("Wait until one of them is made, or stop it.")


class NotBusy(Refusal):
    sentence = _("This plan is not being made just now.")
    next_step = _("Look at the page again.")


class PlanIsFixed(Refusal):
    sentence = _("This plan is not a draft, so it is not changed by hand.")
    next_step = _("Make another version of it, and change that.")


class PlanNotThere(Refusal):
    sentence = _("This plan is not made.")
    next_step = _("Wait until it is, or ask for another.")


class LockedHere(Refusal):
    sentence = _("This passenger, or one of the two runs, is locked.")
    next_step = _("Unlock it first, or choose another run.")


class CannotBeMoved(Refusal):
    sentence = _("The passenger cannot be on that run.")
    next_step = _("Choose one that can take them.")


class ChangedMeanwhile(Refusal):
    sentence = _("Somebody changed this plan meanwhile.")
    next_step = _("Look at it again, then decide.")


class NothingToUndo(Refusal):
    sentence = _("Nothing is left to take back.")
    next_step = _("The plan is as the planner made it.")


class NotProved(Refusal):
    sentence = _("Not everybody is accounted for.")
    next_step = _("Look at the count: each one without a run needs somebody who sees to it.")


class PublishedAlready(Refusal):
    sentence = _("This plan is published or withdrawn already.")
    next_step = _("Look at the page again.")


class NotInForce(Refusal):
    sentence = _("This plan is not published.")
    next_step = _("Look at the page again.")


class TooLateOnSlowDays(Refusal):
    sentence = _("On a slow day more passengers would be late than our figure allows.")
    next_step = _("Plan again with more minutes before the bell, or change the figure with its source.")


class NothingHappened(Refusal):
    sentence = _("Say what happened.")
    next_step = _("A few words are enough.")


class OptionGone(Refusal):
    sentence = _("This option cannot be accepted any more.")
    next_step = _("Ask for the options again.")


class OptionPublished(Refusal):
    sentence = _(
        "The version that came of this option is published already, so it cannot be taken back here."
    )
    next_step = _("Withdraw it on its page, with the reason.")
