"""A process of its own that publishes a schedule, or tells of it, and is killed at one step of it.

python -m tests.faults.publishing publish VERSION STEP    killed right after that step, still within
python -m tests.faults.publishing tell VERSION LETTERS    killed after so many letters
python -m tests.faults.publishing accept REPAIR STEP      killed after that step was done a third time
python -m tests.faults.publishing runs PLAN STEP          a plan of runs is published, as above
python -m tests.faults.publishing families PLAN LETTERS   families are told of it, as above
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import django

Act = Callable[..., Any]


def killed_after(act: Act, times: int) -> Act:
    """The act as it is, and SIGKILL after it was done so often."""
    done = count(1)

    def and_then(*given: Any, **named: Any) -> Any:
        answer = act(*given, **named)
        if next(done) >= times:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return and_then


def main(what: str, version: int, where: str) -> None:
    django.setup()
    from moothall.core.clock import now, today
    from moothall.training.models import ScheduleVersion
    from moothall.training.rules import announcing, publishing

    if what in APART:
        APART[what](version, where)
        return
    if what == "publish":
        if where != "the end":
            setattr(publishing, where, killed_after(getattr(publishing, where), 1))
        found = ScheduleVersion.objects.select_related("schedule").get(pk=version)
        publishing.publish(found, by=None, at=now(), today=today())
        return
    step: Act = announcing._tell if where.startswith("news") else announcing.send_notice
    setattr(announcing, step.__name__, killed_after(step, int(where.partition(" ")[2])))
    announcing.tell_of_schedule(version, at=now())


def _accept(number: int, where: str) -> None:
    """All that a repair proposes, by the first account there is."""
    from moothall.core.clock import now, today
    from moothall.people.models import Account
    from moothall.training.models import Repair
    from moothall.training.rules import repairing

    if where != "the end":
        setattr(repairing, where, killed_after(getattr(repairing, where), 3))
    repair = Repair.objects.get(pk=number)
    wanted = list(repair.proposals.values_list("number", flat=True))
    by = Account.objects.order_by("pk")[0]
    repairing.accept_proposals(repair, wanted, by=by, at=now(), today=today())


def _runs(number: int, where: str) -> None:
    from moothall.core.clock import now, today
    from moothall.people.models import Account
    from moothall.transport.models import RunPlan
    from moothall.transport.rules import publishing

    if where != "the end":
        setattr(publishing, where, killed_after(getattr(publishing, where), 1))
    by = Account.objects.order_by("pk")[0]
    publishing.publish_plan(RunPlan.objects.get(pk=number), by=by, at=now(), today=today())


def _families(number: int, where: str) -> None:
    """`letter 2` kills with the second letter queued and nothing of it noted; `family 2` after it was."""
    from moothall.core.clock import now
    from moothall.transport.rules import plan_telling

    what, _space, times = where.partition(" ")
    name = "queue_letter" if what == "letter" else "_tell_family"
    setattr(plan_telling, name, killed_after(getattr(plan_telling, name), int(times)))
    plan_telling.tell_of_plan(number, at=now())


APART: dict[str, Act] = {"accept": _accept, "runs": _runs, "families": _families}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
