"""Finding a person from any page: the lines of a look-up, the jump box, and look-up fields of forms."""

from collections.abc import Sequence

from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from moothall.core.clock import today
from moothall.core.fields import LookupField, Option

from .models import Account, ContactPoint, Person, PersonRole
from .models.lookup import PersonQuerySet

IN_JUMP_BOX = 5
LANGUAGE_NAMES = {"cy": "Cymraeg", "en": "English"}


def look_up(words: str, *, by: Account, limit: int = 8) -> list[Person]:
    """The persons that fit, with what `describe_person` says about them, in four queries."""
    return list(with_details(Person.objects.visible_to(by).looked_up(words, limit, by=by)))


def with_details(persons: PersonQuerySet) -> PersonQuerySet:
    """The same persons, with organisation, roles in force and mail and telephone fetched along."""
    points = ContactPoint.objects.in_use().exclude(kind=ContactPoint.POST).preferred_first()
    roles = PersonRole.objects.in_force(today()).select_related("kind")
    return persons.select_related("organisation").prefetch_related(
        Prefetch("contact_points", points, to_attr="reached_by"),
        Prefetch("roles", roles, to_attr="roles_today"),
    )


def describe_person(person: Person) -> Option:
    """The name, and what tells this person from another of the same name, addresses half hidden."""
    language = get_language() or "en"
    roles = [role.kind.name_in(language) for role in getattr(person, "roles_today", [])]
    points: list[ContactPoint] = getattr(person, "reached_by", [])
    parts = [
        ", ".join(dict.fromkeys(roles)),
        person.organisation.name_in(language) if person.organisation else "",
        masked(points[0]) if points else "",
        LANGUAGE_NAMES.get(person.language, ""),
        person.reference,
    ]
    return Option(
        str(person.pk),
        person.full_name,
        " · ".join(part for part in parts if part),
    )


def masked(point: ContactPoint) -> str:
    """Enough of an address or number to recognise it, and not enough to copy it."""
    if point.kind == ContactPoint.EMAIL:
        name, _at, domain = point.value.rpartition("@")
        return f"{name[:2]}…@{domain}"
    return f"…{point.folded[-3:]}"


def connect_person_lookup(field: LookupField, *, by: Account) -> None:
    """Let a look-up field of a form find the persons this account may see."""
    field.connect(
        fetch=lambda key: _fetch(key, by=by),
        search=lambda words: look_up(words, by=by),
        describe=describe_person,
        url=reverse("person_lookup"),
    )


def find_in_jump_box(request: HttpRequest, words: str) -> Sequence[Option]:
    """What the jump box shows under people: each leads to the person's page."""
    account = request.user
    if not isinstance(account, Account) or not account.may("people.view"):
        return []
    found = look_up(words, by=account, limit=IN_JUMP_BOX)
    return [
        describe_person(person)._replace(href=reverse("person_page", args=[person.reference]))
        for person in found
    ]


def _fetch(key: str, *, by: Account) -> Person | None:
    if not key.isdigit() or len(key) > 18:
        return None
    return with_details(Person.objects.visible_to(by).current().filter(pk=key)).first()
