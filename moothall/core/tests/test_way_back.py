"""A form leads back to a page of ours, and to nobody else's."""

import pytest
from django.test import RequestFactory

from moothall.core.way_back import way_back


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.com/",
        "//example.com/",
        "/\\example.com",
        "\\\\example.com",
        "http:///example.com",
        "https:example.com",
        "javascript:alert(1)",
        "data:text/html,hello",
        "https://testserver@example.com/",
        "https://testserver.example.com/",
        "\x08//example.com",
        "  //example.com",
        "",
    ],
)
def test_nobody_is_led_elsewhere(elsewhere: str) -> None:
    assert way_back(RequestFactory().get("/"), elsewhere, "/work/") == "/work/"


@pytest.mark.parametrize("ours", ["/cases/", "/cases/?q=a//b", "http://testserver/cases/"])
def test_a_page_of_ours_is_where_one_came_from(ours: str) -> None:
    assert way_back(RequestFactory().get("/"), ours, "/work/") == ours


def test_under_https_a_plain_address_is_not_ours() -> None:
    request = RequestFactory().get("/", secure=True)
    assert way_back(request, "http://testserver/cases/", "/work/") == "/work/"
