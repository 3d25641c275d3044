"""`moothall clock` as a person types it."""

import json
import subprocess
import sys

import pytest

from clocks import load_rules
from clocks.command import run

FREEDOM = ["FOI-20", "--received", "2026-05-20"]
HELD = [*FREEDOM, "--event", "paused=2026-05-25", "--event", "resumed=2026-05-28"]
Screen = pytest.CaptureFixture[str]


def test_it_answers_in_a_sentence(capsys: Screen) -> None:
    assert run(FREEDOM) == 0
    assert capsys.readouterr().out.startswith(
        "Due Friday 19 June 2026: 20 working days after Wednesday 20 May"
    )


def test_it_answers_in_welsh(capsys: Screen) -> None:
    assert run([*FREEDOM, "--lang", "cy"]) == 0
    assert capsys.readouterr().out.startswith("Dyddiad cau: dydd Gwener 19 Mehefin 2026")


def test_it_answers_in_json_with_the_trace(capsys: Screen) -> None:
    assert run([*HELD, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)

    assert (answer["rule"], answer["due"], answer["state"]) == ("FOI-20", "2026-06-24", "running")
    assert (answer["days_total"], answer["days_paused"], answer["extended"]) == (20, 3, 0)
    assert answer["explanation"].startswith("Due Wednesday 24 June 2026")
    assert answer["trace"][-1] == {"day": "2026-06-24", "counted": True, "number": 20, "why": "counts"}
    assert answer["due_at"] == "2026-06-24T22:59:59.999999+00:00"


def test_json_speaks_welsh_when_asked(capsys: Screen) -> None:
    assert run([*FREEDOM, "--json", "--lang", "cy"]) == 0
    answer = json.loads(capsys.readouterr().out)

    assert answer["name"] == "Cais rhyddid gwybodaeth"
    assert answer["trace"][-1]["why"] == "yn cyfrif"


def test_it_shows_every_day_when_asked(capsys: Screen) -> None:
    assert run([*HELD, "--trace"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert lines[-1].split() == ["Wednesday", "24", "June", "2026", "20", "counts"]
    assert any(line.endswith("World Cup bank holiday") for line in lines)
    assert run([*HELD, "--trace", "--lang", "cy"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("yn cyfrif")


def test_it_warns_when_a_rule_is_unconfirmed(capsys: Screen) -> None:
    assert run(["STAND-8", "--received", "2026-12-18"]) == 0
    assert "Not yet confirmed: " in capsys.readouterr().out


def test_the_name_of_a_rule_may_be_typed_in_small_letters(capsys: Screen) -> None:
    assert run(["foi-20", "--received", "2026-05-20", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rule"] == "FOI-20"


def test_times_are_london_time_unless_they_carry_a_zone(capsys: Screen) -> None:
    assert run(["BREACH-72", "--received", "2027-03-26T17:00", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2027-03-29T18:00:00+01:00"
    assert run(["BREACH-72", "--received", "2027-03-26T18:00+01:00", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2027-03-29T18:00:00+01:00"


def test_a_reason_and_an_amount_may_be_given(capsys: Screen) -> None:
    asked = ["--event", "paused:clarification=2026-05-22", "--event", "resumed=2026-06-05"]
    assert run([*FREEDOM, *asked, "--event", "extended:5=2026-06-08", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)

    assert (answer["due"], answer["extended"]) == ("2026-07-14", 5)


def test_an_event_may_stand_alone_when_it_starts_the_rule(capsys: Screen) -> None:
    assert run(["RIDDOR-15", "--event", "accident=2026-11-22", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-12-07"


def test_another_nations_calendar_may_be_asked_for(capsys: Screen) -> None:
    assert run([*FREEDOM, "--calendar", "EW", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-06-18"


def test_it_lists_every_rule_and_marks_the_unconfirmed(capsys: Screen) -> None:
    assert run(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert {line.split()[0] for line in lines} == set(load_rules())
    assert any(line.startswith("STAND-8") and line.endswith("(unconfirmed)") for line in lines)
    assert run(["--list", "--lang", "cy"]) == 0
    assert "Cais rhyddid gwybodaeth" in capsys.readouterr().out


def test_it_lists_every_rule_in_json(capsys: Screen) -> None:
    assert run(["--list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)

    assert len(rows) == sum(len(versions) for versions in load_rules().values())
    assert {"id", "length", "unit", "calendar", "source_url", "confidence"} <= set(rows[0])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["FOI-21", "--received", "2026-05-20"], "There is no clock rule 'FOI-21'; did you mean FOI-20"),
        (["FOI-20", "--received", "2026-02-30"], "'2026-02-30' is not a date that exists"),
        (["FOI-20", "--received", "tomorrow"], "'tomorrow' is not a date that exists"),
        (["FOI-20", "--received", "1999-05-20"], "FOI-20 was not in force on Thursday 20 May 1999"),
        (["FOI-20", "--received", "0202-05-20"], "The year 202 of 'received' must be a slip"),
        (["FOI-20"], "Say when it was received"),
        ([], "Name a rule"),
        ([*FREEDOM, "--event", "resumed=2026-05-28"], "The clock resumed on Thursday 28 May 2026 without"),
        ([*FREEDOM, "--event", "pasued=2026-05-28"], "There is no event 'pasued'; did you mean paused"),
        ([*FREEDOM, "--event", "paused"], "'paused' is not an event"),
        ([*FREEDOM, "--event", "paused=2026-13-01"], "'2026-13-01' is not a date that exists"),
        ([*FREEDOM, "--event", "extended:lots=2026-06-01"], "'lots' is not by how much"),
        (
            [*FREEDOM, "--event", "extended:21=2026-06-01"],
            "FOI-20 can be extended by at most 20 working days",
        ),
        ([*FREEDOM, "--calendar", "NONE"], "FOI-20: working time needs a calendar"),
        ([*FREEDOM, "--calendar", "FR"], "Argument --calendar: invalid choice: 'FR'"),
        (["BREACH-72", "--received", "2026-05-20"], "BREACH-72 counts hours: give the time of day"),
        (["BREACH-72", "--received", "2027-03-28T01:30"], "2027-03-28T01:30 never came"),
        (["BREACH-72", "--received", "2026-10-25T01:30"], "2026-10-25T01:30 came twice"),
        (["--wrong"], "Unrecognized arguments: --wrong"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence_and_exit_code_two(
    words: list[str], sentence: str, capsys: Screen
) -> None:
    assert run(words) == 2
    screen = capsys.readouterr()

    assert screen.out == ""
    assert screen.err.startswith(sentence)
    assert screen.err.count("\n") == 1


def test_it_starts_without_django_or_the_holidays_package() -> None:
    program = (
        "import sys; from clocks.command import run; "
        f"code = run({FREEDOM!r}); "
        "print(sorted({'django', 'holidays', 'psycopg'} & set(sys.modules))); sys.exit(code)"
    )
    answered = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert answered.stdout.splitlines()[-1] == "[]"
