"""A thousand malformed messages: each is on a case or set aside with its reason, and kept byte for byte."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from moothall.cases.tests.make import AT
from moothall.enquiries.models import Mailbox, RawMessage
from moothall.enquiries.rules.acknowledging import MOST_A_DAY
from moothall.enquiries.rules.importing import take_in_kept
from moothall.enquiries.rules.intake import Desk, reader
from moothall.enquiries.rules.keeping import bytes_of, keep_messages
from moothall.enquiries.tests.make import make_acknowledgement, make_mailbox
from moothall.letters.models import Letter
from tests.faults.odd_mail import awkward, loops, mutations
from tests.faults.results import fault, seed_for
from tests.faults.sweep import assert_well_here

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
SEED = seed_for(20266)
MANY, BATCH = 1000, 25


def take(box: Mailbox, raws: Sequence[bytes], desk: Desk) -> None:
    """As a fetch does: kept first, understood together."""
    kept = keep_messages([("odd", raw) for raw in raws], mailbox=box, at=AT, answer=True)
    results = take_in_kept(raws, kept, at=AT, desk=desk)
    assert len(results) == len(raws)


def test_whatever_comes_is_kept_and_put_on_a_case_or_set_aside(settings: Any, tmp_path: Path) -> None:
    settings.RAW_HOME, settings.FILES_HOME = tmp_path / "raw", tmp_path / "files"
    rng = Random(SEED)
    make_acknowledgement()
    box = make_mailbox()
    with fault(6, "odd mail", f"{MANY} mutations, awkward shapes, machines that answer", seed=SEED) as row:
        every = [*mutations(MANY, rng), *awkward(rng), *loops(10)]
        distinct = set(every)
        desk = Desk(reader())
        for start in range(0, len(every), BATCH):
            take(box, every[start : start + BATCH], desk)
        row.n = len(every)
        rows = list(RawMessage.objects.filter(mailbox=box))
        row.lost = len(distinct - {bytes_of(each) for each in rows})
        row.doubled = len(rows) - len(distinct)
        states = Counter(each.state for each in rows)
        row.done += f": {states['READ']} read, {states['COPY']} copies, {states['QUARANTINED']} set aside"
        assert set(states) <= {RawMessage.READ, RawMessage.COPY, RawMessage.QUARANTINED}
        assert not [each.reason for each in rows if "fault of ours" in each.reason]
        _judge_answers()
        assert_well_here()


def _judge_answers() -> None:
    """Nobody is answered by rule more than a person would bear, and what looks like a loop once."""
    answered = Counter(letter.to_address.lower() for letter in Letter.objects.filter(automatic=True))
    assert max(answered.values()) <= MOST_A_DAY
    for machine in ("vacation@example.org", "robot@example.org", "list@example.org"):
        assert answered[machine] == 0
    assert answered["liar@example.org"] == 1
