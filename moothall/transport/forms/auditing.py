"""What is asked about audits: whom they look at, each question, the result, findings and what follows."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.people.models import Account
from moothall.transport.models import Checklist, ChecklistQuestion, Contractor, ContractorStaff, Vehicle
from moothall.transport.models.audit import ANSWERS
from moothall.transport.models.checklist import CENTRE, SEVERITIES

CHOOSE = ("", _("Choose one"))
SHOWN = "image/*,.pdf"


class AuditorForm(fields.Form):
    """On which day, and by whom of those who work with transport."""

    planned_on = fields.DateField(label=_("On which day?"))
    auditor = fields.ChoiceField(label=_("Who carries it out?"), select=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = connect_accounts(self.field("auditor"))

    def clean_auditor(self) -> Account:
        return self.accounts[self.cleaned_data["auditor"]]


def connect_accounts(field: Any) -> dict[str, Account]:
    """Let a field choose among those who work with transport today."""
    rows = Account.objects.who_may("transport.use", on=today()).order_by("name", "id")
    found = {str(each.pk): each for each in rows}
    field.choices = [CHOOSE, *((key, each.name) for key, each in found.items())]
    return found


class PlanForm(AuditorForm):
    """With a checklist that holds today."""

    checklist = fields.ChoiceField(label=_("With which checklist?"), select=True)
    field_order = ("checklist", "whom", "job", "planned_on", "auditor")

    def connect_checklists(self, rows: Iterable[Checklist]) -> None:
        language = get_language() or "en"
        self.checklists = {str(each.pk): each for each in rows}
        named = [(key, each.name_in(language)) for key, each in self.checklists.items()]
        self.field("checklist").choices = [CHOOSE, *named] if len(named) > 1 else named

    def clean_checklist(self) -> Checklist:
        return self.checklists[self.cleaned_data["checklist"]]


class PlanAuditForm(PlanForm):
    whom = fields.ChoiceField(label=_("Whom or what does it look at?"), select=True)
    job = fields.TextField(
        label=_("Number of the run or the job, if one is followed"), required=False, max_length=40, width=10
    )

    def __init__(self, *args: Any, contractor: Contractor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today()
        self.connect_checklists(Checklist.objects.in_force(day).exclude(of=CENTRE))
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
        """What the rule is given."""
        given = dict(self.cleaned_data)
        whom = given.pop("whom")
        return given | {"member": self.crew.get(whom), "vehicle": self.vehicles.get(whom)}


class AnswerForm(fields.Form):
    said = fields.ChoiceField(label=_("What did you see?"), choices=ANSWERS, inline=True)
    note = fields.TextArea(label=_("What exactly?"), required=False, max_length=2000, rows=3)
    photos = fields.FileField(
        label=_("Photos or papers that show it"), required=False, several=True, accept=SHOWN
    )

    def __init__(self, *args: Any, question: ChecklistQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if question.is_critical:
            self.field("said").help_text = _("This question is critical: where it is not met, act at once.")


class FinishForm(fields.Form):
    carried_out_on = fields.DateField(label=_("On which day was it carried out?"))
    summary = fields.TextArea(
        label=_("What was it like, in a few words?"), required=False, max_length=4000, rows=4
    )


class OwnedForm(fields.Form):
    """How grave, by when, and who of us follows it."""

    severity = fields.ChoiceField(label=_("How grave is it?"), choices=SEVERITIES, inline=True)
    deadline_on = fields.DateField(
        label=_("By which day is it put right?"), required=False,
        help_text=_("Empty: as our figures say for something as grave as this."),
    )  # fmt: skip
    owner = fields.ChoiceField(label=_("Who of us follows it?"), select=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = connect_accounts(self.field("owner"))

    def clean_owner(self) -> Account:
        return self.accounts[self.cleaned_data["owner"]]


class FindingForm(OwnedForm):
    words = fields.TextArea(label=_("What was found?"), max_length=2000, rows=3)
    field_order = ("words", "severity", "deadline_on", "owner")


class ChangeFindingForm(OwnedForm):
    deadline_on = fields.DateField(label=_("By which day is it put right?"))
    because = fields.TextField(label=_("Why?"), max_length=200)


class PutRightForm(fields.Form):
    words = fields.TextArea(label=_("What was done about it?"), max_length=2000, rows=3)
    evidence = fields.FileField(
        label=_("Photos or papers that show it"), required=False, several=True, accept=SHOWN
    )


class CloseFindingForm(fields.Form):
    words = fields.TextArea(
        label=_("What did you see, or why is it none after all?"), max_length=2000, rows=3
    )


class ReopenFindingForm(fields.Form):
    words = fields.TextArea(label=_("What is not right?"), max_length=2000, rows=3)
