"""Whatever the planner can say to an office is told in Welsh on Welsh pages, with its numbers."""

import re

import pytest
from django.utils.translation import gettext, override

from moothall.transport.rules.planner_said import HEAD, PATTERNS, is_english, said
from moothall.transport.templatetags.runs import planner_words
from planner.transport import reasons

EXAMPLES = (
    reasons.NO_CHAIR,
    reasons.NO_SEAT,
    reasons.TOO_FAR.format(what="aboard", direct=reasons.spoken(80 * 60), limit=reasons.spoken(60 * 75)),
    reasons.TOO_FAR.format(what="out", direct=reasons.spoken(80 * 60), limit=reasons.spoken(60)),
    reasons.NOT_ALONE.format(who=12),
    reasons.TOO_SHORT.format(what="aboard"),
    reasons.TOO_SHORT.format(what="out"),
    reasons.in_the_way([]),
    reasons.in_the_way(["somebody would be aboard too long"] * 3 + ["it has too many stops already"]),
)


def _english_words(text: str) -> set[str]:
    return set(re.findall(r"\b(?:the|they|them|their|would|with|have|has|been|until|times)\b", text.lower()))


@pytest.mark.parametrize("words", EXAMPLES)
def test_every_reason_of_the_planner_is_told_in_welsh_with_its_numbers(words: str) -> None:
    assert said(words) == words
    with override("cy"):
        told = said(words)
        assert told != words
        assert not is_english(words)
    assert not _english_words(told), told
    if "passenger 12" not in words:
        assert re.findall(r"\d+", told) == re.findall(r"\d+", words)


def test_what_times_stand_on_is_told_in_welsh_sentence_by_sentence() -> None:
    words = (
        "Times are by street (OpenStreetMap extract powys.osm of 21 June 2026; © OpenStreetMap contributors, "
        "Open Database License), morning. Speeds hold since 1 January 2000: measured by us. Times are "
        "corrected from 4,310 recorded legs of 57 days until 20 November 2026; 12 were left out. 2 places "
        "lie on no street: 40 of 6,400 journeys are guessed as the straight line times 1.35."
    )
    with override("cy"):
        told = said(words)
    assert not _english_words(told.replace("Open Database License", "")), told
    for kept in ("powys.osm", "© OpenStreetMap contributors", "4,310", "57", "measured by us", "1.35"):
        assert kept in told
    assert "November" not in told


def test_what_is_not_known_stays_english_and_is_marked_as_such() -> None:
    with override("cy"):
        assert (
            planner_words("The yard fell in <today>.")
            == '<span lang="en">The yard fell in &lt;today&gt;.</span>'
        )
    assert planner_words("The yard fell in.") == "The yard fell in."


def test_the_head_of_what_is_in_the_way_is_the_planners_own() -> None:
    assert reasons.in_the_way(["it has too many stops already"]).startswith(HEAD)


def test_each_saying_is_told_in_welsh_with_all_its_numbers() -> None:
    with override("cy"):
        for pattern, saying in PATTERNS:
            told = gettext(saying)
            assert told != saying
            assert set(re.findall(r"%\((\w+)\)s", told)) == set(pattern.groupindex)
