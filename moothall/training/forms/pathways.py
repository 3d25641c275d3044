"""What is asked to keep pathways, cohorts, students, hosts and tutors."""

import re
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Service
from moothall.core import fields
from moothall.credentials.models import CredentialKind
from moothall.training.models import (
    Course,
    Pathway,
    PathwayItem,
    PathwayModule,
)
from moothall.training.rules.pathways.case_steps import read_moments
from moothall.training.rules.pathways.making import ItemPart, ModulePart, PathwayContent
from moothall.workforce.beginnings import known_routes
from moothall.workforce.models import Skill

from . import NOTHING, named_choices, whole

CHOOSE = ("", _("Choose one"))
KINDS = {key.lower(): key for key, _words in PathwayModule.KINDS}
ITEMS = {key.lower(): key for key, _words in PathwayItem.KINDS}


class PathwayForm(fields.Form):
    """A pathway, its modules as lines: a dash begins what is signed off in the module above."""

    name = fields.TextField(label=_("What is the pathway called?"), max_length=160)
    name_cy = fields.TextField(label=_("What is it called in Welsh?"), max_length=160, required=False)
    group_size = fields.TextField(label=_("Most students in a group"), width=3, max_length=3)
    spare = fields.TextField(
        label=_("How many more for those who come back into a group?"), width=3, max_length=2
    )
    rooms = fields.TextField(label=_("How many groups can be taught at once?"), width=3, max_length=3)
    most_minutes = fields.TextField(
        label=_("Most minutes of travel to a placement"), width=3, max_length=3,
    )  # fmt: skip
    tutor_skill = fields.ChoiceField(label=_("What must a tutor be able to do?"), select=True, required=False)
    grants = fields.ChoiceField(
        label=_("Which credential does whoever is confirmed get?"), select=True, required=False
    )
    service = fields.ChoiceField(
        label=_("Does each student have a case of a service?"), select=True, required=False,
        help_text=_("It is opened in the week before they begin, and goes on as they do."),
    )  # fmt: skip
    moments = fields.TextField(
        label=_("Steps of that case that everybody comes to"), required=False, max_length=300,
        help_text=_(
            "Such as begun: enrol; posted: post; confirmed: confirm=confirmed; left: resigned. The first "
            "three are steps, with their outcome; the last is how the case ends for whoever leaves."
        ),
    )  # fmt: skip
    modules = fields.TextArea(
        label=_("Modules, and what is signed off in each"), rows=14, max_length=20000,
        help_text=_(
            "One on each line, in their order: name / name in Welsh; weeks; taught, placement or tutored; "
            "key of the skill its trainer needs; steps of the case done with it. Below it, after a dash: "
            "name / name in Welsh; practical, portfolio, assessment or requirement; due so many weeks "
            "after; key of a course that counts; steps of the case done with it, such as drive=pass."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.skills = {str(each.pk): each for each in Skill.objects.filter(retired_on=None)}
        self.kinds = {str(each.pk): each for each in CredentialKind.objects.in_use()}
        self.field("tutor_skill").choices = NOTHING + named_choices(self.skills.values())
        self.services = list(Service.objects.filter(retired_at=None).order_by("name", "key"))
        self.field("service").choices = NOTHING + [
            (each.key, each.name_in(get_language() or "en")) for each in self.services
        ]
        self.field("grants").choices = NOTHING + named_choices(self.kinds.values())

    def clean_group_size(self) -> int | None:
        return whole(self.cleaned_data["group_size"], most=200)

    def clean_spare(self) -> int | None:
        return whole(self.cleaned_data["spare"], least=0, most=50)

    def clean_rooms(self) -> int | None:
        return whole(self.cleaned_data["rooms"], most=200)

    def clean_most_minutes(self) -> int | None:
        return whole(self.cleaned_data["most_minutes"], most=480)

    def clean_modules(self) -> list[ModulePart]:
        return ModuleLines(self.cleaned_data["modules"], self.skills.values()).read()

    def clean_moments(self) -> dict[str, str]:
        try:
            return read_moments(self.cleaned_data["moments"])
        except ValueError:
            raise ValidationError(
                str(_("Write each as begun, posted, confirmed or left, and a step."))
            ) from None

    def content(self) -> PathwayContent:
        data = self.cleaned_data
        return PathwayContent(
            modules=data["modules"], group_size=data["group_size"], spare=data["spare"], rooms=data["rooms"],
            most_minutes=data["most_minutes"], tutor_skill=self.skills.get(data["tutor_skill"]),
            grants=self.kinds.get(data["grants"]), service=data["service"], moments=data["moments"],
        )  # fmt: skip


class ModuleLines:
    """Modules and items as they are typed."""

    def __init__(self, text: str, skills: Any) -> None:
        self.lines = [line.strip() for line in text.splitlines()]
        self.skills = {each.key: each for each in skills}
        self.courses = {each.key: each for each in Course.objects.in_use()}

    def read(self) -> list[ModulePart]:
        found: list[tuple[ModulePart, list[ItemPart]]] = []
        for number, line in enumerate(self.lines, 1):
            if line.startswith("-"):
                if not found:
                    raise self._wrong(number, _("the first line is a module, without a dash"))
                found[-1][1].append(self._item(number, line[1:]))
            elif line:
                found.append((self._module(number, line), []))
        return [replace(each, items=items) for each, items in found]

    def _wrong(self, number: int, words: Any) -> ValidationError:
        return ValidationError(str(_("Line %(number)s: %(words)s.")) % {"number": number, "words": words})

    def _parts(self, line: str) -> tuple[str, str, list[str]]:
        names, *rest = [part.strip() for part in line.split(";")]
        name, _slash, welsh = names.partition("/")
        return name.strip()[:160], welsh.strip()[:160], [*rest, "", "", "", ""]

    def _module(self, number: int, line: str) -> ModulePart:
        name, welsh, (weeks, kind, skill, step, *_more) = self._parts(line)
        if not weeks.isdecimal() or not 1 <= int(weeks) <= 104:
            raise self._wrong(number, _("a module takes 1 to 104 weeks"))
        if kind.lower() not in {"", *KINDS}:
            raise self._wrong(number, _("a module is taught, placement or tutored"))
        if skill and skill not in self.skills:
            raise self._wrong(number, _("no skill has this key"))
        kind = KINDS.get(kind.lower(), PathwayModule.TAUGHT)
        return ModulePart(name, welsh, kind, int(weeks), self.skills.get(skill), step=step[:120])

    def _item(self, number: int, line: str) -> ItemPart:
        name, welsh, (kind, weeks, course, step, *_more) = self._parts(line)
        if kind.lower() not in {"", *ITEMS}:
            raise self._wrong(number, _("it is practical, portfolio, assessment or requirement"))
        if weeks and (not weeks.isdecimal() or int(weeks) > 104):
            raise self._wrong(number, _("it is due 0 to 104 weeks after its module"))
        if course and course not in self.courses:
            raise self._wrong(number, _("no course has this key"))
        kind = ITEMS.get(kind.lower(), PathwayItem.PRACTICAL)
        return ItemPart(name, welsh, kind, int(weeks or 0), self.courses.get(course), step[:120])


def as_lines(pathway: Pathway) -> str:
    """The modules of a pathway as they would be typed."""
    lines = []
    for module in pathway.modules.select_related("skill").prefetch_related("items__course"):
        skill = module.skill.key if module.skill else ""
        lines.append(_line(module, str(module.weeks), module.kind.lower(), skill, module.step))
        for item in module.items.all():
            course = item.course.key if item.course else ""
            lines.append(
                "- " + _line(item, item.kind.lower(), str(item.weeks_after or ""), course, item.step)
            )
    return "\n".join(lines)


def _line(row: PathwayModule | PathwayItem, *parts: str) -> str:
    name = f"{row.name} / {row.name_cy}" if row.name_cy else row.name
    return re.sub(r"(; )+$", "", "; ".join((name, *parts)))


class CohortForm(fields.Form):
    pathway = fields.ChoiceField(label=_("Which pathway?"), select=True)
    name = fields.TextField(label=_("What is the cohort called?"), max_length=80, width=20)
    starts_on = fields.DateField(label=_("On which Monday does it begin?"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.pathways = {str(each.pk): each for each in Pathway.objects.in_use()}
        self.field("pathway").choices = [CHOOSE, *named_choices(self.pathways.values())]

    def clean_pathway(self) -> Pathway:
        return self.pathways[self.cleaned_data["pathway"]]


class RoutesForm(fields.Form):
    routes = fields.MultiChoiceField(
        label=_("By which routes of entry do people come onto it?"), required=False,
        help_text=_("A route leads onto one pathway only: what you tick here leaves any other."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.field("routes").choices = known_routes(get_language() or "en")
