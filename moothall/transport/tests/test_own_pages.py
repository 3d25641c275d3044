"""What people from outside see: a contractor its own jobs, a family its own child, and nobody another's."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.clock import today
from moothall.core.serving import serving
from moothall.letters.models import Letter
from moothall.letters.tests.make import make_letter
from moothall.people.models import Account
from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import AT, make_account, make_person
from moothall.transport.models import (
    Away,
    Carer,
    Contractor,
    ContractorContact,
    HomeAddress,
    How,
    Journey,
    Passenger,
    Ride,
    RunNotice,
)
from moothall.transport.rules import keeping, knowing, merging, refusals
from moothall.transport.rules.accounting import account_for_day
from moothall.transport.rules.invoicing import bring_invoice
from moothall.transport.rules.not_travelling import report_not_travelling, travels_after_all
from moothall.transport.rules.own_pages import first_name, trips_of
from moothall.transport.rules.sanctioning import sanction
from moothall.workforce.tests.make import make_employment

from .make import WEEK, make_centre, make_home, make_manager, make_passenger, make_services, make_travel
from .make_contractors import make_allotment, make_contractor, make_member, make_theirs
from .make_crews import make_depot, make_duty, make_going
from .make_crews import make_member as make_crew
from .make_crews import make_member as make_driver
from .make_incidents import make_carer, make_contact, make_signed_in
from .make_runs import make_vehicle

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
EVERY = list(range(7))


def school_day(ahead: int = 0) -> dt.date:
    """A weekday soon: one of the days that the page of a family shows."""
    day = today() + DAY * ahead
    while day.weekday() not in WEEK:
        day += DAY
    return day


def day_said(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def page(client: Client, route: str, *args: Any, **asked: str) -> str:
    return client.get(reverse(route, args=args), asked).content.decode()


def make_travelling(name: str = "Osian Bello", **changes: Any) -> Passenger:
    """A child on a run of our own with its vehicle and driver, whose journeys have their rows."""
    child = make_passenger(name=name)
    depot = make_depot()
    run = make_going(depot, passenger=child, **changes)
    ride = Ride.objects.get(run=run)
    make_travel(child, centre=ride.centre, back=False)
    day = school_day()
    duty = make_duty(run, make_crew(depot, name="Ines Okafor"), day=day)
    duty.vehicle = make_vehicle(registration="MH1QUILL")
    duty.save()
    make_services()
    account_for_day(day, by=make_manager(), at=AT)
    return child


def test_a_family_sees_its_own_childs_next_journeys_with_time_vehicle_and_first_name(client: Client) -> None:
    child, other = make_travelling(), make_passenger(name="Ffion Achterberg")
    account = make_signed_in("Non Bello")
    make_carer(child, account)
    client.force_login(account)
    assert "Osian Bello" in page(client, "my_transport")
    shown = page(client, "my_child", child.pk)
    for words in ("07:20", "MH1QUILL", "Ines", "Centre"):
        assert words in shown
    for words in ("Okafor", "Quillon Row", "Ffion"):
        assert words not in shown
    for route in ("my_child", "does_not_travel"):
        assert client.get(reverse(route, args=[other.pk])).status_code == 404
    assert client.get(reverse("passenger", args=[child.pk])).status_code == 403


def test_whoever_has_no_contact_sees_nothing(client: Client) -> None:
    child, account = make_travelling(), make_signed_in("Rhun Bello")
    with pytest.raises(refusals.ReasonNeeded):
        make_carer(child, account, may_see=False)
    make_carer(child, account, may_see=False, because="A court order")
    client.force_login(account)
    assert "Osian Bello" not in page(client, "my_transport")
    for route in ("my_child", "does_not_travel"):
        assert client.get(reverse(route, args=[child.pk])).status_code == 404


def test_a_family_sees_nothing_before_and_after_its_days(client: Client) -> None:
    child, account = make_passenger(), make_signed_in()
    made = make_carer(child, account, from_on=today() + DAY)
    client.force_login(account)
    assert client.get(reverse("my_child", args=[child.pk])).status_code == 404
    Carer.objects.filter(pk=made.pk).update(from_on=today() - DAY, until_on=today() - DAY)
    assert client.get(reverse("my_child", args=[child.pk])).status_code == 404
    Carer.objects.filter(pk=made.pk).update(until_on=None)
    assert client.get(reverse("my_child", args=[child.pk])).status_code == 200


def test_the_database_shows_family_ties_to_the_office_and_to_each_alone() -> None:
    one, other = make_signed_in(), make_signed_in("Rhun Bello")
    child, firm = make_passenger(), make_contractor()
    make_carer(child, one)
    make_contact(firm, one)
    for account, sees in ((one, 1), (other, 0), (make_manager(), 1), (make_account("cases.view"), 0)):
        with serving(str(account.pk)):
            assert Carer.objects.count() == ContractorContact.objects.count() == sees
            assert not HomeAddress.objects.exists() or account.may("transport.use")


def test_of_two_homes_each_parent_sees_and_tells_of_their_own_days(client: Client) -> None:
    child = make_passenger(name="Osian Bello")
    first = child.homes.get()
    second = make_home(child, name="Rhun’s", is_main=False, words="9 Larch Close")
    centre = make_centre()
    day = school_day()
    later = school_day((day - today()).days + 1)
    make_travel(child, centre=centre, back=False)
    keeping.add_stay(child, home=second, weekdays=[later.weekday()], from_on=later - DAY * 7, by=None, at=AT)
    make_services()
    for each in (day, later):
        account_for_day(each, by=make_manager(), at=AT)
    mother, father = make_signed_in(), make_signed_in("Rhun Bello")
    ties = {make_carer(child, mother, home=first): day, make_carer(child, father, home=second): later}
    for tie, theirs in ties.items():
        assert {each.journey.day for each in trips_of(tie, today(), later)} == {theirs}
    client.force_login(mother)
    shown = page(client, "my_child", child.pk)
    assert "Larch Close" not in shown
    given: dict[str, Any] = {"because": "Ill", "by": mother, "at": AT, "today": today()}
    tie = Carer.objects.get(person=mother.person)
    with pytest.raises(refusals.DaysOfAnotherHome):
        report_not_travelling(tie, from_on=later, until_on=later, **given)
    report_not_travelling(tie, from_on=day, until_on=day, **given)
    with pytest.raises(refusals.NotTheirHome):
        make_carer(make_passenger(name="Tomos"), mother, home=first)


def test_a_family_says_that_they_do_not_travel_and_takes_it_back(client: Client) -> None:
    child, account = make_travelling(), make_signed_in()
    make_carer(child, account)
    client.force_login(account)
    day = school_day()
    given = {"from_on": day_said(day), "until_on": day_said(day), "which": "BOTH", "because": "Ill"}
    assert client.post(reverse("does_not_travel", args=[child.pk]), given).status_code == 302
    journey = Journey.objects.get(passenger=child, day=day)
    assert (journey.how, journey.cancelled_because) == (How.CANCELLED, "Ill")
    assert journey.changes.first().by == account  # type: ignore[union-attr]
    assert "Does not travel" in page(client, "my_child", child.pk)
    away = Away.objects.get()
    assert "Mother" in away.told_by
    client.force_login(make_signed_in("Somebody Else"))
    assert client.post(reverse("travels_after_all", args=[child.pk, away.pk])).status_code == 404
    client.force_login(account)
    assert client.post(reverse("travels_after_all", args=[child.pk, away.pk])).status_code == 302
    journey.refresh_from_db()
    assert journey.how == How.RUN
    assert client.post(reverse("travels_after_all", args=[child.pk, away.pk])).status_code == 404


def test_what_the_office_entered_is_not_taken_back_by_a_family(client: Client) -> None:
    child, account = make_passenger(), make_signed_in()
    make_carer(child, account)
    away = Away.objects.create(
        passenger=child, from_on=today(), until_on=today(), because="Excluded", recorded_at=AT,
        recorded_by=make_manager(),
    )  # fmt: skip
    client.force_login(account)
    assert client.post(reverse("travels_after_all", args=[child.pk, away.pk])).status_code == 404
    assert "Excluded" not in page(client, "my_child", child.pk)
    with pytest.raises(refusals.EndedAlready):
        travels_after_all(away, by=account, at=AT, today=today())


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [(-1, 0, refusals.DayIsOver), (0, 28, refusals.TooManyDays), (3, 1, refusals.EndsBeforeItBegins)],
)
def test_days_that_are_over_or_too_many_are_refused(first: int, last: int, refusal: type[Exception]) -> None:
    account = make_signed_in()
    tie = make_carer(make_passenger(), account)
    with pytest.raises(refusal):
        report_not_travelling(
            tie, from_on=today() + DAY * first, until_on=today() + DAY * last, because="Ill", by=account,
            at=AT, today=today(),
        )  # fmt: skip


def test_letters_are_those_to_this_very_person_about_this_child(client: Client) -> None:
    child, sibling = make_travelling(), make_passenger(name="Tomos Bello")
    mother, father = make_signed_in(), make_signed_in("Rhun Bello")
    plan = Ride.objects.get(passenger=child).run.plan
    rows = ((child, mother, "Fetched ten minutes earlier"), (sibling, mother, "About the other child"))
    for passenger, account, subject in rows:
        letter = make_letter(about=plan, person=account.person, subject=subject)
        Letter.objects.filter(pk=letter.pk).update(state=Letter.SENT, sent_at=AT)
        line = {"direction": "TO", "days": [0], "at": "07:20", "before": "07:30", "run": "M1"}
        RunNotice.objects.create(plan=plan, passenger=passenger, lines=[line], letter=letter, told_at=AT)
    for account in (mother, father):
        make_carer(child, account)
    client.force_login(mother)
    shown = page(client, "my_child", child.pk)
    assert "Fetched ten minutes earlier" in shown
    assert "fetched at 07:20 instead of 07:30" in shown
    assert "About the other child" not in shown
    client.force_login(father)
    assert "Fetched ten minutes earlier" not in page(client, "my_child", child.pk)


def test_only_who_may_see_protected_addresses_ties_a_family_to_a_protected_passenger() -> None:
    child = make_passenger()
    careful = make_account("people.caution", "people.view", "transport.use", "cases.manage")
    protect_address(child.person, reason="Fled", by=careful, at=AT)
    with pytest.raises(refusals.ProtectedHome):
        make_carer(child, by=make_manager())
    made = make_carer(child, by=careful)
    with pytest.raises(refusals.KnownAlready):
        make_carer(child, person=made.person, by=careful)


def test_a_page_of_a_family_takes_the_same_questions_however_many_days(client: Client) -> None:
    child, account = make_travelling(), make_signed_in()
    make_carer(child, account)
    client.force_login(account)
    counts = []
    for days in (1, 1, 6):
        for ahead in range(days):
            account_for_day(school_day(ahead), by=make_manager(), at=AT)
        with CaptureQueriesContext(connection) as asked:
            page(client, "my_child", child.pk)
        counts.append(len(asked))
    assert counts[1] == counts[2]


def make_working(name: str = "Quillon Cars", account: Account | None = None) -> Contractor:
    """A contractor with a run of a plan today, a single job, papers, a sanction and an invoice."""
    firm = make_contractor(name=name)
    day = school_day()
    passenger = make_passenger(name="Osian Bello")
    run = make_going(None, passenger=passenger, contractor=firm)
    driver = make_member(firm, name="Olena Shevchuk")
    make_allotment(firm, job=run.called, vehicle=make_theirs(firm), driver=driver)
    other = make_passenger(name="Ffion Achterberg")
    Journey.objects.create(
        passenger=other, day=day, direction="TO", centre=make_centre(name="Bryn School"),
        home=other.homes.get(), bell_at=dt.time(9), how=How.CONTRACTOR, contractor=firm.name, job="Q-9",
        changed_at=AT,
    )  # fmt: skip
    sanction(firm, kind="WARNING", because=f"{name} was late", from_on=day, by=make_manager(), at=AT)
    bring_invoice(
        firm, number=f"{name}-1", first_on=day, last_on=day, name="lines.csv",
        content=b"Date,Job,Amount\n30/11/2026,Q-9,24.50", by=make_manager(), at=AT,
    )  # fmt: skip
    if account is not None:
        make_contact(firm, account)
    return firm


def test_whoever_acts_for_a_contractor_sees_its_jobs_papers_sanctions_and_invoices(client: Client) -> None:
    account = make_signed_in("Tariq Mahmood")
    firm, other = make_working(account=account), make_working("Larkspur Cars")
    client.force_login(account)
    assert "Quillon Cars" in page(client, "my_transport")
    shown = page(client, "my_contract", firm.pk, day=school_day().isoformat())
    expected = ("O. B.", "F. A.", "2 Quillon Row", "Bryn School", "Job Q-9", "Olena Shevchuk", "was late")
    for words in (*expected, "Quillon Cars-1", "07:20", "No vehicle and crew yet"):
        assert words in shown
    for words in ("Osian", "Ffion", "Larkspur"):
        assert words not in shown
    invoice = page(client, "my_invoice", firm.invoices.get().pk)
    assert "24.50" in invoice
    assert client.get(reverse("my_contract", args=[other.pk])).status_code == 404
    assert client.get(reverse("my_invoice", args=[other.invoices.get().pk])).status_code == 404
    assert client.get(reverse("contractor", args=[firm.pk])).status_code == 403


def test_a_contractor_never_sees_a_protected_address(client: Client) -> None:
    account = make_signed_in("Tariq Mahmood")
    firm = make_working(account=account)
    careful = make_account("people.caution", "people.view")
    for passenger in Passenger.objects.all():
        protect_address(passenger.person, reason="Fled", by=careful, at=AT)
    client.force_login(account)
    shown = page(client, "my_contract", firm.pk, day=school_day().isoformat())
    assert "Quillon Row" not in shown
    assert "Ask the office for the address." in shown


def test_the_desk_says_who_acts_for_a_contractor_and_ends_it(client: Client) -> None:
    firm, account = make_contractor(), make_signed_in("Tariq Mahmood")
    assert account.person is not None
    client.force_login(make_manager())
    given = {"person-key": account.person.pk, "from_on": day_said(today())}
    assert client.post(reverse("add_contractor_contact", args=[firm.pk]), given).status_code == 302
    made = ContractorContact.objects.get()
    assert "Tariq Mahmood" in page(client, "contractor", firm.pk)
    assert client.post(reverse("add_contractor_contact", args=[firm.pk]), given).status_code == 422
    client.post(reverse("end_contractor_contact", args=[made.pk]))
    client.force_login(account)
    assert client.get(reverse("my_contract", args=[firm.pk])).status_code == 404


def test_the_desk_ties_a_family_to_a_passenger(client: Client) -> None:
    child, account = make_passenger(), make_signed_in()
    assert account.person is not None
    client.force_login(make_manager())
    address = reverse("add_passenger_entry", args=[child.pk, "carer"])
    given = {
        "person-key": account.person.pk, "relationship": "Mother", "sees": "yes",
        "from_on": day_said(today()),
    }  # fmt: skip
    assert client.post(address, given | {"sees": "no"}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert "Non Bello, Mother" in page(client, "passenger", child.pk)


def test_a_contractors_page_takes_the_same_questions_however_many_jobs(client: Client) -> None:
    account = make_signed_in("Tariq Mahmood")
    firm, counts, day = make_working(account=account), [], school_day()
    client.force_login(account)
    for more in (0, 0, 4):
        for _each in range(more):
            make_going(None, contractor=firm)
        with CaptureQueriesContext(connection) as asked:
            page(client, "my_contract", firm.pk, day=day.isoformat())
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_two_records_of_one_person_become_one_where_both_are_known() -> None:
    kept, gone = make_person(full_name="Non Bello"), make_person(full_name="N. Bello")
    child, firm = make_passenger(), make_contractor()
    given: dict[str, Any] = {"from_on": today(), "by": None, "at": AT}
    for person in (kept, gone):
        knowing.name_carer(child, person=person, relationship="Mother", **given)
        knowing.act_for_contractor(firm, person=person, **given)
    assert merging.cares_already(Carer.objects.filter(person=gone), kept).count() == 1
    assert merging.acts_already(ContractorContact.objects.filter(person=gone), kept).count() == 1


def test_a_first_name_is_all_that_is_told_of_a_driver() -> None:
    assert first_name("Ines Okafor Prys") == "Ines"
    assert first_name(" ") == ""


def test_only_who_drives_or_escorts_is_led_to_runs(client: Client) -> None:
    client.force_login(make_signed_in("Non Bello"))
    assert "On the way" not in page(client, "my_transport")
    driver = make_signed_in("Ines Okafor")
    assert driver.person is not None
    make_driver(make_depot(), employment=make_employment(driver.person))
    client.force_login(driver)
    assert "On the way" in page(client, "my_transport")
