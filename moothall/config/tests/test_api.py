import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.test import Client
from ninja import Router

from moothall.config.api import labelled_urls, make_api
from moothall.core.door import SIGNED_IN, public

router = Router()


@router.get("weather")
@public
def weather(request: HttpRequest) -> dict[str, str]:
    return {"sky": "clear"}


unlabelled = Router()


@unlabelled.get("secrets")
def secrets(request: HttpRequest) -> dict[str, str]:
    return {}


def test_an_operation_without_a_label_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"/office/?secrets of the API has no label"):
        make_api({"/office/": unlabelled}, namespace="refused")


def test_every_address_of_the_api_is_labelled() -> None:
    patterns, _, _ = labelled_urls(make_api({"/office/": router}, namespace="labelled"))
    doors = {pattern.name: getattr(pattern.callback, "door", None) for pattern in patterns}
    assert doors == dict.fromkeys(["openapi-json", "openapi-view", "weather", "api-root"], SIGNED_IN)


@pytest.mark.django_db
def test_a_stranger_may_not_read_what_the_api_offers(client: Client) -> None:
    for address in ("/api/docs", "/api/openapi.json", "/api/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")
