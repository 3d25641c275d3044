"""Crew sheets as PDF: read back, in both languages; what stands on the page, and no protected address."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from moothall.core.clock import now, today
from moothall.people.rules.cautions import protect_address
from moothall.people.tests.make import AT, make_account, make_person
from moothall.transport.models import Needs, Ride
from moothall.transport.rules.keeping import set_needs

from .make import MONDAY, SINCE, make_passenger, make_user
from .make_crews import make_depot, make_duty, make_going, make_member
from .make_incidents import make_signed_in

pytestmark = pytest.mark.django_db


def words_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_sheet_as_pdf_has_what_the_page_has_and_never_a_protected_address(client: Client) -> None:
    hidden, seen = make_passenger(name="Osian Bello"), make_passenger(name="Ffion Achterberg")
    seen.homes.get().address.delete()
    protect_address(hidden.person, reason="Fled", by=make_account("people.caution", "people.view"), at=now())
    set_needs(
        hidden, from_on=SINCE, by=None, at=AT, wheelchair=Needs.POWERED, wheelchair_kg=140,
        medication="Midazolam", communication="Uses signs",
    )  # fmt: skip
    depot = make_depot(name="Canal Yard")
    duty = make_duty(make_going(depot, passenger=hidden), make_member(depot, name="Ines Okafor"))
    client.force_login(make_user())
    said = words_of(client, reverse("crew_sheet_pdf", args=[duty.pk]))
    for words in ("Canal Yard", "Ines Okafor", "O. B.", "140 kg", "Uses signs", "07:20", "Ask the office"):
        assert words in said
    for words in ("Quillon Row", "Midazolam", "Osian Bello"):
        assert words not in said
    page = client.get(reverse("crew_sheet", args=[duty.pk])).content.decode()
    assert reverse("crew_sheet_pdf", args=[duty.pk]) in page


def test_a_sheet_as_pdf_is_in_welsh_for_whoever_reads_welsh(client: Client) -> None:
    depot = make_depot()
    duty = make_duty(make_going(depot), make_member(depot))
    user = make_user(language="cy")
    client.force_login(user)
    client.cookies["django_language"] = "cy"
    said = words_of(client, reverse("crew_sheet_pdf", args=[duty.pk]))
    assert "Rhediad" in said
    assert "Gyrrwr" in said
    assert "Quillon Row" in said


def test_ones_own_sheets_are_those_of_today_alone(client: Client) -> None:
    account, depot = make_signed_in("Ines Okafor"), make_depot()
    member = make_member(depot, name="Ines Okafor")
    account.person = member.employment.person
    account.save()
    mine = make_going(depot)
    Ride.objects.filter(run=mine).update(weekdays=list(range(7)))
    make_duty(mine, member, day=today())
    other = make_going(depot)
    make_duty(other, make_member(depot, name="Tomos Quaye"), day=today())
    later = make_going(depot)
    make_duty(later, member, day=MONDAY)
    client.force_login(account)
    said = words_of(client, reverse("my_sheets_pdf"))
    assert f"Run {mine.called} " in said
    for run in (other, later):
        assert f"Run {run.called} " not in said
    client.force_login(make_account(person=make_person(full_name="Somebody Else")))
    assert "You have no run today." in words_of(client, reverse("my_sheets_pdf"))
