"""Tells people's mail from automatic mail, and says why a mail must not be answered automatically."""

import re
from dataclasses import dataclass

from . import words
from .addresses import without_tag
from .headers import Headers, value_and_parameters
from .mail import Address, MailKind

_DAEMONS = re.compile(
    r"(?:mailer[-_.]?daemon|postmaster|mail[-_.]?delivery|maildelivery|mdaemon)(?:[-+_.].*)?$"
)
_NO_REPLY = re.compile(
    r"(?:.*[-_.+])?(?:no|not|do[-_.]?not|dont)[-_.]?(?:reply|respond|answer)(?:[-_.+].*)?$"
    r"|(?:.*[-_.])?(?:dim[-_.]?ateb|peidiwch[-_.]?ag?[-_.]?ateb)(?:[-_.].*)?$|bounces?(?:[-+_.].*)?$"
)
# List and mass mailing programs collect what cannot be delivered at such a return address.
_BOUNCE_PATH = re.compile(r"(?:^<?|[-+_.=])bounces?[-+_.=@]")
_AWAY = re.compile(
    r"\s*(?:\[[^\]]*\]\s*)?(?:automatic reply|auto[- ]?reply|auto[- ]?response|out of (?:the )?office"
    r"(?: auto-?reply)?|vacation|(?:ym)?ateb awtomatig|(?:allan|i ffwrdd) o['’]r swyddfa)\s*[:(]",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"undeliver|returned mail|delivery (?:status notification \(failure\)|failure|has failed|incomplete)"
    r"|fail(?:ed|ure) (?:delivery|notice)|mail delivery failed|could not be delivered"
    r"|returning message to sender|heb ei ddosbarthu|methu (?:danfon|anfon|dosbarthu)"
    r"|message not delivered|rejected",
    re.IGNORECASE,
)
_REPLY_MARKS = ("x-autoreply", "x-autorespond", "x-autoreply-from", "x-mail-autoreply", "x-vacation")
_LIST_MARKS = ("list-id", "list-post", "x-mailing-list", "mailing-list", "x-mailman-version", "x-beenthere")
_BULK_MARKS = ("list-unsubscribe", "feedback-id", "x-campaign-id", "x-csa-complaints")


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: MailKind
    why_not: str

    @property
    def may_answer(self) -> bool:
        return not self.why_not


def judge(
    headers: Headers, *, sender: Address | None, report: str | None, own_addresses: frozenset[str]
) -> Verdict:
    """The kind of a mail and, when it must get no automatic answer, the reason.

    `report` is the outcome of the machine-readable report the mail carries, if any.
    """
    marks = _Marks(headers, sender, report, own_addresses)
    kind, why_not = marks.kind()
    return Verdict(kind, why_not or marks.other_reason())


class _Marks:
    def __init__(
        self, headers: Headers, sender: Address | None, report: str | None, own: frozenset[str]
    ) -> None:
        self._headers = headers
        self._report = report
        self._own = frozenset(without_tag(address)[0] for address in own)
        self._sender = sender
        self._local = sender.key.rpartition("@")[0] if sender else ""
        self._precedence = headers.first("precedence").strip().lower()
        self._automatic = value_and_parameters(headers.first("auto-submitted"))[0]
        self._return_path = headers.first("return-path").strip().casefold() or "<>"

    def kind(self) -> tuple[MailKind, str]:
        if self._is_own():
            return MailKind.OWN, words.FROM_US
        if self._report is not None or self._is_daemon():
            return self._reported()
        if self._is_reply_machine():
            return MailKind.AUTO_REPLY, words.IS_AUTOMATIC
        if any(mark in self._headers for mark in _LIST_MARKS) or self._precedence == "list":
            return MailKind.LIST, words.IS_LIST
        if self._precedence in {"bulk", "junk"} or any(mark in self._headers for mark in _BULK_MARKS):
            return MailKind.BULK, words.IS_BULK
        return MailKind.PERSON, ""

    def other_reason(self) -> str:
        """What forbids an answer to a mail that may well be from a person."""
        headers = self._headers
        if self._sender is None:
            return words.NO_SENDER
        if self._automatic not in {"", "no"}:
            return words.IS_AUTOMATIC
        if "return-path" in headers and self._return_path in {"<>", "<mailer-daemon>"}:
            return words.NO_RETURN
        if _BOUNCE_PATH.search(self._return_path):
            return words.IS_AUTOMATIC
        if headers.first("x-auto-response-suppress").strip().lower() not in {"", "none"}:
            return words.ASKS_NO_REPLY
        if "x-loop" in headers:
            return words.LOOPED
        return words.NO_REPLY_SENDER if _NO_REPLY.match(self._local) else ""

    def _is_own(self) -> bool:
        if any(name.startswith("x-moothall-") for name in self._headers):
            return True
        return self._sender is not None and without_tag(self._sender.address)[0] in self._own

    def _is_daemon(self) -> bool:
        return bool(_DAEMONS.match(self._local)) or "x-failed-recipients" in self._headers

    def _reported(self) -> tuple[MailKind, str]:
        failed = self._report == "failed" or "x-failed-recipients" in self._headers
        unsaid = self._report in {None, "unknown"}
        if failed or (unsaid and _FAILED.search(self._headers.words("subject"))):
            return MailKind.BOUNCE, words.IS_BOUNCE
        return MailKind.DELIVERY_REPORT, words.IS_REPORT

    def _is_reply_machine(self) -> bool:
        if self._automatic == "auto-replied" or self._precedence in {"auto_reply", "auto-reply"}:
            return True
        if any(mark in self._headers for mark in _REPLY_MARKS):
            return True
        return bool(_AWAY.match(self._headers.words("subject")))
