"""When htmx gets a part, and when the whole page."""

import pytest
from django.test import RequestFactory

from moothall.core.parts import is_part, render_page_or_part


@pytest.mark.parametrize(
    ("headers", "part"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
        ({"HX-Request": "1"}, False),
    ],
)
def test_only_htmx_asking_for_a_part_gets_one(headers: dict[str, str], part: bool) -> None:
    request = RequestFactory().get("/", headers=headers)
    assert is_part(request) is part
    answer = render_page_or_part(request, "lists/views.html", "lists/empty.html", {"list": {"key": "a"}})
    assert ("mh-empty" in answer.content.decode()) is part
    assert answer["Vary"] == "HX-Request, HX-Boosted, HX-History-Restore-Request"


def test_a_part_may_say_that_it_was_refused() -> None:
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    answer = render_page_or_part(request, "lists/list.html", "lists/empty.html", {"list": {}}, status=422)
    assert answer.status_code == 422
