"""What can be expected to go wrong in recruitment, and what to do next."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NoVacancyService(Refusal):
    sentence = _("This office has no process for vacancies.")
    next_step = _("Ask an administrator to load one, then ask again.")


class CancelledAlready(Refusal):
    sentence = _("This vacancy was cancelled already.")
    next_step = _("Look at it again.")


class InACampaign(Refusal):
    sentence = _("This vacancy is in a campaign that has been published.")
    next_step = _("End the campaign first, or take the vacancy out of it.")


class WelshNeedsReason(Refusal):
    sentence = _("A Welsh-language category has a reason.")
    next_step = _("Say why the job is in this category.")


class ClosesBefore(Refusal):
    sentence = _("A campaign closes on the day it opens, or later.")
    next_step = _("Check the two days.")


class PlacesNeeded(Refusal):
    sentence = _("A campaign has places by at least one route.")
    next_step = _("Say by which routes people come in, and how many.")


class NotApproved(Refusal):
    sentence = _("Not every vacancy of this campaign is approved.")
    next_step = _("Wait for the approvals, or take the vacancy out of the campaign.")


class NoVacancies(Refusal):
    sentence = _("There is no vacancy in this campaign.")
    next_step = _("Put at least one approved vacancy into it.")


class WelshMissing(Refusal):
    sentence = _("The advertisement is not there in both languages.")
    next_step = _("Write its name and words in English and Welsh, then publish it.")


class PublishedAlready(Refusal):
    sentence = _("This campaign is published.")
    next_step = _("Look at it again. What people have read of it is not changed behind their backs.")


class EndedAlready(Refusal):
    sentence = _("This campaign has ended.")
    next_step = _("Draw up another one.")


class NotEnded(Refusal):
    sentence = _("This campaign has not ended.")
    next_step = _("Look at it again.")


class NotPublished(Refusal):
    sentence = _("This campaign is not published.")
    next_step = _("Look at it again.")


class PeopleApplied(Refusal):
    sentence = _("People have applied to this campaign already.")
    next_step = _("End it with the reason instead.")


class NotOpen(Refusal):
    sentence = _("Nobody can apply to this just now.")
    next_step = _("Look through the jobs that are open.")
    status = 410


class NotKept(Refusal):
    sentence = _("This application is not kept any more.")
    next_step = _("Begin again. If you sent it, follow it with the link in your email.")
    status = 410


class SentAlready(Refusal):
    sentence = _("This application has been sent already.")
    next_step = _("Follow it with the link in your email, and write to us there.")


class NotComplete(Refusal):
    sentence = _("A question has not been answered yet.")
    next_step = _("Answer it, then send your application.")


class NotEligible(Refusal):
    sentence = _("By your answers you cannot apply by this route.")
    next_step = _("Look at the reason beside each question, or choose another route.")


class AppliedAlready(Refusal):
    sentence = _("You have applied to this campaign already.")
    next_step = _("Follow your application with the link in your email. You can withdraw it there.")


class TooSoon(Refusal):
    sentence = _("It is too soon to apply again.")
    next_step = _("Apply again later.")


class WithdrawnAlready(Refusal):
    sentence = _("This application is closed already.")
    next_step = _("You can apply to another campaign.")


class NotWithdrawn(Refusal):
    sentence = _("This application was not withdrawn.")
    next_step = _("Look at it again.")


class TooManyFiles(Refusal):
    sentence = _("You can send ten files at most.")
    next_step = _("Write to us if there is more that we should see.")


class NothingToSay(Refusal):
    sentence = _("There is nothing in the message.")
    next_step = _("Write what you want to say.")
