"""What somebody outside may be told when it cannot be done."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NotOffered(Refusal):
    sentence = _("This cannot be asked online any more.")
    next_step = _("Look through what can be asked, or write to us.")
    status = 410


class NoLongerKept(Refusal):
    sentence = _("These answers are not kept any more.")
    next_step = _("Begin again. If you sent them, you have a reference in your email.")
    status = 410


class SentAlready(Refusal):
    sentence = _("These answers have been sent already.")
    next_step = _("Follow your request with the link we sent you, and write to us there.")


class NotComplete(Refusal):
    sentence = _("A question has not been answered yet.")
    next_step = _("Answer it, then send your answers.")


class TooManyFiles(Refusal):
    sentence = _("You can send ten files at most.")
    next_step = _("Remove one, or send the others later on the page of your request.")


class LinkEnded(Refusal):
    sentence = _("This link has ended.")
    next_step = _("Ask for a new one with your reference and your email address.")
    status = 410


class TooLateToWrite(Refusal):
    sentence = _("This request was closed some time ago, so a message on it would not be seen.")
    next_step = _("Ask again, and give this reference.")
