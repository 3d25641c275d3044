"""What the API promises in its own description it keeps, whoever asks and whatever is sent."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import requests
import schemathesis
from django.core.cache import cache as rate_limits
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, Response
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks as promised
from schemathesis.transport.serialization import Binary

from moothall.letters.models import Letter

from .exercising import as_if_never
from .office import Office
from .rows import TABLE
from .table import NAMES, SEATS
from .test_traces import hidden_from

EXAMPLES = 5
CHECKS = [
    not_a_server_error,
    promised.status_code_conformance,
    promised.content_type_conformance,
    promised.response_schema_conformance,
]
QUICKLY = hypothesis_settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
Records = Mapping[str, list[Any]]
AnyCase = Case[Any]


@schemathesis.serializer("message/rfc822")
def as_a_message(_context: Any, value: Any) -> bytes:
    return value.data if isinstance(value, Binary) else str(value).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def described(office: Office) -> BaseSchema:
    """The description as the site itself gives it."""
    load_all_checks()
    found = schemathesis.openapi.from_dict(office.client("C").get("/api/openapi.json").json())
    found.config.generation.update(allow_x00=False)
    return found


def operations(described: BaseSchema) -> Iterator[Any]:
    for found in described.get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


def real(office: Office) -> Records:
    """Records that are there, for addresses and bodies that would otherwise name nothing."""
    furnished = list(office.cases.values())
    references = [each.case.reference for each in furnished]
    return {
        "reference": references + [each.person.reference for each in furnished],
        "step_id": [each.step.pk for each in furnished],
        "letter_id": [each.letters[Letter.QUEUED].pk for each in furnished],
        "key": [each.key for each in office.mailboxes.values()],
        "case": references,
        "service": [office.rows["service"].key, office.rows["away_service"].key],
        "to": [each.colleague.email for each in furnished],
        "outcome": ["answered"],
        "until": ["2199-01-01"],
        "number": [office.rows["incoming own"].pk, office.rows["incoming other"].pk],
    }


@st.composite
def asked(draw: st.DrawFn, operation: Any, records: Records) -> AnyCase:
    """A request, right or wrong; most name records that exist."""
    mode = draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    case: AnyCase = draw(operation.as_strategy(generation_mode=mode))
    for parts in (case.path_parameters, case.body):
        if isinstance(parts, dict) and draw(st.integers(0, 3)):
            parts |= {name: draw(st.sampled_from(records[name])) for name in parts if name in records}
    return case


def answer_to(client: Client, case: AnyCase) -> Response:
    """What the site answers to exactly this request."""
    prepared = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body or b""
    kind = str(prepared.headers.get("Content-Type", "application/octet-stream"))
    address = str(prepared.url).removeprefix("http://testserver")
    keys = {name: str(value) for name, value in prepared.headers.items() if name == "Idempotency-Key"}
    with as_if_never():
        answer: Any = client.generic(str(prepared.method), address, body, kind, headers=keys)
    headers = {name: [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, headers, answer.content, prepared, elapsed=0.0, verify=False)


@pytest.mark.parametrize("seat", SEATS, ids=[NAMES[seat] for seat in SEATS])
def test_whatever_is_asked_is_answered_as_described(office: Office, described: BaseSchema, seat: str) -> None:
    records, client = real(office), office.client(seat)
    client.raise_request_exception = False
    statuses: set[int] = set()
    secret = [mark for relation in hidden_from(seat) for mark in office.cases[relation].marks[:2]]

    def holds(case: AnyCase) -> None:
        rate_limits.clear()
        answer = answer_to(client, case)
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)
        told, sent = answer.content.decode("utf-8", "replace"), f"{case.formatted_path} {case.body!r}"
        assert [mark for mark in secret if mark in told and mark not in sent] == []

    for operation in operations(described):
        QUICKLY(given(case=asked(operation, records))(holds))()
    assert bool(statuses & {200, 201}) == (seat not in "NFX")


def test_the_description_names_every_operation_and_every_no(described: BaseSchema) -> None:
    found = list(operations(described))
    rows = [row for area in TABLE for row in area.rows if row.route.startswith("api_")]
    assert len(found) == len({(row.route, row.method) for row in rows})
    for operation in found:
        told = operation.definition.raw
        assert {"400", "401", "403", "404", "409", "422"} < set(told["responses"]), operation.label
        assert told["description"].endswith("."), operation.label
