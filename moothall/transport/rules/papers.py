"""Papers of contractors, crews and vehicles: recorded, verified, withdrawn; and what is lacking on a day."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from clocks.months import last_day_of_months
from moothall.core.clock import in_london
from moothall.people.models import Account
from moothall.records.models import Document
from moothall.records.rules.audit import append_audit
from moothall.transport.models import Contractor, ContractorStaff, Paper, PaperKind, PaperRule, Vehicle
from moothall.transport.models.paper import ASSISTANT, CONTRACTOR, DRIVER, OWN, VEHICLE

from . import firm_refusals as refusals

Holder = Contractor | ContractorStaff | Vehicle
COLUMNS = {Contractor: "contractor", ContractorStaff: "member", Vehicle: "vehicle"}


@dataclass(frozen=True)
class Lack:
    """A holder has no paper of a kind that counts on a day; when the last one ran out, if there was any."""

    holder: Holder
    of: str
    kind: PaperKind
    ran_out_on: dt.date | None = None
    waits: bool = False


def column_of(holder: Holder) -> str:
    """Which column of a paper points to such a holder."""
    return COLUMNS[type(holder)]


@transaction.atomic
def record_paper(
    holder: Holder, *, kind: PaperKind, issued_on: dt.date, by: Account | None, at: dt.datetime,
    expires_on: dt.date | None = None, authority: str = "", number: str = "",
    evidence: Document | None = None, seen: bool = False,
) -> Paper:  # fmt: skip
    """They hold this. It counts once somebody who decides has seen the original."""
    today = in_london(at).date()
    if issued_on > today:
        raise refusals.IssuedLater
    expires_on = _last_day(holder, kind, issued_on, expires_on)
    if expires_on is not None and expires_on < issued_on:
        raise refusals.EndsBeforeItBegins
    made = Paper.objects.create(
        kind=kind, authority=authority.strip()[:160], number=number.strip()[:60], issued_on=issued_on,
        expires_on=expires_on, evidence=evidence, recorded_at=at, recorded_by=by,
        verified_at=at if seen else None, verified_by=by if seen else None, **{column_of(holder): holder},
    )  # fmt: skip
    _put_in_order(made)
    append_audit("transport.paper", about=made, by=by, at=at, detail={"kind": kind.key, "seen": seen})
    return made


def _last_day(
    holder: Holder, kind: PaperKind, issued_on: dt.date, expires_on: dt.date | None
) -> dt.date | None:
    """What the paper says, or earlier where the rule of that day has it checked anew before."""
    rules = PaperRule.objects.in_force(issued_on).filter(kind=kind, of__in=parts_of(holder))
    checked = [last_day_of_months(issued_on, each.months) for each in rules if each.months]
    days = [each for each in (expires_on, *checked) if each is not None]
    return min(days) if days else None


def parts_of(holder: Holder) -> list[str]:
    """As what a holder needs papers."""
    if isinstance(holder, Contractor):
        return [CONTRACTOR]
    if isinstance(holder, Vehicle):
        return [VEHICLE if holder.depot_id is None else OWN]
    return [part for part, is_so in ((DRIVER, holder.drives), (ASSISTANT, holder.assists)) if is_so]


def _put_in_order(paper: Paper) -> None:
    """Of the papers of one kind the one that runs out last is current; the others are followed by it."""
    rows = list(
        Paper.objects.select_for_update(of=("self",)).verified()
        .filter(kind=paper.kind_id, **{column_of(paper.holder): paper.holder})
    )  # fmt: skip
    if not rows:
        return
    latest = max(rows, key=lambda each: (each.expires_on or dt.date.max, each.issued_on, each.pk))
    Paper.objects.filter(pk__in=[each.pk for each in rows if each.pk != latest.pk]).update(followed_by=latest)
    Paper.objects.filter(pk=latest.pk).update(followed_by=None)


def hold(paper: Paper) -> Paper:
    return Paper.objects.select_for_update(of=("self",)).with_holder().get(pk=paper.pk)


@transaction.atomic
def verify_paper(paper: Paper, *, by: Account, at: dt.datetime) -> Paper:
    """Somebody has seen the original, or asked whoever issued it: from now on it counts."""
    held = hold(paper)
    if held.verified_at or held.withdrawn_at:
        raise refusals.NotWaiting
    Paper.objects.filter(pk=held.pk).update(verified_at=at, verified_by=by)
    held.refresh_from_db(fields=["verified_at", "verified_by"])
    _put_in_order(held)
    append_audit("transport.verify_paper", about=held, by=by, at=at)
    return held


@transaction.atomic
def withdraw_paper(paper: Paper, *, because: str, by: Account, at: dt.datetime) -> Paper:
    """It counts no longer: revoked, given back, or entered by mistake. What it followed counts again."""
    held = hold(paper)
    if not because.strip():
        raise refusals.ReasonNeeded
    if held.withdrawn_at is not None:
        raise refusals.EndedAlready
    Paper.objects.filter(pk=held.pk).update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_because=because.strip()[:200], followed_by=None
    )
    Paper.objects.filter(followed_by=held).update(followed_by=None)
    _put_in_order(held)
    append_audit("transport.withdraw_paper", about=held, by=by, at=at, detail={"because": because.strip()})
    held.refresh_from_db()
    return held


@transaction.atomic
def restore_paper(paper: Paper, *, by: Account, at: dt.datetime) -> Paper:
    """It was not withdrawn after all."""
    held = hold(paper)
    if held.withdrawn_at is None:
        raise refusals.EndedAlready
    Paper.objects.filter(pk=held.pk).update(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
    held.refresh_from_db()
    _put_in_order(held)
    append_audit("transport.restore_paper", about=held, by=by, at=at)
    return held


class Held:
    """Which papers many holders have, asked once for all of them, and what each lacks on a day."""

    def __init__(self, holders: Sequence[Holder], first: dt.date, last: dt.date) -> None:
        self.rules = list(PaperRule.objects.between(first, last).select_related("kind"))
        self.papers: dict[tuple[str, int], dict[int, list[Paper]]] = {}
        for column in COLUMNS.values():
            numbers = {each.pk for each in holders if column_of(each) == column}
            rows = (
                Paper.objects.standing().filter(**{f"{column}__in": numbers}).select_related("kind")
                if numbers
                else Paper.objects.none()
            )
            for paper in rows:
                theirs = self.papers.setdefault((column, getattr(paper, f"{column}_id")), {})
                theirs.setdefault(paper.kind_id, []).append(paper)

    def lacking(self, holder: Holder, of: str, *, on: dt.date) -> list[Lack]:
        """What this holder would need on that day, as one who does this, and has not."""
        return [lack for rule in self.rules if (lack := self._lack(rule, holder, of, on)) is not None]

    def of(self, holder: Holder) -> list[Paper]:
        """All their papers that are not withdrawn."""
        return [one for rows in self.papers.get((column_of(holder), holder.pk), {}).values() for one in rows]

    def needed(self, holder: Holder, parts: Collection[str], on: dt.date) -> set[int]:
        """The kinds that this holder needs that day."""
        rules = [rule for rule in self.rules if rule.of in parts and rule.holds(on)]
        return {rule.kind_id for rule in rules if _asked_of(rule, holder)}

    def _lack(self, rule: PaperRule, holder: Holder, of: str, on: dt.date) -> Lack | None:
        if rule.of != of or not rule.holds(on) or not _asked_of(rule, holder):
            return None
        theirs = self.papers.get((column_of(holder), holder.pk), {}).get(rule.kind_id, [])
        counted = [each for each in theirs if each.verified_at is not None]
        if any(_counts(each, on) for each in counted):
            return None
        ended = [each.expires_on for each in counted if each.expires_on is not None and each.expires_on < on]
        return Lack(holder, of, rule.kind, max(ended, default=None), len(counted) < len(theirs))


def _counts(paper: Paper, on: dt.date) -> bool:
    return paper.issued_on <= on and (paper.expires_on is None or paper.expires_on >= on)


def _asked_of(rule: PaperRule, holder: Holder) -> bool:
    """Some papers are asked only of vehicles with many seats."""
    if rule.seats_over is None or not isinstance(holder, Vehicle):
        return True
    return max((seats for seats, _bays in holder.kind.layouts), default=0) > rule.seats_over
