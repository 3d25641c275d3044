"""Why a letter is not written, sent or changed, said to the person at the desk."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class LetterRefused(Refusal):
    """Any reason why something is not done with a letter."""


class NoRecipient(LetterRefused):
    sentence = _("The letter has nobody to go to.")
    next_step = _("Give the address it is to be sent to.")


class BadAddress(LetterRefused):
    sentence = _("That is not an email address a letter can be sent to.")
    next_step = _("Correct the address, such as name@example.org.")


class NoWords(LetterRefused):
    sentence = _("The letter has no subject or no text.")
    next_step = _("Write both, then send it.")


class AttachmentsTooLarge(LetterRefused):
    sentence = _("The attachments are together too large to be sent by email.")
    next_step = _("Take one off, or send them in more than one letter.")


class ChannelNotSetUp(LetterRefused):
    sentence = _("This office is not connected to GOV.UK Notify.")
    next_step = _("Send the letter by email or print it.")


class TooLate(LetterRefused):
    sentence = _("The letter has left already, so it cannot be called back.")
    next_step = _("Send another one to put right what was wrong.")


class NotWaiting(LetterRefused):
    sentence = _("Somebody else has just dealt with this letter.")
    next_step = _("Look at it again to see what happened.")


class OwnLetter(LetterRefused):
    sentence = _("You wrote this letter, so somebody else has to approve it.")
    next_step = _("Ask a colleague who may approve letters.")


class NotFilledIn(LetterRefused):
    sentence = _("The letter still has gaps of its template that nobody has filled in.")
    next_step = _("Fill in or take out what stands in square brackets.")
