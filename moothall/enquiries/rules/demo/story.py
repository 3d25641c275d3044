"""What can happen to a sample case. It is either written as rows, or lived through the office's own rules."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from random import Random
from typing import Any

from moothall.knowledge.models import Signpost
from moothall.people.models import Account, Team

from .diary import Diary
from .office import Asker, Offered, Office
from .samples import Sample


class NotYet(Exception):
    """The next event would be later than now: the case stays as it is."""


class Story(ABC):
    """A case as it grows, event by event."""

    title: str
    reference: str
    received_at: dt.datetime
    answered_at: dt.datetime | None = None

    def __init__(
        self, office: Office, rng: Random, *, sample: Sample, offered: Offered, asker: Asker, now: dt.datetime
    ) -> None:
        self.office, self.rng, self.now = office, rng, now
        self.ids = Random(rng.random())  # noqa: S311 - apart, so that names of messages change nothing else
        self.sample, self.offered, self.asker = sample, offered, asker
        self.team: Team = offered.service.team

    def by_now(self, at: dt.datetime) -> dt.datetime:
        if at > self.now:
            raise NotYet
        return at

    @abstractmethod
    def begins(
        self, *, title: str, text: str, channel: str, at: dt.datetime, answers: Mapping[str, Any],
        minutes: int | None,
    ) -> None:  # fmt: skip
        """Somebody gets in touch; a mail is acknowledged at once."""

    @abstractmethod
    def writes(self, text: str, subject: str, *, at: dt.datetime) -> None:
        """Whoever asked writes again: it is our turn."""

    @abstractmethod
    def assigned(self, *, at: dt.datetime, by: Account, to: Account) -> None:
        """Somebody takes the case, or is given it."""

    @abstractmethod
    def noted(self, text: str, *, at: dt.datetime, by: Account) -> None:
        """An internal note."""

    @abstractmethod
    def called(self, text: str, *, at: dt.datetime, by: Account, minutes: int) -> None:
        """A call about the case."""

    @abstractmethod
    def prioritised(self, priority: int, *, at: dt.datetime, by: Account) -> None:
        """It is more, or less, urgent than others."""

    @abstractmethod
    def handed(self, *, to: Team, because: str, at: dt.datetime, by: Account) -> None:
        """The lead of another team gets the case."""

    @abstractmethod
    def held(self, *, until: dt.date, because: str, turn: str, at: dt.datetime, by: Account) -> None:
        """Put away until a day."""

    @abstractmethod
    def resumed(self, *, at: dt.datetime, by: Account) -> None:
        """Taken up again."""

    @abstractmethod
    def answered(self, text: str, *, at: dt.datetime, by: Account) -> None:
        """A letter that somebody wrote: it is their turn, and the answer's clock is met."""

    @abstractmethod
    def signposted(self, signpost: Signpost, text: str, *, at: dt.datetime, by: Account) -> None:
        """Answered with where to go, counted as such, and closed."""

    @abstractmethod
    def through_steps(self, diary: Diary) -> dt.datetime | None:
        """Do the steps as far as now; when the last was done, or nothing while some are left."""

    @abstractmethod
    def ended(self, *, at: dt.datetime, by: Account, outcome: str) -> None:
        """The case is closed."""

    @abstractmethod
    def letter_fields(self, language: str, *, at: dt.datetime, by: Account) -> dict[str, str]:
        """What a letter about the case may say."""
