"""What happened to a case, as far as a clock cares."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from clocks.opening import LONDON

Moment = dt.date | dt.datetime
YEARS = range(1900, 3000)
AMOUNTS = range(1, 10_001)

# Every kind of event a clock can hear of, with its words. The first block is general; each of the rest
# starts, restarts or meets some rule in the rule book.
KINDS: dict[str, tuple[str, str]] = {
    "received": ("received", "derbyniwyd"),
    "paused": ("paused", "oedwyd"),
    "resumed": ("resumed", "ailddechreuwyd"),
    "extended": ("extended", "estynnwyd"),
    "met": ("met", "cwblhawyd"),
    "stopped": ("stopped", "stopiwyd"),
    "reopened": ("reopened", "ailagorwyd"),
    "acknowledged": ("acknowledged", "cydnabuwyd"),
    "absence_began": ("absence began", "dechreuodd yr absenoldeb"),
    "accident": ("accident happened", "digwyddodd y ddamwain"),
    "assessed": ("assessed", "aseswyd"),
    "aware": ("aware of it", "daethpwyd yn ymwybodol"),
    "clarified": ("clarification received", "derbyniwyd eglurhad"),
    "contract_entered": ("contract entered into", "ymrwymwyd i'r contract"),
    "contract_ended": ("contract ended", "daeth y contract i ben"),
    "decided": ("decided", "penderfynwyd"),
    "employment_began": ("employment began", "dechreuodd y gyflogaeth"),
    "employment_ended": ("employment ended", "daeth y gyflogaeth i ben"),
    "english_sent": ("English version sent", "anfonwyd y fersiwn Saesneg"),
    "escalated": ("escalated", "uwchgyfeiriwyd"),
    "exam_passed": ("exam passed", "pasiwyd yr arholiad"),
    "failed": ("failure happened", "digwyddodd y methiant"),
    "fee_paid": ("fee paid", "talwyd y ffi"),
    "identity_received": ("proof of identity received", "derbyniwyd prawf hunaniaeth"),
    "informed": ("person informed", "hysbyswyd y person"),
    "issued": ("issued", "cyhoeddwyd yr hysbysiad"),
    "period_ended": ("period ended", "daeth y cyfnod i ben"),
    "progress_told": ("progress told", "rhoddwyd gwybod am gynnydd"),
    "published": ("published", "cyhoeddwyd"),
    "recorded": ("recorded", "cofnodwyd"),
    "rejected": ("rejected", "gwrthodwyd"),
    "reported": ("reported", "adroddwyd"),
    "year_began": ("financial year began", "dechreuodd y flwyddyn ariannol"),
}


class ClockError(ValueError):
    """Something asked of the clocks that they cannot do, said in one sentence."""


class ImpossibleEvents(ClockError):
    """A history that cannot have happened, or that this rule does not allow."""


@dataclass(frozen=True)
class Event:
    """Something that happened: `kind` is a key of KINDS, `at` a date or a datetime with its zone.

    `reason` says why a clock was paused (a rule stops only for the reasons it lists; empty means its usual
    one). `amount` says by how much it was extended, in the extension's unit; empty means the most allowed.
    Raises ImpossibleEvents on an unknown kind, a datetime without a zone, a year far away or a wrong amount.
    """

    kind: str
    at: Moment
    amount: int | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ImpossibleEvents(f"There is no event {self.kind!r}{near(self.kind, KINDS)}")
        if isinstance(self.at, dt.datetime) and self.at.tzinfo is None:
            raise ImpossibleEvents(f"The time of {self.kind!r}, {self.at}, needs its time zone.")
        if self.at.year not in YEARS:
            raise ImpossibleEvents(f"The year {self.at.year} of {self.kind!r} must be a slip of the pen.")
        if self.amount is not None and (self.kind != "extended" or self.amount not in AMOUNTS):
            raise ImpossibleEvents("Only an extension has an amount, and it is from 1 to 10,000.")

    @property
    def on(self) -> dt.date:
        """The date in London."""
        return london_date(self.at)


def london_date(at: Moment) -> dt.date:
    """The date on the wall in London at that moment."""
    return at.astimezone(LONDON).date() if isinstance(at, dt.datetime) else at


def near(wrong: str, known: Iterable[str]) -> str:
    """The end of a sentence: '; did you mean …?' with the closest known words, or a full stop."""
    from difflib import get_close_matches  # slow to load, and only mistakes need it

    lowered = {word.lower(): word for word in known}
    starts = [word for word in lowered if word.startswith(wrong.lower())]
    close = get_close_matches(wrong.lower(), lowered, n=4, cutoff=0.5)
    found = [lowered[word] for word in dict.fromkeys([*starts[:4], *close])][:4]
    return f"; did you mean {' or '.join(found)}?" if found else "."
