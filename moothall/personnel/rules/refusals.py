"""What can be expected to go wrong, with the sentence the person reads."""

import datetime as dt
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NotEmployed(Refusal):
    sentence = _("They do not work here on that day.")
    next_step = _("Choose a day within the employment.")


class InTheFuture(Refusal):
    sentence = _("That day is yet to come.")
    next_step = _("Choose today or an earlier day.")


class OneIsLive(Refusal):
    sentence = _("There is a request already that has not been decided.")
    next_step = _("Decide or withdraw that one first.")


class TooMany(Refusal):
    sentence = _("They have asked as often in these twelve months as the law lets them.")
    next_step = _("Whoever keeps staff records can look at it all the same, outside the law's number.")


class NotWaiting(Refusal):
    sentence = _("This has been decided, or taken back.")
    next_step = _("Look at it again.")


class AboutThemself(Refusal):
    sentence = _("Nobody decides about themself.")
    next_step = _("Their manager does, or whoever keeps staff records.")


class ConsultFirst(Refusal):
    sentence = _("A request is refused only after the person has been met about it.")
    next_step = _("Arrange a meeting first, and write down what was said.")


class GroundNeeded(Refusal):
    sentence = _("A request is refused on one of the grounds of the law.")
    next_step = _("Choose the ground, and say why it applies.")


class ReasonNeeded(Refusal):
    sentence = _("The person reads why.")
    next_step = _("Say why in a sentence or two.")


class DayNeeded(Refusal):
    sentence = _("A change begins on a day, and a trial ends on one.")
    next_step = _("Give the first day, and the last day of a trial.")


class SameDecider(Refusal):
    sentence = _("Whoever decided first does not decide the appeal.")
    next_step = _("Ask somebody who had no part in it.")


class NotRefused(Refusal):
    sentence = _("Only a refusal is appealed against, and only once.")
    next_step = _("Look at the request again.")


class MetTooSeldom(Refusal):
    sentence = _(
        "Only the person withdraws a request, unless they missed two meetings without a good reason."
    )
    next_step = _("Arrange another meeting.")


class ShorterTime(Refusal):
    sentence = _("The time to decide is made longer, never shorter.")
    next_step = _("Choose a later day.")


class NoDeadline(Refusal):
    sentence = _("No day is on record by which this is decided, so there is none to move.")
    next_step = _("Decide it as soon as you can.")


class NotYetBegun(Refusal):
    sentence = _("That meeting has not begun yet.")
    next_step = _("Write down what came of it afterwards.")


class NoFamilyRule(Refusal):
    sentence = _("No rule of this leave was in force that day for people who work here like this.")
    next_step = _("Check the day, or choose another kind.")


class LengthNeeded(Refusal):
    sentence = _("Nobody has entered how long this leave lasts for them.")
    next_step = _("Give the last day as their force or contract grants it.")


class TooLong(Refusal):
    sentence = _("That is longer than this leave lasts.")
    next_step = _("Choose an earlier last day.")


class TooEarly(Refusal):
    sentence = _("Maternity leave begins in the 11th week before the expected week at the earliest.")
    next_step = _("Choose a later first day.")


class TooLittleService(Refusal):
    sentence = _("They have not worked here long enough for this leave.")
    next_step = _("Check since when their service counts.")


class Overlaps(Refusal):
    sentence = _("Another family leave of theirs has some of these days.")
    next_step = _("Change or withdraw that one first.")


class HasBegun(Refusal):
    sentence = _("The leave has begun.")
    next_step = _("Write down an earlier return instead.")


class NoticeInstead(Refusal):
    sentence = _("A notice of shared parental leave has booked these days.")
    next_step = _("Send another notice in its place.")


class NoticeOfReturn(Refusal):
    sentence = _("Who comes back early says so eight weeks before.")
    next_step = _("Choose a later day, or write down that the earlier one was agreed.")


class NotOnLeave(Refusal):
    sentence = _("That day is not within the leave.")
    next_step = _("Choose a day within it.")


class ToldAlready(Refusal):
    sentence = _("This letter has been written about that day.")
    next_step = _("It is listed on the page, and leaves once.")


class NowhereToWrite(Refusal):
    sentence = _("There is no address to write to.")
    next_step = _("Write an email address, or the lines of a postal one.")


class IllnessTooEarly(Refusal):
    sentence = _("That absence does not begin maternity leave, or the leave begins earlier anyway.")
    next_step = _("Only a pregnancy illness from the fourth week before the expected week on begins it.")


class NotVerified(Refusal):
    sentence = _("Nobody has checked yet that whoever asks is who they say.")
    next_step = _("Check the address against a source of your own, and write down how.")


class NoConsent(Refusal):
    sentence = _("More than dates and post is said only with the person's consent.")
    next_step = _("Ask them, or answer with dates and post alone.")


class SettledWords(Refusal):
    sentence = _("The words of their reference were agreed in a settlement: they are given as they stand.")
    next_step = _("Use the agreed words.")


class Protected(Refusal):
    sentence = _(
        "Days of absence are told only without those for pregnancy, disability or an injury at work."
    )
    next_step = _("Leave those out and tick that you have, or leave the days out altogether.")


class NotDrafted(Refusal):
    sentence = _("There is nothing written yet.")
    next_step = _("Write the reference first.")


class CheckedByTheSame(Refusal):
    sentence = _("A second person checks what the first has written.")
    next_step = _("Ask a colleague to check it.")


class NotChecked(Refusal):
    sentence = _("A second person has not checked it yet.")
    next_step = _("Ask a colleague to check it.")


def _day(day: dt.date) -> str:
    return date_format(day, "j F Y")


class NoticeTooLate(Refusal):
    """Told later than the rule of the leave asks for; the desk may accept it all the same."""

    @classmethod
    def of_maternity(cls, last: dt.date) -> Self:
        said = gettext(
            "Maternity leave is told by the end of the 15th week before the expected week: %(day)s."
        )
        return cls(said % {"day": _day(last)}, _accept())

    @classmethod
    def of_days(cls, days: int, first: dt.date) -> Self:
        said = gettext("This leave is told %(days)s days before it begins: the first day would be %(day)s.")
        return cls(
            said % {"days": days, "day": _day(first)},
            f"{gettext('Choose that day or a later one.')} {_accept()}",
        )


def _accept() -> str:
    return gettext(
        "Where it could not be told sooner, whoever keeps staff records can accept it late and say why."
    )


class ChangeTooLate(Refusal):
    def __init__(self, last: dt.date) -> None:
        said = gettext(
            "Another first day was to be told by %(day)s: so many days before the earlier of the two."
        )
        super().__init__(said % {"day": _day(last)}, f"{gettext('Choose a later day.')} {_accept()}")


class CarersWeekUsed(Refusal):
    def __init__(self, most: int, again: dt.date | None) -> None:
        said = gettext(
            "Carer's leave is a usual week, %(most)s days, in any twelve months, and this is more."
        )
        onward = gettext("Choose fewer days.")
        if again is not None:
            onward = gettext("Choose fewer days, or a first day from %(day)s on.") % {"day": _day(again)}
        super().__init__(said % {"most": most}, onward)


class NoTouchDays(Refusal):
    sentence = _("This kind of leave has no days to keep in touch.")
    next_step = _("Write down an earlier return if they work.")


class NoTouchDaysLeft(Refusal):
    def __init__(self, most: int) -> None:
        said = gettext("All %(most)s days to keep in touch are booked or worked.")
        super().__init__(said % {"most": most}, gettext("Take one back that is not worked after all."))
