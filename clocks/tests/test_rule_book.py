"""The rule book as data: complete, sourced, dated, and refusing what makes no sense."""

import datetime as dt
from pathlib import Path

import pytest

from clocks import ClockRule, Extension, Pause, UnknownRule, WrongRule, load_rules, rule
from clocks.rule_book import FOLDER, read_rules

from .make import day

EVERY = [version for versions in load_rules().values() for version in versions]
NAMES = [f"{one.id} from {one.valid_from}" for one in EVERY]
# The rows of the table of statutory and customary clocks, each by the rules that carry it.
TABLE = {
    "freedom of information": ["FOI-20", "FOI-IR"],
    "environmental information": ["EIR-20", "EIR-REP", "EIR-IR"],
    "subject access": ["SAR-1M", "SAR-LE"],
    "data protection complaints and breaches": ["DPC-30", "BREACH-72", "BREACH-72-PECR"],
    "accidents": ["RIDDOR-NOW", "RIDDOR-15", "RIDDOR-REC", "RIDDOR-OVER-3", "RIDDOR-OVER-7"],
    "council complaints": ["LG-C1-ACK", "LG-C1", "LG-C2-ACK", "LG-C2", "LG-12M"],
    "housing complaints": ["HO-C1-ACK", "HO-C1", "HO-C2-ACK", "HO-C2"],
    "Welsh complaints": ["WA-6M", "WA-ACK", "WA-C1", "WA-C2", "WA-PSOW"],
    "police": ["POL-C28", "POL-OUT-5", "POL-REV", "POL-12M", "POL-12M-NEXT"],
    "littering": ["LIT-56", "LIT-28", "LIT-14", "LIT-APPEAL"],
    "parking": ["PCN-28", "PCN-56", "PCN-14"],
    "safeguarding": ["SG-CH-W-24H", "SG-CH-W-7", "SG-CH-W", "SG-POT", "SG-POT-OOH", "SG-CH-E", "SG-LADO"],
    "procurement": ["STAND-8", "CDN-30", "CDN-120", "CTN-30", "KPI-12M", "KPI-12M-W", "PIPE-56"],
    "payment": ["PAY-30", "PAYN-30", "PAYN-30-W", "PAY30K"],
    "Welsh language": ["WELSH-EQ"],
    "people": ["FW-2M", "MAT-REPLY-28", "SERVICE-6M", "POL-HALF-PAY", "POL-HALF-WARN", "EXAM-5Y"],
}


@pytest.mark.parametrize("row", TABLE)
def test_every_row_of_the_table_is_in_the_book(row: str) -> None:
    assert set(TABLE[row]) <= set(load_rules())


@pytest.mark.parametrize("one", EVERY, ids=NAMES)
def test_every_rule_is_named_in_both_languages_and_sourced(one: ClockRule) -> None:
    assert one.name
    assert one.name_cy
    assert one.name != one.name_cy
    assert one.source
    assert one.source_url.startswith("https://")
    assert one.nation in {"UK", "GB", "EW", "ENG", "WLS", "SCO", "NI"}
    assert one.body_type


@pytest.mark.parametrize("one", EVERY, ids=NAMES)
def test_a_rule_is_confirmed_only_when_its_source_was_read(one: ClockRule) -> None:
    if one.confidence == "confirmed":
        assert isinstance(one.source_read_on, dt.date)
        assert "general knowledge" not in one.source
    elif one.source_read_on is None:
        assert "general knowledge" in one.source or one.note
    else:
        assert "to be confirmed" in one.note or "confirm" in one.note


@pytest.mark.parametrize("one", EVERY, ids=NAMES)
def test_a_second_clock_follows_one_that_is_met_by_its_event(one: ClockRule) -> None:
    if one.starts_on:
        first = load_rules()[one.first_clock][-1]
        assert one.starts_on in first.met_by
        assert first.trigger_event == one.trigger_event


@pytest.mark.parametrize("one", EVERY, ids=NAMES)
def test_every_pause_of_the_book_says_what_it_is_in_both_languages(one: ClockRule) -> None:
    for pause in one.pauses:
        assert pause.name
        assert pause.name_cy
        assert pause.reason != "*"


