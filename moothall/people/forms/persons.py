"""What is written about a person."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Organisation
from moothall.people.models.contact_folding import fold_post
from moothall.people.rules.persons import LONGEST_NAME

LANGUAGE_CHOICES = [("", _("Not known")), ("en", "English"), ("cy", "Cymraeg")]
KIND_CHOICES = [
    ("EMAIL", _("Email address")),
    ("PHONE", _("Telephone number")),
    ("POST", _("Postal address")),
]


def find_organisations(words: str) -> list[Organisation]:
    return list(Organisation.objects.named_like(words)[:10])


def fetch_organisation(key: str) -> Organisation | None:
    return Organisation.objects.filter(pk=key).first() if key.isdigit() else None


class NamesForm(fields.Form):
    """Who somebody is, as it is corrected."""

    full_name = fields.TextField(
        label=_("Full name"),
        help_text=_("As the person writes it, in any language and script; one word is enough"),
        max_length=LONGEST_NAME,
    )
    known_as = fields.TextField(label=_("Known as"), required=False, max_length=120, width=20)
    title = fields.TextField(label=_("Title"), required=False, max_length=30, width=10)
    given_name = fields.TextField(label=_("Given name"), required=False, max_length=120, width=20)
    family_name = fields.TextField(label=_("Family name"), required=False, max_length=120, width=20)
    born_on = fields.DateField(label=_("Date of birth"), parts=True, required=False)
    organisation = fields.LookupField(
        label=_("Organisation"),
        required=False,
        help_text=_("The body they write or work for"),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        lookup = cast(fields.LookupField, self.fields["organisation"])
        lookup.connect(
            fetch=fetch_organisation, search=find_organisations, url=reverse_lazy("organisation_lookup")
        )

    def clean_born_on(self) -> Any:
        day = self.cleaned_data["born_on"]
        if day and not (day.year >= 1880 and day <= today()):
            raise ValidationError(_("Enter a date of birth in the past."))
        return day


class PersonForm(NamesForm):
    """Somebody new: who they are and how to reach them."""

    email = fields.EmailField(label=_("Email address"), required=False)
    phone = fields.PhoneField(label=_("Telephone number"), required=False)
    post = fields.TextArea(label=_("Postal address"), required=False, rows=3)
    language = fields.ChoiceField(
        label=_("Language to write to them in"), choices=LANGUAGE_CHOICES[1:], required=False, inline=True
    )
    field_order = ("full_name", "email", "phone", "language", "organisation", "post")

    def clean_post(self) -> str:
        return checked_post(self.cleaned_data["post"])


class LanguageForm(fields.Form):
    language = fields.ChoiceField(label=_("Language to write to them in"), choices=LANGUAGE_CHOICES)
    source = fields.TextField(
        label=_("How do we know?"), help_text=_("Such as “said so on the telephone”"), max_length=120
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["language"].required = False


class ContactPointForm(fields.Form):
    kind = fields.ChoiceField(label=_("What is it?"), choices=KIND_CHOICES)
    value = fields.TextArea(label=_("Address or number"), rows=3)
    label = fields.TextField(
        label=_("Which one"), help_text=_("Such as work, home or evenings"), required=False, max_length=60
    )
    preferred = fields.TickField(label=_("Use this one first"), required=False)


class RoleForm(fields.Form):
    """What a person is to the office."""

    kind = fields.ChoiceField(label=_("What are they to the office?"), select=True)
    started_on = fields.DateField(label=_("Since"))

    def __init__(self, *given: Any, kinds: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


def checked_post(post: str) -> str:
    if post.strip() and not fold_post(post):
        raise ValidationError(_("This is not an address."))
    return post
