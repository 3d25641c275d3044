"""What publishing does to sessions: opened, moved, changed and called off, many in a statement."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit_each
from moothall.training.models import Nomination, ScheduleLine, ScheduleVersion, Session, TrainerDay
from moothall.workforce.models import Employment

from .placing_many import AT_ONCE, free_many, place_many
from .planned import CHANGED, MOVED, NEW, WITHDRAWN, Difference, PlannedLine
from .refusals import CannotPublish

Seat = tuple[int, int]
"""A session and an employment."""
MOVABLE: Final = [
    "version", "place", "room", "room_cy", "language", "days", "first_on", "last_on", "begins", "ends",
    "capacity",
]  # fmt: skip


@dataclass
class Work:
    """One publishing: what differs, the sessions of the version before, and what came of it."""

    version: ScheduleVersion
    differences: Sequence[Difference]
    by: Account | None
    at: dt.datetime
    because: str
    old: Sequence[PlannedLine] = ()
    new: Sequence[PlannedLine] = ()
    sessions: dict[str, Session] = field(default_factory=dict)
    """By key; of those that differ, held until the transaction ends."""
    before: dict[Seat, Session] = field(default_factory=dict)
    """Who had a place where, of those whom something happened to, and on which days."""
    touched: dict[Seat, Nomination] = field(default_factory=dict)
    """Those whose places something happened to, as they stand since."""
    standing: list[Nomination] = field(default_factory=list)
    staff: Mapping[int, Employment] = field(default_factory=dict)

    def add(self, done: "Done") -> None:
        """What was done for people before, and is told with this."""
        stayed = {seat: each.session for seat, each in done.elsewhere.items()}
        self.before = stayed | done.before | self.before
        self.touched = done.elsewhere | done.touched | self.touched
        people = (*done.elsewhere.values(), *done.touched.values())
        self.staff = {each.employment_id: each.employment for each in people} | dict(self.staff)

    def of(self, *sorts: str) -> list[Difference]:
        return [each for each in self.differences if each.sort in sorts]


@dataclass(frozen=True)
class Done:
    """Places that were given and taken before a version is published, and that nobody was told of."""

    touched: dict[Seat, Nomination] = field(default_factory=dict)
    before: dict[Seat, Session] = field(default_factory=dict)
    elsewhere: dict[Seat, Nomination] = field(default_factory=dict)
    """Those who keep their place, and hear of another room."""

    @property
    def placed(self) -> int:
        return sum(each.state == Nomination.PLACED for each in self.touched.values())


def hold_sessions(before: ScheduleVersion | None, keys: Collection[str]) -> dict[str, Session]:
    """The sessions of the published version that differ and still stand, locked in order of their numbers."""
    if before is None:
        return {}
    lines = dict(before.lines.filter(key__in=keys, session__isnull=False).values_list("session_id", "key"))
    rows = Session.objects.select_for_update(of=("self",)).standing().in_full().filter(pk__in=lines)
    return {lines[each.pk]: each for each in rows.order_by("pk")}


def carry_out(work: Work) -> int:
    """Everything that differs, in one order; the answer is how many have a place by it."""
    work.standing = _standing(work.sessions)
    joining = {who for each in work.differences for who in each.joined}
    fresh = {each.key for each in work.of(NEW, MOVED, CHANGED) if each.key not in work.sessions}
    coming = {
        each.key: set(each.line.people) if each.key in fresh else each.joined for each in work.differences
    }
    work.staff = _hold_staff(joining.union(*coming.values(), (each.employment_id for each in work.standing)))
    stay = _take_back(work)
    _call_off(work)
    _move(work)
    _open(work)
    _set_trainers(work)
    return _place(work, stay, coming)


def _standing(sessions: Mapping[str, Session]) -> list[Nomination]:
    ids = {each.pk: each for each in sessions.values()}
    rows = Nomination.objects.standing().filter(session__in=ids)
    found = list(rows.select_related("employment__person").order_by("placed_at", "decided_at", "pk"))
    for each in found:
        each.session = ids[each.session_id]
    return found


def _take_back(work: Work) -> list[Nomination]:
    """Free the places of everybody whose session is taken out or moved, and of those who are not planned in
    any more. The answer is those who are looked at again."""
    left = {each.key: each.left for each in work.of(CHANGED, MOVED)}
    sorts = {each.key: each.sort for each in work.differences}
    keys = {session.pk: key for key, session in work.sessions.items()}
    gone, stay = [], []
    for each in work.standing:
        key = keys[each.session_id]
        if sorts[key] == WITHDRAWN or each.employment_id in left.get(key, ()):
            gone.append(each)
        elif sorts[key] == MOVED and each.state != Nomination.ASKED:
            stay.append(each)
    for each in (*gone, *stay):
        if each.state == Nomination.PLACED:
            work.before[each.session_id, each.employment_id] = _as_it_was(each.session)
    free_many([*gone, *stay])
    _withdraw(work, gone)
    freed = Counter(session for session, _who in work.before)
    for session in work.sessions.values():
        session.taken -= freed[session.pk]
    return stay


def _as_it_was(session: Session) -> Session:
    return Session(
        pk=session.pk, version=session.version, place=session.place, days=list(session.days),
        first_on=session.first_on, last_on=session.last_on, begins=session.begins, ends=session.ends,
    )  # fmt: skip


def _withdraw(work: Work, gone: Sequence[Nomination]) -> None:
    """They do not come; the reason is what they read."""
    for each in gone:
        each.state, each.waits_because, each.waits_for = Nomination.WITHDRAWN, "", ""
        each.because = work.because
        work.touched[each.session_id, each.employment_id] = each
    Nomination.objects.filter(pk__in=[each.pk for each in gone]).update(
        state=Nomination.WITHDRAWN, waits_because="", waits_for="", because=work.because
    )
    detail = {"because": work.because, "version": work.version.pk}
    append_audit_each("training.withdraw", by=work.by, at=work.at, about=gone, detail=detail)


def _call_off(work: Work) -> None:
    """The sessions that are taken out; their places are free already."""
    off = [work.sessions[each.key] for each in work.of(WITHDRAWN) if each.key in work.sessions]
    Session.objects.filter(pk__in=[each.pk for each in off]).update(
        cancelled_at=work.at, cancelled_by=work.by, cancelled_because=work.because
    )
    for each in off:
        each.cancelled_at, each.cancelled_because = work.at, work.because
    detail = {"because": work.because, "version": work.version.pk}
    append_audit_each("training.cancel_session", by=work.by, at=work.at, about=off, detail=detail)


def _move(work: Work) -> None:
    """The sessions that are elsewhere, at another time, or larger; what is not said of them stays."""
    moved = [each for each in work.of(MOVED, CHANGED) if each.key in work.sessions]
    sessions = []
    for each in moved:
        session = work.sessions[each.key]
        _put(session, each.line)
        sessions.append(session)
    Session.objects.bulk_update(sessions, MOVABLE, batch_size=AT_ONCE // 4)
    for sort, verb in ((MOVED, "training.move_session"), (CHANGED, "training.change_session")):
        about = [work.sessions[each.key] for each in moved if each.sort == sort]
        detail = {"version": work.version.pk, "because": work.because}
        append_audit_each(verb, by=work.by, at=work.at, about=about, detail=detail)


def _put(session: Session, line: PlannedLine) -> None:
    if session.place_id != line.place_id:
        session.room = session.room_cy = ""
    session.version_id, session.place_id = line.course_version_id, line.place_id
    session.language, session.capacity = line.language, line.places
    session.days, session.first_on, session.last_on = list(line.days), line.days[0], line.days[-1]
    session.begins, session.ends = line.begins, line.ends


def _open(work: Work) -> None:
    """What is new; and what is changed although somebody had called it off."""
    fresh = [each for each in work.of(NEW, MOVED, CHANGED) if each.key not in work.sessions]
    made = []
    for each in fresh:
        session = Session(made_at=work.at, made_by=work.by)
        _put(session, each.line)
        made.append(session)
    Session.objects.bulk_create(made, batch_size=AT_ONCE)
    for each, session in zip(fresh, made, strict=True):
        work.sessions[each.key] = session
    detail = {"version": work.version.pk}
    append_audit_each("training.open_session", by=work.by, at=work.at, about=made, detail=detail)


def link_lines(version: ScheduleVersion, before: ScheduleVersion | None, work: Work) -> None:
    """Each line of the new version names its session: the one it had before, or the one made for it."""
    if before is not None:
        same = before.lines.filter(key=OuterRef("key")).values("session")[:1]
        version.lines.update(session=Subquery(same))
    lines = list(version.lines.filter(key__in=work.sessions))
    for line in lines:
        line.session = work.sessions[line.key]
    ScheduleLine.objects.bulk_update(lines, ["session"], batch_size=AT_ONCE)


def _set_trainers(work: Work) -> None:
    """Each teaches on every day of it, and nowhere else: the database holds that. Where the plan says nothing
    new of trainers, those who teach it now go with it."""
    there = TrainerDay.objects.filter(session__in=[each.pk for each in work.sessions.values()])
    teach: dict[int, set[int]] = {}
    for number, trainer in there.order_by().values_list("session_id", "trainer_id"):
        teach.setdefault(number, set()).add(trainer)
    rows = []
    for each in work.of(NEW, MOVED, CHANGED):
        session = work.sessions[each.key]
        same = each.before is not None and set(each.before.trainers) == set(each.line.trainers)
        trainers = teach.get(session.pk, set()) if same and session.pk in teach else set(each.line.trainers)
        rows += [
            TrainerDay(session=session, trainer_id=who, day=day) for who in trainers for day in session.days
        ]
    there.delete()
    rows.sort(key=lambda row: (row.trainer_id, row.day))
    try:
        with transaction.atomic():
            TrainerDay.objects.bulk_create(rows, batch_size=AT_ONCE)
    except IntegrityError:
        raise CannotPublish(_("A trainer teaches elsewhere on one of the days.")) from None


def _place(work: Work, stay: Sequence[Nomination], coming: Mapping[str, set[int]]) -> int:
    """Those who were there and those who are planned in since: a place, or the waiting list and why."""
    wanted = [*stay, *_planned_in(work, stay, coming)]
    for each in wanted:
        each.employment = work.staff[each.employment_id]
        work.touched[each.session_id, each.employment_id] = each
    return place_many(wanted, by=work.by, at=work.at)


def _planned_in(work: Work, stay: Sequence[Nomination], coming: Mapping[str, set[int]]) -> list[Nomination]:
    """Those whom this version brings in: with the nomination they have, or a new one. Whoever has a place
    there keeps it."""
    standing = {(one.session_id, one.employment_id): one for one in work.standing}
    again = {(one.session_id, one.employment_id) for one in stay}
    found = []
    for each in work.of(NEW, MOVED, CHANGED):
        session = work.sessions[each.key]
        for who in each.line.people:
            if who not in coming[each.key] or who not in work.staff or (session.pk, who) in again:
                continue
            one = standing.get((session.pk, who))
            if one is not None and one.state == Nomination.PLACED:
                continue
            one = one or Nomination(asked_at=work.at, asked_by=work.by)
            one.employment, one.session = work.staff[who], session
            one.decided_at, one.decided_by = work.at, work.by
            found.append(one)
    return found


def _hold_staff(ids: Collection[int]) -> Mapping[int, Employment]:
    """Those people, locked in order of their numbers."""
    rows = Employment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    return {each.pk: each for each in rows.select_related("person").order_by("pk")}
