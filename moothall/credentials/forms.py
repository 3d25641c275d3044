"""What is asked to record a credential, to refuse one, and to say what asks for it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.workforce.models import Employment

from .models import CredentialKind


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

    employee = fields.TextField(label=_("Staff number"), max_length=20, width=10)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        del self.fields["evidence"]
        self.order_fields(["employee"])

    def clean_employee(self) -> Employment:
        number = " ".join(self.cleaned_data["employee"].split()).upper()
        found = Employment.objects.visible_to(self.account).with_assignment(today()).filter(number=number)
        employment = found.first()
        if employment is None:
            raise ValidationError(str(_("There is no staff record with this number.")))
        return employment


class BecauseForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=300)
