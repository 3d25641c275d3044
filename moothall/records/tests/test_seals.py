"""The audit is sealed by the batch and anchored; whoever alters it as the owner of the tables is found."""

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from moothall.core import commands
from moothall.records.models import AuditCheck, AuditEvent, AuditSeal
from moothall.records.rules.anchoring import anchor_restored, anchor_seals, anchors_file, read_anchors
from moothall.records.rules.audit import append_audit
from moothall.records.rules.hashing import leaf_hash, path_of, root_by_path, root_of
from moothall.records.rules.sealing import seal_audit
from moothall.records.rules.verifying import check_audit, proof_of

from .make import AT

Owner = Callable[..., None]
LATER = AT + dt.timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _anchors_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ANCHORS_HOME", tmp_path / "anchors")


@pytest.fixture(autouse=True)
def _undisturbed(test_server: Any, transactional_db: None) -> Iterator[None]:
    with test_server.undisturbed():
        yield


@pytest.fixture
def as_owner(test_server: Any, transactional_db: None) -> Iterator[Owner]:
    """What somebody with the owner's password could do, the triggers put aside."""
    tables = ("records_auditevent", "records_auditseal")
    with psycopg.connect(test_server.owner.on(connection.settings_dict["NAME"]).conninfo) as owner:

        def do(*statements: str) -> None:
            ways = [f"alter table {table} disable trigger user" for table in tables]
            for statement in (*ways, *statements, *(way.replace("disable", "enable") for way in ways)):
                owner.execute(statement.encode())
                owner.commit()

        yield do


def write(count: int) -> list[int]:
    return [append_audit(f"cases.note_{n}", by=None, at=AT, detail={"n": n}).pk for n in range(count)]


def sealed(*counts: int) -> list[int]:
    """Rows sealed in as many batches, and anchored; the answer is their ids."""
    ids: list[int] = []
    for minute, count in enumerate(counts):
        ids += write(count)
        seal_audit(at=AT + dt.timedelta(minutes=minute))
    anchor_seals()
    return ids


def found() -> tuple[str, int | None, int | None]:
    check = check_audit(at=LATER)
    assert check.words()
    return check.fault, check.seal, check.row


def test_any_leaf_leads_to_the_root_by_its_path() -> None:
    for many in range(1, 34):
        leaves = [leaf_hash(bytes([n])) for n in range(many)]
        root = root_of(leaves)
        for place, leaf in enumerate(leaves):
            assert root_by_path(leaf, path_of(leaves, place)) == root
        assert root != root_of([*leaves, leaf_hash(b"more")])


