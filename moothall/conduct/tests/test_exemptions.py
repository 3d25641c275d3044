"""For whom a kind of matter is not, though their workforce is: a rank, and whoever is in probation."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from moothall.conduct.models import Exemption, Matter, MatterKind
from moothall.conduct.rules.refusals import Exempt
from moothall.core.clock import now, today
from moothall.core.packs import load_pack
from moothall.people.tests.make import make_person
from moothall.workforce.models import Employment
from moothall.workforce.tests.make import make_employment, make_post

from .make import LONG_AGO, make_caseworker, make_kind, make_matter

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def make_exemption(kind: MatterKind | None = None, **changes: Any) -> Exemption:
    given: dict[str, Any] = {
        "in_probation": True, "from_on": LONG_AGO, "sentence": "Not for a constable in probation.",
        "sentence_cy": "Nid ar gyfer cwnstabl ar brawf.", "instead": "Extend or end the probation.",
        "instead_cy": "Estynnwch y cyfnod prawf.", "source": "Regulation 2",
    }  # fmt: skip
    return Exemption.objects.create(kind=kind or make_kind(), **given | changes)


def make_officer(title: str = "Police Constable", *, probation_until: dt.date | None = None) -> Employment:
    made = make_employment(workforce="police_officer", post=make_post(title=title))
    Employment.objects.filter(pk=made.pk).update(probation_until=probation_until)
    made.refresh_from_db()
    return made


def test_a_matter_is_refused_in_probation_with_what_is_done_instead() -> None:
    kind = make_exemption().kind
    officer = make_officer(probation_until=today() + 30 * DAY)
    with pytest.raises(Exempt) as refused:
        make_matter(employment=officer, kind=kind)
    assert str(refused.value) == "Not for a constable in probation. Extend or end the probation."
    with translation.override("cy"), pytest.raises(Exempt, match="Nid ar gyfer cwnstabl ar brawf"):
        make_matter(employment=officer, kind=kind)
    assert not Matter.objects.exists()


def test_the_day_it_began_says_whether_somebody_was_in_probation() -> None:
    kind = make_exemption().kind
    officer = make_officer(probation_until=today() - 10 * DAY)
    make_matter(employment=officer, kind=kind, began_on=today() - 9 * DAY)
    with pytest.raises(Exempt):
        make_matter(employment=officer, kind=kind, began_on=today() - 10 * DAY)


@pytest.mark.parametrize(
    ("title", "is_about"),
    [
        ("Chief Constable", True),
        ("chief constable, Dyfed", True),
        ("Commander", True),
        ("Commander’s Staff Officer", False),
        ("Police Constable", False),
        ("Chief Superintendent", False),
        ("Area Commander", False),
        ("", False),
    ],
)
def test_a_rank_is_known_by_how_the_title_of_the_post_begins(title: str, is_about: bool) -> None:
    rank = Exemption(titles=["Chief Constable", "Commander"])
    assert rank.is_about(title) is is_about


def test_a_rank_is_refused_and_another_is_not() -> None:
    kind = make_exemption(in_probation=False, titles=["Assistant Chief Constable"]).kind
    with pytest.raises(Exempt):
        make_matter(employment=make_officer("Assistant Chief Constable"), kind=kind)
    make_matter(employment=make_officer("Chief Superintendent"), kind=kind)


def test_an_exemption_holds_between_its_days() -> None:
    kind = make_exemption(until_on=today() - DAY).kind
    officer = make_officer(probation_until=today() + 30 * DAY)
    make_matter(employment=officer, kind=kind)
    with pytest.raises(Exempt):
        make_matter(employment=officer, kind=kind, began_on=today() - DAY)


def test_the_database_holds_that_an_exemption_is_not_for_everybody_and_says_why() -> None:
    for changes in ({"in_probation": False}, {"sentence": ""}, {"until_on": LONG_AGO - DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_exemption(**changes)


def test_police_performance_is_not_for_probationers_nor_above_chief_superintendent(client: Client) -> None:
    load_pack("people-services", at=now())
    kind = MatterKind.objects.get(key="performance-upp")
    apps.get_model("credentials", "Requirement").objects.filter(
        activity__key="handle-casework"
    ).delete()  # what nobody holds in this test
    by = make_caseworker(person=make_person())
    client.force_login(by)
    for officer, words in (
        (make_officer(probation_until=today() + DAY), "regulation 13"),
        (make_officer("Deputy Chief Constable"), "above chief superintendent"),
    ):
        sent = {
            "employee": officer.number, "employee-key": officer.pk, "kind": kind.pk, "began_on": "today",
            "summary": "Late",
        }  # fmt: skip
        answer = client.post(reverse("open_matter"), sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    sergeant = make_officer("Sergeant", probation_until=today() + DAY)
    matter = make_matter(employment=sergeant, kind=kind, by=by)
    shown = client.get(reverse("matter_page", args=[matter.case.reference])).content.decode()
    assert "This procedure is not for ranks above chief superintendent." in shown


def test_who_begins_from_a_record_reads_what_is_not_for_them_before_writing_anything(client: Client) -> None:
    exemption = make_exemption(make_kind(name="Unsatisfactory performance", workforces=["police_officer"]))
    make_exemption(make_kind(key="civilian", name="Civilian standards", workforces=["employee"]))
    client.force_login(make_caseworker())
    probationer = make_officer(probation_until=today() + 30 * DAY)

    def shown(officer: Employment) -> str:
        return client.get(reverse("open_matter"), {"employee": officer.number}).content.decode()

    page = shown(probationer)
    assert f"Not for {probationer.person.full_name} today" in page
    assert "Unsatisfactory performance" in page
    assert f"{exemption.sentence} {exemption.instead}" in page
    assert page.count(exemption.sentence) == 1
    assert exemption.sentence not in shown(make_officer())
    assert exemption.sentence not in client.get(reverse("open_matter")).content.decode()
