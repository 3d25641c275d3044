"""What can be expected to go wrong with what falls due."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.refusals import Refusal


class OnRecordAlready(Refusal):
    sentence = gettext_lazy("The same falls due on that day already.")
    next_step = gettext_lazy("Look at the one that is there.")


class EndsBeforeItBegins(Refusal):
    sentence = gettext_lazy("It would fall due before it begins.")
    next_step = gettext_lazy("Check both days.")


class NotEmployedThen(Refusal):
    sentence = gettext_lazy("They do not work here on that day.")
    next_step = gettext_lazy("Choose a day within the employment.")


class NoRule(Refusal):
    sentence = gettext_lazy("There is no rule of how long such a probation lasts.")
    next_step = gettext_lazy("Give the last day yourself.")


class SettledAlready(Refusal):
    sentence = gettext_lazy("This is settled already.")
    next_step = gettext_lazy("Look at it again: a colleague may have been quicker. It can be opened again.")


class NotSettled(Refusal):
    sentence = gettext_lazy("This is not settled, or something was built on it since.")
    next_step = gettext_lazy("Look at it again.")


class NotAnOutcome(Refusal):
    sentence = gettext_lazy("This cannot end like that.")
    next_step = gettext_lazy("Choose one of the outcomes on the page.")


class ReasonNeeded(Refusal):
    sentence = gettext_lazy("Say why.")
    next_step = gettext_lazy("A few words are enough. The person reads them.")


class DayNeeded(Refusal):
    sentence = gettext_lazy("An extension needs a new day, later than the one it has.")
    next_step = gettext_lazy("Give the new last day.")


class NoSuchReason(Refusal):
    sentence = gettext_lazy("The office has no reason for leaving that fits.")
    next_step = gettext_lazy("Record the leaving on the staff record, then call this off.")


class StepDone(Refusal):
    sentence = gettext_lazy("This step is done already, or all is settled.")
    next_step = gettext_lazy("Look at it again.")


class StepNotDone(Refusal):
    sentence = gettext_lazy("This step is not done.")
    next_step = gettext_lazy("Look at it again.")


class NoHearing(Refusal):
    sentence = gettext_lazy("Only an employee whose probation is not settled is heard about it.")
    next_step = gettext_lazy("Officers are told by the notices of their regulations.")


class HearingInThePast(Refusal):
    sentence = gettext_lazy("A hearing is arranged for a moment that is yet to come.")
    next_step = gettext_lazy("Choose a later day or time.")


class HearingTooSoon(Refusal):
    def __init__(self, days: int, earliest: dt.date) -> None:
        super().__init__(
            _("%(days)s working days lie between the letter and the hearing: the first day is %(day)s.")
            % {"days": days, "day": date_format(earliest, "j F Y")},
            _("Choose that day or a later one, or write down how they agreed to a shorter notice."),
        )


class HearingWritten(Refusal):
    sentence = gettext_lazy("This hearing is written down already, moved or called off.")
    next_step = gettext_lazy("Look at it again: a colleague may have been quicker.")


class HearingToCome(Refusal):
    sentence = gettext_lazy("This hearing has not begun yet.")
    next_step = gettext_lazy("Write down what came of it afterwards, or that it was called off.")


class SayWhatWasSaid(Refusal):
    sentence = gettext_lazy("What was said at a hearing is written down.")
    next_step = gettext_lazy("A few sentences are enough.")


class NotTheirs(Refusal):
    sentence = gettext_lazy("Only the person themself asks about their retirement here.")
    next_step = gettext_lazy("Whoever keeps staff records puts it on the record for them.")


class RetiringAlready(Refusal):
    sentence = gettext_lazy("You have asked about your retirement already.")
    next_step = gettext_lazy("Open it, or take it back and ask anew.")


class LastDayToCome(Refusal):
    sentence = gettext_lazy("The last day at work is yet to come.")
    next_step = gettext_lazy("Choose a later day.")


class NoticeGiven(Refusal):
    sentence = gettext_lazy("You have given notice: it is no longer a question only.")
    next_step = gettext_lazy("Talk with whoever keeps staff records.")


class Warned(Refusal):
    """Something the law says stands against it; whoever has read it may go on."""

    next_step = gettext_lazy("Ask for advice. To go on all the same, tick that you have read this.")


class PastTheLine(Warned):
    def __init__(self, safe: dt.date) -> None:
        super().__init__(
            _("The last safe day to end it was %(day)s: with the notice of the law, service is long enough "
              "for protection from unfair dismissal.") % {"day": date_format(safe, "j F Y")},
            self.next_step,
        )  # fmt: skip


class CrossesTheLine(Warned):
    def __init__(self, day: dt.date) -> None:
        super().__init__(
            _("From %(day)s they are protected from unfair dismissal: the extension goes beyond it.")
            % {"day": date_format(day, "j F Y")},
            self.next_step,
        )


class BecomesPermanent(Warned):
    def __init__(self, day: dt.date) -> None:
        super().__init__(
            _("From %(day)s four years of fixed terms are complete: an extension beyond it is a permanent "
              "contract, unless there is good reason.") % {"day": date_format(day, "j F Y")},
            self.next_step,
        )  # fmt: skip


class NoticeTooShort(Warned):
    def __init__(self, weeks: int) -> None:
        super().__init__(
            _("The law asks for %(weeks)s weeks of notice, and that many are not left.") % {"weeks": weeks},
            self.next_step,
        )


class NotHeard(Warned):
    sentence = gettext_lazy("Nobody has met them about ending their probation.")
    next_step = gettext_lazy("Arrange a hearing first. To go on all the same, tick that you have read this.")
