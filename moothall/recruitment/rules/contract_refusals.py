"""What can be expected to go wrong with contracts written in Word."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal


class NotWord(Refusal):
    sentence = _("A contract is a Word file whose name ends in .docx.")
    next_step = _("Save it as a Word document, and send that.")


class Dangerous(Refusal):
    sentence = _("The file holds something that could run, or that Word would fetch from elsewhere.")
    next_step = _("Copy its text and pictures into a new document, and send that.")


class CannotBeFilled(Refusal):
    next_step = _("Write fields as the page of contracts shows, then send it again.")

    def __init__(self, what: str) -> None:
        super().__init__(gettext("Something in curly brackets is no field: %(what)s.") % {"what": what[:120]})


class UnknownFields(Refusal):
    next_step = _("Choose from the fields that are listed on the page, and send the file again.")

    def __init__(self, language: str, names: Sequence[str]) -> None:
        self.names = tuple(names)
        words = gettext("There are no such fields: %(names)s (%(language)s).")
        super().__init__(words % {"names": ", ".join(names), "language": language})


class NotKnown(Refusal):
    next_step = _("Fill them in on the application or the offer, then make it again.")

    def __init__(self, names: Sequence[str]) -> None:
        words = gettext("The contract needs what is not known: %(names)s.")
        super().__init__(words % {"names": ", ".join(names)})


class RetiredTemplate(Refusal):
    sentence = _("This contract is not in use any more.")
    next_step = _("Choose another.")


class ContractThere(Refusal):
    sentence = _("There is a contract for this offer already.")
    next_step = _("Take that back first.")


class NoContract(Refusal):
    sentence = _("This contract was taken back already.")


class OfferGone(Refusal):
    sentence = _("This offer does not stand.")
    next_step = _("Make another offer first.")
