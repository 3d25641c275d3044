"""Field history is kept by the database itself and told field by field."""

import datetime as dt

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.people.models import Grant, Organisation, Person, Role, Team
from moothall.records.rules.history import history_of

from .make import AT, make_account, make_document

pytestmark = pytest.mark.django_db


def make_person() -> Person:
    return Person.objects.create(reference="P000001", full_name="Sian Okafor", language="", added_at=AT)


def test_history_says_who_changed_what_from_what_to_what() -> None:
    person, carys = make_person(), make_account()
    with pghistory.context(user=carys.pk):
        Person.objects.filter(pk=person.pk).update(full_name="Siân Okafor", language="cy")
    with pghistory.context(user=None):
        Person.objects.filter(pk=person.pk).update(full_name="Siân Okafor-Jones")
    latest, first, language = history_of(person)
    assert (latest.field, latest.before, latest.after) == ("full_name", "Siân Okafor", "Siân Okafor-Jones")
    assert latest.by is None
    assert (first.label, first.before, first.after) == ("full name", "Sian Okafor", "Siân Okafor")
    assert first.by == carys
    assert (language.before, language.after) == ("not known", "Cymraeg")
    assert isinstance(latest.at, dt.datetime)


def test_history_names_what_a_link_leads_to() -> None:
    person = make_person()
    old, new = (Organisation.objects.create(name=name) for name in ("Ysgol Bryn", "Ysgol Glan"))
    Person.objects.filter(pk=person.pk).update(organisation=old, born_on=dt.date(1990, 2, 1))
    Person.objects.filter(pk=person.pk).update(organisation=new)
    changes = {(change.field, change.before, change.after) for change in history_of(person)}
    assert changes == {
        ("organisation", "Ysgol Bryn", "Ysgol Glan"),
        ("organisation", "", "Ysgol Bryn"),
        ("born_on", "", "1 Feb 1990"),
    }


def test_history_of_a_record_that_was_tracked_from_its_beginning_starts_there() -> None:
    account = make_account()
    organisation = Organisation.objects.create(name="Caer Council")
    team = Team.objects.create(key="learning", name="Learning", organisation=organisation)
    role = Role.objects.create(key="coordinator", name="Coordinator")
    grant = Grant.objects.create(account=account, role=role, team=team, started_on=dt.date(2026, 1, 1))
    assert history_of(grant) == []
    Grant.objects.filter(pk=grant.pk).update(ended_on=dt.date(2026, 6, 30))
    [change] = history_of(grant)
    assert (change.field, change.before, change.after) == ("ended_on", "", "30 Jun 2026")


def test_a_long_history_costs_no_more_queries_than_a_short_one() -> None:
    person, carys = make_person(), make_account()
    for number in range(20):
        with pghistory.context(user=carys.pk):
            Person.objects.filter(pk=person.pk).update(full_name=f"Siân {number}")
    with CaptureQueriesContext(connection) as queries:
        assert len(history_of(person)) == 20
    assert len(queries) == 3


def test_a_record_without_a_history_says_so() -> None:
    with pytest.raises(LookupError, match="not kept"):
        history_of(make_document())
