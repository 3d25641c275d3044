"""What is asked to record a credential, to refuse one, and to say what asks for it."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.credentials.models import Activity, CredentialKind
from moothall.people.models import Account, Organisation, Post
from moothall.workforce.finding import connect_employment_lookup, connect_post_lookup, connect_unit_lookup
from moothall.workforce.models import Employment


class CredentialForm(fields.Form):
    """A credential as its document says it."""

    kind = fields.ChoiceField(label=_("Kind of credential"), select=True)
    number = fields.TextField(label=_("Its number"), required=False, max_length=60, width=20)
    issuer = fields.TextField(label=_("Who issued it"), required=False, max_length=160)
    issued_on = fields.DateField(label=_("Day of issue"))
    expires_on = fields.DateField(
        label=_("Last day on which it counts"), required=False,
        help_text=_("Leave it empty where the document names none; the office's own rule then gives it."),
    )  # fmt: skip
    restrictions = fields.TextField(
        label=_("Restrictions"), required=False, max_length=300,
        help_text=_("Seen by the person and by whoever may see what is private."),
    )  # fmt: skip
    evidence = fields.FileField(label=_("The document, as a picture or PDF"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.kinds = {str(each.pk): each for each in CredentialKind.objects.in_use()}
        named = sorted((each.name_in(language), key) for key, each in self.kinds.items())
        self.field("kind").choices = [("", _("Choose one")), *((key, name) for name, key in named)]

    def clean_kind(self) -> CredentialKind:
        return self.kinds[self.cleaned_data["kind"]]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        begins, ends = data.get("issued_on"), data.get("expires_on")
        if begins and ends and ends < begins:
            self.add_error("expires_on", ValidationError(str(_("The last day is before the day of issue."))))
        return data


class DeskForm(CredentialForm):
    """The same, entered by whoever keeps staff records."""

    seen = fields.TickField(
        label=_("I have seen the document itself"), required=False,
        help_text=_("It then counts at once, unless its kind needs a second person."),
    )  # fmt: skip


class EntryForm(DeskForm):
    """One after another, for anybody."""

    employee = fields.LookupField(label=_("Whose is it?"), help_text=_("Name or staff number."))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["evidence"]
        self.order_fields(["employee", "kind", "number", "expires_on", "issued_on", "issuer"])
        connect_employment_lookup(self.field("employee"), by=account)
        self.field("employee").widget.attrs["autofocus"] = True
        self.field("expires_on").help_text = ""  # the day it was given stands in the list below


class BecauseForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=300)


class KindForm(fields.Form):
    ladder = fields.TextField(
        label=_("How many days before its end are people reminded?"), required=False, max_length=60,
        help_text=_("Such as 90, 60, 30. Empty: nobody is reminded."),
    )  # fmt: skip
    evidence_months = fields.TextField(
        label=_("After how many months is the evidence destroyed?"), required=False, max_length=3, width=3,
        help_text=_("From the decision on. Six for DBS certificates. Empty: it is kept."),
    )  # fmt: skip
    must_expire = fields.TickField(label=_("One without a last day is not accepted"), required=False)
    second_check = fields.TickField(label=_("A second person always verifies it"), required=False)
    opens_case = fields.TickField(label=_("A case is opened ninety days before it runs out"), required=False)

    def clean_ladder(self) -> list[int]:
        said = [each for each in re.split(r"[;,\s]+", self.cleaned_data["ladder"].strip()) if each]
        if not all(each.isdecimal() and 1 <= int(each) <= 730 for each in said) or len(said) > 8:
            raise ValidationError(str(_("Enter days from 1 to 730, such as 90, 60, 30.")))
        return [int(each) for each in said]

    def clean_evidence_months(self) -> int | None:
        return _months(self.cleaned_data["evidence_months"])


def _months(said: str) -> int | None:
    if not said.strip():
        return None
    if not said.strip().isdecimal() or not 1 <= int(said) <= 480:
        raise ValidationError(str(_("Enter a whole number of months from 1 to 480.")))
    return int(said)


class ValidityForm(fields.Form):
    months = fields.TextField(
        label=_("For how many months does it count?"), required=False, max_length=3, width=3,
        help_text=_("Empty: as its document says."),
    )  # fmt: skip
    from_on = fields.DateField(label=_("For those issued from which day on?"))
    source = fields.TextField(label=_("Who says so?"), max_length=300)

    def clean_months(self) -> int | None:
        return _months(self.cleaned_data["months"])


class RequirementForm(fields.Form):
    activity = fields.ChoiceField(label=_("An activity"), select=True, required=False)
    workforce = fields.ChoiceField(
        label=_("Or a workforce"), select=True, required=False, choices=[("", "–"), *Employment.WORKFORCES]
    )
    unit = fields.LookupField(label=_("Or a unit"), required=False)
    post = fields.LookupField(label=_("Or a post"), required=False)
    from_on = fields.DateField(label=_("From which day?"))
    until_on = fields.DateField(label=_("Until which day?"), required=False)
    because = fields.TextField(label=_("Why"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.activities = {str(each.pk): each for each in Activity.objects.filter(retired_on=None)}
        named = [(key, each.name_in(language)) for key, each in self.activities.items()]
        self.field("activity").choices = [("", "–"), *named]
        connect_unit_lookup(self.field("unit"))
        connect_post_lookup(self.field("post"))

    def clean_activity(self) -> Activity | None:
        return self.activities.get(self.cleaned_data["activity"])

    def clean_unit(self) -> Organisation | None:
        return self.cleaned_data["unit"] or None

    def clean_post(self) -> Post | None:
        return self.cleaned_data["post"] or None
