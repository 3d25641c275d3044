"""What is asked about skills, and about what somebody is given."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.workforce.models import EmployeeSkill, IssuedItem, ItemKind, Skill


class SkillForm(fields.Form):
    skill = fields.ChoiceField(label=_("Skill"), select=True)
    level = fields.ChoiceField(
        label=_("How well"), choices=EmployeeSkill.LEVELS, initial=EmployeeSkill.ABLE, inline=True
    )
    since = fields.DateField(label=_("Since"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        self.skills = {str(row.pk): row for row in Skill.objects.filter(retired_on=None)}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, row in self.skills.items():
            groups.setdefault(row.group_in(language), []).append((key, row.name_in(language)))
        self.field("skill").choices = [("", _("Choose one")), *groups.items()]

    def clean_skill(self) -> Skill:
        return self.skills[self.cleaned_data["skill"]]

    def clean_level(self) -> int:
        return int(self.cleaned_data["level"])

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day and day > today():
            raise ValidationError(str(_("This day has not come yet.")))
        return day


class ItemForm(fields.Form):
    kind = fields.ChoiceField(label=_("What is given"), select=True)
    number = fields.TextField(label=_("Its number"), required=False, max_length=60, width=20)
    given_on = fields.DateField(label=_("Day on which it is given"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        self.kinds = {str(row.pk): row for row in ItemKind.objects.filter(retired_on=None)}
        named_kinds = sorted((row.name_in(language), key) for key, row in self.kinds.items())
        self.field("kind").choices = [("", _("Choose one")), *((key, name) for name, key in named_kinds)]

    def clean_kind(self) -> ItemKind:
        return self.kinds[self.cleaned_data["kind"]]


class ItemEndForm(fields.Form):
    ended_as = fields.ChoiceField(
        label=_("What became of it"), choices=IssuedItem.ENDS, initial=IssuedItem.RETURNED
    )
