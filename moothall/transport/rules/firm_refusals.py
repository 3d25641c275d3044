"""What can be expected to go wrong with contractors, their papers and their invoices."""

from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal

from .refusals import EndedAlready as EndedAlready
from .refusals import EndsBeforeItBegins as EndsBeforeItBegins
from .refusals import ReasonNeeded as ReasonNeeded


class ContractorAlready(Refusal):
    sentence = _("A contractor of this number or name is in the register.")
    next_step = _("Open their page instead, or choose another number.")


class ContractAlready(Refusal):
    sentence = _("This contractor has a contract of this number.")
    next_step = _("Give the number on the contract itself, or look at the one that is there.")


class PriceNeeded(Refusal):
    sentence = _("A price is more than nothing.")
    next_step = _("Check the amount.")


class DrivesOrAssists(Refusal):
    sentence = _("Somebody in a crew drives, looks after passengers, or both.")
    next_step = _("Tick what they do.")


class InTheCrewAlready(Refusal):
    sentence = _("This person is in the crew of this contractor.")
    next_step = _("End that first, or open their page.")


class BadgeWorn(Refusal):
    sentence = _("Somebody else wears a badge of this number.")
    next_step = _("Check the number on the badge.")


class IssuedLater(Refusal):
    sentence = _("It cannot have been issued in the future.")
    next_step = _("Check the day of issue.")


class NotWaiting(Refusal):
    sentence = _("This paper does not wait to be verified.")
    next_step = _("Look at it again: a colleague may have been quicker.")


class JobNeeded(Refusal):
    sentence = _("An allotment names the job or the run.")
    next_step = _("Give its number.")


class NotTheirs(Refusal):
    sentence = _("The vehicle and the crew have to be this contractor’s own.")
    next_step = _("Choose from their vehicles and their crew.")


class NotTheirPart(Refusal):
    sentence = _("The driver has to be somebody who drives, the assistant somebody who assists.")
    next_step = _("Choose somebody else, or record what they do.")


class DrivesAndAssists(Refusal):
    sentence = _("Nobody drives and looks after passengers at once.")
    next_step = _("Choose two people.")


class NotAllottable(Refusal):
    sentence = _("This cannot be allotted.")
    next_step = _("Record and verify what is missing, or choose another vehicle or crew.")


class InvoiceAlready(Refusal):
    sentence = _("An invoice of this number has come from this contractor.")
    next_step = _("Look at the one that is there, or withdraw it first.")


class ColumnsNeeded(Refusal):
    sentence = _("The table has no columns named date, job and amount.")
    next_step = _("Name its columns: date, job, amount, and where it matters unit and quantity.")


class InvoiceSettled(Refusal):
    sentence = _("This invoice is not open to be changed.")
    next_step = _("Look at it again: it may have been agreed or withdrawn.")


class LinesWait(Refusal):
    sentence = _("Some lines wait for somebody to decide.")
    next_step = _("Accept or query each of them, then agree the invoice.")
