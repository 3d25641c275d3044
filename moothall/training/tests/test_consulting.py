"""Asking about a draft: each reader is written to once of what would differ for them."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from moothall.letters.models import Letter
from moothall.people.tests.make import AT
from moothall.records.rules.documents import read_document
from moothall.training.models import ScheduleNotice, ScheduleVersion
from moothall.training.rules.announcing import tell_of_schedule
from moothall.training.rules.consulting import ask_about_schedule, asked_of, consult
from moothall.training.rules.publishing import publish
from moothall.training.rules.schedule import take_out_line
from moothall.workforce.tests.make import make_employment

from .make import TODAY, make_draft, make_keeper, make_line, make_reader, make_site

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def asked(version: ScheduleVersion) -> list[str]:
    ask_about_schedule(version.pk, at=AT)
    return sorted(Letter.objects.values_list("to_name", flat=True))


def make_asked() -> ScheduleVersion:
    """One person in one session, with a reader of each sort, and one whom nothing concerns."""
    site = make_site()
    make_reader("DUTY", name="Duties")
    make_reader("SITE", name="Site", place=site)
    make_reader("CATERING", name="Kitchen")
    make_reader("SITE", name="Elsewhere", place=make_site())
    line = make_line(place_id=site.pk, people=(make_employment(number="E77").pk,))
    return make_draft(line)


def test_each_reader_whom_it_concerns_is_asked_once() -> None:
    version = consult(make_asked(), by=make_keeper(), at=AT)
    assert version.state == ScheduleVersion.CONSULTED
    assert asked_of(version) == 3
    assert asked(version) == ["Duties", "Kitchen", "Site"]
    assert asked(version) == ["Duties", "Kitchen", "Site"]
    letter = Letter.objects.get(to_name="Duties")
    assert "Nothing is booked by it yet" in letter.body
    file = ContentFile(read_document(letter.documents.get())).read().decode("utf-8-sig")
    assert "E77" in file
    assert "In training" in file


def test_who_was_asked_the_same_before_is_not_asked_again_and_is_asked_of_more() -> None:
    version = consult(make_asked(), by=make_keeper(), at=AT)
    asked(version)
    again = consult(version, by=make_keeper(), at=AT)
    assert asked(again) == ["Duties", "Kitchen", "Site"]
    take_out_line(again, again.lines.get().key, by=make_keeper(), at=AT)
    changed = consult(ScheduleVersion.objects.get(pk=version.pk), by=make_keeper(), at=AT + HOUR)
    assert asked_of(changed) == 3
    Letter.objects.all().delete()
    assert asked(changed) == ["Duties", "Kitchen", "Site"]
    letter = Letter.objects.get(to_name="Duties")
    assert "You were asked on" in letter.body
    assert "Nothing of it concerns you any more." in letter.body
    last = consult(changed, by=make_keeper(), at=AT + 2 * HOUR)
    assert asked_of(last) == 0


def test_publishing_afterwards_tells_readers_for_good() -> None:
    version = consult(make_asked(), by=make_keeper(), at=AT)
    asked(version)
    publish(version, by=make_keeper(), at=AT, today=TODAY)
    tell_of_schedule(version.pk, at=AT)
    assert ScheduleNotice.objects.filter(asked=0).count() == 3
    assert Letter.objects.filter(to_name="Duties").count() == 2


def test_the_page_asks_and_says_how_many(client: Client) -> None:
    client.force_login(make_keeper())
    version = make_asked()
    address = reverse("consult_on_schedule", args=[version.schedule_id, version.number])
    page = client.post(address, follow=True).text
    assert "3 readers are asked." in page
    assert "asked about the draft" in page
    nobody = make_draft()
    address = reverse("consult_on_schedule", args=[nobody.schedule_id, nobody.number])
    assert "nobody is asked" in client.post(address, follow=True).text
