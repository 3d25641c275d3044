"""The judge catches what is wrong, whoever made the plan."""

import pytest

from planner.selection.checking import check

from .make import FIVE, NINE, Said, assessor, candidate, exercise, room, said, sitting

ADA, BILAL, BRON, IDRIS = candidate("Ada"), candidate("Bilal"), assessor("Bron"), assessor("Idris")
TWO_ROOMS = [room("Cwm"), room("Dyffryn")]
TWO_TESTS = [exercise(), exercise("written", 30, rest=20)]
BOTH = assessor("Bron", "interview", "written")
WRITTEN: Said = {"exercise": "written"}


def plan(*sittings: Said, unseated: tuple[str, ...] = ()) -> Said:
    return {
        "sittings": list(sittings),
        "unseated": [{"candidate": who, "exercise": "interview", "reason": "No room."} for who in unseated],
    }


GOOD = plan(sitting(["Ada"]))
PLANTED = {
    "a stranger": (said([ADA], [BRON]), plan(sitting(["Zed"])), "Zed is not of the case"),
    "no such room": (said([ADA], [BRON]), plan(sitting(["Ada"], room="Loft")), "Loft is not of the case"),
    "no such day": (said([ADA], [BRON]), plan(sitting(["Ada"], day=3)), "Day 3 is not"),
    "forgotten": (said([ADA, BILAL], [BRON]), GOOD, "Bilal does not sit each exercise once"),
    "half a day": (
        said([ADA], [BOTH], exercises=TWO_TESTS), plan(sitting(["Ada"])), "Ada does not sit each exercise",
    ),
    "seated and told": (said([ADA], [BRON]), plan(sitting(["Ada"]), unseated=("Ada",)), "sits something"),
    "shut": (said([ADA], [BRON]), plan(sitting(["Ada"], FIVE - 10)), "the house is not open"),
    "held after shutting": (
        said([ADA], [BRON], exercises=[exercise(hold=20)]), plan(sitting(["Ada"], FIVE - 30)),
        "the house is not open",
    ),
    "too many": (said([ADA, BILAL], [BRON]), plan(sitting(["Ada", "Bilal"])), "2 candidates"),
    "wrong kind": (
        said([ADA], [BRON], exercises=[exercise(room="gym")]), GOOD, "Cwm is no gym room",
    ),
    "no seat for a carer": (
        said([candidate("Ada", carer=True)], [BRON], rooms=[room(seats=1)]), GOOD, "2 places in a room of 1",
    ),
    "closed": (said([ADA], [BRON], rooms=[room(closed=[[0, 560, 565]])]), GOOD, "Cwm is closed"),
    "too few assessors": (said([ADA], [BRON], exercises=[exercise(assessors=2)]), GOOD, "1 assessors"),
    "the same assessor twice": (
        said([ADA], [BRON], exercises=[exercise(assessors=2)]),
        plan(sitting(["Ada"], assessors=["Bron", "Bron"])), "1 assessors instead of 2",
    ),
    "not trained": (said([ADA], [assessor("Bron", "written")]), GOOD, "not trained"),
    "training ended": (
        said([ADA], [{"id": "Bron", "trained": {"interview": "2026-11-30"}}]), GOOD, "ended on 2026-11-30",
    ),
    "not at work": (said([ADA], [assessor("Bron", hours=[[0, 600, 700]])]), GOOD, "Bron is not there"),
    "at lunch": (
        said([ADA], [assessor("Bron", hours=[[0, NINE, NINE + 10], [0, NINE + 20, FIVE]])]), GOOD,
        "Bron is not there",
    ),
    "ill": (said([ADA], [assessor("Bron", away=[[0, 0, 1440]])]), GOOD, "Bron is not there"),
    "too short": (said([candidate("Ada", longer=25)], [BRON]), GOOD, "30 minutes are too short"),
    "upstairs": (said([candidate("Ada", step_free=True)], [BRON]), GOOD, "not step-free"),
    "away": (said([candidate("Ada", away=[[0, 560, 565]])], [BRON]), GOOD, "is not there"),
    "conflict": (said([ADA], [assessor("Bron", conflicts=["Ada"])]), GOOD, "conflict of interest"),
    "language": (said([candidate("Ada", language="cy")], [BRON]), GOOD, "does not speak cy"),
    "no interpreter": (said([candidate("Ada", interpreter="bsl")], [BRON]), GOOD, "has no interpreter"),
    "interpreter of another language": (
        said([candidate("Ada", interpreter="bsl")], [BRON, IDRIS]),
        plan(sitting(["Ada"], interpreters={"Ada": "Idris"})), "Idris does not interpret bsl",
    ),
    "interpreter assesses": (
        said([candidate("Ada", interpreter="bsl")], [assessor("Bron", interprets=["bsl"])]),
        plan(sitting(["Ada"], interpreters={"Ada": "Bron"})), "Bron is taken twice",
    ),
    "two places": (
        said([ADA], [BOTH, assessor("Idris", "written")], exercises=TWO_TESTS, rooms=TWO_ROOMS),
        plan(sitting(["Ada"]), sitting(["Ada"], room="Dyffryn", assessors=["Idris"], **WRITTEN)),
        "Ada is in two places",
    ),
    "no rest": (
        said([ADA], [BOTH], exercises=TWO_TESTS),
        plan(sitting(["Ada"], NINE + 40), sitting(["Ada"], **WRITTEN)), "less than 20 minutes",
    ),
    "wrong order": (
        said([ADA], [BOTH], exercises=[exercise(after=["written"]), exercise("written", 30)]),
        plan(sitting(["Ada"]), sitting(["Ada"], NINE + 60, **WRITTEN)), "sits interview before written",
    ),
    "two days": (
        said([ADA], [BOTH], exercises=TWO_TESTS,
             days=[{"on": f"2026-12-0{n}", "opens": NINE, "closes": FIVE} for n in (1, 2)]),
        plan(sitting(["Ada"]), sitting(["Ada"], day=1, **WRITTEN)), "more than one day",
    ),
    "a room twice": (
        said([ADA, BILAL], [BRON, IDRIS]),
        plan(sitting(["Ada"]), sitting(["Bilal"], NINE + 20, assessors=["Idris"])), "Cwm is taken twice",
    ),
    "an assessor twice": (
        said([ADA, BILAL], [BRON], rooms=TWO_ROOMS),
        plan(sitting(["Ada"]), sitting(["Bilal"], room="Dyffryn")), "Bron is taken twice",
    ),
    "notes forgotten": (
        said([ADA, BILAL], [BRON, IDRIS], exercises=[exercise(hold=10)]),
        plan(sitting(["Ada"]), sitting(["Bilal"], NINE + 30, assessors=["Idris"])), "Cwm is taken twice",
    ),
    "more than agreed": (said([ADA], [assessor("Bron", most=20)]), GOOD, "more than was agreed"),
    "not to be sat": (
        said([candidate("Ada", exercises=["written"])], [BOTH], exercises=TWO_TESTS), GOOD, "not to sit it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_breach_is_caught(planted: str) -> None:
    case, broken, told = PLANTED[planted]
    assert any(told in one for one in check(case, broken).breaches), check(case, broken).breaches


def test_somebody_left_out_without_a_reason_is_caught() -> None:
    silent = plan(unseated=("Ada",))
    silent["unseated"][0]["reason"] = ""
    assert check(said([ADA], [BRON]), silent).breaches == ("Ada has no day and nobody says why.",)


def test_a_good_plan_passes() -> None:
    verdict = check(said([ADA], [BRON]), GOOD)
    assert (verdict.breaches, verdict.seated, verdict.candidates) == ((), 1, 1)
