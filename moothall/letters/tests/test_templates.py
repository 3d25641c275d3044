"""Templates: checked when saved, saved as a pair, merged without surprises."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from moothall.letters.models import Letterhead, LetterText
from moothall.letters.rules import fields
from moothall.letters.rules.fields import Field, fields_for, register_fields
from moothall.letters.rules.formatting import to_plain
from moothall.letters.rules.merging import CannotRead, MissingFields, field_names, merge
from moothall.letters.rules.refusals import NoWords
from moothall.letters.rules.templates import (
    ChangedMeanwhile,
    KeyTaken,
    UnknownField,
    create_template,
    preview,
    put_template,
    rename_template,
    restore_template,
    retire_template,
    save_template_pair,
    warnings_about,
)
from moothall.records.models import AuditEvent

from .make import AT, LATER, make_account, make_person, make_team, make_template


def text(body: str, **changes: str) -> LetterText:
    return LetterText(subject_en="Hello", body_en=body, **changes)


def body_of(body: str, **known: str) -> str:
    return merge(text(body), "en", {name.replace("__", "."): value for name, value in known.items()}).body


def test_fields_fallbacks_and_blocks_are_filled() -> None:
    template = "Dear {person.name|friend}\n[[Reference: {case.reference}.]]\n[[Ring {team.phone}.]]\nBye"
    assert body_of(template, case__reference="LOD-1") == "Dear friend\nReference: LOD-1.\nBye"


def test_a_block_is_dropped_when_one_of_its_fields_is_empty() -> None:
    template = "Come[[ to {place.name} on {place.day}]][[, {person.name|friend}]]."
    assert body_of(template, place__name="Bangor", place__day=" ") == "Come, friend."
    assert body_of(template, place__name="Bangor", place__day="Monday") == "Come to Bangor on Monday, friend."


def test_a_dropped_line_leaves_no_hole() -> None:
    assert body_of("One\n\n[[{a.b}]]\n\nTwo") == "One\n\nTwo"
    assert body_of("- One\n- Two\n[[- {a.b}]]\n- Three") == "- One\n- Two\n- Three"


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(MissingFields, match=r"person\.name, case\.title") as caught:
        body_of("{person.name} {case.title} {person.name} {person.title|Dr}")
    assert caught.value.names == ("person.name", "case.title")


def test_what_a_record_holds_is_never_read_as_fields_or_formatting() -> None:
    sly = "{case.secret} [[x]] **bold** [Pay now](https://example.com)"
    assert to_plain(body_of("Re: {case.title}", case__title=sly)) == f"Re: {sly}"


def test_a_subject_stays_on_one_line() -> None:
    merged = merge(LetterText(subject_en="Re: {case.title}", body_en="x"), "en", {"case.title": "a\nb **c**"})
    assert merged.subject == "Re: a b **c**"


def test_welsh_is_used_for_those_who_prefer_it_and_english_where_it_is_not_written() -> None:
    both = text("Hello", subject_cy="Helo", body_cy="Helo {person.name}")
    assert merge(both, "cy", {"person.name": "Siân"}).body == "Helo Siân"
    assert merge(both, "cy", {"person.name": "Siân"}).language == "cy"
    assert merge(text("Hello"), "cy", {}).language == "en"


@pytest.mark.parametrize(
    "body",
    [
        "{person.name",
        "person.name}",
        "{{person.name}}",
        "{}",
        "{Person.Name}",
        "{person.__class__}",
        "{0.name}",
        "{person.name!r}",
        "{person.name:>99}",
        "{person.name|{case.title}}",
        "[[open",
        "closed]]",
        "[[one [[two]] ]]",
    ],
)
def test_a_text_that_breaks_the_rules_is_refused(body: str) -> None:
    with pytest.raises((CannotRead, MissingFields)):
        body_of(body)


def test_nothing_in_a_text_is_ever_evaluated() -> None:
    assert field_names("{person.name} {a.b|c.d}") == ("person.name", "a.b")
    with pytest.raises(MissingFields):
        merge(text("{person.name.upper}"), "en", {"person.name": "x"})


@given(st.text(alphabet=st.sampled_from("{}[]|ab. \n"), max_size=40))
def test_any_text_is_either_refused_or_merged_without_its_brackets(body: str) -> None:
    try:
        names = field_names(body)
    except CannotRead:
        return
    merged = merge(text(body + " x"), "en", dict.fromkeys(names, "value"))
    assert "{" not in merged.body
    assert "[[" not in merged.body


@pytest.mark.django_db
def test_a_pair_is_saved_together_as_the_next_version() -> None:
    amina = make_account()
    template = make_template()
    first = template.texts.get()
    second = save_template_pair(
        template, subject_en="New", body_en="New text", subject_cy="Newydd", body_cy="Testun newydd",
        by=amina, at=LATER,
    )  # fmt: skip
    assert (first.version, second.version, second.saved_by, second.saved_at) == (1, 2, amina, LATER)
    assert first.body_en == "{person.greeting}\n\nYou have a place."
    verbs = AuditEvent.objects.about("letters.lettertemplate", template.pk).values_list("verb", flat=True)
    assert list(verbs) == ["templates.saved", "templates.saved", "templates.created"]


@pytest.mark.django_db
def test_the_same_texts_again_make_no_new_version() -> None:
    fields = {"key": "place", "name": "Place", "subject_en": "Hello", "body_en": "Text", "by": None, "at": AT}
    first, second = put_template(**fields), put_template(**fields)  # type: ignore[arg-type]
    assert first == second
    with pytest.raises(KeyTaken):
        create_template(key="place", name="Another", by=None, at=AT)


@pytest.mark.django_db
def test_a_text_saved_over_another_persons_is_refused() -> None:
    template = make_template()
    pair = {"subject_en": "A", "body_en": "B", "subject_cy": "", "body_cy": ""}
    save_template_pair(template, **pair, by=None, at=LATER, expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        save_template_pair(template, **pair | {"body_en": "C"}, by=None, at=LATER, expected_version=1)


@pytest.mark.django_db
def test_an_unknown_field_is_refused_by_name_with_those_it_may_have_meant() -> None:
    with pytest.raises(UnknownField, match=r"Welsh text.*\{person.nam\}.*\{person.name\}"):
        make_template(body_cy="Annwyl {person.nam}")
    with pytest.raises(
        UnknownField, match=r"there is no field called \{weather.tomorrow\}\. Choose"
    ) as caught:
        make_template(body_en="{weather.tomorrow}")
    assert "Did you mean" not in str(caught.value.sentence)


@pytest.mark.django_db
def test_a_bracket_left_open_is_refused_with_its_place() -> None:
    with pytest.raises(CannotRead, match=r"English subject: .*near “Hello \{person\.name”"):
        make_template(subject_en="Hello {person.name")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "missing", [{"body_en": ""}, {"subject_en": " "}, {"body_cy": ""}, {"subject_cy": ""}]
)
def test_half_a_text_is_refused(missing: dict[str, str]) -> None:
    with pytest.raises(NoWords):
        make_template(**missing)


@pytest.mark.django_db
def test_a_missing_or_a_different_welsh_text_is_warned_about() -> None:
    assert warnings_about(make_template().texts.get()) == []
    none = warnings_about(make_template(subject_cy="", body_cy="").texts.get())
    assert "no Welsh text" in str(none[0])
    other = warnings_about(make_template(body_cy="Mae gennych le.").texts.get())
    assert "person.greeting" in str(other[0])


@pytest.mark.django_db
def test_a_template_is_renamed_retired_and_brought_back() -> None:
    amina, template = make_account(), make_template()
    rename_template(
        template, name="Place", name_cy="Lle", desk="learning", approval_required=True, by=amina, at=LATER
    )
    assert (template.name, template.name_cy, template.approval_required) == ("Place", "Lle", True)
    retire_template(template, by=amina, at=LATER)
    template.refresh_from_db()
    assert template.retired_at == LATER
    restore_template(template, by=amina, at=LATER)
    template.refresh_from_db()
    assert template.retired_at is None


@pytest.mark.django_db
def test_a_preview_is_filled_with_samples_in_its_language() -> None:
    newest = make_template().texts.get()
    assert preview(newest, "en").body == "Dear Siân Okafor\n\nYou have a place."
    assert preview(newest, "cy").body == "Annwyl Siân Okafor\n\nMae gennych le."


@pytest.mark.django_db
def test_the_fields_of_a_letter_come_from_the_office_the_person_and_the_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fields, "_providers", {})
    monkeypatch.setattr(fields, "_declared", {"": fields.EVERYWHERE})
    declared = (Field("group.name", "Name of the team", "Learning", "Dysgu"),)
    register_fields(
        "people.team", lambda team, language: {"group.name": team.name_in(language)}, declared=declared
    )
    Letterhead.objects.create(name="Caer Council", name_cy="Cyngor Caer", phone="01632 960002", saved_at=AT)
    found = fields_for(
        make_team(name_cy="Dysgu"),
        language="cy",
        person=make_person(title="Dr", family_name="Okafor"),
        by=make_account(name="Tomos Bielak"),
        at=dt.datetime(2026, 5, 20, 23, 30, tzinfo=dt.UTC),
    )
    assert found["person.greeting"] == "Annwyl Dr Okafor"
    assert found["letter.date"] == "21 Mai 2026"
    assert (found["office.name"], found["sender.name"]) == ("Cyngor Caer", "Tomos Bielak")
    assert found["group.name"] == "Dysgu"
    nobody = fields_for(None, language="en", person=None, by=None, at=AT)
    assert nobody["person.greeting"] == "Dear Sir or Madam"


def test_a_field_is_declared_once_with_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "_providers", {})
    monkeypatch.setattr(fields, "_declared", {"": fields.EVERYWHERE})

    def nothing(_record: object, _language: str) -> dict[str, str]:
        return {}

    with pytest.raises(ImproperlyConfigured, match="declared twice"):
        register_fields("a.b", nothing, declared=[Field("person.name", "Name", "Siân")])
    with pytest.raises(ImproperlyConfigured, match="sample"):
        register_fields("a.b", nothing, declared=[Field("b.name", "Name", "")])
