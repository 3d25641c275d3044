"""What the desk has to say goes to exactly those whom it concerns, after a look at the list, once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.core.serving import serving
from moothall.letters.models import Letter
from moothall.people.tests.make import AT, make_account
from moothall.transport.models import Cover, DayMessage, DayNotice, Duty
from moothall.transport.rules.opening import close_days
from moothall.transport.rules.travelling import record_away

from .make import MONDAY, make_manager, make_user
from .make_day import make_run_of_day, reach, rides_of

pytestmark = pytest.mark.django_db
WORDS = {"words": "The road is closed.", "words_cy": "Mae'r ffordd ar gau."}


def make_families() -> Duty:
    """A family that reads Welsh and one that is rung."""
    duty, _driver, _escort = make_run_of_day()
    first, second = (ride.passenger for ride in rides_of(duty))
    reach(first, email="teulu@post.example", language="cy")
    reach(second, phone="01632 960011")
    return duty


def look(client: Client, **about: Any) -> Any:
    sent = WORDS | {"about": "RUNS"} | about
    return client.post(f"{reverse('preview_day_message')}?day={MONDAY.isoformat()}", sent)


def send(client: Client, page: Any) -> Any:
    sent: dict[str, Any] = {"seen": page.context["seen"], "key": page.context["key"]}
    for name, value in page.context["sent"]:
        sent.setdefault(name, []).append(value)
    return client.post(f"{reverse('send_day_message')}?day={MONDAY.isoformat()}", sent)


def test_the_list_shows_each_with_language_and_address_before_anybody_is_told(client: Client) -> None:
    duty = make_families()
    client.force_login(make_user())
    page = look(client, runs=[duty.run_id])
    for words in ("teulu@post.example", "Welsh", "01632 960011", "To be rung"):
        assert words in page.content.decode()
    assert not DayMessage.objects.exists()
    assert len(page.context["to"]) == 5  # two families, two of the crew, the school


def test_it_is_sent_once_in_their_language_and_the_others_are_rung(client: Client) -> None:
    duty = make_families()
    client.force_login(make_user())
    page = look(client, runs=[duty.run_id])
    assert send(client, page).status_code == 302
    assert send(client, page).status_code == 409
    letter = Letter.objects.get(to_address="teulu@post.example")
    assert "Mae'r ffordd ar gau." in letter.body
    ring = DayNotice.objects.get(who="FAMILY", by_telephone=True)
    message = client.get(reverse("day_message", args=[ring.message_id])).content.decode()
    assert "They were rung" in message
    client.post(reverse("ring_of_day", args=[ring.pk]))
    ring.refresh_from_db()
    assert ring.told_at is not None
    assert client.post(reverse("ring_of_day", args=[ring.pk])).status_code == 409
    client.post(reverse("not_rung_of_day", args=[ring.pk]))
    ring.refresh_from_db()
    assert ring.told_at is None
    assert "1" in client.get(reverse("day_messages")).content.decode()


def test_where_others_are_concerned_by_now_nobody_is_told(client: Client) -> None:
    duty = make_families()
    client.force_login(make_user())
    page = look(client, runs=[duty.run_id])
    reach(rides_of(duty)[1].passenger, email="new@post.example")
    assert send(client, page).status_code == 409
    assert not Letter.objects.exists()


def test_a_closure_concerns_all_who_go_there_but_whoever_is_away(client: Client) -> None:
    duty = make_families()
    first, second = rides_of(duty)
    close_days(
        kind="SHUT", first_on=MONDAY, last_on=MONDAY, because="Boiler", centre=first.centre,
        by=make_manager(), at=AT,
    )  # fmt: skip
    record_away(second.passenger, from_on=MONDAY, until_on=MONDAY, because="Ill", by=make_manager(), at=AT)
    client.force_login(make_user())
    page = look(client, about="CENTRE", centre=first.centre_id)
    families = [each.name for each in page.context["to"] if each.who == "FAMILY"]
    assert families == ["Osian Bello"]
    assert any(each.who == "CENTRE" for each in page.context["to"])


def test_a_cover_concerns_its_runs(client: Client) -> None:
    duty = make_families()
    place = duty.mannings.get(role="driver")
    cover = Cover.objects.create(
        day=MONDAY, name="FREE", at=AT, by=make_manager(), changes=[{"manning": place.pk, "stand_by": None}]
    )
    client.force_login(make_user())
    page = look(client, about="COVER", cover=cover.pk)
    assert {each.who for each in page.context["to"]} == {"FAMILY", "CREW", "CENTRE"}


def test_without_a_choice_or_without_anybody_it_says_so(client: Client) -> None:
    duty = make_families()
    client.force_login(make_user())
    assert look(client).status_code == 422
    assert client.get(reverse("write_day_message"), {"day": MONDAY.isoformat()}).status_code == 200
    duty.run.rides.update(weekdays=[4])
    assert look(client, runs=[duty.run_id]).status_code == 422  # it does not go that day


def test_what_a_family_was_told_is_hidden_from_whoever_may_not_see_the_letter(client: Client) -> None:
    duty = make_families()
    client.force_login(make_user())
    send(client, look(client, runs=[duty.run_id]))
    with serving("0"):
        assert Letter.objects.exists() == DayNotice.objects.filter(letter__isnull=False).exists()
    client.force_login(make_account())
    assert client.get(reverse("day_message", args=[DayMessage.objects.get().pk])).status_code == 403


def test_where_a_school_is_told_is_kept(client: Client) -> None:
    centre = rides_of(make_families())[0].centre
    client.force_login(make_manager())
    sent = {"email": "office@school.example", "phone": "01632 960012", "language": "cy"}
    assert client.post(reverse("centre_contact", args=[centre.key]), sent).status_code == 302
    centre.refresh_from_db()
    assert (centre.email, centre.language) == ("office@school.example", "cy")


def test_the_pages_ask_as_often_for_many_as_for_few(client: Client) -> None:
    duty = make_families()
    client.force_login(make_user())
    send(client, look(client, runs=[duty.run_id]))
    one = DayMessage.objects.get()
    pages = [reverse("day_messages"), reverse("day_message", args=[one.pk])]

    def asked() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as counted:
                assert client.get(page).status_code == 200
            found.append(len(counted))
        return found

    asked()
    few = asked()
    notices = list(DayNotice.objects.filter(letter=None))
    for number in range(3):
        more = DayMessage.objects.create(key=f"words:{number}", kind="WORDS", day=MONDAY, at=AT)
        for each in notices:
            DayNotice.objects.create(
                message=more, who=each.who, person=each.person, centre=each.centre, by_telephone=True
            )
    assert asked() == few
