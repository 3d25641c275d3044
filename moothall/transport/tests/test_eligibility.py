"""Who is entitled: ages, distances and facts held against dated rules, with what was not met."""

import datetime as dt
from decimal import Decimal

import pytest

from moothall.core.packs import Pack, Progress, find_pack, read_about
from moothall.people.tests.make import AT
from moothall.transport.models import EligibilityRule, Entitlement, TransportRate
from moothall.transport.planning.streets import CROW, CrowFlight
from moothall.transport.rules import pack
from moothall.transport.rules.costing import costs_of
from moothall.transport.rules.eligibility import Facts, age_on, find, judge, last_day_of, nearly

from .make import make_rule

pytestmark = pytest.mark.django_db
JANUARY = dt.date(2027, 1, 5)


def load() -> None:
    folder = find_pack("passenger-transport")
    pack.load_part(Pack("passenger-transport", folder, read_about(folder), AT), Progress())


def entitles(nation: str, phase: str, age: int, miles: str | None, *true: str) -> str:
    facts = Facts(nation, phase, age, Decimal(miles) if miles else None, frozenset(true))
    rule = find(facts, on=JANUARY).rule
    return rule.key if rule is not None else ""


def test_the_rules_that_come_with_the_pack_answer_as_the_law_does() -> None:
    load()
    vectors = {
        ("ENG", "PRIMARY", 7, "2.01", "nearest"): "eng-under-8",
        ("ENG", "PRIMARY", 7, "2.00", "nearest"): "",
        ("ENG", "PRIMARY", 8, "2.50", "nearest"): "",
        ("ENG", "PRIMARY", 8, "2.50", "nearest", "low_income"): "eng-low-income-8",
        ("ENG", "SECONDARY", 12, "3.01", "nearest"): "eng-8-to-16",
        ("ENG", "SECONDARY", 12, "3.01"): "",
        ("ENG", "SECONDARY", 12, "5.90", "one_of_three", "low_income"): "eng-low-income-11",
        ("ENG", "SECONDARY", 12, "6.10", "one_of_three", "low_income"): "",
        ("ENG", "SECONDARY", 12, "14.00", "belief", "low_income"): "eng-belief",
        ("ENG", "SECONDARY", 12, None, "nearest", "cannot_walk"): "eng-cannot-walk",
        ("ENG", "PRIMARY", 6, "0.40", "nearest", "unsafe_route"): "eng-unsafe",
        ("ENG", "POST16", 17, "9.00", "policy"): "eng-post-16",
        ("ENG", "POST16", 21, "9.00", "plan", "cannot_walk"): "eng-plan-19",
        ("ENG", "ADULT", 70, None, "care_need"): "eng-adult",
        ("WLS", "PRIMARY", 9, "2.00", "nearest"): "wls-primary",
        ("WLS", "SECONDARY", 12, "2.99", "nearest"): "",
        ("WLS", "SECONDARY", 12, "3.00", "nearest"): "wls-secondary",
        ("WLS", "SECONDARY", 12, "2.50", "one_of_three", "low_income"): "",
    }
    assert {given: entitles(*given) for given in vectors} == vectors  # type: ignore[arg-type]
    assert EligibilityRule.objects.exclude(source="").count() == EligibilityRule.objects.count()


def test_loaded_again_nothing_the_office_changed_is_put_back() -> None:
    load()
    EligibilityRule.objects.filter(key="eng-under-8").update(name="As we say it")
    count = EligibilityRule.objects.count()
    load()
    assert EligibilityRule.objects.count() == count
    assert EligibilityRule.objects.get(key="eng-under-8").name == "As we say it"


def test_a_rule_counts_from_its_first_day_to_its_last() -> None:
    make_rule(key="old", miles_from="3", until_on=dt.date(2027, 1, 4))
    make_rule(key="new", miles_from="2", from_on=JANUARY)
    facts = Facts("ENG", "SECONDARY", 12, Decimal("2.5"), frozenset({"nearest"}))
    assert find(facts, on=dt.date(2027, 1, 4)).rule is None
    found = find(facts, on=JANUARY).rule
    assert found is not None
    assert found.key == "new"


def test_a_refusal_speaks_of_the_rules_that_lacked_least() -> None:
    near = make_rule(key="near", miles_from="3")
    far = make_rule(key="far", miles_from="3", needs=["nearest", "low_income"])
    facts = Facts("ENG", "SECONDARY", 12, Decimal("2.5"), frozenset({"nearest"}))
    finding = judge(facts, [near, far])
    assert finding.rule is None
    (lacks,) = nearly([each.as_json() for each in finding.looked])
    assert lacks["name"] == near.name
    assert lacks["unmet"] == [["OVER", "3.00"]]


def test_an_unmeasured_distance_is_never_far_enough() -> None:
    rule = make_rule()
    facts = Facts("ENG", "SECONDARY", 12, None, frozenset({"nearest"}))
    assert judge(facts, [rule]).rule is None


def test_somebody_ages_out_at_the_end_of_the_school_year_in_which_they_outgrow_the_rule() -> None:
    rule = make_rule(age_from=5, age_below=8)
    assert last_day_of(rule, dt.date(2019, 4, 11), after=JANUARY) == dt.date(2027, 8, 31)
    assert last_day_of(rule, dt.date(2018, 10, 1), after=dt.date(2026, 9, 1)) == dt.date(2027, 8, 31)
    assert last_day_of(rule, dt.date(2020, 2, 29), after=JANUARY) == dt.date(2028, 8, 31)
    assert last_day_of(make_rule(age_below=None), dt.date(1950, 1, 1), after=JANUARY) is None
    assert age_on(dt.date(2019, 4, 11), dt.date(2027, 4, 10)) == 7


def test_crow_flight_lengthened_says_what_it_is() -> None:
    found = CrowFlight().walking((52.0, -3.0), (53.0, -3.0))
    assert found.measured == CROW
    assert found.miles == Decimal("93.28")


def test_the_costs_of_each_way_stand_side_by_side_the_least_first() -> None:
    load()
    found = costs_of(Decimal("4.00"), None, on=JANUARY)
    amounts = {each.way or "TAXI": each.amount for each in found}
    assert amounts == {
        Entitlement.PASS: Decimal("425.00"), Entitlement.MILEAGE: Decimal("1368.00"),
        Entitlement.BUDGET: Decimal("1800.00"), Entitlement.TRANSPORT: Decimal("5966.00"),
        "TAXI": Decimal("5928.00"),
    }  # fmt: skip
    assert [each.is_least for each in found] == [True, False, False, False, False]
    assert found[0].way == Entitlement.PASS
    assert costs_of(Decimal("4.00"), None, on=dt.date(2001, 1, 1)) == []
    assert TransportRate.objects.filter(source="").count() == 0
