"""Why a plan is not made, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class PlanInThePast(Refusal):
    sentence = _("A plan begins tomorrow at the earliest.")
    next_step = _("Choose a later first day.")


class PlanTooLong(Refusal):
    sentence = _("A plan is for one day at least and twenty-four months at most.")
    next_step = _("Choose a last day that is later than the first, by two years at most.")


class TooManyPlans(Refusal):
    sentence = _("Two plans are being made already.")
    next_step = _("Wait until one of them is made, or stop it.")


class PlanNotMade(Refusal):
    sentence = _("This plan is not made.")
    next_step = _("Wait until it is, or ask for another.")


class OneLever(Refusal):
    sentence = _("One thing is changed at a time.")
    next_step = _("Choose a team, a course or a day of the week.")


class NoNameYet(Refusal):
    sentence = _("A new schedule has no name yet.")
    next_step = _("Give it a name, or choose a schedule that there is.")