def test_a_request_is_judged_by_the_rule_of_its_own_day() -> None:
    assert rule("SAR-1M", day("2026-02-04")).confidence == "unconfirmed"
    assert rule("SAR-1M", day("2026-02-05")).confidence == "confirmed"
    assert rule("ET-LIMIT", day("2026-09-30")).length == 3
    assert rule("ET-LIMIT", day("2026-10-01")).length == 6


def test_a_rule_is_unknown_before_it_came_into_force() -> None:
    with pytest.raises(
        UnknownRule, match=r"not in force on Thursday 18 June 2026; it holds from Friday 19 June"
    ):
        rule("DPC-30", day("2026-06-18"))


def test_an_unknown_rule_offers_its_near_matches() -> None:
    with pytest.raises(UnknownRule, match=r"did you mean FOI-20 or FOI-IR\?"):
        rule("FOI", day("2026-05-20"))
    with pytest.raises(UnknownRule, match=r"no clock rule 'xyzzy'\.$"):
        rule("xyzzy", day("2026-05-20"))


def test_the_book_is_read_once() -> None:
    assert load_rules() is load_rules()


def test_no_file_of_the_book_grows_past_four_hundred_lines() -> None:
    for file in FOLDER.glob("*.yaml"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


def make_file(folder: Path, text: str) -> Path:
    file = folder / "rules.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{id: X, name: X, name_cy: X, length: 5, unit: fortnight}", "rules.yaml, X: 'fortnight' is no unit"),
        ("{id: X, name: X, name_cy: X, length: 5, unit: working_day}", "needs a calendar"),
        ("{id: X, name: X, name_cy: X, length: 5, unit: month, colour: red}", "rules.yaml, X: .*colour"),
        ("{name: X}", "a rule without an id"),
        (
            "{id: X, name: X, name_cy: X, length: 5, unit: month, pauses: [{reason: fee, count: half}]}",
            "half",
        ),
    ],
)
def test_a_wrong_row_is_refused_with_its_file_and_name(tmp_path: Path, row: str, complaint: str) -> None:
    with pytest.raises(WrongRule, match=complaint):
        read_rules(make_file(tmp_path, f"rules:\n  - {row}\n"))


def test_a_file_that_is_no_yaml_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(WrongRule, match=r"rules\.yaml cannot be read"):
        read_rules(make_file(tmp_path, "rules: [\n"))


def make_rule(**changes: object) -> ClockRule:
    values: dict[str, object] = {
        "id": "X",
        "name": "X",
        "name_cy": "X",
        "length": 5,
        "unit": "working_day",
        "calendar": "EW",
    }
    return ClockRule(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"length": -1}, "nought"),
        ({"length": 10_001}, "10,000"),
        ({"roll": "next_working_day"}, "only calendar periods roll"),
        ({"unit": "hour", "day0": "included"}, "hours run from the moment"),
        ({"unit": "hour", "extension": Extension(1, "month")}, "same hours"),
        ({"unit": "month", "calendar": "NONE", "extension": Extension(1, "working_day")}, "needs a calendar"),
        ({"starts_on": "acknowledged"}, "names its event and its first"),
        ({"valid_from": day("2026-02-01"), "valid_to": day("2026-01-01")}, "ends before it begins"),
        ({"trigger_event": "sneezed"}, "'sneezed' is no event"),
        ({"lapse_effect": "shame"}, "'shame' is no lapse_effect"),
    ],
)
def test_a_rule_whose_parts_do_not_fit_is_refused(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        make_rule(**changes)


def test_a_house_target_may_pause_for_anything_and_honours_closures() -> None:
    target = ClockRule.house("reply", 10, "wd")

    assert (target.unit, target.calendar, target.closures_stop) == ("working_day", "EW", True)
    assert target.pauses == (Pause("*", count="exclusive"),)
    assert ClockRule.house("reply", 2, "mo", calendar="SCO").calendar == "NONE"
    with pytest.raises(ValueError, match="no unit 'fortnight'"):
        ClockRule.house("reply", 1, "fortnight")
