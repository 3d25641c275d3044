"""Each new message of a batch finds its case, or opens one."""

import datetime as dt
from collections.abc import Sequence

from moothall.cases.models import Case, CaseLink, ServiceVersion
from moothall.cases.rules.indexing import Words
from moothall.cases.rules.linking import link_cases
from moothall.cases.rules.opening import NewCase, open_cases, opening_words
from moothall.people.models.contact_folding import fold_email, tidy
from moothall.people.rules.contact_points import mark_deliverable
from moothall.people.rules.persons import LONGEST_NAME
from moothall.people.rules.senders import find_or_add_senders

from .arrivals import BY_MACHINE, Arrival
from .threading import Place, Threads

REOPENS_FOR = dt.timedelta(days=28)


def find_places(arrivals: Sequence[Arrival], *, at: dt.datetime) -> None:
    """Say of each message who wrote it and which case it goes to, there already or to be opened."""
    _know_senders(arrivals, at=at)
    threads = Threads([arrival.said for arrival in arrivals])
    for arrival in arrivals:
        arrival.place = _place_of(arrival, threads, at=at)
        threads.remember(arrival.said, arrival.place)


def _know_senders(arrivals: Sequence[Arrival], *, at: dt.datetime) -> None:
    """The persons who wrote, known or added; machines and we ourselves are none."""
    wrote = [
        (arrival, (arrival.said.sender.name, arrival.said.sender.address))
        for arrival in arrivals
        if arrival.said.sender is not None and not arrival.by_machine
    ]
    if wrote:
        mark_deliverable([address for _arrival, (_name, address) in wrote], at=at)
        persons = find_or_add_senders([sender for _arrival, sender in wrote], at=at)
        for arrival, (name, address) in wrote:
            arrival.person = persons.get((fold_email(address), tidy(name, LONGEST_NAME)))


def _place_of(arrival: Arrival, threads: Threads, *, at: dt.datetime) -> Place:
    thread = threads.find(arrival.said)
    if thread is None:
        return _to_be_opened(arrival, at=at)
    case = thread.place.case
    if thread.related:
        return _to_be_opened(arrival, at=at, related=case)
    if case is None or not _too_old(case, arrival, at=at):
        return thread.place
    place = threads.successor(case, arrival.said)
    if place is None:
        place = _to_be_opened(arrival, at=at, related=case)
        threads.succeed(case, place)
    return place


def _too_old(case: Case, arrival: Arrival, *, at: dt.datetime) -> bool:
    """Long after a case was closed, an answer to it begins a new one, linked to the old."""
    return case.closed_at is not None and at - case.closed_at > REOPENS_FOR and not arrival.by_machine


def _to_be_opened(arrival: Arrival, *, at: dt.datetime, related: Case | None = None) -> Place:
    mail, mailbox = arrival.said, arrival.row.mailbox
    arrival.opens = True
    new = NewCase(
        service=mailbox.service, title=mail.subject or "", channel="mail", requester=arrival.person,
        received_at=arrival.came_at(at), team=mailbox.team,
        language=(arrival.person.language if arrival.person else "") or mail.language or "",
        priority=Case.LOW if mail.kind in BY_MACHINE else Case.NORMAL,
    )  # fmt: skip
    return Place(new=new, related=related)


def open_new_places(
    arrivals: Sequence[Arrival], *, at: dt.datetime, versions: dict[int, ServiceVersion]
) -> list[Words]:
    """Open the cases that are to be opened; the answer is what they are found by, not yet indexed."""
    places = [arrival.place for arrival in arrivals if arrival.opens and arrival.place is not None]
    wanted = [place.new for place in places if place.new is not None]
    if not wanted:
        return []
    cases = open_cases(wanted, at=at, indexed=False, versions=versions)
    for place, case in zip(places, cases, strict=True):
        place.case = case
        if place.related is not None:
            link_cases(case, place.related, kind=CaseLink.RELATED, by=None, at=at)
    return opening_words(cases, wanted)
