"""What is asked about visits to schools and centres, and about complaints and compliments."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.transport.finding import SHOWN, connect_passenger_lookup
from moothall.transport.models import (
    Centre,
    Checklist,
    Contractor,
    ContractorStaff,
    CrewMember,
    TransportVoice,
    Vehicle,
)
from moothall.transport.models.checklist import CENTRE

from .auditing import PlanForm

NONE = ("", _("None"))


class PlanVisitForm(PlanForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connect_checklists(Checklist.objects.in_force(today()).filter(of=CENTRE))


class VoiceForm(fields.Form):
    """Whom or what it concerns; at least one of these."""

    kind = fields.ChoiceField(label=_("What is it?"), choices=TransportVoice.KINDS, inline=True)
    happened_on = fields.DateField(label=_("On which day did it happen?"))
    passenger = fields.LookupField(label=_("Passenger"), required=False, help_text=_("Type a name."))
    job = fields.TextField(
        label=_("Number of the run or the contractor’s job"), required=False, max_length=40, width=10
    )
    contractor = fields.ChoiceField(label=_("Contractor"), select=True, required=False)
    vehicle = fields.LookupField(label=_("Vehicle"), required=False, help_text=_("Type its registration."))
    member = fields.LookupField(
        label=_("One of a contractor’s crew"), required=False, help_text=_("Type their name or badge.")
    )
    crew_member = fields.LookupField(
        label=_("One of our own crews"), required=False, help_text=_("Type their name.")
    )
    centre = fields.ChoiceField(label=_("School or centre"), select=True, required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.contractors = {str(each.pk): each for each in Contractor.objects.order_by("name", "id")}
        self.centres = {str(each.pk): each for each in Centre.objects.order_by("name", "id")}
        for name, rows in (("contractor", self.contractors), ("centre", self.centres)):
            self.field(name).choices = [NONE, *((key, one.name_in(language)) for key, one in rows.items())]
        connect_passenger_lookup(self.field("passenger"), by=account)
        self._connect("vehicle", Vehicle.objects.select_related("contractor"), _registered)
        theirs = ContractorStaff.objects.standing().select_related("person", "contractor")
        self._connect("member", theirs, _called_or_badge)
        own = CrewMember.objects.visible_to(account).select_related("employment__person")
        self._connect("crew_member", own, _called)

    def _connect(self, name: str, rows: Any, asked: Callable[[str], Q]) -> None:
        self.field(name).connect(
            fetch=lambda key: rows.filter(pk=key).first() if key.isdigit() and len(key) <= 18 else None,
            search=lambda words: list(rows.filter(asked(words)).order_by("id")[:SHOWN]),
        )

    def clean_contractor(self) -> Contractor | None:
        return self.contractors.get(self.cleaned_data["contractor"])

    def clean_centre(self) -> Centre | None:
        return self.centres.get(self.cleaned_data["centre"])


def _registered(words: str) -> Q:
    return Q(registration__icontains="".join(words.split()).upper())


def _called_or_badge(words: str) -> Q:
    return Q(person__full_name__icontains=words) | Q(badge__iexact=words)


def _called(words: str) -> Q:
    return Q(employment__person__full_name__icontains=words)
