"""What is asked about contractors: who they are, contracts, prices, crews, vehicles, papers, allotments."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account
from moothall.transport.models import (
    Contractor,
    ContractorStaff,
    ContractPrice,
    PaperKind,
    Sanction,
    Vehicle,
    VehicleKind,
)
from moothall.transport.models.contractor import LANGUAGES

from . import FROM_DAY, UNTIL_DAY

NOBODY = ("", _("Nobody"))
CHOOSE = ("", _("Choose one"))


class ContractorForm(fields.Form):
    number = fields.TextField(
        label=_("Number"), max_length=20, width=10, help_text=_("As it stands on job sheets and invoices.")
    )
    name = fields.TextField(label=_("Name"), max_length=120)
    name_cy = fields.TextField(label=_("Name in Welsh, if they have one"), required=False, max_length=120)
    contact = fields.TextField(label=_("Whom we speak to"), required=False, max_length=160)
    email = fields.EmailField(label=_("Mail address"), required=False)
    phone = fields.PhoneField(label=_("Telephone"), required=False)
    language = fields.ChoiceField(label=_("Language of letters"), choices=LANGUAGES, inline=True)

    def clean_number(self) -> str:
        said = self.cleaned_data["number"].strip().upper()
        if not said.replace("-", "").isalnum() or not said.isascii():
            raise ValidationError(str(_("Use letters, figures and hyphens, such as C-014.")))
        return str(said)


class EndContractorForm(fields.Form):
    on = fields.DateField(label=_("On which day do they work for us last?"))
    because = fields.TextField(label=_("Why?"), max_length=200)


class ContractForm(fields.Form):
    number = fields.TextField(label=_("Number of the contract"), max_length=40, width=20)
    name = fields.TextField(label=_("What is it for?"), max_length=160)
    from_on = fields.DateField(label=FROM_DAY)
    until_on = fields.DateField(label=UNTIL_DAY, required=False)


class PriceForm(fields.Form):
    unit = fields.ChoiceField(label=_("For what?"), choices=ContractPrice.UNITS, inline=True)
    amount = fields.MoneyField(label=_("How much?"))
    job = fields.TextField(
        label=_("Of which job?"), required=False, max_length=40, width=10,
        help_text=_("Empty: of every job that has no price of its own."),
    )  # fmt: skip
    from_on = fields.DateField(label=FROM_DAY)


class ContractorStaffForm(fields.Form):
    person = fields.LookupField(
        label=_("Somebody on record"), required=False, help_text=_("Type a name. Empty for somebody new.")
    )
    full_name = fields.TextField(label=_("Or the name of somebody new"), required=False, max_length=250)
    badge = fields.TextField(label=_("Number of their identity badge"), max_length=40, width=10)
    drives = fields.TickField(label=_("Drives"), required=False)
    assists = fields.TickField(label=_("Looks after passengers on the way"), required=False)
    from_on = fields.DateField(label=FROM_DAY)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connect_person_lookup(self.field("person"), by=account)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("person") and not (data.get("full_name") or "").strip():
            self.add_error("full_name", ValidationError(str(_("Choose somebody, or enter a name."))))
        return data


class ContractorVehicleForm(fields.Form):
    registration = fields.TextField(label=_("Registration"), max_length=12, width=10)
    kind = fields.ChoiceField(label=_("What kind of vehicle?"), select=True)
    fuel = fields.ChoiceField(label=_("Fuel"), choices=Vehicle.FUELS, inline=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        rows = VehicleKind.objects.order_by("name", "id")
        self.field("kind").choices = [CHOOSE, *((str(one.pk), one.name_in(language)) for one in rows)]

    def clean_kind(self) -> int:
        return int(self.cleaned_data["kind"])


class LastDayForm(fields.Form):
    until_on = fields.DateField(label=_("Which is the last day?"))


class PaperForm(fields.Form):
    kind = fields.ChoiceField(label=_("What is it?"), select=True)
    authority = fields.TextField(label=_("Who issued it?"), required=False, max_length=160)
    number = fields.TextField(label=_("Its number"), required=False, max_length=60, width=20)
    issued_on = fields.DateField(label=_("When was it issued, or checked?"))
    expires_on = fields.DateField(
        label=_("Its last day, if it has one"), required=False,
        help_text=_("Where our rules have it checked anew earlier, the earlier day counts."),
    )  # fmt: skip
    evidence = fields.FileField(label=_("A copy of it"), required=False)

    def __init__(self, *args: Any, kinds: list[PaperKind], decides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.kinds = {str(one.pk): one for one in kinds}
        named = [(key, one.name_in(language)) for key, one in self.kinds.items()]
        self.field("kind").choices = [CHOOSE, *named]
        if decides:
            self.fields["seen"] = fields.TickField(
                label=_("I have seen the original, or asked whoever issued it"), required=False
            )

    def clean_kind(self) -> PaperKind:
        return self.kinds[self.cleaned_data["kind"]]


class AllotForm(fields.Form):
    job = fields.TextField(
        label=_("Number of the job or the run"), max_length=40, width=10,
        help_text=_("As it stands on how passengers go."),
    )  # fmt: skip
    vehicle = fields.ChoiceField(label=_("Vehicle"), select=True)
    driver = fields.ChoiceField(label=_("Driver"), select=True)
    assistant = fields.ChoiceField(label=_("Passenger assistant"), select=True, required=False)
    from_on = fields.DateField(label=FROM_DAY)
    until_on = fields.DateField(label=UNTIL_DAY, required=False)

    def __init__(self, *args: Any, contractor: Contractor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        crew = ContractorStaff.objects.from_now(day).filter(contractor=contractor).select_related("person")
        self.crew = {str(one.pk): one for one in crew.order_by("person__folded_name", "id")}
        vehicles = Vehicle.objects.there(day).filter(contractor=contractor).select_related("kind")
        self.vehicles = {str(one.pk): one for one in vehicles}
        self.field("vehicle").choices = [CHOOSE, *((key, str(one)) for key, one in self.vehicles.items())]
        drive = [(key, f"{one}, {one.badge}") for key, one in self.crew.items() if one.drives]
        assist = [(key, f"{one}, {one.badge}") for key, one in self.crew.items() if one.assists]
        self.field("driver").choices = [CHOOSE, *drive]
        self.field("assistant").choices = [NOBODY, *assist]

    def entry(self) -> dict[str, Any]:
        """What the rule is given."""
        given = dict(self.cleaned_data)
        return given | {
            "vehicle": self.vehicles[given["vehicle"]], "driver": self.crew[given["driver"]],
            "assistant": self.crew.get(given["assistant"]),
        }  # fmt: skip


class SanctionForm(fields.Form):
    kind = fields.ChoiceField(label=_("What follows?"), choices=Sanction.KINDS)
    whom = fields.ChoiceField(label=_("Whom or what does it concern?"), select=True)
    because = fields.TextArea(label=_("Why?"), max_length=2000, rows=3)
    from_on = fields.DateField(label=FROM_DAY)
    until_on = fields.DateField(label=UNTIL_DAY, required=False)

    def __init__(self, *args: Any, contractor: Contractor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        crew = ContractorStaff.objects.from_now(day).filter(contractor=contractor).select_related("person")
        self.crew = {f"member-{one.pk}": one for one in crew.order_by("person__folded_name", "id")}
        vehicles = Vehicle.objects.there(day).filter(contractor=contractor)
        self.vehicles = {f"vehicle-{one.pk}": one for one in vehicles}
        self.field("whom").choices = [
            ("contractor", contractor.name),
            *((key, f"{one}, {one.badge}") for key, one in self.crew.items()),
            *((key, str(one)) for key, one in self.vehicles.items()),
        ]

    def entry(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        whom = given.pop("whom")
        return given | {"member": self.crew.get(whom), "vehicle": self.vehicles.get(whom)}
