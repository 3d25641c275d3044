"""The learning desk's pack is complete: it loads, loads again without a trace, and speaks both languages."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from moothall.cases.models import Service
from moothall.cases.rules.definition import ServiceDefinition, definition_of
from moothall.core.marked_yaml import PackMistake
from moothall.core.packs import Pack, load_pack
from moothall.enquiries.models import Mailbox
from moothall.knowledge.models import Signpost
from moothall.letters.models import Letterhead, LetterTemplate, LetterText
from moothall.letters.rules.templates import warnings_about
from moothall.people.models import Account, Organisation, Person, PersonRoleKind, Post, Role, Team
from moothall.people.rules.pack import DEMO_PASSWORD

AT = dt.datetime(2026, 10, 1, 9, 30, tzinfo=dt.UTC)
LEARNING = "learning-desk"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pack]:
    """Loaded once for this file, with its sample people but no sample work."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_pack(LEARNING, at=AT, demo=True)
        transaction.set_rollback(True)


@pytest.fixture
def pack(loaded: Pack, django_db_blocker: DjangoDbBlocker) -> Iterator[Pack]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


def definitions() -> list[ServiceDefinition]:
    services = Service.objects.filter(desk=LEARNING)
    return [definition_of(service.versions.get(current=True)) for service in services]


def rows() -> dict[str, int]:
    models = [model for model in apps.get_models() if model.__module__.startswith("moothall")]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_the_office_has_its_teams_services_letters_and_people(pack: Pack) -> None:
    assert set(Team.objects.values_list("key", flat=True)) == {
        "learning", "human-resources", "health-safety", "communications", "passenger-transport",
    }  # fmt: skip
    assert not Team.objects.filter(lead=None).exists()
    assert Service.objects.count() >= 19
    assert LetterTemplate.objects.count() >= 25
    assert Signpost.objects.count() >= 15
    assert Account.objects.count() == 26
    assert Person.objects.count() >= 15 + 120
    assert Mailbox.objects.get(key="learning").service.key == "general-enquiry"
    without = Team.objects.exclude(services__isnull=False).values_list("key", flat=True)
    assert set(without) == {"passenger-transport"}  # its people have a manager, and no cases yet


def test_loading_it_again_changes_nothing(pack: Pack) -> None:
    before = rows()
    load_pack(LEARNING, at=AT + dt.timedelta(days=1), demo=True)
    assert rows() == before


def test_a_template_edited_in_the_office_stays_as_it_was_edited(pack: Pack) -> None:
    text = LetterText.objects.get(template__key="answer")
    LetterText.objects.create(
        template=text.template, version=2, subject_en="Ours", body_en="Ours", saved_at=AT
    )
    load_pack(LEARNING, at=AT)
    assert text.template.texts.count() == 2


def test_its_sample_staff_can_sign_in_and_hold_their_roles(pack: Pack) -> None:
    assert {person.password for person in pack.sign_ins} == {DEMO_PASSWORD}
    for person in pack.sign_ins:
        assert Account.objects.get(email=person.email).check_password(DEMO_PASSWORD)
    coordinator = Account.objects.get(email__startswith="marged")
    assert coordinator.may("cases.work")
    assert coordinator.language == "cy"
    administrator = Account.objects.get(email__startswith="zanele")
    assert administrator.may("people.administer")
    assert not administrator.may("cases.view")
    names = Account.objects.values_list("name", flat=True)
    assert "Siobhán Ní Ó'Brien-Łukasiewicz" in names
    assert max(map(len, names)) > 50


def test_without_a_demo_nobody_is_added(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), transaction.atomic():
        there = Account.objects.count(), Person.objects.count()
        load_pack(LEARNING, at=AT)
        assert (Account.objects.count(), Person.objects.count()) == there
        assert Service.objects.filter(desk=LEARNING).exists()
        transaction.set_rollback(True)


def english_only(definition: ServiceDefinition) -> Iterator[str]:
    """What somebody outside the staff would read of a service, and could not read in Welsh."""
    named: list[Any] = [definition, *definition.steps, *definition.clocks, *definition.outcomes]
    yield from (f"{definition.key}: {each.name}" for each in named if not each.name_cy)
    if definition.description and not definition.description_cy:
        yield f"{definition.key}: {definition.description}"
    for _name, question in definition.form_fields():
        yield from (f"{definition.key}: {text}" for text in untranslated(question))


def untranslated(question: Mapping[str, Any]) -> Iterator[str]:
    for key in ("title", "description"):
        if key in question and not question.get(f"{key}_cy"):
            yield question[key]
    for choice in [*question.get("oneOf", ()), *question.get("items", {}).get("oneOf", ())]:
        yield from untranslated(choice)


