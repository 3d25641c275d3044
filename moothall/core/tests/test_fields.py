"""The office's fields read what people type, and draw themselves with label, hint and error joined up."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import html5lib
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from moothall.core import clock, fields
from moothall.core.fields import Option


class Person(NamedTuple):
    pk: int
    name: str
    post: str


PEOPLE = [
    Person(1, "Jo Li", "Highways"),
    Person(2, "Jo Lindqvist", ""),
    Person(3, "Siôn Rees", "Learning desk"),
]


def form_with(field: forms.Field, data: str | None = None, **options: Any) -> fields.Form:
    """A form with this one field, `answer`, sent back with `data` unless that is None."""
    kind = type("OneField", (fields.Form,), {"answer": field, **options.pop("form", {})})
    form: fields.Form = kind(None if data is None else QueryDict(data), **options)
    return form


def cleaned(field: forms.Field, data: str, **options: Any) -> Any:
    form = form_with(field, data, **options)
    assert form.is_valid(), form.errors
    return form.cleaned_data["answer"]


def refused(field: forms.Field, data: str, **options: Any) -> str:
    form = form_with(field, data, **options)
    assert not form.is_valid()
    return " ".join(map(str, form.errors["answer"]))


def drawn(form: fields.Form) -> str:
    html = str(form)
    html5lib.HTMLParser(strict=True).parseFragment(html)
    return html


def lookup(**options: Any) -> fields.LookupField:
    field = fields.LookupField(url="/people/lookup", **options)
    field.connect(
        fetch=lambda key: next((one for one in PEOPLE if str(one.pk) == key), None),
        search=lambda text: [one for one in PEOPLE if text.lower() in one.name.lower()],
        describe=lambda one: Option(str(one.pk), one.name, one.post),
    )
    return field


EVERY_FIELD: dict[str, Callable[[], forms.Field]] = {
    "TextField": lambda: fields.TextField(width=20),
    "TextArea": lambda: fields.TextArea(max_length=300),
    "plain TextArea": fields.TextArea,
    "EmailField": fields.EmailField,
    "PhoneField": fields.PhoneField,
    "DateField": fields.DateField,
    "DateField in parts": lambda: fields.DateField(parts=True, autocomplete="bday"),
    "TimeField": fields.TimeField,
    "MoneyField": fields.MoneyField,
    "radios": lambda: fields.ChoiceField(choices=[("a", "A"), ("b", "B")], choice_hints={"b": "Best"}),
    "select": lambda: fields.ChoiceField(choices=[("a", "A"), ("G", [("b", "B")])], select=True),
    "MultiChoiceField": lambda: fields.MultiChoiceField(choices=[("a", "A"), ("b", "B")]),
    "YesNo": fields.YesNo,
    "TickField": fields.TickField,
    "FileField": lambda: fields.FileField(several=True, accept=".pdf"),
    "LookupField": lookup,
    "password": lambda: forms.CharField(widget=forms.PasswordInput),
    "number": forms.IntegerField,
}


@pytest.mark.parametrize("name", EVERY_FIELD)
def test_a_field_left_empty_says_so_beside_it_and_in_the_summary(name: str) -> None:
    field = EVERY_FIELD[name]()
    field.label, field.help_text = "Thing", "A hint"
    html = drawn(form_with(field, ""))
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    ids = {
        element.get("id"): element
        for element in tree.iter()
        if isinstance(element.tag, str) and element.get("id")
    }
    summary = next(e for e in tree.iter("a") if (e.get("href") or "").startswith("#id_answer"))
    assert ids[str(summary.get("href"))[1:]].tag in {"input", "select", "textarea"}
    assert "id_answer-error" in ids
    described = [e for e in tree.iter() if "id_answer-error" in (e.get("aria-describedby") or "").split()]
    assert described, "the error is not joined to its field"
    for element in described:
        assert all(one in ids for one in str(element.get("aria-describedby")).split())


def test_choices_in_groups_stand_under_their_headings() -> None:
    found = [("", ""), ("A <team>", [("a", "One & all")]), ("B", [("b", "Two"), ("c", "Three")])]
    choice = fields.ChoiceField(choices=found, select=True, required=False)
    html = drawn(form_with(choice, "answer=b"))
    assert '<optgroup label="A &lt;team&gt;"><option value="a">One &amp; all</option></optgroup>' in html
    assert '<option value="b" selected>Two</option><option value="c">Three</option></optgroup>' in html
    assert html.count("<option") == 4


@pytest.mark.parametrize("name", EVERY_FIELD)
def test_a_field_is_drawn_alone_by_its_field_group(name: str) -> None:
    form = form_with(EVERY_FIELD[name](), form={"label_size": "m"})
    html = Template("{{ form.answer.as_field_group }}").render(Context({"form": form}))
    assert html.strip().startswith('<div class="govuk-form-group')
    assert "govuk-error" not in html


def test_what_was_typed_is_shown_again() -> None:
    assert 'value="the day after"' in drawn(form_with(fields.DateField(), "answer=the+day+after"))
    assert 'value="31"' in drawn(form_with(fields.DateField(parts=True), "answer-day=31&answer-month=2"))
    assert ">a &lt; b</textarea>" in drawn(form_with(fields.TextArea(), "answer=a+<+b"))
    choices = fields.MultiChoiceField(choices=[("a", "A"), ("b", "B")])
    assert 'value="b" checked' in drawn(form_with(choices, "answer=b&answer=z"))


def test_initial_values_are_shown_as_people_write_them() -> None:
    day, time = dt.date(2026, 3, 1), dt.time(9, 5)
    assert 'value="01/03/2026"' in drawn(form_with(fields.DateField(), initial={"answer": day}))
    parts = drawn(form_with(fields.DateField(parts=True), initial={"answer": day}))
    assert 'value="2026"' in parts
    assert 'value="09:05"' in drawn(form_with(fields.TimeField(), initial={"answer": time}))
    assert 'value="12.50"' in drawn(form_with(fields.MoneyField(), initial={"answer": Decimal("12.5")}))
    assert 'value="no" checked' in drawn(form_with(fields.YesNo(), initial={"answer": False}))
    assert 'value="Jo Li"' in drawn(form_with(lookup(), initial={"answer": PEOPLE[0]}))


def test_a_date_is_read_from_three_boxes_or_from_one() -> None:
    day = dt.date(2026, 3, 1)
    assert cleaned(fields.DateField(parts=True), "answer-day=1&answer-month=3&answer-year=2026") == day
    assert cleaned(fields.DateField(parts=True), "answer=1+March+2026") == day
    assert cleaned(fields.DateField(), "answer=1/3/26") == day
    assert cleaned(fields.DateField(), "answer=tomorrow") == clock.today() + dt.timedelta(days=1)
    assert cleaned(fields.DateField(required=False), "") is None
    assert "real date" in refused(
        fields.DateField(parts=True), "answer-day=31&answer-month=2&answer-year=2026"
    )


def test_a_date_that_was_written_another_way_has_not_changed() -> None:
    form = form_with(fields.DateField(), "answer=1+March+2026", initial={"answer": dt.date(2026, 3, 1)})
    assert not form.has_changed()
    form = form_with(fields.DateField(), "answer=the+day+after", initial={"answer": dt.date(2026, 3, 1)})
    assert form.has_changed()


def test_times_money_and_telephone_numbers_are_read() -> None:
    assert cleaned(fields.TimeField(), "answer=2.05pm") == dt.time(14, 5)
    assert cleaned(fields.MoneyField(), "answer=£1,250") == Decimal("1250.00")
    assert cleaned(fields.PhoneField(), "answer=01632 960 001 ext 4") == "01632 960 001 ext 4"
    assert cleaned(fields.MoneyField(negative=True), "answer=-3") == Decimal("-3.00")
    assert "less than nothing" in refused(fields.MoneyField(), "answer=-3")
    assert "Enter a time" in refused(fields.TimeField(), "answer=later")
    assert "telephone" in refused(fields.PhoneField(), "answer=ask+me")
    assert "name@example.com" in refused(fields.EmailField(), "answer=priya")


def test_yes_or_no_is_true_false_or_open() -> None:
    assert cleaned(fields.YesNo(), "answer=yes") is True
    assert cleaned(fields.YesNo(), "answer=no") is False
    assert cleaned(fields.YesNo(required=False), "") is None


def test_several_files_are_a_list_and_each_is_checked() -> None:
    sent = MultiValueDict({"answer": [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"")]})
    form = form_with(fields.FileField(several=True), "", files=sent)
    assert "empty" in str(form.errors["answer"])
    form = form_with(fields.FileField(several=True, allow_empty_file=True), "", files=sent)
    assert (
        [one.name for one in form.cleaned_data["answer"]] == ["a.txt", "b.txt"] if form.is_valid() else False
    )
    assert cleaned(fields.FileField(several=True, required=False), "", files=MultiValueDict()) == []


def test_a_lookup_takes_the_row_chosen_or_the_only_one_that_fits() -> None:
    assert cleaned(lookup(), "answer=Jo&answer-key=2") == PEOPLE[1]
    assert cleaned(lookup(), "answer=siôn") == PEOPLE[2]
    assert cleaned(lookup(required=False), "answer=") is None
    assert cleaned(lookup(), "answer=siôn&answer-key=99") == PEOPLE[2]


def test_a_lookup_that_fits_several_asks_which_without_a_script() -> None:
    form = form_with(lookup(label="Person"), "answer=jo")
    assert not form.is_valid()
    html = drawn(form)
    assert 'type="radio" id="id_answer-1" name="answer-key" value="1"' in html
    assert "Highways" in html
    assert 'type="hidden"' not in html


def test_a_lookup_that_fits_nothing_says_so() -> None:
    assert "Nothing was found for “Zeb”" in refused(lookup(), "answer=Zeb")


def test_a_lookup_carries_its_address_for_the_script() -> None:
    html = drawn(form_with(lookup()))
    assert 'data-lookup-url="/people/lookup"' in html
    assert 'data-lookup-key="id_answer-key"' in html


def test_sentences_name_the_field_that_was_left_empty() -> None:
    choice = fields.ChoiceField(choices=[("a", "A")], label="Service")
    assert refused(fields.TextField(label="Full name"), "") == "Enter the full name."
    assert refused(fields.TextField(label="NI number"), "") == "Enter the NI number."
    assert refused(fields.TextField(label="Why it changes"), "") == "Say why it changes."
    assert refused(fields.TextField(label="Who asked?"), "") == "Answer “Who asked?”"
    assert refused(choice, "") == "Choose the service."
    assert refused(fields.TickField(label="I agree"), "") == "Tick “I agree” to go on."
    assert refused(fields.FileField(label="Letter"), "") == "Choose a file for “Letter”."
    assert refused(fields.TextField(error_messages={"required": "Say who"}), "") == "Say who"


def test_what_may_be_left_empty_is_marked_unless_the_form_says_not() -> None:
    assert "Name (optional)" in drawn(form_with(fields.TextField(label="Name", required=False)))
    quiet = form_with(fields.TextField(label="Name", required=False), form={"mark_optional": False})
    assert "optional" not in drawn(quiet)


def test_the_heading_of_a_page_can_be_the_label_of_its_field() -> None:
    html = drawn(form_with(fields.TextField(label="Who asked?"), form={"page_heading": "answer"}))
    assert '<h1 class="govuk-label-wrapper">' in html
    html = drawn(form_with(fields.YesNo(label="Is it urgent?"), form={"page_heading": "answer"}))
    assert '<h1 class="govuk-fieldset__heading">' in html


def test_an_area_with_a_limit_counts_down() -> None:
    html = drawn(form_with(fields.TextArea(max_length=300)))
    assert 'data-module="govuk-character-count" data-maxlength="300"' in html


def test_a_disabled_field_cannot_be_changed() -> None:
    assert " disabled" in drawn(form_with(fields.TextField(disabled=True)))
    assert " disabled" in drawn(form_with(fields.YesNo(disabled=True)))


def test_errors_of_the_whole_form_and_of_hidden_fields_stand_in_the_summary() -> None:
    class Odd(fields.Form):
        secret = forms.CharField(widget=forms.HiddenInput)

        def clean(self) -> None:
            raise forms.ValidationError("These two do not go together.")

    html = drawn(Odd(QueryDict("")))
    assert "These two do not go together." in html
    assert "Enter the secret." in html
    assert 'type="hidden" name="secret"' in html
    assert 'href="#' not in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert form_with(fields.TextField(), "answer=x").error_summary() == ""
    assert "There is a problem" in form_with(fields.TextField(), "").error_summary()


def test_a_form_of_a_library_is_drawn_alike() -> None:
    class Foreign(forms.Form):
        login = forms.EmailField(label="Email")
        password = forms.CharField(widget=forms.PasswordInput)
        remember = forms.BooleanField(required=False)

    html = str(Foreign(QueryDict("")))
    assert 'data-module="govuk-error-summary"' in html
    assert 'data-module="govuk-password-input"' in html
    assert "govuk-checkboxes__input" in html


def test_no_page_says_twice_what_is_wrong_with_its_form() -> None:
    twice = re.compile(r"error_summary[^}]*\}+\s*\{\{ form \}\}")
    pages = list(Path(fields.__file__).parents[1].rglob("templates/**/*.html"))
    assert len(pages) > 100
    assert [page.name for page in pages if twice.search(page.read_text(encoding="utf-8"))] == []
