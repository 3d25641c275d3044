"""Everybody who can has a place with a host, at the least cost; everybody else has a reason."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.placements.checking import check
from planner.placements.matching import cost, match
from planner.placements.problem import Host, Match, Matched, Matching, PlacementError, Wish

from .make import AREAS, drawn, make_host, make_matching, make_wish


def matched(asked: Matching) -> Matched:
    made = match(asked)
    assert check(asked, made) == ()
    return made


def hosts_of(made: Matched) -> dict[str, str]:
    return {one.wish: one.host for one in made.matches}


def test_the_shortest_journeys_are_found_for_all_together() -> None:
    minutes = {("Arfon", "library"): 10, ("Arfon", "shelter"): 20, ("Cwmbran", "library"): 15,
               ("Cwmbran", "shelter"): 70}  # fmt: skip
    asked = make_matching(
        [make_wish("Ada"), make_wish("Bilal", area="Cwmbran")], [make_host("library"), make_host("shelter")],
        minutes=minutes,
    )  # fmt: skip
    assert hosts_of(matched(asked)) == {"Ada": "shelter", "Bilal": "library"}


def test_as_few_as_can_be_are_left_without_whatever_the_minutes() -> None:
    asked = make_matching(
        [make_wish("Ada"), make_wish("Bilal", apart=frozenset({"shelter"}))],
        [make_host("library"), make_host("shelter")],
        minutes={("Arfon", "library"): 1, ("Arfon", "shelter"): 75},
    )
    assert hosts_of(matched(asked)) == {"Ada": "shelter", "Bilal": "library"}


def test_what_somebody_prefers_counts() -> None:
    asked = make_matching([make_wish(prefers=("shelter",))], [make_host("library"), make_host("shelter")])
    assert hosts_of(matched(asked)) == {"Ada": "shelter"}


def test_people_are_spread_over_hosts() -> None:
    two = {"May": 2}
    asked = make_matching(
        [make_wish("Ada"), make_wish("Bilal")],
        [make_host("library", places=two), make_host("shelter", places=two)],
    )
    assert set(hosts_of(matched(asked)).values()) == {"library", "shelter"}


def test_what_is_in_force_stays_where_a_few_minutes_are_to_be_had() -> None:
    minutes = {("Arfon", "library"): 10, ("Arfon", "shelter"): 60}
    asked = make_matching([make_wish()], [make_host("library"), make_host("shelter")], minutes=minutes)
    kept = replace(asked, given={"Ada": ("May", "shelter")})
    assert hosts_of(matched(kept)) == {"Ada": "shelter"}


@pytest.mark.parametrize(
    ("wish", "host", "why", "told"),
    [
        ({"periods": ("June",)}, {}, "period", "1 take nobody in the weeks they can come"),
        ({"kind": "practical"}, {}, "kind", "1 do not offer it"),
        ({"area": "Barry"}, {}, "own area", "1 are in their own area"),
        ({"needs": frozenset({"step-free"})}, {}, "access", "1 lack the access they need"),
        ({"apart": frozenset({"library"})}, {}, "conflict", "1 have a conflict of interest"),
        ({"been": frozenset({"library"})}, {}, "been before", "1 had them before"),
        ({"at_most": 20}, {}, "too far", "1 are too far away"),
        ({}, {"places": {"May": 0, "June": 3}}, "period", "1 take nobody"),
    ],
)
def test_whoever_has_no_place_is_told_why(
    wish: dict[str, Any], host: dict[str, Any], why: str, told: str
) -> None:
    [one] = matched(make_matching([make_wish(**wish)], [make_host(**host)])).without
    assert (one.why, told in one.reason) == (why, True)


def test_full_hosts_and_none_at_all_are_reasons_too() -> None:
    two = [make_wish("Ada"), make_wish("Bilal")]
    assert matched(make_matching(two, [make_host()])).without[0].reason == "Of 1 hosts 1 are full."
    assert matched(make_matching(two, [])).without[0].why == "no host"
    assert matched(make_matching([], [])).matches == ()


def test_a_host_may_take_people_of_its_own_area() -> None:
    asked = make_matching([make_wish(area="Barry")], [make_host(own_area=True)])
    assert hosts_of(matched(asked)) == {"Ada": "library"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (make_matching([make_wish(), make_wish()], []), "A wish is there twice"),
        (make_matching([], [make_host(), make_host()]), "A host is there twice"),
        (make_matching([], [make_host(places={"May": -1})]), "less than no places"),
        (make_matching([], [], liked=-1), "less than nothing"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(asked: Matching, told: str) -> None:
    with pytest.raises(PlacementError, match=told):
        match(asked)


FULL = make_matching([make_wish("Ada"), make_wish("Bilal")], [make_host()])
LIBRARY = Match("Ada", "library", "May")


@pytest.mark.parametrize(
    ("asked", "matches", "told"),
    [
        (FULL, [LIBRARY, Match("Bilal", "library", "May")], "has 2 in May and 1 places"),
        (FULL, [LIBRARY], "neither a place nor a reason"),
        (FULL, [Match("Zed", "library", "May")], "not of the case"),
        (make_matching([make_wish(periods=("June",))], [make_host()]), [LIBRARY], "cannot come in May"),
        (make_matching([make_wish(kind="practical")], [make_host()]), [LIBRARY], "does not offer practical"),
        (make_matching([make_wish(area="Barry")], [make_host()]), [LIBRARY], "their own area"),
        (make_matching([make_wish(needs=frozenset({"lift"}))], [make_host()]), [LIBRARY], "lacks lift"),
        (make_matching([make_wish(apart=frozenset({"library"}))], [make_host()]), [LIBRARY], "conflict"),
        (
            make_matching([make_wish(been=frozenset({"library"}))], [make_host()]),
            [LIBRARY],
            "had them before",
        ),
        (make_matching([make_wish(at_most=5)], [make_host()]), [LIBRARY], "too far"),
        (make_matching([make_wish()], [make_host()]), [LIBRARY], "It costs 30, not 1."),
    ],
)
def test_a_planted_breach_is_caught(asked: Matching, matches: list[Match], told: str) -> None:
    assert any(told in one for one in check(asked, Matched(tuple(matches), (), 1)))


@st.composite
def questions(draw: st.DrawFn) -> Matching:
    hosts: list[Host] = [
        make_host(
            f"h{n}", area=draw(st.sampled_from(AREAS)), places={"May": draw(st.integers(0, 2)), "June": 1}
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    wishes: list[Wish] = [
        make_wish(
            f"w{n}", area=draw(st.sampled_from(AREAS)),
            periods=tuple(draw(st.sets(st.sampled_from(("May", "June")), min_size=1))),
            prefers=tuple(draw(st.permutations([host.id for host in hosts]))),
        )
        for n in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    minutes = {(area, host.id): draw(st.integers(0, 90)) for area in AREAS for host in hosts}
    return make_matching(wishes, hosts, minutes=minutes)


@settings(max_examples=60, deadline=None)
@given(asked=questions())
def test_no_other_matching_is_cheaper(asked: Matching) -> None:
    made = matched(asked)
    options = [(host.id, period) for host in asked.hosts for period in host.places]
    for choice in product([None, *options], repeat=len(asked.wishes)):
        tried = tuple(
            Match(wish.id, *one) for wish, one in zip(asked.wishes, choice, strict=True) if one is not None
        )
        try:
            other = Matched(tried, (), cost(asked, tried))
        except KeyError:
            continue
        if other.cost < made.cost:
            assert any("neither" not in said for said in check(asked, other))


def test_a_year_of_placements_and_practicals_is_matched_at_once() -> None:
    asked = drawn()
    made = matched(asked)
    assert (len(asked.wishes), len(made.matches) + len(made.without)) == (686, 686)
    assert len(made.without) < 7
