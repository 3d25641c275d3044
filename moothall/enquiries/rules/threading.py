"""Which case a message belongs to: by what it answers, its address, or a reference its sender may use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from moothall.cases.models import Case, CaseLink, Entry
from moothall.cases.rules.opening import NewCase
from moothall.enquiries.models import Message
from moothall.enquiries.reading import ReadMail

MOST_REFERENCES = 50


@dataclass
class Place:
    """The case a message goes to: one that is there, or a new one, `case` once it is open. A new case may
    be `related` to an old one that its sender spoke of and has no part in, or wrote on long after."""

    case: Case | None = None
    new: NewCase | None = None
    related: Case | None = None

    @property
    def opened(self) -> Case:
        if self.case is None:
            raise ValueError("This place has no case yet.")
        return self.case


@dataclass(frozen=True)
class Thread:
    """Where a message goes on from. To a `related` case it is only linked: the sender has no part in it."""

    place: Place
    related: bool = False


class Threads:
    """The cases that the messages of a batch may go on from, read in a few queries and held meanwhile; and
    where those placed so far went."""

    def __init__(self, mails: Sequence[ReadMail]) -> None:
        by_id = _cases_by_message_id({each for mail in mails for each in _answered(mail)})
        by_reference = _cases_by_reference({each for mail in mails for each in _named(mail)})
        held = hold_standing({*by_id.values(), *by_reference.values()})
        self._places = {pk: Place(case) for pk, case in held.items()}
        self._by_id = {each: self._places[pk] for each, pk in by_id.items() if pk in held}
        self._by_reference = {each: self._places[pk] for each, pk in by_reference.items() if pk in held}
        self._successors: dict[int, Place] = {}

    def find(self, mail: ReadMail) -> Thread | None:
        """What this message goes on from, if anything."""
        for message_id in _answered(mail):
            if message_id in self._by_id:
                return Thread(self._by_id[message_id])
        for token in mail.plus_tokens:
            if token.upper() in self._by_reference:
                return Thread(self._by_reference[token.upper()])
        for reference in mail.case_references:
            place = self._by_reference.get(reference)
            if place is not None:
                return Thread(place, related=not _has_a_part(mail, place.opened))
        return None

    def remember(self, mail: ReadMail, place: Place) -> None:
        """Answers to this message, later in the batch, go to the same place."""
        if mail.message_id:
            self._by_id.setdefault(mail.message_id, place)

    def successor(self, case: Case, mail: ReadMail) -> Place | None:
        """The case that was opened, by this same sender, when they wrote long after this one had closed."""
        if case.pk not in self._successors and mail.sender is not None:
            later = CaseLink.objects.filter(other=case, kind=CaseLink.RELATED, made_by=None, ended_at=None)
            wrote = Q(requester__contact_points__folded=mail.sender.address.lower())
            found = (
                Case.objects.unfinished().filter(wrote, pk__in=later.values("case")).order_by("-pk").first()
            )
            if found is None:
                return None
            self._successors[case.pk] = Place(hold_standing({found.pk})[found.pk])
        return self._successors.get(case.pk)

    def succeed(self, case: Case, place: Place) -> None:
        self._successors.setdefault(case.pk, place)


def hold_standing(case_ids: Iterable[int]) -> dict[int, Case]:
    """Each of these cases, or the one it was merged into, held until the transaction ends."""
    wanted, held = set(case_ids), dict[int, Case]()
    while missing := wanted - held.keys():
        found = (
            Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=missing).order_by("pk")
        )
        new = {case.pk: case for case in found}
        if not new:
            break
        held |= new
        wanted |= {case.merged_into_id for case in new.values() if case.merged_into_id}
    return {pk: _end_of(held[pk], held) for pk in wanted if pk in held}


def _end_of(case: Case, held: dict[int, Case]) -> Case:
    while case.merged_into_id is not None:
        case = held[case.merged_into_id]
    return case


def _answered(mail: ReadMail) -> list[str]:
    """The messages it answers, the likeliest first."""
    ids = list(mail.references[:MOST_REFERENCES])
    return [mail.original_message_id, *ids] if mail.original_message_id else ids


def _named(mail: ReadMail) -> list[str]:
    return [*(token.upper() for token in mail.plus_tokens), *mail.case_references]


def _cases_by_message_id(ids: set[str]) -> dict[str, int]:
    if not ids:
        return {}
    theirs = Message.objects.filter(message_id__in=ids, entry__isnull=False).order_by("-id")
    ours = Entry.objects.filter(letter__message_id__in=[f"<{each}>" for each in ids])
    found = dict(theirs.values_list("message_id", "entry__case_id"))
    return found | {
        message_id.strip("<>"): case_id
        for message_id, case_id in ours.values_list("letter__message_id", "case_id")
    }


def _cases_by_reference(references: set[str]) -> dict[str, int]:
    if not references:
        return {}
    return dict(Case.objects.filter(reference__in=references).values_list("reference", "pk"))


def _has_a_part(mail: ReadMail, case: Case) -> bool:
    """Whether the sender asked for this case, has written on it, or was written to about it."""
    if mail.sender is None:
        return False
    address = mail.sender.address.lower()
    requester = case.requester
    if requester is not None and requester.contact_points.filter(kind="EMAIL", folded=address).exists():
        return True
    if Message.objects.filter(entry__case=case, sender_address=address).exists():
        return True
    letters = case.entries.filter(kind=Entry.MAIL_OUT, letter__isnull=False)
    written_to = letters.values_list("letter__to_address", "letter__cc")
    return any(address in {to.lower(), *(each.lower() for each in cc)} for to, cc in written_to)
