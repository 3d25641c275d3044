"""Views of lists are kept for one account, one of a name, and removed by their owner only."""

import pytest

from moothall.people.models import SavedView
from moothall.people.rules.saved_views import SavedViews, create_saved_view, delete_saved_view

from .make import make_account

pytestmark = pytest.mark.django_db


def test_a_view_takes_the_place_of_the_one_with_its_name() -> None:
    account = make_account()
    first = create_saved_view(account, list_key="cases", name="Late", query="late=1")
    second = create_saved_view(account, list_key="cases", name="Late", query="late=1&team=hr")
    assert first.pk == second.pk
    assert SavedView.objects.get(pk=first.pk).query == "late=1&team=hr"


def test_another_list_or_account_has_views_of_its_own() -> None:
    account, other = make_account(), make_account()
    create_saved_view(account, list_key="cases", name="Late", query="late=1")
    create_saved_view(account, list_key="people", name="Late", query="")
    create_saved_view(other, list_key="cases", name="Late", query="late=1&status=OPEN")
    kept = SavedViews().views_of(account, "cases")
    assert [(view.name, view.query) for view in kept] == [("Late", "late=1")]


def test_only_its_owner_removes_a_view() -> None:
    account = make_account()
    view = create_saved_view(account, list_key="cases", name="Late", query="late=1")
    delete_saved_view(make_account(), view_id=view.pk)
    assert SavedView.objects.filter(pk=view.pk).exists()
    delete_saved_view(account, view_id=view.pk)
    assert not SavedView.objects.filter(pk=view.pk).exists()


def test_views_are_listed_by_name_in_one_query(django_assert_num_queries: object) -> None:
    account = make_account()
    for name in ("Waiting", "", "Late"):
        create_saved_view(account, list_key="cases", name=name, query="")
    with django_assert_num_queries(1):  # type: ignore[operator]
        kept = SavedViews().views_of(account, "cases")
    assert [view.name for view in kept] == ["", "Late", "Waiting"]
