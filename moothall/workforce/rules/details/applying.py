"""A change of details is made on its day, once; the person is written to, and its case is closed."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.cases.rules.closing import close_case
from moothall.core.refusals import Refusal
from moothall.letters.models import MAIL
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import merge
from moothall.letters.rules.outbox import queue_letter
from moothall.people.models import Account, ContactPoint
from moothall.people.models.often_asked import ways_to_reach
from moothall.people.rules.contact_points import add_contact_point, end_contact_point, prefer_contact_point
from moothall.people.rules.persons import correct_person
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import DetailChange, DetailKind

from .wording import CONFIRMED

POINTS = {
    DetailKind.ADDRESS: ContactPoint.POST, DetailKind.PHONE: ContactPoint.PHONE,
    DetailKind.EMAIL: ContactPoint.EMAIL,
}  # fmt: skip


class ChangedSince(Refusal):
    sentence = _("It has been changed again since, so it cannot be taken back.")
    next_step = _("Change it by hand.")


@transaction.atomic
def apply_change(change: DetailChange, *, by: Account, at: dt.datetime) -> bool:
    """Make it so, once; whether it was now."""
    if not DetailChange.objects.filter(pk=change.pk, applied_at=None, undone_at=None).update(applied_at=at):
        return False
    change.applied_at = at
    person, kind = change.employment.person, change.kind
    if kind.changes == DetailKind.NAME:
        correct_person(person, by=by, at=at, full_name=change.after, **change.said)
    elif kind.changes == DetailKind.KNOWN_AS:
        correct_person(person, by=by, at=at, known_as=change.after)
    else:
        add_contact_point(person, kind=POINTS[kind.changes], value=change.after, preferred=True, by=by, at=at)
    append_audit("workforce.apply_detail", about=change.employment, by=by, at=at, detail={"kind": kind.key})
    _tell(change, at=at)
    close_with(change, "applied", "", by=by, at=at)
    return True


def apply_what_is_due(*, at: dt.datetime, today: dt.date) -> int:
    """What was approved for a day that has come is made so; the answer is how many."""
    rows = DetailChange.objects.due(today).select_related("employment__person", "kind", "case", "decided_by")
    done = 0
    for change in rows.select_related("asked_by").order_by("id"):
        by = change.decided_by or change.asked_by
        if by is not None:
            done += apply_change(change, by=by, at=at)
    return done


def reverse_change(change: DetailChange, *, by: Account, at: dt.datetime) -> None:
    """What was so before is so again."""
    person, kind = change.employment.person, change.kind
    if kind.changes in (DetailKind.NAME, DetailKind.KNOWN_AS):
        field = "full_name" if kind.changes == DetailKind.NAME else "known_as"
        if getattr(person, field) != change.after:
            raise ChangedSince
        correct_person(person, by=by, at=at, **{field: change.before})
        return
    points = ContactPoint.objects.in_use().filter(person=person, kind=POINTS[kind.changes])
    made = points.filter(added_at=change.applied_at).first() if change.applied_at else None
    if made is None:
        raise ChangedSince
    end_contact_point(made, by=by, at=at)
    before = points.filter(value=change.before).first()
    if before is not None:
        prefer_contact_point(before, by=by, at=at)


def close_with(change: DetailChange, outcome: str, reason: str, *, by: Account, at: dt.datetime) -> None:
    """Its case, where it has one that is open, ends like this."""
    if change.case is not None and not change.case.is_closed:
        close_case(change.case, by=by, at=at, outcome=outcome, reason=reason)


def _tell(change: DetailChange, *, at: dt.datetime) -> None:
    """They are written to in their language, by mail: also whoever did not ask for it hears of it."""
    person, text = change.employment.person, CONFIRMED.text()
    ways = ways_to_reach(person=person.pk, most=8)
    points = [each.value for each in ways if each.kind == ContactPoint.EMAIL]
    if change.kind.changes == DetailKind.EMAIL and change.before:
        points = [change.before]  # whoever did not ask for it hears of it where they can still read it
    if not points:
        return
    fields = fields_for(change, language=person.language or "en", person=person, by=None, at=at)
    merged = merge(text, person.language or "en", fields)
    queue_letter(
        about=change, person=person, channel=MAIL, language=merged.language, to_address=points[0],
        to_name=person.full_name, from_address="", from_name="", subject=merged.subject, body=merged.body,
        by=None, at=at, automatic=True, text_version=text if text.pk else None,
    )  # fmt: skip
