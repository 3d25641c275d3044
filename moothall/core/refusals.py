"""What can be expected to go wrong, said to the person it happens to."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refusal(Exception):
    """A rule says no: the sentence the person reads, and what they can do next."""

    sentence: Words = ""
    next_step: Words = ""
    status = 409
    seconds = 0  # after which to try again, where that helps

    def __init__(self, sentence: Words = "", next_step: Words = "") -> None:
        self.sentence = sentence or self.sentence
        self.next_step = next_step or self.next_step
        super().__init__(str(self.sentence))

    def __str__(self) -> str:
        return f"{self.sentence} {self.next_step}".strip()


class TookTooLong(Refusal):
    """The database gave up: it is not let to work on one page for ever."""

    sentence = _("This took too long, and was given up.")
    next_step = _("Ask for less, such as fewer days or more words to search for; then try again.")
    status, seconds = 503, 10


class InUse(Refusal):
    """Somebody else holds the record, and has not let go of it in time."""

    sentence = _("Somebody else is saving the same record.")
    next_step = _("Try again in a moment.")
    status, seconds = 503, 5
