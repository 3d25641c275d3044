"""The same message again, by another way: known by its identifier, or by what it says and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moothall.cases.models import Case
from moothall.enquiries.models import Message, RawMessage
from moothall.enquiries.reading import ReadMail, show_difference


@dataclass(frozen=True)
class Original:
    """The message that came first, and where it went: in the same batch that is known only later."""

    raw: RawMessage
    case: Callable[[], Case]
    sender: str
    fingerprint: str
    subject: str
    text: str


class Copies:
    """The messages already read that those of a batch may be copies of, and those of the batch itself."""

    def __init__(self, mails: Sequence[ReadMail]) -> None:
        self._by_id: dict[str, list[Original]] = {}
        self._unnamed: dict[str, list[tuple[object, Original]]] = {}
        named = {mail.message_id for mail in mails if mail.message_id}
        unnamed = {mail.body_fingerprint for mail in mails if not mail.message_id}
        read = Message.objects.filter(raw__state=RawMessage.READ, entry__isnull=False).order_by("id")
        read = read.select_related("raw", "entry__case")
        if named:
            for message in read.filter(message_id__in=named):
                self._by_id.setdefault(message.message_id, []).append(_as_original(message))
        if unnamed:
            for message in read.filter(message_id="", body_fingerprint__in=unnamed):
                known = self._unnamed.setdefault(message.body_fingerprint, [])
                known.append((message.sent_at, _as_original(message)))

    def of(self, row: RawMessage, mail: ReadMail) -> Original | None:
        """What this message is a copy of. Another sender's words under the same identifier are no copy."""
        if mail.message_id:
            known = self._by_id.get(mail.message_id, [])
            return next((each for each in known if _is_copy(mail, each)), None)
        for sent_at, original in self._unnamed.get(mail.body_fingerprint, []):
            if original.raw.sha256 == row.sha256 or (sent_at is not None and sent_at == mail.sent_at):
                return original
        return None

    def remember(self, row: RawMessage, mail: ReadMail, case: Callable[[], Case]) -> None:
        sender = mail.sender.address.lower() if mail.sender else ""
        original = Original(row, case, sender, mail.body_fingerprint, mail.subject[:1000], mail.text)
        if mail.message_id:
            self._by_id.setdefault(mail.message_id, []).append(original)
        else:
            self._unnamed.setdefault(mail.body_fingerprint, []).append((mail.sent_at, original))


def _as_original(message: Message) -> Original:
    entry = message.entry
    if entry is None:
        raise ValueError("A message that was read is on a case.")
    return Original(
        message.raw, lambda: entry.case, message.sender_address, message.body_fingerprint, message.subject,
        entry.text + entry.quoted,
    )  # fmt: skip


def _is_copy(mail: ReadMail, original: Original) -> bool:
    sender = mail.sender.address.lower() if mail.sender else ""
    return (
        sender == original.sender
        or mail.body_fingerprint == original.fingerprint
        or not show_difference(original.text, mail.text)
    )


def difference(mail: ReadMail, original: Original) -> list[str] | None:
    """What a copy says differently, line by line; None when it says the same."""
    if mail.body_fingerprint == original.fingerprint:
        return None
    lines = show_difference(original.text, mail.text)
    return lines if lines or mail.subject[:1000] != original.subject else None
