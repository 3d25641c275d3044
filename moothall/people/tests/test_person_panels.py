import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from moothall.people import person_panels
from moothall.people.models import Account, Person
from moothall.people.person_panels import panels_for, register_person_panel
from moothall.people.tests.make import make_account, make_person
from moothall.people.tests.pages import page, signed_in_as, words


@pytest.fixture(autouse=True)
def only_these_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_panels, "_panels", {})


@pytest.mark.django_db
def test_an_upper_floor_shows_on_the_page_what_the_account_may_see() -> None:
    person, allowed, other = make_person(), make_account("people.view"), make_account("people.view")

    def loader(account: Account, who: Person) -> dict[str, str] | None:
        return {"of": str(who)} if account == allowed else None

    register_person_panel("buses", "Buses", "core/parts/caution.html", lambda _account, _who: None)
    register_person_panel("trains", "Trains", "core/parts/empty.html", loader, order=10)
    assert [shown.panel.key for shown in panels_for(allowed, person)] == ["trains"]
    assert panels_for(other, person) == []
    address = reverse("person_page", args=[person.reference])
    assert "Trains About" in words(page(signed_in_as(allowed).get(address)))
    assert "Trains" not in words(page(signed_in_as(other).get(address)))


def test_a_panel_is_registered_once_and_with_a_template() -> None:
    register_person_panel("buses", "Buses", "buses.html", lambda _account, _who: None)
    with pytest.raises(ImproperlyConfigured):
        register_person_panel("buses", "Buses", "buses.html", lambda _account, _who: None)
    with pytest.raises(ImproperlyConfigured):
        register_person_panel("trams", "Trams", "", lambda _account, _who: None)
