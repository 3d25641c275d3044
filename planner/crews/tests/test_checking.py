"""The judge catches what is wrong, whoever made the plan."""

from typing import Any

import pytest

from planner.crews.checking import check
from planner.crews.planning import plan_crews
from planner.crews.reading import problem_of
from planner.crews.writing import written

from .make import person, said, small, task

Said = dict[str, Any]


def plan(*given: tuple[str, str], role: str = "driver", unmanned: tuple[str, ...] = ()) -> Said:
    return {
        "given": [{"task": one, "role": role, "seat": 0, "person": who} for one, who in given],
        "unmanned": [
            {"task": one, "role": role, "seat": 0, "reason": "There is no driver."} for one in unmanned
        ],
    }


ALED = person("Aled")
ONE, TWO = [task("1")], [task("1"), task("2", 1)]
OLD = {"kind": "licence D1", "from_on": "2020-01-01", "until_on": "2026-11-22"}
PLANTED = {
    "no such task": (said([ALED], ONE), plan(("1", "Aled"), ("9", "Aled")), "has no place"),
    "no such person": (said([ALED], ONE), plan(("1", "Bao")), "not of the case"),
    "given twice": (said([ALED], ONE), plan(("1", "Aled"), ("1", "Aled")), "given twice"),
    "forgotten": (said([ALED], TWO), plan(("1", "Aled")), "neither a person nor a reason"),
    "both": (said([ALED], ONE), plan(("1", "Aled"), unmanned=("1",)), "or both"),
    "wrong role": (said([person("Aled", "escort")], ONE), plan(("1", "Aled")), "is no driver"),
    "wrong depot": (said([person("Aled", depot="south")], ONE), plan(("1", "Aled")), "of south has 1"),
    "away": (said([person("Aled", away=[0])], ONE), plan(("1", "Aled")), "is away on 2026-11-23"),
    "kept apart": (
        said([person("Aled", apart=["p1"])], [task("1", passengers=["p1"])]), plan(("1", "Aled")),
        "never given p1",
    ),
    "no licence": (
        said([ALED], [task("1", needs={"driver": ["licence D1"]})]), plan(("1", "Aled")),
        "no valid licence D1",
    ),
    "licence run out": (
        said([person("Aled", credentials=[OLD])], [task("1", vehicle="van")],
             vehicle_needs={"van": {"driver": ["licence D1"]}}), plan(("1", "Aled")), "no valid licence D1",
    ),
    "passenger's need": (
        said([ALED], [task("1", passengers=["p1"])], passenger_needs={"p1": {"driver": ["rescue"]}}),
        plan(("1", "Aled")), "no valid rescue",
    ),
    "two places": (
        said([ALED], [task("1"), task("2", 0, 470, 550)]), plan(("1", "Aled"), ("2", "Aled")), "two places",
    ),
    "ways forgotten": (
        said([person("Aled", depot="south")], [task("1"), task("2", 0, 530, 600)],
             ways=[["south", "north", 20]]),
        plan(("1", "Aled"), ("2", "Aled")), "two places",
    ),
    "contract": (
        said([person("Aled", most=100)], TWO), plan(("1", "Aled"), ("2", "Aled")), "than was agreed",
    ),
    "the week": (
        said([ALED], [task(str(day), day, 360, 960, driving=90) for day in range(7)]),
        plan(*((str(day), "Aled") for day in range(7))), "Transport Act 1968",
    ),
    "driving": (
        said([ALED], [task(str(n), 0, 300 + 220 * n, 500 + 220 * n, driving=160) for n in range(4)]),
        plan(*((str(n), "Aled") for n in range(4))), "640 minutes of driving",
    ),
    "unbroken": (
        said([ALED], [task("1", 0, 360, 560), task("2", 0, 580, 740)]),
        plan(("1", "Aled"), ("2", "Aled")), "360 minutes of driving without a break",
    ),
    "too long a day": (
        said([ALED], [task("1", 0, 300, 360), task("2", 0, 1250, 1300)]),
        plan(("1", "Aled"), ("2", "Aled")), "a day of 1000 minutes",
    ),
    "too short a night": (
        said([ALED], [task("1", 0, 1300, 1400), task("2", 1, 360, 420)]),
        plan(("1", "Aled"), ("2", "Aled")), "rests 400 minutes",
    ),
    "the night before": (
        said([person("Aled", ended=-60)], ONE), plan(("1", "Aled")), "rests 480 minutes",
    ),
    "short nights": (
        said([ALED], [one for day in range(5) for one in (
            task(f"e{day}", day, 360, 420), task(f"l{day}", day, 1200, 1260))]),
        plan(*((f"{half}{day}", "Aled") for day in range(5) for half in "el")), "4 short rests",
    ),
    "no long rest": (
        said([person("Aled", rested=False)], [task(str(day), day) for day in range(7)]),
        plan(*((str(day), "Aled") for day in range(7))), "no rest of 1440 minutes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_breach_is_caught(planted: str) -> None:
    case, broken, told = PLANTED[planted]
    assert any(told in one for one in check(case, broken).breaches), check(case, broken).breaches


def test_a_post_left_over_without_a_reason_is_caught() -> None:
    silent = plan(unmanned=("1",))
    silent["unmanned"][0]["reason"] = ""
    assert check(said([ALED], ONE), silent).breaches == ("1 has no driver and nobody says why.",)


def test_a_good_plan_passes_and_is_counted_the_same() -> None:
    case = small()
    week = problem_of(case)
    made = plan_crews(week, rounds=8)
    verdict = check(case, written(week, made))
    assert verdict.breaches == ()
    assert (verdict.cost, verdict.manned) == (made.cost, made.figures["manned"])
