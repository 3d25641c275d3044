"""What can be done for many applications at once: each with the questions its own rule asks, put to a block
of applications in a constant number of queries, and with the rule itself and its way back."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from moothall.people.models import Account
from moothall.recruitment.models import Application, BulkAct

from . import bulk_asking, bulk_moving, bulk_writing
from .bulk_moving import Block, Given

Kept = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """`facts` reads what a block needs; `check` raises what `do` would raise, and returns what is kept for
    it; `do` returns what it did, `undo` a sentence on what it could not take back."""

    check: Callable[[Application, Given, Any, dt.datetime], Kept]
    do: Callable[[Application, Given, Given, Account, dt.datetime], Kept]
    undo: Callable[[Application, Given, Account, dt.datetime], str]
    facts: Callable[[Block, Given, dt.datetime], Any] = bulk_moving.nothing
    permission: str = "cases.work"


KINDS: Final[Mapping[str, Kind]] = {
    BulkAct.MOVE: Kind(
        bulk_moving.check_move, bulk_moving.move_on, bulk_moving.move_back, facts=bulk_moving.steps_of
    ),
    BulkAct.HOLD: Kind(bulk_moving.check_hold, bulk_moving.put_away, bulk_moving.take_back_change),
    BulkAct.REJECT: Kind(
        bulk_moving.check_rejecting, bulk_moving.reject, bulk_moving.take_back_change,
        permission="cases.close",
    ),
    BulkAct.WITHDRAW: Kind(
        bulk_asking.check_withdrawing, bulk_asking.withdraw_one, bulk_asking.take_up
    ),
    BulkAct.INVITE: Kind(
        bulk_asking.check_bringing, bulk_asking.bring, bulk_asking.take_out_again,
        facts=bulk_asking.places_of,
    ),
    BulkAct.ASK: Kind(bulk_asking.check_asking, bulk_asking.ask, bulk_moving.take_back_change),
    BulkAct.TAG: Kind(
        bulk_asking.check_tagging, bulk_asking.add_tag, bulk_asking.take_tag_off, facts=bulk_asking.tags_of
    ),
    BulkAct.LETTER: Kind(
        bulk_writing.check_writing, bulk_writing.write_to, bulk_writing.draw_back,
        facts=bulk_writing.ground_of, permission="letters.write",
    ),
}  # fmt: skip
