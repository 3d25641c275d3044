"""People for programs: look-up, and one person's record, as the account may see them."""

import datetime as dt

from ninja import Router, Schema
from ninja.errors import HttpError

from moothall.core.clock import today
from moothall.core.door import needs

from .finding import describe_person, look_up
from .models import ContactPoint, Person
from .requests import StaffRequest

MOST = 25
router = Router(tags=["People"])


class PersonLine(Schema):
    """One line of a look-up."""

    id: int
    reference: str
    full_name: str
    known_as: str
    language: str
    detail: str


class Point(Schema):
    kind: str
    value: str
    label: str
    preferred: bool
    undeliverable: bool


class RoleLine(Schema):
    kind: str
    organisation: str | None
    started_on: dt.date
    ended_on: dt.date | None


class Caution(Schema):
    kind: str
    instruction: str
    expires_on: dt.date


class PersonRecord(Schema):
    """Everything about a person but their cases."""

    id: int
    reference: str
    title: str
    full_name: str
    given_name: str
    family_name: str
    known_as: str
    born_on: dt.date | None
    language: str
    language_source: str
    organisation: str | None
    address_protected: bool
    contact_points: list[Point]
    roles: list[RoleLine]
    cautions: list[Caution]


@router.get("/", url_name="api_people", response=list[PersonLine])
@needs("people.view")
def find_people(request: StaffRequest, q: str, limit: int = 8) -> list[PersonLine]:
    """People by name in any order, mail, telephone, postcode or reference; the best first."""
    return [
        PersonLine(
            id=person.pk,
            reference=person.reference,
            full_name=person.full_name,
            known_as=person.known_as,
            language=person.language,
            detail=describe_person(person).detail,
        )
        for person in look_up(q, by=request.user, limit=max(1, min(limit, MOST)))
    ]


@router.get("/{reference}", url_name="api_person", response=PersonRecord)
@needs("people.view")
def read_person(request: StaffRequest, reference: str) -> PersonRecord:
    """One record. A reference that was merged into another gives the one that was kept."""
    visible = Person.objects.visible_to(request.user)
    found = visible.select_related("organisation", "merged_into__organisation")
    named = found.filter(reference=reference.upper().replace("\0", "")).order_by("pk").first()
    if named is None:
        raise HttpError(404, "No such person.")
    return _record(named.merged_into or named, request)


def _record(person: Person, request: StaffRequest) -> PersonRecord:
    points = ContactPoint.objects.in_use().visible_to(request.user).filter(person=person).preferred_first()
    return PersonRecord(
        **{name: getattr(person, name) for name in PLAIN},
        organisation=person.organisation.name if person.organisation else None,
        address_protected=person.protections.standing().exists(),
        contact_points=[_point(point) for point in points],
        roles=[
            RoleLine(
                kind=role.kind.key,
                organisation=role.organisation.name if role.organisation else None,
                started_on=role.started_on,
                ended_on=role.ended_on,
            )
            for role in person.roles.select_related("kind", "organisation").order_by("started_on", "id")
        ],
        cautions=[
            Caution(kind=marker.kind, instruction=marker.instruction, expires_on=marker.expires_on)
            for marker in person.cautions.in_force(today())
        ],
    )


PLAIN = (
    "id",
    "reference",
    "title",
    "full_name",
    "given_name",
    "family_name",
    "known_as",
    "born_on",
    "language",
    "language_source",
)


def _point(point: ContactPoint) -> Point:
    return Point(
        kind=point.kind,
        value=point.value,
        label=point.label,
        preferred=point.preferred,
        undeliverable=point.undeliverable_since is not None,
    )
