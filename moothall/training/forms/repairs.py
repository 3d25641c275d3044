"""What is asked before a repair is looked for, and what else has changed."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.models import Place
from moothall.training.models import Course, RepairChange, ScheduleLine, ScheduleVersion, Session
from moothall.training.rules.comparing import days_said

from . import NOTHING, place_choices


class RepairForm(fields.Form):
    """How far the repair may go."""

    frozen_until = fields.DateField(
        label=_("Until when is nobody asked to come or to move?"),
        help_text=_("They are told already, or it is too soon. Whoever cannot come until then is still "
                    "withdrawn."),
    )  # fmt: skip
    moves_others = fields.TickField(
        label=_("Ask others to move where that gives somebody a place back"), required=False,
        help_text=_("Never more than one other for each, and as few as can be."),
    )  # fmt: skip
    offers_waiting = fields.TickField(
        label=_("Offer what is free then to those who wait"), required=False
    )  # fmt: skip


Sessions = Mapping[str, Session | ScheduleLine]


def _held(version: ScheduleVersion) -> Sessions:
    rows = Session.objects.standing().filter(schedule_lines__version=version).in_full()
    return {str(each.pk): each for each in rows.order_by("first_on", "pk")}


def _planned(version: ScheduleVersion) -> Sessions:
    return {str(each.pk): each for each in version.lines.in_full().order_by("first_on", "pk")}


def _course(each: Session | ScheduleLine) -> Course:
    return (each.course_version if isinstance(each, ScheduleLine) else each.version).course


class ChangeForm(fields.Form):
    """Something that no record says yet."""

    sort = fields.ChoiceField(label=_("What has changed?"), choices=RepairChange.SORTS)
    number = fields.TextField(
        label=_("Staff number"), required=False, max_length=20, width=10,
        help_text=_("Where somebody is away: whoever is trained, or teaches."),
    )  # fmt: skip
    place = fields.ChoiceField(label=_("Which site is closed?"), select=True, required=False)
    session = fields.ChoiceField(label=_("Which session is not held?"), select=True, required=False)
    from_on = fields.DateField(label=_("First day"), required=False)
    until_on = fields.DateField(
        label=_("Last day"), required=False, help_text=_("Empty: only the first day.")
    )  # fmt: skip

    def __init__(self, *args: Any, version: ScheduleVersion, **given: Any) -> None:
        super().__init__(*args, **given)
        self.places = {str(each.pk): each for each in Place.objects.all()}
        self.sessions = _planned(version) if version.is_open else _held(version)
        self.field("place").choices = NOTHING + place_choices()
        self.field("session").choices = NOTHING + [
            (key, f"{_course(each)}, {days_said(each.days)}") for key, each in self.sessions.items()
        ]

    def name_session(self, change: RepairChange, key: str) -> None:
        """The session that was chosen, held or only planned."""
        chosen = self.sessions[key]
        change.from_on = change.until_on = None
        if isinstance(chosen, ScheduleLine):
            change.line = chosen.key
        else:
            change.session = chosen

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        sort = data.get("sort")
        asked = {
            RepairChange.STAFF: ("number", _("Enter the staff number of whoever is away.")),
            RepairChange.SITE: ("place", _("Choose the site.")),
            RepairChange.SESSION: ("session", _("Choose the session.")),
        }.get(str(sort))
        if asked and not data.get(asked[0]):
            self.add_error(asked[0], ValidationError(str(asked[1])))
        if sort in (RepairChange.STAFF, RepairChange.SITE) and not data.get("from_on"):
            self.add_error("from_on", ValidationError(str(_("Enter the first day."))))
        return data


class WeightForm(fields.Form):
    """What it costs to ask somebody to move who could have stayed."""

    from_on = fields.DateField(label=_("From which day?"))
    moving = fields.TextField(
        label=_("What does it cost to move somebody whom nobody told of their place?"), width=4, max_length=4,
        help_text=_("Between 0 and 1, such as 0.5. With 1 nobody is ever asked."),
    )  # fmt: skip
    moving_told = fields.TextField(
        label=_("And somebody who was told?"), width=4, max_length=4,
        help_text=_("No less. With 1 whoever was told is never asked to move for somebody else."),
    )  # fmt: skip
    why = fields.TextField(label=_("Who says so, and why?"), max_length=200)

    def clean_moving(self) -> Decimal:
        return _share(self.cleaned_data["moving"])

    def clean_moving_told(self) -> Decimal:
        return _share(self.cleaned_data["moving_told"])


def _share(words: str) -> Decimal:
    try:
        found = Decimal(words.strip().replace(",", "."))
    except InvalidOperation:
        found = Decimal(0)
    if not 0 < found <= 1:
        raise ValidationError(str(_("Enter a number above 0 and up to 1, such as 0.5.")))
    return found.quantize(Decimal("0.01"))
