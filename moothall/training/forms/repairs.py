"""What is asked before a repair is looked for, and what else has changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.people.models import Place
from moothall.training.models import RepairChange, ScheduleVersion, Session
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
        rows = Session.objects.standing().filter(schedule_lines__version=version).in_full()
        self.sessions = {str(each.pk): each for each in rows.order_by("first_on", "pk")}
        self.field("place").choices = NOTHING + place_choices()
        self.field("session").choices = NOTHING + [
            (key, f"{each.version.course}, {days_said(each.days)}") for key, each in self.sessions.items()
        ]

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