def test_everything_people_outside_the_staff_read_is_there_in_welsh(pack: Pack) -> None:
    assert [text for definition in definitions() for text in english_only(definition)] == []
    for model in (Team, PersonRoleKind, Mailbox, Role, LetterTemplate):
        assert list(model._default_manager.filter(name_cy="")) == []
    assert not Post.objects.filter(title_cy="").exists()
    assert not Signpost.objects.filter(name_cy="").exists()
    assert not Signpost.objects.filter(when_to_use_cy="").exists()
    assert not Signpost.objects.filter(how_cy="").exists()
    assert Organisation.objects.get(kind="own").name_cy
    head = Letterhead.objects.current()
    assert head is not None
    assert head.said("welsh_welcome", "cy") != head.said("welsh_welcome", "en")


def test_every_letter_says_the_same_things_in_both_languages(pack: Pack) -> None:
    assert {
        text.template.key: warnings_about(text) for text in LetterText.objects.all() if warnings_about(text)
    } == {}


def test_every_letter_a_service_names_is_in_the_pack(pack: Pack) -> None:
    there = set(LetterTemplate.objects.values_list("key", flat=True))
    for definition in definitions():
        named = {*definition.letters, *(letter for step in definition.steps for letter in step.letters)}
        assert named | ({definition.acknowledgement} if definition.acknowledgement else set()) <= there


def test_what_may_not_be_guessed_is_as_the_law_and_the_desk_have_it(pack: Pack) -> None:
    found = {definition.key: definition for definition in definitions()}
    assert found["foi-request"].clock("answer").rule == "FOI-20"
    assert found["subject-access"].clock("answer").rule == "SAR-1M"
    assert found["safeguarding-concern"].confidentiality == "SEALED"
    assert found["subject-access"].confidentiality == "RESTRICTED"
    assert (
        found["general-enquiry"].clock("acknowledge").target,
        found["general-enquiry"].clock("answer").target,
    ) == (2, 10)


MISTAKES = [
    (
        "mailboxes.yaml",
        "mailboxes:\n- {key: a, address: a@x.example, name: A, team: lerning, service: x}\n",
        "line 2: There is no team “lerning”. Did you mean “learning”",
    ),
    (
        "signposts.yaml",
        "signposts:\n- {key: a, name: A, when_to_use: w, how: h, checked_on: soon}\n",
        "line 2: “checked_on” has to be a date",
    ),
    (
        "organisation.yaml",
        "organisation: {name: X}\nroles:\n- {key: a, name: A, permissions: [cases.viwe]}\n",
        "line 3: No permission is called “cases.viwe”. Did you mean “cases.view”",
    ),
    (
        "letters/one.yaml",
        "letters:\n- key: a\n  name: A\n  en: {subject: s, body: 'Dear {person.nmae}'}\n",
        "line 2: English text: there is no field called",
    ),
    ("letters/one.yaml", "letters:\n- key: a\n  name: A\n", "line 2: “en” is missing"),
    (
        "services/one.yaml",
        "key: a\nname: A\nprefix: AB\nteam: nobody\n",
        "line 4: There is no team “nobody”",
    ),
    (
        "demo/staff.yaml",
        "staff:\n- {email: a@x.example, name: A, grants: [{role: emperor}]}\n",
        "line 2: There is no role “emperor”",
    ),
    (
        "demo/people.yaml",
        "people:\n- {name: A, kind: manager, organisation: Nowhere, emails: [a@x.example]}\n",
        "line 2: There is no organisation “Nowhere”",
    ),
]


@pytest.mark.parametrize(("file", "text", "sentence"), MISTAKES)
def test_a_mistake_in_any_part_names_its_file_and_line(
    pack: Pack, tmp_path: Path, file: str, text: str, sentence: str
) -> None:
    folder = tmp_path / "broken"
    (folder / file).parent.mkdir(parents=True)
    (folder / "pack.yaml").write_text("key: broken\nname: Broken\n")
    (folder / file).write_text(text)
    with pytest.raises(PackMistake) as told:
        load_pack(str(folder), at=AT, demo=True)
    assert str(told.value).startswith(f"packs/broken/{file}, line ")
    assert sentence in str(told.value)


def test_the_packs_hold_no_empty_folder() -> None:
    folders = [path for path in Path(settings.PACKS).rglob("*") if path.is_dir()]
    assert [path for path in folders if not any(path.iterdir())] == []
