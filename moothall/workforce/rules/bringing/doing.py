"""What was compared is carried out, row by row, managers before their people.

Whose manager could not be there before them, as in a circle, has theirs set in a second pass.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account, Post
from moothall.people.rules.contact_points import add_contact_point
from moothall.people.rules.persons import add_person, correct_person
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Assignment, Employment, StaffImport, StaffRow
from moothall.workforce.rules.assigning import NothingChanges, Terms, change_assignment, hold
from moothall.workforce.rules.ending import end_employment
from moothall.workforce.rules.starting import start_employment

from .comparing import TERMS, Comparing, detail_changes, ours_of, refuse, term_changes
from .meaning import Known, Said, number_of
from .recognising import OnRecord, on_record

SIZE = 50
WHOLE_WEEK = Decimal("37.00")
DETAILS = ("full_name", "given_name", "family_name", "born_on")


def run_rows(table: StaffImport, *, clock: Callable[[], dt.datetime], today: dt.date) -> None:
    """Carry out every row of the kinds that were chosen, then set the managers that were not there before."""
    comparing = Comparing(table, today=today)
    waiting = StaffRow.objects.filter(table=table, kind__in=table.wanted, done_at=None)
    order = _managers_first(waiting, comparing.reader.places.get("manager"))
    for start in range(0, len(order), SIZE):
        some = order[start : start + SIZE]
        found = waiting.select_related("person").in_bulk(some)
        read = [(found[pk], *comparing.reader.read(found[pk].cells)) for pk in some if pk in found]
        joiners = [said for row, said, _wrong in read if said and row.kind == StaffRow.JOINER]
        people = on_record(joiners)
        for row, said, wrong in read:
            _run(row, said or " ".join(wrong), comparing, people, by=table.run_by, at=clock())
        StaffImport.objects.filter(pk=table.pk).update(done=F("done") + len(found))
    later = StaffRow.objects.filter(table=table, done_at__isnull=False, managed_at=None).exclude(waits_for="")
    last = 0
    while rows := list(later.filter(number__gt=last).select_related("employment").order_by("number")[:SIZE]):
        for row in rows:
            _set_manager(row, by=table.run_by, at=clock())
        last = rows[-1].number
    StaffImport.objects.filter(pk=table.pk, state=StaffImport.RUNNING).update(
        state=StaffImport.FINISHED, finished_at=clock()
    )


def _managers_first(waiting: QuerySet[StaffRow], place: int | None) -> list[int]:
    """The rows as they stand, but whoever manages somebody before them, wherever they stand in the file."""
    rows = waiting.order_by("number")
    if place is None:
        return list(rows.values_list("pk", flat=True))
    cells = rows.annotate(led_by=KeyTextTransform(str(place), "cells"))
    found = {
        key: (pk, number_of(led_by or "")) for pk, key, led_by in cells.values_list("pk", "key", "led_by")
    }
    order: dict[int, None] = {}
    for key in found:
        above, chain = key, dict[str, None]()
        while above in found and above not in chain and found[above][0] not in order:
            chain[above] = None
            above = found[above][1]
        order |= dict.fromkeys(found[each][0] for each in reversed(chain))
    return list(order)


def _run(
    row: StaffRow, said: Said | str, comparing: Comparing, people: OnRecord, *, by: Account | None,
    at: dt.datetime,
) -> None:  # fmt: skip
    """One row, whole or not at all; one that cannot be carried out says why."""
    comparing.reader.known.added.clear()
    try:
        if isinstance(said, str):
            raise Refusal(said)
        with transaction.atomic():
            _carry_out(row, said, comparing, people, by=by, at=at)
            row.done_at = at
            row.save(update_fields=["done_at", "employment", "person", "before", "waits_for"])
        comparing.reader.known.keep_added()
    except Refusal as refusal:
        refuse(row, str(refusal))
    except IntegrityError:
        refuse(row, _("Somebody else was writing the same record. Compare the file once more."))
    if row.kind == StaffRow.REFUSED:
        row.save(update_fields=["kind", "reason", "changes"])


def _carry_out(
    row: StaffRow, said: Said, comparing: Comparing, people: OnRecord, *, by: Account | None, at: dt.datetime
) -> None:
    if row.kind == StaffRow.JOINER:
        row.person = row.person or people.somebody(said)
        row.employment = _join(row, said, comparing.reader.known, by=by, at=at)
        return
    ours = ours_of([said.number])
    employment = ours.employments.get(said.number)
    if employment is None:
        raise Refusal(_("Their record is not there any more. Compare the file once more."))
    if by is not None and by.person_id is not None and by.person_id == employment.person_id:
        raise Refusal(_("This is your own record. A colleague has to bring it in."))
    row.employment = employment
    details = detail_changes(said, employment, ours.mails.get(employment.person_id, set()))
    if details and StaffRow.CHANGED in comparing.table.wanted:
        row.before = correct_details(employment, said, details, by=by, at=at)
    if row.kind == StaffRow.CHANGED:
        return
    day = said.from_on or comparing.day
    if said.ended_on and employment.ended_on is None and row.kind == StaffRow.LEAVER:
        if said.because is None:
            raise Refusal(_("The reason for leaving is missing."))
        end_employment(employment, last_day=said.ended_on, because=said.because, by=by, at=at)
    elif row.kind == StaffRow.MOVER:
        _move(row, said, employment, ours.on(employment, max(day, employment.started_on)), day, comparing,
              by=by, at=at)  # fmt: skip


def _join(row: StaffRow, said: Said, known: Known, *, by: Account | None, at: dt.datetime) -> Employment:
    if said.started_on is None or said.unit is None:
        raise Refusal(_("To add somebody new, a first day and a unit are needed."))
    row.person = row.person or add_person(
        full_name=said.name, given_name=said.given_name, family_name=said.family_name, born_on=said.born_on,
        emails=[said.email] if said.email else [], by=by, at=at,
    )  # fmt: skip
    fte = said.fte if said.fte is not None else Decimal(1)
    manager = Employment.objects.filter(number=said.manager).first() if said.manager else None
    terms = Terms(
        post=_post(said, known, by=by, at=at), unit=said.unit, fte=fte, manager=manager,
        weekly_hours=said.weekly_hours if said.weekly_hours is not None else _hours(fte),
        contract=said.contract or Assignment.PERMANENT, contract_ends_on=said.contract_ends_on,
    )  # fmt: skip
    employment = start_employment(
        row.person, number=said.number, started_on=said.started_on, terms=terms, by=by, at=at,
        workforce=said.workforce or Employment.EMPLOYEE, ni_number=said.ni_number,
        continuous_from=said.continuous_from,
    )  # fmt: skip
    row.waits_for = said.manager if said.manager and manager is None else ""
    if said.ended_on and said.because:
        end_employment(employment, last_day=said.ended_on, because=said.because, by=by, at=at)
    return employment


def _hours(fte: Decimal) -> Decimal:
    return (WHOLE_WEEK * fte).quantize(Decimal("0.01"))


def _post(said: Said, known: Known, *, by: Account | None, at: dt.datetime) -> Post:
    """The post that the row names; one with a number that nobody has yet is added."""
    if said.post is not None:
        return said.post
    known_by_now = known.posts.get(said.post_number.casefold())
    if known_by_now is not None:
        return known_by_now
    post, new = Post.objects.get_or_create(number=said.post_number, defaults={"title": said.post_title})
    if new:
        append_audit("workforce.add_post", about=post, by=by, at=at, detail={"number": post.number})
    known.added[post.number.casefold()] = post
    return post


def _move(
    row: StaffRow, said: Said, employment: Employment, held: Assignment | None, day: dt.date,
    comparing: Comparing, *, by: Account | None, at: dt.datetime,
) -> None:  # fmt: skip
    differ = term_changes(said, held)
    changes: dict[str, Any] = {name: getattr(said, name) for name in TERMS if name in differ}
    if "post" in differ:
        changes["post"] = _post(said, comparing.reader.known, by=by, at=at)
    if "manager" in differ:
        manager = Employment.objects.filter(number=said.manager).first()
        row.waits_for = "" if manager else said.manager
        changes |= {"manager": manager} if manager else {}
    if changes:
        change_assignment(
            employment, from_on=max(day, employment.started_on), because=_("From another system"), by=by,
            at=at, **changes,
        )  # fmt: skip


@transaction.atomic
def _set_manager(row: StaffRow, *, by: Account | None, at: dt.datetime) -> None:
    """The second pass: whoever manages them is on record by now."""
    employment, reason = row.employment, ""
    manager = Employment.objects.filter(number=row.waits_for).first()
    if manager is None or employment is None:
        reason = _("Their manager %s could not be brought in, so none is set.") % row.waits_for
    else:
        first = Assignment.objects.standing().filter(employment=employment, is_main=True)
        begun = first.order_by("-from_on").values_list("from_on", flat=True).first()
        try:
            with transaction.atomic():
                change_assignment(
                    employment, from_on=begun or employment.started_on, manager=manager, by=by, at=at,
                    because=_("From another system"),
                )  # fmt: skip
        except NothingChanges:
            reason = ""
        except Refusal as refusal:
            reason = str(refusal)
    StaffRow.objects.filter(pk=row.pk).update(managed_at=at, reason=reason)


@transaction.atomic
def correct_details(
    employment: Employment, said: Said, details: Any, *, by: Account | None, at: dt.datetime
) -> dict[str, Any]:
    """Who they are, as the other system says; the answer is what was so before."""
    held, person = hold(employment), employment.person
    before: dict[str, Any] = {}
    own = {name: getattr(said, name) for name in ("ni_number", "continuous_from") if name in details}
    for name, value in own.items():
        before[name] = [str(getattr(held, name) or ""), str(value)]
        setattr(held, name, min(value, held.started_on) if name == "continuous_from" else value)
    if own:
        held.save(update_fields=list(own))
        append_audit("workforce.correct", about=held, by=by, at=at, detail={"changed": sorted(own)})
    theirs: dict[str, Any] = {"born_on": said.born_on} if "born_on" in details else {}
    if "name" in details:
        theirs |= {"full_name": said.name, "given_name": said.given_name, "family_name": said.family_name}
    if theirs and by is not None:
        before |= {name: [str(getattr(person, name) or ""), str(value)] for name, value in theirs.items()}
        correct_person(person, by=by, at=at, **theirs)
    if "email" in details:
        add_contact_point(person, kind="EMAIL", value=said.email, by=by, at=at)
    return before
