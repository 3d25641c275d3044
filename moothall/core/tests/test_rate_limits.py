"""So many times in so long, for every process alike."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from moothall.core import door, rate_limits
from moothall.core.rate_limits import Limit, TooOften, address_of, count, limited

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
THREE = Limit("three", most=3, per=dt.timedelta(minutes=10))
SENT = RequestFactory().post("/")


def three_times(who: str = "192.0.2.1") -> None:
    for _ in range(3):
        count(THREE, who, at=AT)


@pytest.mark.django_db
def test_the_fourth_time_is_refused_and_told_when_to_come_back() -> None:
    three_times()
    with pytest.raises(TooOften) as refused:
        count(THREE, "192.0.2.1", at=AT + dt.timedelta(minutes=4))
    assert "Wait 7 minutes and try again, at 09:41." in str(refused.value)


@pytest.mark.django_db
def test_others_and_other_limits_are_counted_apart() -> None:
    three_times()
    count(THREE, "192.0.2.2", at=AT)
    count(Limit("another", most=1, per=THREE.per), "192.0.2.1", at=AT)


@pytest.mark.django_db
def test_the_count_begins_again_when_its_time_is_over() -> None:
    three_times()
    for _ in range(3):
        count(THREE, "192.0.2.1", at=AT + THREE.per)
    with pytest.raises(TooOften):
        count(THREE, "192.0.2.1", at=AT + THREE.per)


@pytest.mark.django_db
def test_a_success_forgets_what_was_tried() -> None:
    three_times()
    rate_limits.forget(THREE, "192.0.2.1")
    three_times()


@pytest.mark.django_db
def test_old_counts_are_removed_and_new_ones_stay() -> None:
    long_ago = AT - dt.timedelta(days=4000)
    count(THREE, "192.0.2.1", at=long_ago)
    count(THREE, "192.0.2.2", at=AT + dt.timedelta(days=4000))
    assert rate_limits.forget_old_counts() == 1


def test_one_household_with_many_addresses_is_one() -> None:
    factory = RequestFactory()
    one = factory.get("/", REMOTE_ADDR="2001:db8:1:2:3::1")
    other = factory.get("/", REMOTE_ADDR="2001:db8:1:2:ffff::9")
    assert address_of(one) == address_of(other) == "2001:db8:1:2::/64"


def test_a_proxy_is_believed_only_where_there_is_one(settings: Any) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.9", headers={"X-Forwarded-For": "1.1.1.1, 192.0.2.5"}
    )
    assert address_of(request) == "192.0.2.9"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address_of(request) == "192.0.2.5"


@limited(Limit("page", most=1, per=dt.timedelta(minutes=10)))
def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@pytest.mark.django_db
def test_reading_is_never_counted() -> None:
    for _ in range(3):
        assert page(RequestFactory().get("/")).status_code == 200


@pytest.mark.django_db
def test_the_refusal_is_a_plain_page_answered_with_429() -> None:
    page(SENT)
    with pytest.raises(TooOften) as refused:
        page(SENT)
    middleware = door.DoorMiddleware(lambda _request: HttpResponse())
    response = middleware.process_exception(SENT, refused.value)
    assert response is not None
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 601
    assert "too many times" in response.content.decode()
