"""Templates are edited with both languages in sight, and nothing typed is lost."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.letters.models import Letterhead, LetterTemplate
from moothall.letters.rules.differences import Piece, difference
from moothall.letters.rules.templates import put_template
from moothall.people.models import Account, Draft
from moothall.people.tests.pages import links, main, page, signed_in_as, words

from .make import AT, LATER, make_account, make_template

pytestmark = pytest.mark.django_db
TEMPLATES = "/letters/templates/"
PAIR: dict[str, Any] = {
    "subject_en": "A place for {person.name}",
    "body_en": "{person.greeting}\n\nCome on **Monday**.",
    "subject_cy": "Lle i {person.name}",
    "body_cy": "{person.greeting}\n\nDewch **ddydd Llun**.",
}


@pytest.fixture
def editor() -> Account:
    return make_account("letters.templates", name="Rhys Nwosu")


@pytest.fixture
def client(editor: Account) -> Client:
    return signed_in_as(editor)


@pytest.fixture
def template() -> LetterTemplate:
    return make_template(key="place", name="A place is confirmed", name_cy="Cadarnhau lle")


def boxes(root: Any) -> dict[str, str]:
    """What stands in the boxes of the editor."""
    found = {box.get("name"): box.text or "" for box in root.iter("textarea")}
    return found | {box.get("name"): box.get("value", "") for box in root.iter("input")}


def test_the_list_shows_templates_with_their_version_and_finds_those_without_welsh(
    client: Client, template: LetterTemplate
) -> None:
    make_template(key="no-welsh", name="English only", subject_cy="", body_cy="")
    root = page(client.get(TEMPLATES))
    assert links(root)["A place is confirmed"] == "/letters/templates/place/"
    assert "Cadarnhau lle" in words(root)
    without = words(main(page(client.get(f"{TEMPLATES}?no_welsh=1"))))
    assert "English only" in without
    assert "A place is confirmed" not in without
    assert "English only" not in words(main(page(client.get(f"{TEMPLATES}?q=cadarnhau"))))


def test_the_list_costs_the_same_however_many_templates_there_are(client: Client) -> None:
    make_template()
    client.get(TEMPLATES)
    with CaptureQueriesContext(connection) as few:
        client.get(TEMPLATES)
    for _ in range(20):
        make_template()
    with CaptureQueriesContext(connection) as many:
        client.get(TEMPLATES)
    assert len(many) == len(few)


def test_both_texts_stand_side_by_side_with_fields_and_previews(
    client: Client, template: LetterTemplate
) -> None:
    root = page(client.get(f"{TEMPLATES}place/"))
    assert boxes(root)["body_cy"].strip() == "{person.greeting}\n\nMae gennych le."
    text = words(main(root))
    for expected in (
        "{person.greeting} The opening line", "Dear Siân Okafor You have a place.",
        "Annwyl Siân Okafor Mae gennych le.", "Versions", "Retire this template",
    ):  # fmt: skip
        assert expected in text
    assert {section.get("lang") for section in root.iter("div")} >= {"en", "cy"}


def test_saving_makes_the_next_version_and_says_so(client: Client, template: LetterTemplate) -> None:
    shown = page(client.post(f"{TEMPLATES}place/", PAIR | {"version": "1"}, follow=True))
    assert "Saved as version 2." in words(shown)
    text = template.texts.get(version=2)
    assert (text.subject_en, text.body_cy) == (PAIR["subject_en"], PAIR["body_cy"])
    assert text.saved_by is not None


def test_saving_without_welsh_is_allowed_and_warned_about(client: Client, template: LetterTemplate) -> None:
    english = PAIR | {"subject_cy": "", "body_cy": "", "version": "1"}
    shown = page(client.post(f"{TEMPLATES}place/", english, follow=True))
    assert "There is no Welsh text" in words(shown)


def test_an_unknown_field_is_refused_and_nothing_typed_is_lost(
    client: Client, template: LetterTemplate
) -> None:
    typed = PAIR | {"body_en": "Dear {person.nam}", "version": "1"}
    root = page(client.post(f"{TEMPLATES}place/", typed), 422)
    assert "English text: there is no field called {person.nam}. Did you mean {person.name}" in words(root)
    assert boxes(root)["body_en"].strip() == "Dear {person.nam}"
    assert template.texts.count() == 1


def test_a_preview_shows_what_is_typed_and_saves_nothing(client: Client, template: LetterTemplate) -> None:
    root = page(client.post(f"{TEMPLATES}place/", PAIR | {"version": "1", "preview": "1"}))
    assert "Come on Monday" in words(root)
    assert boxes(root)["body_en"].strip() == PAIR["body_en"]
    part = page(
        client.post(
            f"{TEMPLATES}place/",
            {"body_en": "Dear {person.nam}", "preview": "1"},
            headers={"HX-Request": "true"},
        )
    )
    assert "there is no field called {person.nam}" in words(part)
    assert not list(part.iter("form"))
    assert template.texts.count() == 1


def test_words_typed_in_a_preview_are_only_words(client: Client, template: LetterTemplate) -> None:
    sly = {
        "subject_en": "<script>x</script>",
        "body_en": "<img src=x onerror=y> {person.name}",
        "preview": "1",
    }
    root = page(client.post(f"{TEMPLATES}place/", sly, headers={"HX-Request": "true"}))
    assert {element.tag for element in root.iter()} & {"script", "img"} == set()
    assert "<script>x</script>" in words(root)


def test_two_people_at_once_are_told_and_both_texts_kept(client: Client, template: LetterTemplate) -> None:
    colleague = make_account(name="Mair Haddad")
    theirs: dict[str, Any] = PAIR | {"body_en": "{person.greeting}\n\nCome on Tuesday."}
    put_template(key="place", name="", **theirs, by=colleague, at=LATER)
    root = page(client.post(f"{TEMPLATES}place/", PAIR | {"version": "1"}), 422)
    text = words(main(root))
    assert "Mair Haddad saved this template while you were writing" in text
    assert {"".join(piece.itertext()) for piece in root.iter("del")} == {"Tuesday."}
    assert boxes(root)["body_en"].strip() == PAIR["body_en"]
    assert boxes(root)["version"] == "2"
    client.post(f"{TEMPLATES}place/", PAIR | {"version": "2"})
    assert template.texts.get(version=3).body_en == PAIR["body_en"]


def test_what_was_typed_and_not_saved_is_there_again(
    client: Client, editor: Account, template: LetterTemplate
) -> None:
    Draft.objects.create(account=editor, key="template:place", fields={"body_en": "Half a"}, saved_at=AT)
    root = page(client.get(f"{TEMPLATES}place/"))
    assert boxes(root)["body_en"].strip() == "Half a"
    assert "This is what you were typing and have not saved yet." in words(root)
    client.post(f"{TEMPLATES}place/", PAIR | {"version": "1"})
    assert not Draft.objects.exists()


def test_versions_show_who_changed_which_words(client: Client, template: LetterTemplate) -> None:
    changed: dict[str, Any] = PAIR | {"body_en": "{person.greeting}\n\nYou have a room."}
    put_template(key="place", name="", **changed, by=make_account(name="Mair Haddad"), at=LATER)
    root = page(client.get(f"{TEMPLATES}place/history/"))
    assert "Version 2, saved by Mair Haddad" in words(root)
    assert "Version 1, saved by Moothall" in words(root)
    assert "place." in {"".join(piece.itertext()) for piece in root.iter("del")}
    assert "room." in {"".join(piece.itertext()) for piece in root.iter("ins")}


def test_a_template_is_added_named_retired_and_brought_back(client: Client) -> None:
    again = page(client.post(f"{TEMPLATES}new/", {"key": "Bad Key", "name": "Place"}), 422)
    assert "Enter a key like place-confirmed." in words(again)
    added = client.post(f"{TEMPLATES}new/", {"key": "place-new", "name": "Place", "name_cy": "Lle"})
    assert added.headers["Location"] == f"{TEMPLATES}place-new/"
    assert "Nothing is written yet." in words(page(client.get(f"{TEMPLATES}place-new/")))
    taken = page(client.post(f"{TEMPLATES}new/", {"key": "place-new", "name": "Place"}), 422)
    assert "There is a letter template with this key already." in words(taken)
    client.post(f"{TEMPLATES}place-new/settings/", {"name": "Place two", "approval_required": "on"})
    template = LetterTemplate.objects.get(key="place-new")
    assert (template.name, template.approval_required) == ("Place two", True)
    client.post(f"{TEMPLATES}place-new/retirement/")
    assert "Bring this template back into use" in words(page(client.get(f"{TEMPLATES}place-new/")))
    client.post(f"{TEMPLATES}place-new/restoration/")
    template.refresh_from_db()
    assert template.retired_at is None


@pytest.mark.parametrize("part", ["", "settings/", "history/"])
def test_a_template_that_does_not_exist_is_not_found(client: Client, part: str) -> None:
    assert client.get(f"{TEMPLATES}nothing/{part}").status_code == 404


def test_the_letterhead_is_kept_as_a_new_row_and_names_the_office(client: Client) -> None:
    caches["this process"].clear()
    page(client.get("/letters/letterhead/"))
    typed = {"name": "Caer Council", "name_cy": "Cyngor Caer", "address": "1 High Street"}
    shown = page(client.post("/letters/letterhead/", typed, follow=True))
    assert "Letters written from now on carry this." in words(shown)
    assert "Moothall Caer Council" in words(shown)
    client.post("/letters/letterhead/", typed | {"name": "Caer County Council"})
    assert Letterhead.objects.count() == 2
    current = Letterhead.objects.current()
    assert current is not None
    assert current.said("name", "en") == "Caer County Council"
    assert page(client.post("/letters/letterhead/", {"name": ""}), 422) is not None


def test_a_difference_is_told_word_by_word() -> None:
    assert difference("Come on Monday.", "Come on Tuesday.") == [
        Piece("Come on ", "same"), Piece("Monday.", "out"), Piece("Tuesday.", "in"),
    ]  # fmt: skip
    assert difference("", "New") == [Piece("New", "in")]
    assert difference("same", "same") == [Piece("same", "same")]
    long = "word " * 4000
    assert difference(long, long + "x") == [Piece(long, "out"), Piece(long + "x", "in")]
