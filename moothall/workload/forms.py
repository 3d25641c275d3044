"""What is asked about hours, leave, skills and pace, and which proposals are accepted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.cases.visiting import named
from moothall.core import fields
from moothall.people.models import Absence
from moothall.people.models.working import LanguageSkill
from moothall.people.rules.working import DayHours

LANGUAGES = [("cy", "Cymraeg"), ("pl", "polski"), ("uk", "українська"), ("ar", "العربية"), ("bsl", "BSL")]


class HoursForm(fields.Form):
    """From when until when on each day; an empty day is not worked."""

    mark_optional = False
    from_on = fields.DateField(label=_("From which day on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in range(7):
            day = {"day": WEEKDAYS[weekday]}
            self.fields[f"begins_{weekday}"] = fields.TimeField(label=_("%(day)s from") % day, required=False)
            self.fields[f"ends_{weekday}"] = fields.TimeField(label=_("%(day)s until") % day, required=False)

    def days(self) -> list[tuple[Any, Any]]:
        return [(self[f"begins_{weekday}"], self[f"ends_{weekday}"]) for weekday in range(7)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for weekday in range(7):
            begins, ends = data.get(f"begins_{weekday}"), data.get(f"ends_{weekday}")
            if f"begins_{weekday}" in self.errors or f"ends_{weekday}" in self.errors:
                continue
            if (begins is None) != (ends is None):
                self.add_error(f"ends_{weekday}", _("Give both times of a day, or neither."))
            elif begins and ends and ends <= begins:
                self.add_error(f"ends_{weekday}", _("The end is later than the beginning."))
        return data

    def hours(self) -> list[DayHours]:
        data = self.cleaned_data
        return [
            DayHours(weekday, data[f"begins_{weekday}"], data[f"ends_{weekday}"])
            for weekday in range(7)
            if data.get(f"begins_{weekday}")
        ]


class AbsenceForm(fields.Form):
    kind = fields.ChoiceField(label=_("What is it?"), choices=Absence.KINDS, initial="LEAVE", inline=True)
    from_on = fields.DateField(label=_("From which day"))
    until_on = fields.DateField(
        label=_("Until which day"), required=False, help_text=_("Leave empty for one day.")
    )
    begins = fields.TimeField(
        label=_("From when"), required=False, help_text=_("Only for a part of one day.")
    )
    ends = fields.TimeField(label=_("Until when"), required=False)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return data | {"until_on": data["until_on"] or data["from_on"]}


class SkillsForm(fields.Form):
    """How well somebody knows each service, and works in each language."""

    mark_optional = False
    LEVELS = [("0", _("No")), ("1", _("A little")), ("2", _("Well")), ("3", _("Best"))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(each.pk): each for each in Service.objects.filter(retired_at=None)}
        spoken = [("0", _("No")), *((str(level), words) for level, words in LanguageSkill.LEVELS)]
        for key, name in LANGUAGES:
            self.fields[f"language_{key}"] = fields.ChoiceField(
                label=name, choices=spoken, select=True, required=False
            )
        for key, service_name in named(self.offered):
            self.fields[f"service_{key}"] = fields.ChoiceField(
                label=service_name, choices=self.LEVELS, select=True, required=False
            )

    def languages(self) -> dict[str, int]:
        return {key: int(self.cleaned_data.get(f"language_{key}") or 0) for key, _name in LANGUAGES}

    def services(self) -> dict[str, int]:
        return {key: int(self.cleaned_data.get(f"service_{key}") or 0) for key in self.offered}


class PaceForm(fields.Form):
    minutes = forms.IntegerField(
        label=_("Minutes for one thing that comes in"), min_value=1, max_value=600,
        help_text=_("From taking it to being done with it, on average."),
    )  # fmt: skip
    percent = forms.IntegerField(
        label=_("Share of the hours there are for it, in percent"), min_value=1, max_value=100, initial=60
    )
    from_on = fields.DateField(label=_("From which day on"))


class SharingForm(forms.Form):
    """Which proposals are accepted: `case` holds them as case and account."""

    pairs: list[tuple[int, int]]

    def __init__(self, sent: Sequence[str]) -> None:
        super().__init__({})
        self.pairs = []
        for each in sent[:500]:
            case, _dash, account = each.partition("-")
            if case.isdigit() and account.isdigit() and len(case) < 18 and len(account) < 18:
                self.pairs.append((int(case), int(account)))
