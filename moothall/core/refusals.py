"""What can be expected to go wrong, said to the person it happens to."""

from django.utils.functional import Promise

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
