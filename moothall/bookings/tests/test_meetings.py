"""A time for a board: who can come, why others cannot, who comes instead; booked with its room in one go."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.bookings.models import Panel, PanelMember, Reservation, Resource
from moothall.bookings.planning.meetings import Answer, Asked, Sitting, suggest_times
from moothall.bookings.rules.inviting import invite
from moothall.bookings.rules.meeting import NobodyComes, NothingToBook, book_meeting
from moothall.bookings.rules.panels import (
    ChairTaken,
    OwnDeputy,
    PanelThere,
    SameSite,
    SitsAlready,
    add_member,
    protect_time,
    remove_member,
    retire_panel,
    save_panel,
    set_journey,
)
from moothall.bookings.rules.refusals import Taken
from moothall.bookings.rules.setting import shut
from moothall.cases.tests.make import AT
from moothall.core.clock import in_london, today
from moothall.letters.models import Letter
from moothall.people.models import Absence, Account, Place
from moothall.people.tests.make import make_account, make_team

from .make import BOOKER, MONDAY, SETTER, make_reservation, make_resource, wall

pytestmark = pytest.mark.django_db
FRIDAY = MONDAY + dt.timedelta(days=4)


def people(number: int) -> list[Account]:
    return [make_account(name=f"Member {each:02}") for each in range(number)]


def asked(sitting: Sequence[Account | Sitting], rooms: Sequence[Resource], **changes: Any) -> Answer:
    given: dict[str, Any] = {"minutes": 60, "first": MONDAY, "last": FRIDAY, "rooms": tuple(rooms)} | changes
    seats = tuple(each if isinstance(each, Sitting) else Sitting(each) for each in sitting)
    return suggest_times(Asked(seats, **given))


def busy(account: Account, first: int, last: int, *, day: dt.date = MONDAY, **changes: Any) -> Reservation:
    """Invited to something elsewhere."""
    made = make_reservation(starts_at=wall(first, on=day), ends_at=wall(last, on=day), **changes)
    invite(reservation=made, emails=[account.email], by=None, at=AT)
    return made


def board(size: int = 12, **changes: Any) -> tuple[Panel, list[Account]]:
    """Its first member takes the chair; the second has a deputy."""
    given: dict[str, Any] = {
        "name": "Standards board", "name_cy": "Bwrdd safonau", "minutes": 60, "quorum": 0, "papers_days": 0,
        "place": None, "by": None, "at": AT,
    }  # fmt: skip
    panel, members = save_panel(None, **given | changes), people(size)
    for number, account in enumerate(members):
        role = PanelMember.CHAIR if number == 0 else PanelMember.NEEDED
        deputy = make_account(name="The deputy") if number == 1 else None
        add_member(panel, account=account, role=role, deputy=deputy, by=None, at=AT)
    return panel, members


def test_eleven_of_twelve_come_the_twelfth_is_named_with_the_reason_and_the_deputy() -> None:
    room, members, deputy = make_resource(capacity=14), people(12), make_account(name="The deputy")
    for day in range(5):
        busy(members[3], 8, 18, day=MONDAY + dt.timedelta(days=day), title="Crown court")
    sitting = [Sitting(each, deputy=deputy if each == members[3] else None) for each in members]
    best = asked(sitting, [room]).suggestions[0]
    assert (best.there, best.answered, best.needed) == (11, 12, 12)
    [absent] = best.absent
    assert (absent.account, absent.why, absent.deputy, absent.deputy_comes) == (
        members[3], "Crown court", deputy, True,
    )  # fmt: skip
    assert set(best.invited) == {*members, deputy} - {members[3]}


def test_a_time_that_suits_everybody_comes_first_whatever_takes_them_elsewhere() -> None:
    room, [one, two, three] = make_resource(), people(3)
    diary = make_resource(kind=Resource.PERSON, account=two)
    busy(one, 9, 12)
    make_reservation(diary, starts_at=wall(12), ends_at=wall(14))
    Absence.objects.create(
        account=three, kind=Absence.SICK, from_on=MONDAY, until_on=MONDAY, begins=dt.time(14),
        ends=dt.time(16), entered_at=AT,
    )  # fmt: skip
    best = asked([one, two, three], [room], last=MONDAY).suggestions[0]
    assert in_london(best.starts_at).time() == dt.time(16)
    assert not best.absent


def test_why_somebody_is_away_is_not_said_nor_what_a_private_booking_is_for() -> None:
    room, [one, two] = make_resource(), people(2)
    Absence.objects.create(account=one, kind=Absence.SICK, from_on=MONDAY, until_on=FRIDAY, entered_at=AT)
    for day in range(5):
        busy(two, 8, 18, day=MONDAY + dt.timedelta(days=day), title="Hearing about Nia", is_private=True)
    best = asked([one, two], [room]).suggestions[0]
    assert [each.why for each in best.absent] == ["away", "a private booking"]


def test_rooms_that_are_taken_shut_or_too_small_are_not_offered_and_all_others_are() -> None:
    place = Place.objects.create(name="Hall")
    free, also, taken, closed = (make_resource(place=place, capacity=20) for _n in range(4))
    make_resource(place=place, capacity=2)
    make_reservation(taken, starts_at=wall(8), ends_at=wall(18))
    shut(
        place=None, room=closed, first=MONDAY, after=dt.time(8), last=MONDAY, before=dt.time(18),
        reason="Paint", by=None, at=AT,
    )  # fmt: skip
    rooms = list(Resource.objects.of_kind(Resource.ROOM))
    for best in asked(people(3), rooms, last=MONDAY).suggestions:
        assert set(best.rooms) == {free, also}


def test_protected_time_and_journeys_between_sites_are_heeded() -> None:
    room, [one] = make_resource(), people(1)
    elsewhere = make_resource()
    protect_time(weekday=None, begins=dt.time(9), ends=dt.time(10), why="Quiet hour", by=None, at=AT)
    made = make_reservation(elsewhere, starts_at=wall(9), ends_at=wall(11))
    invite(reservation=made, emails=[one.email], by=None, at=AT)
    set_journey(one=room.place, other=elsewhere.place, minutes=40, by=None, at=AT)
    best = asked([one], [room], last=MONDAY).suggestions[0]
    assert in_london(best.starts_at).time() == dt.time(11, 45)
    set_journey(one=elsewhere.place, other=room.place, minutes=10, by=None, at=AT)
    best = asked([one], [room], last=MONDAY).suggestions[0]
    assert in_london(best.starts_at).time() == dt.time(11, 15)


def test_without_the_chair_or_a_quorum_there_is_no_time_and_the_reason_is_said() -> None:
    room, [chair, *others] = make_resource(), people(3)
    Absence.objects.create(account=chair, kind=Absence.LEAVE, from_on=MONDAY, until_on=FRIDAY, entered_at=AT)
    sitting = [Sitting(chair, PanelMember.CHAIR), *map(Sitting, others)]
    assert "chair" in asked(sitting, [room]).nothing
    assert "enough" in asked([chair, *others], [room], quorum=3).nothing
    assert "room" in asked(people(3), [make_resource(capacity=2)]).nothing
    assert asked([], [room]).nothing
    assert asked(others, [], online=True).suggestions[0].rooms == ()


def test_papers_go_out_working_days_before() -> None:
    best = asked(people(1), [make_resource()], papers_days=5, last=MONDAY).suggestions[0]
    assert best.papers_on == MONDAY - dt.timedelta(days=7)


def test_what_is_booked_takes_the_room_and_every_diary_and_invites_those_who_come() -> None:
    room, [one, two] = make_resource(), people(2)
    diary = make_resource(kind=Resource.PERSON, account=two)
    span = wall(10), wall(11)
    made = book_meeting(title="Board", room=room, span=span, people=[one, two], by=one, at=AT)
    assert set(made.takings.values_list("resource", flat=True)) == {room.pk, diary.pk}
    assert Letter.objects.filter(to_address__in=[one.email, two.email]).count() == 2
    with pytest.raises(Taken):
        book_meeting(title="Other", room=make_resource(), span=span, people=[two], by=one, at=AT)
    assert Reservation.objects.count() == 1
    with pytest.raises(NobodyComes):
        book_meeting(title="Other", room=make_resource(), span=span, people=[], by=one, at=AT)
    with pytest.raises(NothingToBook):
        book_meeting(title="Other", room=None, span=span, people=[one], by=one, at=AT)


def test_a_panel_has_one_chair_nobody_twice_and_a_name_of_its_own() -> None:
    panel, members = board(3)
    extra = make_account()
    given: dict[str, Any] = {"deputy": None, "by": None, "at": AT}
    with pytest.raises(ChairTaken):
        add_member(panel, account=extra, role=PanelMember.CHAIR, **given)
    with pytest.raises(SitsAlready):
        add_member(panel, account=members[1], role=PanelMember.NEEDED, **given)
    with pytest.raises(OwnDeputy):
        add_member(panel, account=extra, role=PanelMember.NEEDED, **given | {"deputy": extra})
    with pytest.raises(PanelThere):
        board(1)
    place = make_resource().place
    with pytest.raises(SameSite):
        set_journey(one=place, other=place, minutes=10, by=None, at=AT)
    assert not retire_panel(panel, by=extra, at=AT)
    assert retire_panel(panel, by=extra, at=AT)
    remove_member(panel.members.get(account=members[0]), by=extra, at=AT)
    add_member(panel, account=extra, role=PanelMember.CHAIR, **given)


def booker(client: Client, *permissions: str) -> Account:
    account = make_account(*(permissions or BOOKER), team=make_team())
    client.force_login(account)
    return account


def test_a_board_is_found_a_time_and_booked_from_the_page(client: Client) -> None:
    booker(client)
    panel, members = board(4)
    room = make_resource(capacity=10)
    page = client.get(reverse("find_time"), {"panel": panel.pk})
    assert page.context["answer"] is None
    assert all(each.name in page.text for each in members)
    form = {
        name: page.context["form"][name].value()
        for name in ("minutes", "first_on", "last_on", "opens", "shuts")
    }
    query = form | {"panel": panel.pk, "before": panel.pk, "title": "Spring board"}
    page = client.get(reverse("find_time"), query)
    best = page.context["answer"].suggestions[0]
    sent = {
        "starts": best.starts_at.isoformat(), "ends": best.ends_at.isoformat(), "title": "Spring board",
        "room": room.pk, "who": [each.pk for each in best.invited],
    }  # fmt: skip
    page = client.post(reverse("book_found_time"), sent, follow=True)
    assert "Everybody who comes is invited" in page.text
    assert Reservation.objects.get().title == "Spring board"
    page = client.post(reverse("book_found_time"), sent, follow=True)
    assert room.name in page.text
    assert Reservation.objects.count() == 1


def test_people_are_added_by_name_and_taken_off_again(client: Client) -> None:
    booker(client)
    one, two = make_account(name="Wren Addo"), make_account(name="Sol Tekle")
    make_resource(capacity=10)
    assert "Wren Addo" in client.get(reverse("colleague_lookup"), {"q": "wre"}).text
    begun = client.get(reverse("find_time")).context["form"]
    form = {name: begun[name].value() for name in ("minutes", "first_on", "last_on", "opens", "shuts")}
    page = client.get(reverse("find_time"), form | {"add": "Wren", "who": [two.pk]})
    assert {each.account for each in page.context["sitting"]} == {one, two}
    page = client.get(reverse("find_time"), form | {"who": [one.pk, two.pk], "off": [two.pk]})
    assert [each.account for each in page.context["sitting"]] == [one]
    page = client.get(reverse("find_time"), form | {"first_on": "31/12/2026", "last_on": "1/1/2026"})
    assert page.status_code == 422


def test_boards_and_what_meetings_heed_are_kept_on_pages(client: Client) -> None:
    booker(client, *SETTER)
    site, other = make_resource().place, make_resource().place
    account = make_account(name="Wren Addo")
    client.post(reverse("add_panel"), {"name": "Ethics board", "minutes": "60", "quorum": "3"})
    panel = Panel.objects.get()
    client.post(reverse("add_panel_member", args=[panel.pk]), {"account": "Wren", "role": "CHAIR"})
    assert "Wren Addo" in client.get(reverse("panel", args=[panel.pk])).text
    client.post(reverse("protect_time"), {"begins": "12:00", "ends": "13:00", "why": "Lunch"})
    client.post(reverse("set_journey"), {"one": site.pk, "other": other.pk, "minutes": "20"})
    page = client.get(reverse("meeting_rules"))
    assert "Lunch" in page.text
    assert "20 minutes" in page.text
    assert panel.members.get().account == account


def counted(client: Client, address: str, query: dict[str, Any]) -> int:
    with CaptureQueriesContext(connection) as asked_for:
        assert client.get(address, query).status_code == 200
    return len(asked_for)


def test_the_number_of_queries_does_not_grow_with_people_rooms_and_engagements(client: Client) -> None:
    booker(client)
    panel, members = board(3)
    make_resource(capacity=30)
    busy(members[0], 9, 10, day=today() + dt.timedelta(days=2))
    begun = client.get(reverse("find_time")).context["form"]
    form = {name: begun[name].value() for name in ("minutes", "first_on", "last_on", "opens", "shuts")}
    query = form | {"panel": panel.pk, "before": panel.pk}
    counted(client, reverse("find_time"), query)
    few = counted(client, reverse("find_time"), query)
    for number in range(9):
        account = make_account(name=f"Further {number}")
        add_member(panel, account=account, role=PanelMember.NEEDED, deputy=None, by=None, at=AT)
        make_resource(capacity=30)
        busy(account, 9, 10, day=today() + dt.timedelta(days=number + 1))
    assert counted(client, reverse("find_time"), query) <= few
