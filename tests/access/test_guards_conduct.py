"""Guards of employee casework behind the wall of the database: what even people named are not told."""

import datetime as dt

from django.urls import reverse

from moothall.cases.models import Case
from moothall.conduct.models import ImprovementNotice, Matter, MatterLink, Meeting, Suspension
from moothall.conduct.rules.board import KindFigures
from moothall.conduct.tests.make import make_meeting
from moothall.core.clock import now, today
from moothall.people.models import Account

from .exercising import as_if_never
from .office import Office

ON_THE_BOARD = ("due", "meetings", "suspensions", "windows", "live")


def seal(*matters: Matter) -> None:
    Case.objects.filter(pk__in=[each.case_id for each in matters]).update(confidentiality=Case.SEALED)


def everything_is_due(office: Office) -> tuple[Matter, Matter]:
    """The matters that everybody in a seat is named on, with something in each part of the board."""
    matter, measured = office.rows["matter named"], office.rows["measured named"]
    Case.objects.filter(pk__in=[matter.case_id, measured.case_id]).update(due_on=today())
    Suspension.objects.filter(matter=measured).update(review_by=today())
    ImprovementNotice.objects.filter(outcome__matter=measured).update(until_on=today())
    soon = now() + dt.timedelta(days=3)
    met = make_meeting(matter)
    Meeting.objects.filter(pk=met.pk).update(starts_at=soon, ends_at=soon + dt.timedelta(hours=1))
    return matter, measured


def test_a_sealed_matter_is_in_no_list_even_for_whoever_is_named_on_it(office: Office) -> None:
    """It is read on the page of its case alone, once a reason is given."""
    client = office.client("L")
    with as_if_never():
        matters = everything_is_due(office)
        before = client.get(reverse("matter_board"))
        assert [part for part in ON_THE_BOARD if not before.context[part]] == []
        assert matters[0].case.reference in client.get(reverse("matter_list")).content.decode()
        assert counted(before.context["figures"]) > 0
        seal(*matters)
        board, listed = client.get(reverse("matter_board")), client.get(reverse("matter_list"))
        page = client.get(reverse("matter_page", args=[matters[0].case.reference]))
    assert {part: board.context[part] for part in ON_THE_BOARD if board.context[part]} == {}
    assert "Ysoldenamed" not in board.content.decode() + listed.content.decode()
    assert page.status_code == 404
    assert counted(before.context["figures"]) > counted(board.context["figures"])


def counted(figures: list[KindFigures]) -> int:
    return sum(each.open for each in figures)


def test_a_sealed_matter_is_neither_shown_nor_offered_beside_another(office: Office) -> None:
    sealed: Matter = office.rows["matter named"]
    open_: Matter = office.rows["matter linkable"]
    address = reverse("matter_page", args=[open_.case.reference])
    link = reverse("link_matter", args=[open_.case.reference])
    given = {"other-key": sealed.pk, "because": "The same meeting"}
    with as_if_never():
        MatterLink.objects.create(matter=open_, other=sealed, because="Both", added_at=now())
        assert sealed.case.reference in office.client("L").get(address).content.decode()
        MatterLink.objects.filter(matter=open_).delete()
        seal(sealed)
        refused = office.client("L").post(link, given)
        MatterLink.objects.create(matter=open_, other=sealed, because="Both", added_at=now())
        page = office.client("L").get(address)
    assert page.status_code == 200
    assert sealed.case.reference not in page.content.decode()
    assert refused.status_code == 422


def test_a_sealed_matter_is_not_on_the_staff_record(office: Office) -> None:
    matter: Matter = office.rows["matter named"]
    address = reverse("staff_record", args=[matter.employment.number])
    with as_if_never():
        before = office.client("H").get(address).content.decode()
        seal(matter)
        after = office.client("H").get(address).content.decode()
    assert matter.case.reference in before
    assert matter.case.reference not in after


def test_a_matter_about_oneself_is_not_told_beside_its_case(office: Office) -> None:
    """Even where somebody was named on it before it was known whose account it is."""
    matter: Matter = office.rows["matter named"]
    address, told = reverse("matter_page", args=[matter.case.reference]), {}
    with as_if_never():
        for seat in "ML":
            account = office.account(seat)
            if seat == "L":
                Account.objects.filter(pk=account.pk).update(person=matter.employment.person)
            page = office.client(seat).get(reverse("case_page", args=[matter.case.reference]))
            assert page.status_code == 200
            told[seat] = address in page.content.decode()
    assert told == {"M": True, "L": False}
