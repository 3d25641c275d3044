"""What is said of an action for many applications."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from moothall.cases.models import Case, Step
from moothall.core import fields
from moothall.core.clock import today
from moothall.core.refusals import Refusal
from moothall.letters.models import LetterTemplate
from moothall.letters.rules.templates import check_texts
from moothall.recruitment.models import BulkAct, SelectionEvent, SiftReason
from moothall.recruitment.rules.bulk_moving import SEPARATOR
from moothall.recruitment.rules.bulk_writing import TEXTS
from moothall.recruitment.rules.tagging import LONGEST
from moothall.recruitment.rules.timetable import definition_for, names_in, routes_of

from . import language_now, named


class BulkForm(fields.Form):
    """Of one action; what it gives is kept as JSON."""

    def __init__(self, *args: Any, act: BulkAct, **given: Any) -> None:
        super().__init__(*args, **given)
        self.act = act
        self.offer()

    def offer(self) -> None:
        """What there is to choose from."""

    def given(self) -> dict[str, Any]:
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in self.cleaned_data.items()
        }


class MoveForm(BulkForm):
    move = fields.ChoiceField(label=_("Which stage is done, and how?"), select=True)
    note = fields.TextArea(label=_("Note"), max_length=500, rows=2, required=False)

    def offer(self) -> None:
        self.field("move").choices = [("", ""), *moves_for(self.act)]


def moves_for(act: BulkAct) -> list[tuple[str, str]]:
    """The stages at which those chosen are, with each outcome the process has."""
    cases = act.rows.order_by().values("application__case")
    rows = Step.objects.filter(case__in=cases, state=Step.READY).exclude(case__status=Case.CLOSED)
    there = set(rows.order_by().values_list("key", flat=True))
    found: dict[str, str] = {}
    for route in routes_of(act.campaign):
        definition = definition_for(route)
        names = names_in(definition, language_now())
        for step in definition.steps:
            if step.key not in there:
                continue
            for outcome in step.outcomes or ("",):
                words = (
                    f"{names[step.key]}: {definition.outcome_name(outcome, language_now())}"
                    if outcome
                    else names[step.key]
                )
                found.setdefault(f"{step.key}{SEPARATOR}{outcome}", words)
    return list(found.items())


class HoldForm(BulkForm):
    until = fields.DateField(label=_("Until when?"))
    because = fields.TextArea(label=_("Why?"), max_length=200, rows=2)
    waiting_on = fields.ChoiceField(
        label=_("Whose turn is it until then?"), initial=Case.PERSON,
        choices=[
            (Case.PERSON, _("The applicant’s")), (Case.THIRD, _("Somebody else’s")), (Case.US, _("Ours")),
        ],
    )  # fmt: skip


class RejectForm(BulkForm):
    outcome = fields.ChoiceField(label=_("How does it end?"), select=True)
    reason = fields.ChoiceField(label=_("Why?"), select=True)
    because = fields.TextArea(
        label=_("More about it"), max_length=300, rows=2, required=False,
        help_text=_("For the office alone. The applicant reads the reason."),
    )  # fmt: skip
    tell = fields.YesNo(
        label=_("Are they told?"), initial=True, help_text=_("The letters wait for 15 minutes.")
    )

    def offer(self) -> None:
        outcomes: dict[str, str] = {}
        for route in routes_of(self.act.campaign):
            for each in definition_for(route).outcomes:
                outcomes.setdefault(each.key, each.name_in(language_now()))
        self.field("outcome").choices = [("", ""), *outcomes.items()]
        self.field("reason").choices = [("", ""), *named(SiftReason.objects.in_force(today()))]


class WithdrawForm(BulkForm):
    because = fields.TextArea(
        label=_("Why?"),
        max_length=300,
        rows=2,
        help_text=_("They are told. The letters wait for 15 minutes."),
    )


class InviteForm(BulkForm):
    event = fields.ChoiceField(
        label=_("Selection event"), select=True, help_text=_("They get their time with its plan.")
    )

    def offer(self) -> None:
        events = SelectionEvent.objects.standing().filter(campaign=self.act.campaign_id, closed_at=None)
        self.field("event").choices = [("", ""), *named(events)]


class AskForm(BulkForm):
    asked = fields.TextArea(label=_("What is asked for, in English"), max_length=200, rows=2)
    asked_cy = fields.TextArea(label=_("What is asked for, in Welsh"), max_length=200, rows=2)
    until = fields.DateField(
        label=_("Until when?"), help_text=_("Until then it is their turn. The letters wait for 15 minutes.")
    )


class TagForm(BulkForm):
    words = fields.TextField(label=_("Tag"), max_length=LONGEST, help_text=_("Applicants never see it."))


class LetterForm(BulkForm):
    template = fields.ChoiceField(
        label=_("Letter of the office"), select=True, required=False,
        help_text=_("Or write your own below. The letters wait until you release them."),
    )  # fmt: skip
    subject_en = fields.TextField(label=_("Subject in English"), max_length=300, required=False)
    body_en = fields.TextArea(
        label=_("Text in English"), rows=8, max_length=20_000, required=False,
        help_text=_("{person.greeting}, {application.number}, {application.campaign}, {application.stage}, "
                    "{application.link}, {case.team} and other fields are filled in for each."),
    )  # fmt: skip
    subject_cy = fields.TextField(label=_("Subject in Welsh"), max_length=300, required=False)
    body_cy = fields.TextArea(label=_("Text in Welsh"), rows=8, max_length=20_000, required=False)

    def offer(self) -> None:
        self.known = {each.key: each for each in LetterTemplate.objects.in_use()}
        names = [(key, each.name_cy if language_now() == "cy" and each.name_cy else each.name)
                 for key, each in self.known.items()]  # fmt: skip
        self.field("template").choices = [("", _("None")), *names]

    def clean(self) -> dict[str, Any]:
        """Fields that nobody knows are found here, not in front of five hundred people."""
        data = super().clean() or {}
        if data.get("template"):
            return data
        try:
            check_texts(*(str(data.get(name, "")).strip() for name in TEXTS))
        except Refusal as refusal:
            self.add_error(None, str(refusal))
        return data

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = self.known.get(data["template"])
        text = chosen.texts.order_by("-version").first() if chosen else None
        return {"text": text.pk, "template": chosen.key} if chosen and text else {
            name: str(data[name]).strip() for name in TEXTS
        }  # fmt: skip


FORMS: Final[Mapping[str, type[BulkForm]]] = {
    BulkAct.MOVE: MoveForm, BulkAct.HOLD: HoldForm, BulkAct.REJECT: RejectForm,
    BulkAct.WITHDRAW: WithdrawForm, BulkAct.INVITE: InviteForm, BulkAct.ASK: AskForm, BulkAct.TAG: TagForm,
    BulkAct.LETTER: LetterForm,
}  # fmt: skip
