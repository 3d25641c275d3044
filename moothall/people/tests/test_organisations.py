import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from moothall.people.models import Organisation, Team
from moothall.people.rules.organisations import NameMissing, add_team
from moothall.people.tests.make import AT, make_account, make_grant, make_organisation, make_role, make_team
from moothall.people.tests.pages import client_who_may, main, page, signed_in_as, words

pytestmark = pytest.mark.django_db


def test_an_organisation_is_added_corrected_and_found_by_either_name() -> None:
    client = client_who_may("people.view", "people.edit")
    page(client.get(reverse("add_organisation")))
    data = {"name": "Aberdyfi School", "name_cy": "Ysgol Aberdyfi", "kind": "school"}
    client.post(reverse("add_organisation"), data)
    school = Organisation.objects.get()
    parent = make_organisation(name="Gwynedd Council")
    address = reverse("edit_organisation", args=[school.pk])
    page(client.get(address))
    client.post(address, data | {"parent": "Gwynedd"})
    school.refresh_from_db()
    assert school.parent == parent
    for typed in ("ysgol", "aberdyfi sch"):
        tree = page(client.get(reverse("organisation_lookup"), {"q": typed}))
        assert "Aberdyfi School" in words(tree)
        assert "Aberdyfi School" in words(main(page(client.get(f"{reverse('organisations')}?q={typed}"))))
    round_about = client.post(reverse("edit_organisation", args=[parent.pk]), {
        "name": "Gwynedd Council", "kind": "partner", "parent": "Aberdyfi",
    })  # fmt: skip
    assert "part of itself" in words(main(page(round_about, status=422)))


def test_a_team_is_added_and_given_a_lead_who_works_in_it() -> None:
    administrator = make_account("people.administer")
    client = signed_in_as(administrator)
    make_organisation(kind="own")
    page(client.get(reverse("add_team")))
    client.post(reverse("add_team"), {"name": "Learning Desk", "name_cy": "Desg Ddysgu"})
    team = Team.objects.get(key="learning-desk")
    outsider, colleague = make_account(name="Outside"), make_account(name="Inside")
    make_grant(account=colleague, role=make_role("people.view"), team=team)
    address = reverse("edit_team", args=[team.key])
    text = words(main(page(client.get(address))))
    assert ("Inside" in text, "Outside" in text) == (True, False)
    page(client.post(address, {"name": "Learning Desk", "lead": outsider.pk}), status=422)
    client.post(address, {"name": "The Learning Desk", "email": "L@borth.example", "lead": colleague.pk})
    team.refresh_from_db()
    assert (team.name, team.email, team.lead) == ("The Learning Desk", "l@borth.example", colleague)
    assert "The Learning Desk" in words(main(page(client.get(reverse("teams")))))
    taken = client.post(reverse("add_team"), {"name": "Learning desk"})
    assert "a team of this name already" in words(main(page(taken, status=422)))


def test_the_first_team_of_an_empty_office_makes_the_office_too_and_a_refused_one_makes_neither() -> None:
    with pytest.raises(NameMissing):
        add_team(name="!", by=None, at=AT)
    assert not Organisation.objects.exists()
    first, second = (add_team(name=name, by=None, at=AT) for name in ("Desk", "Post room"))
    assert first.organisation == second.organisation == Organisation.objects.get(kind="own")


def test_lists_cost_the_same_few_queries_however_long(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(30):
        make_team()
        make_account("people.view")
    client = client_who_may("people.administer", "people.edit")
    for name in ("organisations", "teams", "accounts", "office_roles"):
        with django_assert_max_num_queries(12):
            client.get(reverse(name))
