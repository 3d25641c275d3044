"""What is asked about incidents: what happened, who was there, whom to tell, what was found, what is done."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case
from moothall.cases.rules.closing import shared_outcomes
from moothall.core import fields
from moothall.core.clock import LONDON, in_london, now, today
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account
from moothall.transport.models import Involved, Run, Vehicle
from moothall.transport.models.incident import CONCERN, INCIDENT, KINDS
from moothall.transport.rules.incidents import There

HINTS: dict[str, Any] = {
    INCIDENT: _("Something went wrong, or nearly did."),
    CONCERN: _("You fear for somebody’s safety. Only a few people will read it."),
}
HURT = [*Involved.HARMS[:3], ("", _("I do not know"))]
NO_RUN = ("", _("None of these"))


class ReportForm(fields.Form):
    """What happened, as short as a telephone lets somebody write."""

    kind = fields.ChoiceField(label=_("What is it?"), choices=KINDS, choice_hints=HINTS)
    run = fields.ChoiceField(label=_("On which run?"), select=True, required=False)
    day = fields.DateField(label=_("On which day?"))
    time = fields.TimeField(label=_("At what time?"))
    where = fields.TextField(label=_("Where?"), max_length=300)
    what = fields.TextArea(label=_("What happened?"), rows=5, max_length=8000)
    who = fields.MultiChoiceField(label=_("Who was there?"), required=False)
    hurt = fields.ChoiceField(label=_("Was anybody hurt?"), choices=HURT, required=False)
    injuries = fields.TextArea(
        label=_("Injuries, and what was done"), rows=2, max_length=2000, required=False
    )
    photos = fields.FileField(label=_("Photographs"), several=True, required=False, accept="image/*")

    def __init__(
        self, *args: Any, runs: Sequence[Run], there: Sequence[There], called: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.runs = {str(each.pk): each for each in runs}
        self.there = {str(place): each for place, each in enumerate(there)}
        named = called or (lambda each: each.name)
        self._offer("run", [NO_RUN, *((key, each.called) for key, each in self.runs.items())])
        self._offer("who", [(key, named(each)) for key, each in self.there.items()])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.field(name).choices = choices
        only = 1 if name == "run" else 0
        if len(choices) <= only:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("day") and data.get("time"):
            data["happened_at"] = dt.datetime.combine(data["day"], data["time"], tzinfo=LONDON)
            if data["happened_at"] > now():
                self.add_error("time", ValidationError(str(_("It cannot have happened later than now."))))
        return data

    def entry(self) -> dict[str, Any]:
        """What the rule is given; who was hurt is known of one person alone."""
        given = self.cleaned_data
        people = [self.there[key] for key in given.get("who", ())]
        harm, injuries = given["hurt"] or Involved.NONE, given["injuries"]
        passengers = [each for each in people if each.part == Involved.PASSENGER]
        hurt = passengers[0] if len(passengers) == 1 else None
        what = given["what"] if hurt or not injuries else f"{given['what']}\n\n{injuries}"
        return {
            "kind": given["kind"], "happened_at": given["happened_at"], "where": given["where"],
            "run": self.runs.get(given.get("run", "")), "photos": given["photos"] or (), "what": what,
            "there": [
                There(each.part, each.name, each.person, harm, injuries) if each is hurt else each
                for each in people
            ],
        }  # fmt: skip


def begun(at: dt.datetime, **more: Any) -> dict[str, Any]:
    """What the form begins with: now."""
    here = in_london(at)
    return {"kind": INCIDENT, "day": here.date(), "time": here.time().replace(second=0, microsecond=0)} | more


class DeskReportForm(ReportForm):
    """The same at the desk, where any vehicle can be named."""

    vehicle = fields.ChoiceField(label=_("Which vehicle?"), select=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Vehicle.objects.there(today()).select_related("contractor", "kind")
        self.vehicles = {str(each.pk): each for each in rows}
        self.field("vehicle").choices = [NO_RUN, *((key, str(each)) for key, each in self.vehicles.items())]

    def entry(self) -> dict[str, Any]:
        vehicle = self.vehicles.get(self.cleaned_data["vehicle"])
        firm = vehicle.contractor if vehicle is not None else None
        return super().entry() | {"vehicle": vehicle, "contractor": firm}


class InvolvedForm(fields.Form):
    part = fields.ChoiceField(label=_("Who are they?"), choices=Involved.PARTS, inline=True)
    person = fields.LookupField(
        label=_("Somebody on record"), required=False, help_text=_("Type a name. Empty for anybody else.")
    )
    name = fields.TextField(label=_("Or their name"), required=False, max_length=250)
    harm = fields.ChoiceField(label=_("Were they hurt?"), choices=Involved.HARMS)
    injuries = fields.TextArea(
        label=_("Injuries, and what was done"), rows=3, max_length=4000, required=False
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connect_person_lookup(self.field("person"), by=account)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("person") and not (data.get("name") or "").strip():
            self.add_error("name", ValidationError(str(_("Choose somebody, or enter a name."))))
        return data


class PhotosForm(fields.Form):
    photos = fields.FileField(label=_("Photographs"), several=True, accept="image/*")


class OutsideReportForm(fields.Form):
    needed = fields.YesNo(label=_("Do they have to be told?"))
    because = fields.TextField(label=_("Why?"), max_length=300)
    told_on = fields.DateField(label=_("When were they told, if they were?"), required=False)
    reference = fields.TextField(
        label=_("The reference they gave, if any"), required=False, max_length=80, width=20
    )


def _colleagues() -> dict[str, Account]:
    """Those who work with transport."""
    rows = Account.objects.who_may("transport.use", on=today())
    return {str(each.pk): each for each in rows.order_by("name", "pk")}


def _named(colleagues: dict[str, Account]) -> list[tuple[str, Any]]:
    return [("", _("Choose one")), *((key, each.name) for key, each in colleagues.items())]


class InvestigationForm(fields.Form):
    investigator = fields.ChoiceField(label=_("Who looks into it?"), select=True)
    facts = fields.TextArea(label=_("What was found"), rows=8, max_length=20000, required=False)
    cause = fields.TextArea(label=_("Why it came about"), rows=4, max_length=8000, required=False)
    finished = fields.TickField(label=_("This is finished"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = _colleagues()
        self.field("investigator").choices = _named(self.colleagues)

    def clean_investigator(self) -> Account:
        return self.colleagues[self.cleaned_data["investigator"]]


class StatementForm(fields.Form):
    name = fields.TextField(label=_("Who says so?"), max_length=250)
    said = fields.TextArea(label=_("What did they see or hear?"), rows=8, max_length=20000)
    taken_on = fields.DateField(label=_("On which day did they say so?"))


class ActionForm(fields.Form):
    what = fields.TextArea(label=_("What is to be done?"), rows=3, max_length=2000)
    owner = fields.ChoiceField(label=_("Who sees to it?"), select=True)
    due_on = fields.DateField(label=_("By which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = _colleagues()
        self.field("owner").choices = _named(self.colleagues)

    def clean_owner(self) -> Account:
        return self.colleagues[self.cleaned_data["owner"]]


class DoneForm(fields.Form):
    how = fields.TextArea(label=_("What was done?"), rows=3, max_length=4000)


class CloseForm(fields.Form):
    outcome = fields.ChoiceField(label=_("How did it end?"))
    reason = fields.TextArea(label=_("In a few words"), rows=3, max_length=2000, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.field("outcome").choices = _outcomes(case, language)


def _outcomes(case: Case, language: str) -> Iterable[tuple[str, Any]]:
    declared = [(each.key, each.name_in(language)) for each in shared_outcomes([case])]
    return [*declared, ("opened_by_mistake", _("Reported by mistake"))]
