"""Rows for tests of the public pages."""

from typing import Any

from django.test import Client
from django.urls import reverse

from moothall.cases.models import Case, Service
from moothall.cases.tests.make import make_service
from moothall.core.signed_links import sign
from moothall.people.tests.make import make_team
from moothall.portal.models import Request
from moothall.portal.models.kinds import FORM

FORM_OF_COURSES: dict[str, Any] = {
    "type": "object",
    "properties": {
        "course": {"type": "string", "title": "Which course?", "title_cy": "Pa gwrs?", "maxLength": 200},
        "day": {"type": "string", "format": "date", "title": "Preferred date", "title_cy": "Dyddiad"},
    },
    "required": ["course"],
    "order": ["course", "day"],
}


def make_public_service(**changes: Any) -> Service:
    """A service that anybody may ask for: two questions, the first of which must be answered."""
    team = changes.pop("team", None) or make_team(email="learning@borth.example")
    given: dict[str, Any] = {
        "name": "Course booking", "name_cy": "Archebu cwrs", "audience": "public", "form": FORM_OF_COURSES,
    }  # fmt: skip
    return make_service(team=team, **given | changes)


def begin(client: Client, service: Service) -> Request:
    """A form begun in this browser."""
    client.post(reverse("ask_start", args=[service.key]))
    return Request.objects.order_by("-id")[0]


def page_of(asked: Request, page: str) -> str:
    return reverse("ask_question", args=[sign(asked.token, FORM), page])


def address(asked: Request, name: str = "ask_check") -> str:
    return reverse(name, args=[sign(asked.token, FORM)])


def fill_in(client: Client, service: Service, **changes: str) -> Request:
    """A form with everything on it, ready to be sent."""
    asked = begin(client, service)
    told = {"name": "Ffion Adeyemi", "email": "ffion@borth.example", "course": "First aid"} | changes
    client.post(page_of(asked, "course"), {"course": told["course"]})
    client.post(page_of(asked, "your-name"), {"name": told["name"]})
    reach = {"email": told["email"], "phone": told.get("phone", "")}
    client.post(page_of(asked, "how-to-reach-you"), reach)
    asked.refresh_from_db()
    return asked


def send(client: Client, service: Service, **changes: str) -> Case:
    """A form filled in and sent, and the case it became."""
    asked = fill_in(client, service, **changes)
    client.post(address(asked))
    return Case.objects.get(request=asked)
