"""What the tests of records share."""

import pytest

from moothall.records.rules import sealing


@pytest.fixture(autouse=True)
def _transactions_of_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests beside this one keep transactions open on the same server, in databases of their own."""
    whole_server = "pg_snapshot_xmin(pg_current_snapshot())"
    this_one = (
        "(select coalesce(min(held.transactionid::text::bigint),"
        " pg_snapshot_xmax(pg_current_snapshot())::text::bigint)::text::xid8"
        " from pg_locks held join pg_stat_activity who on who.pid = held.pid"
        " where held.locktype = 'transactionid' and held.mode = 'ExclusiveLock' and held.granted"
        " and who.datname = current_database())"
    )
    for name in ("DUE", "MOVED"):
        monkeypatch.setattr(sealing, name, getattr(sealing, name).replace(whole_server, this_one))
