"""Which case a message belongs to: by what it answers, its address, or a reference its sender may use."""

from dataclasses import dataclass

from django.db.models import Q

from moothall.cases.models import Case, Entry
from moothall.enquiries.models import Message
from moothall.enquiries.reading import ReadMail

MOST_REFERENCES = 50


@dataclass(frozen=True)
class Thread:
    """The case found, and how. A `related` case is only linked: the sender has no part in it."""

    case: Case
    how: str
    related: bool = False


def find_thread(mail: ReadMail) -> Thread | None:
    """The case this message goes on from, if any."""
    return _by_answered(mail) or _by_plus_address(mail) or _by_subject(mail)


def _by_answered(mail: ReadMail) -> Thread | None:
    ids = [*mail.references[:MOST_REFERENCES]]
    if mail.original_message_id:
        ids.insert(0, mail.original_message_id)
    if not ids:
        return None
    found: dict[str, int] = dict(
        Message.objects.filter(message_id__in=ids, entry__isnull=False).values_list(
            "message_id", "entry__case_id"
        )
    )
    ours = Entry.objects.filter(letter__message_id__in=[f"<{message_id}>" for message_id in ids])
    found |= {
        message_id.strip("<>"): case_id
        for message_id, case_id in ours.values_list("letter__message_id", "case_id")
    }
    for message_id in ids:
        if message_id in found:
            return Thread(_standing(Case.objects.get(pk=found[message_id])), "references")
    return None


def _by_plus_address(mail: ReadMail) -> Thread | None:
    case = Case.objects.filter(reference__in=mail.plus_tokens).order_by("id").first()
    return Thread(_standing(case), "address") if case else None


def _by_subject(mail: ReadMail) -> Thread | None:
    case = Case.objects.filter(reference__in=mail.case_references).order_by("id").first()
    if case is None:
        return None
    case = _standing(case)
    return Thread(case, "subject", related=not _has_a_part(mail, case))


def _has_a_part(mail: ReadMail, case: Case) -> bool:
    """Whether the sender asked for this case, has written on it, or was written to about it."""
    if mail.sender is None:
        return False
    address = mail.sender.address.lower()
    wrote = Q(sender__icontains=address) | Q(recipients__icontains=address)
    requester = case.requester
    if requester is not None and requester.contact_points.filter(kind="EMAIL", folded=address).exists():
        return True
    return case.entries.filter(wrote).exists()


def _standing(case: Case) -> Case:
    """The case itself, or the one it was merged into."""
    while case.merged_into is not None:
        case = case.merged_into
    return case