def test_the_tree_is_that_of_rfc_6962() -> None:
    # The empty leaf and the eight leaves of the test vectors of Certificate Transparency.
    given = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    leaves = [leaf_hash(bytes.fromhex(each)) for each in given]
    assert leaves[0].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root_of(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert root_of(leaves[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"


@pytest.mark.django_db(transaction=True)
def test_what_is_finished_is_sealed_once_in_batches_that_hang_together() -> None:
    ids = write(7)
    made = seal_audit(at=AT, most=3)
    assert [seal.ids for seal in made] == [ids[:3], ids[3:6], ids[6:]]
    assert seal_audit(at=LATER) == []
    more = write(1)
    assert [seal.ids for seal in seal_audit(at=LATER)] == [more]
    assert [anchor.number for anchor in anchor_seals()] == [1, 2, 3, 4]
    assert anchor_seals() == []
    check = check_audit(at=LATER)
    assert (check.fault, check.seals, check.events, check.anchors, check.unsealed) == ("", 4, 8, 4, 0)


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_waited_for_and_so_is_what_came_after_it() -> None:
    written, may_end = threading.Event(), threading.Event()
    late: list[int] = []

    def work_slowly() -> None:
        try:
            with transaction.atomic():
                late.extend(write(1))
                written.set()
                assert may_end.wait(60)
        finally:
            written.set()
            connection.close()

    slow = threading.Thread(target=work_slowly)
    slow.start()
    assert written.wait(60)
    after = write(2)
    seal_audit(at=AT)
    assert not AuditSeal.objects.filter(ids__overlap=[*late, *after]).exists()
    may_end.set()
    slow.join(60)
    seal_audit(at=LATER)
    assert [id for seal in AuditSeal.objects.order_by("number") for id in seal.ids] == [*late, *after]
    assert found() == ("", None, None)


def test_an_edited_row_is_named(as_owner: Owner) -> None:
    ids = sealed(3, 3)
    as_owner(f"update records_auditevent set detail = '{{\"n\": 9}}' where id = {ids[4]}")
    assert found() == ("EDITED", 2, ids[4])


def test_a_removed_row_is_named(as_owner: Owner) -> None:
    ids = sealed(3, 3)
    as_owner(f"delete from records_auditevent where id = {ids[1]}")
    assert found() == ("MISSING", 1, ids[1])


def test_rows_that_changed_places_are_named(as_owner: Owner) -> None:
    ids = sealed(4)
    a, b = ids[1], ids[2]
    as_owner(
        f"update records_auditevent set id = -1 where id = {a}",
        f"update records_auditevent set id = {a} where id = {b}",
        f"update records_auditevent set id = {b} where id = -1",
    )
    assert found() == ("REORDERED", 1, a)


def test_a_row_put_in_afterwards_is_named(as_owner: Owner) -> None:
    ids = sealed(3)
    as_owner(
        "insert into records_auditevent (id, at, actor_name, verb, about_kind, detail, written_in) "
        "select 9999, at, actor_name, verb, about_kind, detail, written_in "
        f"from records_auditevent where id = {ids[0]}"
    )
    assert found() == ("ADDED", None, 9999)


def test_a_tail_that_was_cut_off_with_its_seals_is_found_by_the_anchor(as_owner: Owner) -> None:
    ids = sealed(2, 2, 2)
    as_owner(
        f"delete from records_auditevent where id > {ids[3]}",
        "delete from records_auditseal where number > 2",
    )
    assert found() == ("CUT_OFF", 3, ids[3])


def test_an_older_backup_put_back_is_found_and_one_put_back_on_purpose_is_not(as_owner: Owner) -> None:
    ids = sealed(2, 2)
    as_owner(
        f"delete from records_auditevent where id > {ids[1]}",
        "delete from records_auditseal where number > 1",
    )
    write(1)
    assert found() == ("CUT_OFF", 2, ids[1])
    last = AuditSeal.objects.get()
    anchor_restored(last.number, last.head, at=LATER)
    seal_audit(at=LATER)
    anchor_seals()
    assert found() == ("", None, None)


def test_an_audit_written_anew_with_seals_that_fit_is_found_by_the_anchor(as_owner: Owner) -> None:
    ids = sealed(2, 2)
    as_owner(
        f"update records_auditevent set verb = 'nothing' where id = {ids[2]}",
        "delete from records_auditseal where number > 1",
    )
    seal_audit(at=AT)
    assert found() == ("REWRITTEN", 2, ids[3])


def test_a_seal_that_was_changed_or_removed_is_named(as_owner: Owner) -> None:
    ids = sealed(2, 2, 2)
    as_owner("update records_auditseal set sealed_at = sealed_at - interval '1 day' where number = 2")
    assert found() == ("SEAL_EDITED", 2, ids[2])
    as_owner("delete from records_auditseal where number = 2")
    assert found() == ("SEAL_MISSING", 2, ids[1])


@pytest.mark.django_db(transaction=True)
def test_a_clock_set_back_is_seen() -> None:
    write(1)
    seal_audit(at=AT)
    (row,) = write(1)
    seal_audit(at=AT - dt.timedelta(days=1))
    assert found() == ("BACKDATED", 2, row)


@pytest.mark.django_db(transaction=True)
def test_a_damaged_anchor_is_named() -> None:
    sealed(1)
    with anchors_file().open("a") as out:
        out.write("not an anchor\n")
    assert found()[:2] == ("ANCHOR_DAMAGED", 2)


@pytest.mark.django_db(transaction=True)
def test_on_a_younger_server_sealing_goes_on_behind_what_came_over(as_owner: Owner) -> None:
    ids = sealed(2)
    # As after a dump was loaded elsewhere: transactions there have lower numbers than those of the seals.
    before = AuditSeal.objects.get()
    last = AuditSeal(
        number=2, sealed_at=AT, upto_xid=2**40, upto_id=ids[-1], ids=before.ids[:1],
        leaves=before.leaves[:32], root=before.root, head="0" * 64,
    )  # fmt: skip
    last.save(force_insert=True)
    more = write(2)
    (seal,) = seal_audit(at=LATER)
    assert (seal.ids, seal.after_id) == (more, ids[-1])


@pytest.mark.django_db(transaction=True)
def test_each_anchor_is_handed_to_the_command_of_the_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "elsewhere"
    monkeypatch.setattr(settings, "ANCHOR_COMMAND", f"tee -a {copy}")
    sealed(1, 1)
    assert [each.number for each in read_anchors(copy)] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_the_command_says_whether_it_is_whole(as_owner: Owner, capsys: pytest.CaptureFixture[str]) -> None:
    import argparse

    ids = sealed(2)
    command = commands.find("verify")
    assert command is not None
    asked = argparse.Namespace(anchors=None, json=True)
    assert command.run(asked) == 0
    as_owner(f"delete from records_auditevent where id = {ids[0]}")
    assert command.run(asked) == 1
    whole, fault = capsys.readouterr().out.splitlines()
    assert json.loads(whole)["fault"] is None
    assert json.loads(fault) | {"events": 0} == {
        "fault": "MISSING", "seal": 1, "row": ids[0], "seals": 0, "events": 0, "anchors": 0, "unsealed": 0,
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_one_row_is_proved_by_the_way_to_its_root() -> None:
    ids = sealed(5)
    proof = proof_of(ids[3])
    assert proof is not None
    assert proof.holds
    assert root_by_path(bytes.fromhex(proof.leaf), proof.path).hex() == proof.seal.root
    assert proof_of(write(1)[0]) is None


@pytest.mark.django_db(transaction=True)
def test_checks_and_seals_are_only_added_to() -> None:
    sealed(1)
    for statement in ("delete from records_auditseal", "update records_auditcheck set fault = ''"):
        with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AuditCheck.objects.count() == 0
    assert AuditEvent.objects.count() == 1


def test_work_in_another_database_of_the_server_keeps_nothing_from_being_sealed(
    as_owner: Owner, test_server: Any
) -> None:
    with psycopg.connect(test_server.owner.on("postgres").conninfo) as elsewhere:
        elsewhere.execute("create temporary table work (n integer)")
        elsewhere.execute("select pg_current_xact_id()")
        ids = write(3)
        made = seal_audit(at=AT)
        assert [seal.ids for seal in made] == [ids]


@pytest.mark.parametrize("wrote", [True, False], ids=["wrote", "took a number alone"])
def test_work_in_this_database_is_waited_for(as_owner: Owner, test_server: Any, wrote: bool) -> None:
    mine = test_server.web.on(connection.settings_dict["NAME"]).conninfo
    with psycopg.connect(mine) as beside:
        if wrote:
            beside.execute(WRITTEN)
        else:
            beside.execute("select pg_current_xact_id()")
        ids = write(3)
        assert seal_audit(at=AT) == []
        beside.execute(WRITTEN)
        beside.commit()
    sealed_now = seal_audit(at=AT)
    assert [len(seal.ids) for seal in sealed_now] == [5 if wrote else 4]
    assert set(ids) < set(sealed_now[0].ids)
    assert found()[0] == ""


WRITTEN = """
insert into records_auditevent (at, actor_name, verb, about_kind, detail)
values (now(), 'Somebody', 'cases.note', '', '{}')
"""


def test_a_seal_made_before_older_work_elsewhere_ends_is_not_taken_for_a_copied_database(
    as_owner: Owner, test_server: Any
) -> None:
    with psycopg.connect(test_server.owner.on("postgres").conninfo) as elsewhere:
        elsewhere.execute("create temporary table work (n integer)")
        elsewhere.execute("select pg_current_xact_id()")
        sealed(2)
        ids = write(2)
        (seal,) = seal_audit(at=LATER)
        assert (seal.ids, seal.after_id) == (ids, 0)
    assert found()[0] == ""


@pytest.mark.django_db
def test_numbers_are_compared_as_they_are_written_in_a_lock() -> None:
    """A lock names the lower half of a number that is longer; a server is old before they differ."""
    with connection.cursor() as cursor:
        cursor.execute("select ((4294967296 * 3 + 17)::text::xid8::text::numeric % 4294967296)::text")
        assert cursor.fetchone() == ("17",)
