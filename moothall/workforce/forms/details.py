"""What is asked to change something about oneself, and to put papers into a personnel file."""

from typing import Any

from django import forms as django_forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.workforce.models import DetailKind, FileClass


class DetailForm(fields.Form):
    """The fields that this kind of detail has."""

    from_on = fields.DateField(label=_("From which day"))

    def __init__(self, *given: Any, kind: DetailKind, **named: Any) -> None:
        super().__init__(*given, **named)
        self.kind = kind
        self.fields |= self._own_fields(kind)
        if kind.way == DetailKind.EVIDENCE:
            self.fields["evidence"] = fields.FileField(
                label=_("A paper that shows it, as a picture or PDF"),
                help_text=_("Such as a certificate. It goes into your personnel file."),
            )
        self.initial.setdefault("from_on", today())
        self.order_fields([name for name in self.fields if name != "from_on"] + ["from_on"])

    def _own_fields(self, kind: DetailKind) -> dict[str, django_forms.Field]:
        if kind.changes == DetailKind.NAME:
            return {
                "given_name": fields.TextField(label=_("Given names"), max_length=120),
                "family_name": fields.TextField(label=_("Family name"), max_length=120, required=False),
            }
        made: dict[str, Any] = {
            DetailKind.KNOWN_AS: lambda: fields.TextField(label=_("Known as"), max_length=120),
            DetailKind.ADDRESS: lambda: fields.TextArea(label=_("New address"), rows=4, max_length=1000),
            DetailKind.PHONE: lambda: fields.PhoneField(label=_("New telephone number")),
            DetailKind.EMAIL: lambda: fields.EmailField(label=_("New email address")),
        }
        return {"after": made[kind.changes]()}

    def asked(self) -> dict[str, Any]:
        """What the rule is given."""
        data = dict(self.cleaned_data)
        if self.kind.changes == DetailKind.NAME:
            said = {name: data.pop(name) for name in ("given_name", "family_name")}
            data |= {"said": said, "after": " ".join(part for part in said.values() if part)}
        return data


class RefuseDetailForm(fields.Form):
    because = fields.TextField(label=_("Why?"), max_length=300)


class PapersForm(fields.Form):
    """Many at once, of one class."""

    file_class = fields.ChoiceField(label=_("What they are"), select=True)
    papers = fields.FileField(label=_("Files"), several=True, help_text=_("Several can be chosen at once."))
    title = fields.TextField(
        label=_("Title"), required=False, max_length=200, help_text=_("Of a single paper; else its file name")
    )
    dated_on = fields.DateField(label=_("Day of the paper"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        self.classes = {str(row.pk): row for row in FileClass.objects.filter(retired_on=None)}
        named_classes = sorted((row.name_in(language), key) for key, row in self.classes.items())
        self.field("file_class").choices = [
            ("", _("Choose one")), *((key, name) for name, key in named_classes),
        ]  # fmt: skip

    def clean_file_class(self) -> FileClass:
        return self.classes[self.cleaned_data["file_class"]]
