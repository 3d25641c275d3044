"""What is asked about figures and about what was found on records."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core.fields import ChoiceField, DateField, Form, TextField, TickField
from moothall.core.refusals import Words
from moothall.people.models import Account, Team


class ReopenForm(Form):
    because = TextField(label=_("Why is it opened again?"), max_length=300)


class WaiverForm(Form):
    """A fault may stay as it is, for a while and for a reason."""

    until = DateField(label=_("Until which day may it stay as it is?"))
    because = TextField(label=_("Why?"), max_length=300)


class AssignForm(Form):
    """Somebody who keeps the record, or their team."""

    to = ChoiceField(label=_("Who sees to it?"), select=True, required=False)

    def __init__(self, *args: Any, keepers: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keepers = {str(each.pk): each for each in keepers}
        named = [(key, each.name) for key, each in self.keepers.items()]
        self.field("to").choices = [("", _("Whoever keeps the record")), *named]

    def clean_to(self) -> Account | None:
        return self.keepers.get(self.cleaned_data["to"])


class RuleForm(Form):
    """Who sees to what a rule finds, and whether it is looked for."""

    owner = ChoiceField(label=_("Which team sees to it?"), select=True, required=False)
    is_looked_for = TickField(label=_("Look for it every night"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.teams = {str(each.pk): each for each in Team.objects.order_by("name")}
        named = [(key, each.name_in(language)) for key, each in self.teams.items()]
        self.field("owner").choices = [("", _("Whoever keeps the record")), *named]

    def clean_owner(self) -> Team | None:
        return self.teams.get(self.cleaned_data["owner"])


class DrawForm(Form):
    """How many records are drawn, of whom, and by which number the lot falls."""

    size = ChoiceField(label=_("How many records?"), choices=[(str(n), str(n)) for n in (5, 10, 20, 50, 100)])
    unit = ChoiceField(label=_("Of which unit?"), select=True, required=False)
    seed = TextField(
        label=_("Number of the lot"), max_length=6, width=5,
        help_text=_("The same number draws the same records on the same day."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("unit").choices = [("", _("Everybody")), *((str(pk), name) for pk, name in units)]

    def clean_seed(self) -> str:
        seed = str(self.cleaned_data["seed"])
        if not seed.isdigit():
            raise ValidationError(_("Give a number."))
        return seed


class CheckForm(Form):
    """A box for each field of the record: empty where it is right."""

    def __init__(self, *args: Any, said: list[tuple[str, Words, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = {f"right_{number}": key for number, (key, _words, _value) in enumerate(said)}
        for number, (_key, words, value) in enumerate(said):
            self.fields[f"right_{number}"] = TextField(
                label=f"{words}: {value or '–'}", required=False, max_length=200
            )

    def wrong(self) -> dict[str, str]:
        """Of each field that is wrong, what is right."""
        return {key: self.cleaned_data[name] for name, key in self.boxes.items() if self.cleaned_data[name]}
