"""The audit is sealed: rows of transactions that ended are hashed by the batch, each on the one before."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from moothall.records.models import AuditSeal

from .hashing import FIRST, canonical, head_hash, leaf_hash, root_of

MOST = 10_000  # rows in one seal
TURN = 0x5EA1  # the advisory lock of whoever seals

# What is hashed of a row: every value as text, times in UTC.
AS_SEALED = """
event.id, array[event.id::text, to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
event.actor_id::text, event.actor_name, event.verb, event.about_kind, event.about_id::text,
event.detail::text]
"""
# Transactions of all databases of a server are numbered together. Of those that ran when this statement
# began, one is somebody else's if it holds a lock on a table of another database: it is known by its virtual
# number, which is given once, and no connection locks a table of a database that is not its own. All others
# count as ours, also those that have ended meanwhile (`gone`), of which nothing can be told any more.
HORIZON = """
with running as (
  select xid.xid from pg_snapshot_xip(pg_current_snapshot()) as xid(xid)
  union select own.xid from pg_current_xact_id_if_assigned() as own(xid) where own.xid is not null
), locks as materialized (
  select locktype, mode, transactionid::text as xid, virtualtransaction, database from pg_locks where granted
), holding as (
  select running.xid, held.virtualtransaction from running
  left join locks held on held.locktype = 'transactionid' and held.mode = 'ExclusiveLock'
   and held.xid = (running.xid::text::numeric % 4294967296)::text
), ours as (
  select holding.xid, holding.virtualtransaction is null as gone from holding
  where not exists (
    select from locks other where other.virtualtransaction = holding.virtualtransaction
      and other.locktype = 'relation'
      and other.database not in (0, (select oid from pg_database where datname = current_database()))
  )
)
select coalesce(min(xid::text::numeric), pg_snapshot_xmax(pg_current_snapshot())::text::numeric)::bigint,
       coalesce(bool_or(gone), false)
from ours
"""
TRIES = 10
# Of our transactions numbered below the horizon none is running: no row of theirs can still come.
DUE = f"""
select {AS_SEALED}, event.written_in::text::bigint
from records_auditevent event
where event.written_in < %s::text::xid8
  and (event.written_in, event.id) > (%s::text::xid8, %s) and event.id > %s
order by event.written_in, event.id
limit %s
"""  # noqa: S608
MOVED = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint <= %s"
BY_ID = f"select {AS_SEALED} from records_auditevent event where event.id = any(%s)"  # noqa: S608

Row = tuple[int, list[str | None]]


def seal_audit(*, at: dt.datetime, most: int = MOST) -> list[AuditSeal]:
    """Seal all that is due, in batches; each is committed before the next."""
    made = []
    while seal := seal_next(at=at, most=most):
        made.append(seal)
        if seal.events < most:
            break
    return made


@transaction.atomic
def seal_next(*, at: dt.datetime, most: int = MOST) -> AuditSeal | None:
    """Seal one batch, if any row is due; one process at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TURN])
        last = AuditSeal.objects.order_by("-number").first()
        since = _since(last)
        cursor.execute(DUE, [str(horizon()), str(since[0]), since[1], since[2], most])
        rows = cursor.fetchall()
    if not rows:
        return None
    leaves = [leaf_of(values) for _id, values, _xid in rows]
    seal = AuditSeal(
        number=(last.number if last else 0) + 1, sealed_at=at, upto_xid=rows[-1][2], upto_id=rows[-1][0],
        after_id=since[2], ids=[row[0] for row in rows], leaves=b"".join(leaves), root=root_of(leaves).hex(),
    )  # fmt: skip
    seal.head = head_of(seal, before=bytes.fromhex(last.head) if last else FIRST).hex()
    seal.save(force_insert=True)
    return seal


def horizon() -> int:
    """Every transaction of this database below this number has ended, and what it wrote can be seen.

    Each answer holds for whatever is asked after it. One that ended while it was being worked out counts as
    running, so it is asked again.
    """
    found = 0
    with connection.cursor() as cursor:
        for _try in range(TRIES):
            cursor.execute(HORIZON)
            ((highest, gone),) = cursor.fetchall()
            found = max(found, int(highest))
            if not gone:
                break
    return found


def _since(last: AuditSeal | None) -> tuple[int, int, int]:
    """After which transaction and row it goes on. On a server that is younger than the last seal, since the
    database was copied there, transactions are numbered anew: what came over counts as sealed."""
    if last is None:
        return 0, 0, 0
    with connection.cursor() as cursor:
        cursor.execute(MOVED, [last.upto_xid])
        ((moved,),) = cursor.fetchall()
        if not moved:
            return last.upto_xid, last.upto_id, last.after_id
        cursor.execute("select max(each) from records_auditseal, unnest(ids) as each")
        ((highest,),) = cursor.fetchall()
    return 0, 0, int(highest)


def leaf_of(values: Sequence[str | None]) -> bytes:
    return leaf_hash(canonical(values))


def head_of(seal: AuditSeal, *, before: bytes) -> bytes:
    """The hash that stands for this seal and all before it."""
    when = seal.sealed_at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    place: list[str | int | None] = [
        seal.number, when, seal.upto_xid, seal.upto_id, seal.after_id, seal.events, seal.root,
    ]  # fmt: skip
    return head_hash(before, canonical(place))


def rows_of(ids: Iterable[int]) -> dict[int, list[str | None]]:
    """Rows of the audit as they are hashed."""
    with connection.cursor() as cursor:
        cursor.execute(BY_ID, [list(ids)])
        return dict(cursor.fetchall())
