from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import QuerySet

from moothall.core.ready_queries import ready_query
from moothall.people.models import ContactPoint, Person, Team
from moothall.people.tests.make import AT, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db
worded: list[bool] = []


@pytest.fixture(autouse=True)
def _nothing_worded() -> Iterator[None]:
    worded.clear()
    people_called.forget()
    yield
    people_called.forget()


@ready_query("name", "most_id")
def people_called(*, name: str, most_id: int, backwards: bool) -> QuerySet[Person]:
    worded.append(backwards)
    found = Person.objects.filter(full_name=name, id__lte=most_id).select_related("organisation")
    return found.order_by("-id" if backwards else "id")


@ready_query("key")
def names_of_teams(*, key: str) -> QuerySet[Team, tuple[str, int]]:
    return Team.objects.filter(key=key).values_list("name", "organisation_id")


@ready_query("name")
def people_with_points(*, name: str) -> QuerySet[Person]:
    return Person.objects.filter(full_name=name).prefetch_related("contact_points")


def test_the_rows_are_those_of_the_queryset_whatever_is_given() -> None:
    first, second, third = (make_person(full_name=f"Ann {name}") for name in ("Lee", "Roe", "Lee"))
    asked = {"most_id": third.pk, "backwards": False}
    assert people_called(name=first.full_name, **asked) == [first, third]
    assert people_called(name=second.full_name, **asked) == [second]
    assert people_called(name="Nobody", **asked) == []
    assert people_called(name=first.full_name, most_id=first.pk, backwards=False) == [first]


def test_the_sql_is_worded_once_for_each_of_the_other_arguments() -> None:
    one, two = (make_person(full_name="Ann Lee") for _number in range(2))
    for _number in range(3):
        assert people_called(name=one.full_name, most_id=two.pk, backwards=False) == [one, two]
        assert people_called(name=one.full_name, most_id=two.pk, backwards=True) == [two, one]
    assert worded == [False, True]


def test_what_is_selected_with_a_row_costs_no_further_question(django_assert_num_queries: object) -> None:
    organisation = make_organisation()
    person = make_person(full_name="Ann Lee", organisation=organisation)
    with django_assert_num_queries(1):  # type: ignore[operator]
        (found,) = people_called(name=person.full_name, most_id=person.pk, backwards=False)
        assert found.organisation == organisation


@pytest.mark.parametrize("name", ["O'Brien", 'A "B" C', "100% %s", "back\\slash", "Ŵyn"])
def test_a_value_is_never_read_as_sql(name: str) -> None:
    person = make_person(full_name=name)
    assert people_called(name=person.full_name, most_id=person.pk, backwards=False) == [person]


def test_rows_may_be_values_alone() -> None:
    team = make_team(key="post-room", name="Post room")
    assert names_of_teams(key="post-room") == [("Post room", team.organisation_id)]


def test_what_belongs_to_the_rows_is_fetched_for_each_asking() -> None:
    ann, bob = make_person(full_name="Ann Lee"), make_person(full_name="Bob Lee")
    for person in (ann, bob):
        value = f"{person.pk}@people.example"
        ContactPoint.objects.create(person=person, kind="EMAIL", value=value, folded=value, added_at=AT)
    for person in (ann, bob):
        (found,) = people_with_points(name=person.full_name)
        assert [point.person_id for point in found.contact_points.all()] == [person.pk]


def test_a_value_that_is_missing_or_unknown_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        names_of_teams()
    with pytest.raises(TypeError):
        names_of_teams(key="post-room", colour="red")


def test_the_database_keeps_its_plan_of_a_question_that_is_asked_again() -> None:
    organisation = make_organisation()
    for number in range(6):
        team = make_team(organisation=organisation, key=f"team-{number}", name=f"Team {number}")
        assert names_of_teams(key=team.key) == [(team.name, organisation.pk)]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_prepared_statements where statement like '%people_team%'")
        assert cursor.fetchone() == (1,)


def test_other_questions_are_put_as_before_and_no_plan_of_them_is_kept() -> None:
    for _number in range(6):
        assert not Team.objects.filter(name="Nobody").exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_prepared_statements where statement like '%Nobody%'")
        assert cursor.fetchone() == (0,)
