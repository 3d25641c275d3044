"""Whether the audit is whole: every row as it was sealed, every seal on the one before, none cut off."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from moothall.records.models import AuditCheck, AuditSeal

from .anchoring import DamagedAnchor, anchors_file, read_anchors
from .hashing import FIRST, SIZE, Sibling, path_of, root_of
from .sealing import head_of, leaf_of, rows_of

STEADY = dt.timedelta(minutes=5)  # a clock that is put right by less is not a clock set back
STRAY = """
select event.id from records_auditevent event
where (event.id <= %s or (event.written_in, event.id) <= (%s::text::xid8, %s))
  and not exists (
    select from (select unnest(ids) as id from records_auditseal) sealed where sealed.id = event.id)
order by event.id limit 1
"""


class Fault(Exception):
    """The first thing that is wrong."""

    def __init__(self, kind: str, *, seal: int | None = None, row: int | None = None) -> None:
        self.kind, self.seal, self.row = kind, seal, row
        super().__init__(kind)


@dataclass
class Seen:
    """How far the looking has come."""

    seals: int = 0
    events: int = 0
    anchors: int = 0
    last: AuditSeal | None = None


def check_audit(*, at: dt.datetime, anchors: Path | None = None) -> AuditCheck:
    """Look through the whole audit; the answer is not kept."""
    seen, fault = Seen(), Fault("")
    try:
        _check_seals(seen)
        _check_strays(seen)
        _check_anchors(seen, anchors or anchors_file())
    except Fault as found:
        fault = found
    return AuditCheck(
        at=at, seals=seen.seals, events=seen.events, unsealed=count_unsealed(), anchors=seen.anchors,
        fault=fault.kind, seal=fault.seal, row=fault.row,
    )  # fmt: skip


@transaction.atomic
def verify_audit(*, at: dt.datetime) -> AuditCheck:
    """Look through the whole audit, and keep what was found."""
    check = check_audit(at=at)
    check.save(force_insert=True)
    return check


def _check_seals(seen: Seen) -> None:
    for seal in AuditSeal.objects.order_by("number").iterator(chunk_size=20):
        before = seen.last
        if seal.number != (before.number if before else 0) + 1:
            missing = (before.number if before else 0) + 1
            raise Fault("SEAL_MISSING", seal=missing, row=before.upto_id if before else 0)
        _check_rows(seal)
        head = head_of(seal, before=bytes.fromhex(before.head) if before else FIRST)
        if root_of(leaves_of(seal)).hex() != seal.root or head.hex() != seal.head:
            raise Fault("SEAL_EDITED", seal=seal.number, row=seal.ids[0])
        if before is not None and seal.sealed_at < before.sealed_at - STEADY:
            raise Fault("BACKDATED", seal=seal.number, row=seal.ids[0])
        seen.seals, seen.events, seen.last = seen.seals + 1, seen.events + seal.events, seal


def leaves_of(seal: AuditSeal) -> list[bytes]:
    whole = bytes(seal.leaves)
    return [whole[at : at + SIZE] for at in range(0, len(whole), SIZE)]


def _check_rows(seal: AuditSeal) -> None:
    leaves = leaves_of(seal)
    if len(leaves) != seal.events or not leaves:
        raise Fault("SEAL_EDITED", seal=seal.number, row=seal.ids[0] if seal.ids else None)
    rows = rows_of(seal.ids)
    for id, leaf in zip(seal.ids, leaves, strict=True):
        values = rows.get(id)
        if values is None:
            raise Fault("MISSING", seal=seal.number, row=id)
        if leaf_of(values) != leaf:
            raise Fault("REORDERED" if _is_another(values, seal) else "EDITED", seal=seal.number, row=id)


def _is_another(values: list[str | None], seal: AuditSeal) -> bool:
    """Whether the row says what was sealed under another number."""
    return any(
        leaf_of([str(id), *values[1:]]) == leaf for id, leaf in zip(seal.ids, leaves_of(seal), strict=True)
    )


def _check_strays(seen: Seen) -> None:
    if seen.last is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(STRAY, [seen.last.after_id, str(seen.last.upto_xid), seen.last.upto_id])
        row = cursor.fetchone()
    if row is not None:
        raise Fault("ADDED", row=row[0])


def _check_anchors(seen: Seen, file: Path) -> None:
    try:
        anchors = read_anchors(file)
    except DamagedAnchor as damaged:
        raise Fault("ANCHOR_DAMAGED", seal=damaged.line) from damaged
    heads = dict(AuditSeal.objects.order_by("number").values_list("number", "head"))
    for anchor in anchors:
        if anchor.number not in heads:
            newest = max(each.number for each in anchors)
            raise Fault("CUT_OFF", seal=newest, row=seen.last.upto_id if seen.last else 0)
        if heads[anchor.number] != anchor.head:
            raise Fault("REWRITTEN", seal=anchor.number, row=anchor.upto_id)
        seen.anchors += 1


UNSEALED = """
select count(*) from records_auditevent
where id > %s and (written_in, id) > (%s::text::xid8, %s)
"""


def count_unsealed() -> int:
    """How many rows are too new to be sealed."""
    last = AuditSeal.objects.defer("ids", "leaves").order_by("-number").first()
    place = (last.after_id, str(last.upto_xid), last.upto_id) if last else (0, "0", 0)
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED, place)
        ((count,),) = cursor.fetchall()
    return int(count)


@dataclass(frozen=True)
class Proof:
    """That one row stands in a seal: its hash, the way to the root, and the head the root went into."""

    seal: AuditSeal
    content: list[str | None]
    leaf: str
    path: list[Sibling]
    holds: bool


def proof_of(event_id: int) -> Proof | None:
    """The proof for one row, or nothing while it is not sealed."""
    seal = AuditSeal.objects.filter(ids__contains=[event_id]).order_by("number").first()
    if seal is None:
        return None
    place, leaves = seal.ids.index(event_id), leaves_of(seal)
    content = rows_of([event_id]).get(event_id, [])
    leaf = leaf_of(content)
    return Proof(seal, content, leaf.hex(), path_of(leaves, place), leaf == leaves[place])
