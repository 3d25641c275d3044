"""What may be wrong with a notice of shared parental leave, in the words the person reads."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


def _day(day: dt.date) -> str:
    return date_format(day, "j F Y")


class NoBlocks(Refusal):
    sentence = _("No block is given.")
    next_step = _("Give the first and last day of one block at least.")


class NotWholeWeeks(Refusal):
    sentence = _("Shared parental leave is taken in whole weeks; each may begin on any day.")
    next_step = _("End each block the day before the weekday it began on.")


class BlocksMeet(Refusal):
    sentence = _("Two of these blocks have days in common.")
    next_step = _("Choose other days for one of them.")


class BlockTooSoon(Refusal):
    def __init__(self, first: dt.date) -> None:
        said = gettext("A block is told eight weeks before it begins: the first day would be %(day)s.")
        onward = gettext(
            "Choose that day or a later one. Whoever keeps staff records can accept it late and say why."
        )
        super().__init__(said % {"day": _day(first)}, onward)


class OutsideTheYear(Refusal):
    def __init__(self, first: dt.date, last: dt.date) -> None:
        said = gettext("Shared parental leave is taken from %(first)s to %(last)s.")
        super().__init__(
            said % {"first": _day(first), "last": _day(last)}, gettext("Choose days between the two.")
        )


class TooManyWeeks(Refusal):
    def __init__(self, left: int) -> None:
        said = gettext("That is more weeks than are left: %(weeks)s.")
        super().__init__(said % {"weeks": left}, gettext("Choose fewer weeks, or check how many you share."))


class TooManyNotices(Refusal):
    def __init__(self, most: int) -> None:
        said = gettext("%(most)s notices were given for this child, and no more are allowed by law.")
        onward = gettext("What is booked stands. Whoever keeps staff records can agree to other days.")
        super().__init__(said % {"most": most}, onward)


class NotVaried(Refusal):
    sentence = _("That notice is not booked, is about another child, or its leave has begun.")
    next_step = _("Choose another, or give a notice of its own.")


class NotUndecided(Refusal):
    sentence = _("This notice is decided already.")
    next_step = _("Look at it again.")


class SayWhy(Refusal):
    sentence = _("Say why the separate blocks cannot be agreed.")
    next_step = _("The person reads it.")


class TooLateToWithdraw(Refusal):
    def __init__(self, last: dt.date) -> None:
        said = gettext("It could be withdrawn until %(day)s.")
        super().__init__(said % {"day": _day(last)}, gettext("Its weeks are taken as one block now."))


class TooLateToChoose(Refusal):
    def __init__(self, last: dt.date) -> None:
        said = gettext("The one block could be chosen until %(day)s.")
        super().__init__(said % {"day": _day(last)}, gettext("It begins with the first day asked for."))
