"""What can be expected to go wrong about absence, said to whoever it happens to."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.refusals import Refusal
from moothall.core.templatetags.parts import spelled


class NotYet(Refusal):
    sentence = gettext_lazy("That day is still to come.")
    next_step = gettext_lazy("Record an absence on its first day or later.")


class NotEmployed(Refusal):
    sentence = gettext_lazy("They did not work here on that day.")
    next_step = gettext_lazy("Check the person and the first day.")


class EndsBefore(Refusal):
    sentence = gettext_lazy("The last day is before the first.")
    next_step = gettext_lazy("Check both days.")


class OffAlready(Refusal):
    next_step = gettext_lazy("Open that absence and correct it, or choose other days.")

    def __init__(self, first: dt.date, last: dt.date | None) -> None:
        begins = spelled(first, "j F Y")
        if last is None:
            super().__init__(_("They are recorded as off since %(first)s already.") % {"first": begins})
            return
        words = _("They are recorded as off from %(first)s to %(last)s already.")
        super().__init__(words % {"first": begins, "last": spelled(last, "j F Y")})


class Withdrawn(Refusal):
    sentence = gettext_lazy("This absence was withdrawn.")
    next_step = gettext_lazy("Undo that on its page first.")


class BackAlready(Refusal):
    sentence = gettext_lazy("It is recorded already that they are back.")
    next_step = gettext_lazy("Correct the last day on the page of the absence.")


class StillOff(Refusal):
    sentence = gettext_lazy("They are not recorded as back.")
    next_step = gettext_lazy("Look at the absence again.")


class NotWithin(Refusal):
    sentence = gettext_lazy("That day is not within the absence.")
    next_step = gettext_lazy("Check the days of the absence.")


class UndoneAlready(Refusal):
    sentence = gettext_lazy("Something was changed since, so that this cannot be undone.")
    next_step = gettext_lazy("Undo the latest change first, or correct the absence.")


class DatedForward(Refusal):
    sentence = gettext_lazy("A certificate begins on the day it was signed or earlier, never later.")
    next_step = gettext_lazy("Check the day it was signed and its first day.")


class SignedLater(Refusal):
    sentence = gettext_lazy("The day it was signed is still to come.")
    next_step = gettext_lazy("Check the day on the certificate.")


class TooLong(Refusal):
    next_step = gettext_lazy("Check its last day; if it really says so, ask for another.")

    def __init__(self, last: dt.date) -> None:
        words = _(
            "In the first six months of an absence a fit note is for three months at most: until %(day)s."
        )
        super().__init__(words % {"day": spelled(last, "j F Y")})


class MayNotSign(Refusal):
    sentence = gettext_lazy("Whoever signed it could not yet sign fit notes on that day.")
    next_step = gettext_lazy("Check who signed it and when.")


class NothingTicked(Refusal):
    sentence = gettext_lazy("A note that says “may be fit” says what would help.")
    next_step = gettext_lazy("Tick at least one of the four.")


class OwnDaysOver(Refusal):
    next_step = gettext_lazy("Give a last day within them, and ask for a fit note for the rest.")

    def __init__(self, last: dt.date) -> None:
        words = _("Somebody certifies the first seven days for themself: until %(day)s.")
        super().__init__(words % {"day": spelled(last, "j F Y")})


class NotDuring(Refusal):
    sentence = gettext_lazy("The certificate speaks of no day of this absence.")
    next_step = gettext_lazy("Check its days, or choose another absence.")


class NothingToDecide(Refusal):
    sentence = gettext_lazy("This note asks for no decision, or it was decided already.")
    next_step = gettext_lazy("Look at the absence again.")


class EnteredAlready(Refusal):
    sentence = gettext_lazy("A certificate of these very days was entered already.")
    next_step = gettext_lazy("Check the days, or leave this one out.")


class SettledAlready(Refusal):
    sentence = gettext_lazy("This was settled already, or is no longer reached.")
    next_step = gettext_lazy("Look at the absence again.")


class TalkedAlready(Refusal):
    sentence = gettext_lazy("The talk was written down already.")
    next_step = gettext_lazy("Undo that first, or leave it.")


class NowhereToWrite(Refusal):
    sentence = gettext_lazy("No address of theirs is known.")
    next_step = gettext_lazy("Add an email or postal address on their page, or ring them.")


class NoHalfPay(Refusal):
    sentence = gettext_lazy("No day of half pay is worked out for this absence.")
    next_step = gettext_lazy("Ask payroll what their scheme says.")


class WrittenAlready(Refusal):
    sentence = gettext_lazy("They were written to about that day already.")
    next_step = gettext_lazy("Look at the letter on the page of the absence.")


class ConsentNeeded(Refusal):
    sentence = gettext_lazy("Occupational health is asked only once they have agreed to it.")
    next_step = gettext_lazy("Ask them first, and give the day on which they agreed.")


class AskedAlready(Refusal):
    sentence = gettext_lazy("Occupational health has been asked and has not answered yet.")
    next_step = gettext_lazy("Write down the answer, or take the question back.")


class AnsweredAlready(Refusal):
    sentence = gettext_lazy("This was answered or taken back already.")
    next_step = gettext_lazy("Look at the absence again.")


class SayWhy(Refusal):
    sentence = gettext_lazy("Say why.")


class PlannedAlready(Refusal):
    sentence = gettext_lazy("A phased return was agreed already.")
    next_step = gettext_lazy("End that one first.")


class PlanOver(Refusal):
    sentence = gettext_lazy("This phased return is over.")
    next_step = gettext_lazy("Look at the absence again.")


class PlanTooLong(Refusal):
    next_step = gettext_lazy("Agree on fewer weeks, or on another contract for longer.")

    def __init__(self, weeks: int) -> None:
        super().__init__(_("A phased return takes %(weeks)d weeks at most.") % {"weeks": weeks})


class HoursNotWithin(Refusal):
    next_step = gettext_lazy("Give hours above nought and up to these.")

    def __init__(self, usual: Decimal) -> None:
        super().__init__(_("Their usual week has %(hours)s hours.") % {"hours": usual.normalize()})
