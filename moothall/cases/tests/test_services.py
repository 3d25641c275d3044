"""Services become versions; a running case keeps the one it began under."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from moothall.cases.models import Service, ServiceVersion
from moothall.cases.rules.definition import ServiceDefinition, StepDefinition, definition_of, humanised
from moothall.cases.rules.definition_reading import Surroundings
from moothall.cases.rules.services import NoSuchTeam, load_services, read_definitions, save_service_version
from moothall.core.marked_yaml import Marked, PackMistake, parse_yaml, read_yaml
from moothall.people.tests.make import make_account, make_team
from moothall.records.models import AuditEvent

from .make import AT, make_case, make_service

PROCESSES = Path(settings.PACKS) / "people-services" / "services" / "processes.yaml"
AROUND = Surroundings(desk="people-services", prefix="PS", team="people-services")
TEXT = """\
key: room-request
name: Room request
name_cy: Cais am ystafell
prefix: LOD
team: learning
form:
  properties:
    zebra: {type: string, title: Last letter first}
    day: {type: string, title: Which day?}
steps:
- {id: ask, name: Ask, owner: us, after: [], target: 2}
final_outcomes: [booked]
"""


def doc(text: str = TEXT) -> Marked:
    return parse_yaml(text, name="room.yaml")


def test_all_42_processes_and_their_366_steps_are_read_as_they_stand() -> None:
    read = [definition for _row, definition in read_definitions([read_yaml(PROCESSES)], AROUND)]
    assert len(read) == 42
    assert sum(len(definition.steps) for definition in read) == 366
    assert {definition.key for definition in read if definition.is_sub} == {
        "pec", "vetting", "oh_clearance", "references_in", "onboard_common",
    }  # fmt: skip
    for definition in read:
        kept = json.loads(json.dumps(definition.to_json(), sort_keys=True))
        assert ServiceDefinition.from_json(kept) == definition


def test_a_process_keeps_what_its_lines_say() -> None:
    read = {
        definition.key: definition for _row, definition in read_definitions([read_yaml(PROCESSES)], AROUND)
    }
    letter = read["mover"].step("letter")
    assert (letter.statutory_cap_mo, letter.letters, letter.unit) == (1, ("contract_change",), "wd")
    assert read["disciplinary"].step("postpone").statutory
    assert read["sickness_episode"].step("d28").origin == "first_day"
    assert read["sickness_episode"].step("fitnote").condition is not None
    assert read["pec"].step("rtw").statutory_before == "start_date"
    assert read["apprentice"].step("gate").min_duration_mo == 8
    assert read["police_staff"].extends == "council_vacancy"
    measure = read["leaver"].measure
    assert measure is not None
    assert (measure.begins, measure.ends, measure.target_wd) == ("notice", "rec", 17)
    assert read["leaver"].contact is not None
    assert [each.at for each in read["leaver"].escalate] == [1.0, 1.5]
    assert len(read["leaver"].hold_reasons) == 25
    assert read["pec"].outcome_name("fit_with_adjustments") == "Fit with adjustments"
    assert humanised("MV_SC") == "MV SC"


@pytest.mark.django_db
def test_loading_makes_a_service_and_its_first_version() -> None:
    team = make_team(key="learning")
    [service] = load_services([doc()], around=Surroundings(desk="learning-desk"), at=AT)
    assert (service.name, service.name_cy, service.prefix, service.team) == (
        "Room request", "Cais am ystafell", "LOD", team,
    )  # fmt: skip
    version = service.versions.get()
    assert (version.number, version.current) == (1, True)
    assert definition_of(version) == definition_of(ServiceVersion.objects.get(pk=version.pk))
    assert AuditEvent.objects.filter(verb="cases.service_version", about_id=service.pk).count() == 1


@pytest.mark.django_db
def test_a_form_keeps_its_order_through_the_database() -> None:
    make_team(key="learning")
    [service] = load_services([doc()], around=Surroundings(desk="learning-desk"), at=AT)
    kept = ServiceDefinition.from_json(service.versions.get().definition)
    assert [name for name, _question in kept.form_fields()] == ["zebra", "day"]


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_an_edited_step_makes_version_2() -> None:
    make_team(key="learning")
    around = Surroundings(desk="learning-desk")
    [service] = load_services([doc()], around=around, at=AT)
    case = make_case(service=service)
    load_services([doc()], around=around, at=AT)
    assert service.versions.count() == 1
    load_services([doc(TEXT.replace("target: 2", "target: 3"))], around=around, at=AT)
    case.refresh_from_db()
    assert list(service.versions.order_by("number").values_list("number", "current")) == [
        (1, False),
        (2, True),
    ]
    assert definition_of(case.version).step("ask").target == 2
    assert definition_of(make_case(service=service).version).step("ask").target == 3


@pytest.mark.django_db
def test_loading_again_leaves_an_edit_made_in_the_office() -> None:
    make_team(key="learning")
    around = Surroundings(desk="learning-desk")
    [service] = load_services([doc()], around=around, at=AT)
    edited = replace(definition_of(service.versions.get()), name="Rooms")
    save_service_version(service, edited, by=make_account(), at=AT)
    load_services([doc()], around=around, at=AT)
    assert Service.objects.get(pk=service.pk).name == "Rooms"
    assert service.versions.get(current=True).number == 2


@pytest.mark.django_db
def test_saving_the_same_definition_makes_no_version() -> None:
    service = make_service(StepDefinition("ask", "Ask", "us", 2))
    version = service.versions.get()
    assert save_service_version(service, definition_of(version), by=None, at=AT) == version


@pytest.mark.django_db
def test_a_service_goes_to_another_team_with_its_new_version() -> None:
    service = make_service()
    other = make_team()
    definition = replace(definition_of(service.versions.get()), team=other.key)
    save_service_version(service, definition, by=None, at=AT)
    assert Service.objects.get(pk=service.pk).team == other
    with pytest.raises(NoSuchTeam):
        save_service_version(service, replace(definition, team="nobody"), by=None, at=AT)
    with pytest.raises(ValueError, match="cannot become"):
        save_service_version(service, replace(definition, key="another"), by=None, at=AT)


@pytest.mark.django_db
def test_a_key_belongs_to_one_desk_and_a_team_has_to_be_there() -> None:
    with pytest.raises(PackMistake, match=r"room.yaml, line 5: There is no team “learning”"):
        load_services([doc()], around=Surroundings(desk="learning-desk"), at=AT)
    make_team(key="learning")
    load_services([doc()], around=Surroundings(desk="learning-desk"), at=AT)
    with pytest.raises(PackMistake, match=r"room.yaml, line 1: .* another desk, learning-desk"):
        load_services([doc()], around=Surroundings(desk="members-office"), at=AT)
