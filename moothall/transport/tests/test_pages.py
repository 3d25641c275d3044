"""The pages of transport: passengers, the day, centres, applications; each by those who may."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.serving import serving
from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import AT, make_account
from moothall.transport.models import (
    Application,
    EmergencyContact,
    HomeAddress,
    Journey,
    Passenger,
    TransportRate,
)
from moothall.transport.rules import caring
from moothall.transport.rules.accounting import account_for_day
from moothall.transport.rules.called import name_passengers

from .make import (
    MONDAY,
    SINCE,
    make_application,
    make_calendar,
    make_centre,
    make_manager,
    make_passenger,
    make_rule,
    make_run,
    make_travel,
    make_user,
)
from .test_deciding import decide, facts

pytestmark = pytest.mark.django_db


def entry(passenger: Passenger, part: str) -> str:
    return reverse("add_passenger_entry", args=[passenger.pk, part])


def test_a_passenger_is_added_and_given_needs_a_home_travel_and_a_run(client: Client) -> None:
    user, centre = make_user(), make_centre(name="The Larches")
    client.force_login(user)
    sent = client.post(
        reverse("add_passenger"), {"full_name": "Maryam Qureshi", "language": "en", "nation": "ENG"}
    )
    passenger = Passenger.objects.get()
    assert sent.headers["Location"] == reverse("passenger", args=[passenger.pk])
    day = "1/9/2026"
    given: dict[str, dict[str, Any]] = {
        "needs": {
            "wheelchair": "MANUAL", "wheelchair_kg": "62", "seats": "1", "restraint": "NONE", "escort": "OWN",
        },
        "home": {"name": "Home", "words": "14 Tanyard Court", "point": "52.96, -2.93", "is_main": "on"},
        "travel": {
            "centre": centre.pk, "session": "day", "which": "BOTH", "weekdays": ["0"], "every_weeks": "1",
        },
        "arrangement": {
            "direction": "TO", "how": "RUN", "run": "L1", "stop": "3", "weekdays": ["0"], "every_weeks": "1",
        },
        "risk": {"level": "LOW", "risks": "None", "controls": "None", "review_on": "30/11/2027"},
        "consent": {"kind": "CREW", "given": "yes", "said_by": "Samina Qureshi"},
    }  # fmt: skip
    for part, data in given.items():
        answer = client.post(entry(passenger, part), data | {"from_on": day})
        assert answer.status_code == 302, (part, answer.content.decode())
    page = client.get(reverse("passenger", args=[passenger.pk])).content.decode()
    for words in (
        "Stays in a manual chair",
        "62 kg",
        "14 Tanyard Court",
        "The Larches",
        "L1 / 3",
        "One to one",
    ):
        assert words in page
    assert "The Larches" in client.get(reverse("passengers")).content.decode()


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(client: Client) -> None:
    client.force_login(make_user())
    passenger = make_passenger()
    answer = client.post(
        entry(passenger, "arrangement"),
        {
            "direction": "TO",
            "how": "RUN",
            "run": "L7",
            "weekdays": ["0"],
            "every_weeks": "1",
            "from_on": "30/11/2026",
        },
    )
    assert answer.status_code == 422
    assert "This is needed: Stop." in answer.content.decode()
    assert "L7" in answer.content.decode()
    needs = {
        "wheelchair": "POWERED",
        "seats": "1",
        "restraint": "NONE",
        "escort": "NONE",
        "from_on": "30/11/2026",
    }
    assert (
        "needs a vehicle that carries its weight"
        in client.post(entry(passenger, "needs"), needs).content.decode()
    )


def test_a_protected_address_stands_on_no_page_and_the_database_itself_holds_it_back(client: Client) -> None:
    passenger, user = make_passenger(), make_user()
    guardian = make_account("transport.use", "people.caution")
    make_travel(passenger)
    account_for_day(MONDAY, by=user, at=AT)
    protect_address(passenger.person, reason="Somebody looks for them", by=guardian, at=AT)
    client.force_login(user)
    pages = [
        reverse("passenger", args=[passenger.pk]), reverse("passengers"),
        f"{reverse('accounted')}?day={MONDAY}", reverse("journey", args=[Journey.objects.all()[0].pk]),
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert "Quillon" not in answer.content.decode()
    with serving(str(user.pk)):
        assert not HomeAddress.objects.exists()
    with serving(str(guardian.pk)):
        assert HomeAddress.objects.get().words == "2 Quillon Row"
    client.force_login(guardian)
    assert "2 Quillon Row" in client.get(pages[0]).content.decode()


def test_emergency_contacts_are_for_those_who_manage_transport_and_for_nobody_else(client: Client) -> None:
    passenger, user, manager = make_passenger(), make_user(), make_manager()
    caring.add_emergency_contact(
        passenger,
        name="Non Bello",
        relationship="mother",
        phone="01632 960001",
        from_on=SINCE,
        by=None,
        at=AT,
    )
    address = reverse("emergency_contacts", args=[passenger.pk])
    client.force_login(user)
    assert client.post(address).status_code == 403
    assert client.get(entry(passenger, "contact")).status_code == 403
    assert "Non Bello" not in client.get(reverse("passenger", args=[passenger.pk])).content.decode()
    with serving(str(user.pk)):
        assert not EmergencyContact.objects.exists()
    client.force_login(manager)
    assert "Non Bello" in client.post(address).content.decode()


def test_the_page_of_a_day_prints_its_count_and_settles_one_journey_for_that_day(client: Client) -> None:
    user = make_user(name="Imran Sadiq")
    travel = make_travel()
    make_run(travel.passenger)
    client.force_login(user)
    address = f"{reverse('accounted')}?day={MONDAY}"
    page = client.get(address).content.decode()
    assert "The day is not up to date" in page
    assert "Osian Bello" in page
    client.post(reverse("account_day"), {"day": MONDAY.isoformat()})
    page = client.get(address).content.decode()
    assert "Nobody is lost; some are unresolved, each with an owner" in page
    assert "Imran Sadiq" in page
    back = Journey.objects.get(direction="FROM")
    settle = reverse("settle_journey", args=[back.pk])
    assert client.post(settle, {"how": "CANCELLED"}).status_code == 422
    assert client.post(settle, {"how": "OWN", "own": "mother"}).status_code == 302
    assert "Everybody is accounted for" in client.get(address).content.decode()
    assert "mother" in client.get(reverse("journey", args=[back.pk])).content.decode()
    client.post(reverse("journey_by_pattern", args=[back.pk]))
    back.refresh_from_db()
    assert back.how == "UNRESOLVED"


def test_an_application_goes_from_the_desk_to_its_letter(client: Client) -> None:
    manager = make_manager()
    make_rule(name="Over three miles")
    application = make_application(manager)
    client.force_login(manager)
    page = reverse("travel_application", args=[application.pk])
    assert "Nobody has entered the facts yet" in client.get(page).content.decode()
    asked = {
        "nation": "ENG", "phase": "SECONDARY", "born_on_0": "2", "born_on_1": "5", "born_on_2": "2016",
        "centre": application.centre_id, "on": "5/1/2027", "miles": "2.4", "facts": ["nearest"],
    }  # fmt: skip
    answer = client.post(
        reverse("enter_travel_facts", args=[application.pk]), asked | {"born_on": "2/5/2016"}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert "over 3 miles on foot" in client.get(page).content.decode()
    refused = {"outcome": "REFUSED", "because": "The route is 2.4 miles."}
    client.post(reverse("decide_travel", args=[application.pk, 0]), refused)
    assert "They can appeal until" in client.get(page).content.decode()
    appeal = {"received_on": "today", "grounds": "It is further"}
    assert client.post(reverse("record_travel_appeal", args=[application.pk]), appeal).status_code == 302
    listed = client.get(f"{reverse('travel_applications')}?state=appeal").content.decode()
    assert "Osian Bello" in listed
    assert Application.objects.get().appeals.count() == 1


def test_closures_and_bells_are_kept_by_those_who_manage_transport(client: Client) -> None:
    travel = make_travel(centre=make_centre(calendar=make_calendar(name="Gororau")))
    key = travel.centre.key
    client.force_login(make_user())
    assert client.get(reverse("add_bell", args=[key])).status_code == 403
    assert "Osian Bello" in client.get(reverse("centre", args=[key])).content.decode()
    client.force_login(make_manager())
    closed = {"kind": "INSET", "first_on": "30/11/2026", "last_on": "30/11/2026", "because": "Training"}
    assert client.post(reverse("add_centre_closure", args=[key]), closed).status_code == 302
    closure = travel.centre.closures.get()
    assert client.post(reverse("open_after_all", args=[key, closure.pk])).status_code == 302
    bell = {"session": "day", "weekdays": ["0"], "begins": "8:40", "ends": "15:10", "from_on": "7/12/2026"}
    assert client.post(reverse("add_bell", args=[key]), bell).status_code == 302


def test_a_rule_is_confirmed_and_a_rate_changed_by_those_who_manage_transport(client: Client) -> None:
    rule = make_rule(name="Over three miles")
    client.force_login(make_manager())
    page = client.get(reverse("eligibility_rules")).content.decode()
    assert "nobody has confirmed this in its source" in page
    client.post(reverse("confirm_eligibility_rule", args=[rule.pk]))
    rule.refresh_from_db()
    assert rule.confirmed
    rate = {"key": "pass-year", "amount": "425", "from_on": "today", "source": "The operators"}
    assert client.post(reverse("set_transport_rate"), rate).status_code == 302
    assert TransportRate.objects.get().source == "The operators"


def test_an_entitlement_ends_with_a_reason_and_is_taken_back(client: Client) -> None:
    manager = make_manager()
    application = make_application(manager)
    client.force_login(manager)
    facts(application, manager)
    entitlement = decide(application, manager, "AGREED", discretion=True).entitlement
    client.post(reverse("end_travel_entitlement", args=[entitlement.pk]), {"because": "Moved away"})
    entitlement.refresh_from_db()
    assert entitlement.ended_because == "Moved away"
    client.post(reverse("restore_travel_entitlement", args=[entitlement.pk]))
    entitlement.refresh_from_db()
    assert entitlement.ended_at is None


def test_lists_and_days_ask_as_often_for_many_as_for_few(client: Client) -> None:
    user, centre = make_user(), make_centre()
    client.force_login(user)
    addresses = [
        f"{reverse('passengers')}?all=1", f"{reverse('accounted')}?day={MONDAY}",
        f"{reverse('travel_applications')}?all=1", reverse("centres"), reverse("centre", args=[centre.key]),
    ]  # fmt: skip

    def more(count: int) -> None:
        for _each in range(count):
            make_travel(make_passenger(), centre=centre)
            make_application(user, centre=centre)
        account_for_day(MONDAY, by=user, at=AT)

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            counts.append(len(caught))
        return counts

    more(2)
    asked()
    few = asked()
    more(5)
    assert asked() == few


def test_a_passenger_is_found_by_the_jump_box_and_from_the_persons_page_by_those_alone_who_may(
    client: Client,
) -> None:
    passenger = make_passenger(name="Saoirse Kumalo")
    page = reverse("passenger", args=[passenger.pk])
    for account, shown in ((make_user(), True), (make_account("people.view", "cases.view"), False)):
        client.force_login(account)
        for address in (
            f"{reverse('jump')}?q=kumalo",
            reverse("person_page", args=[passenger.person.reference]),
        ):
            assert (page in client.get(address, follow=True).content.decode()) == shown, address
        assert client.get(page).status_code == (200 if shown else 403)


def test_records_name_passengers_to_those_alone_who_may_know_of_them() -> None:
    passenger = make_passenger(name="Tesni Okafor")
    named = name_passengers(make_account("transport.use"), [passenger.pk])
    assert named[passenger.pk].words == str(passenger)
    assert name_passengers(make_account("people.view"), [passenger.pk]) == {}
