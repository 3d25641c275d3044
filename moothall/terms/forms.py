"""What is asked to put something on the record that falls due, and to settle it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import LONDON
from moothall.workforce.models import Employment

from .models import Hearing, PayPoint, ProbationRule, Term
from .rules.deciding import OUTCOMES
from .rules.probation_hearings import Seat

BY_HAND = (Term.PROBATION, Term.RETIREMENT, Term.SECONDMENT, Term.ACTING_UP, Term.PROMOTION)


class TermForm(fields.Form):
    """Something that falls due."""

    kind = fields.ChoiceField(label=_("What falls due"))
    began_on = fields.DateField(
        label=_("First day"), help_text=_("Of a retirement: the day on which they asked about it.")
    )
    due_on = fields.DateField(
        label=_("Last day"), required=False,
        help_text=_("May be left empty for a probation: the rule in force on the day they began gives it."),
    )  # fmt: skip
    route = fields.ChoiceField(
        label=_("Way of retiring, or route into the force"), select=True, required=False
    )
    title = fields.TextField(
        label=_("What it is"), required=False, max_length=160,
        help_text=_("Such as the post acted up to, or where they are seconded."),
    )  # fmt: skip

    def __init__(self, *args: Any, employment: Employment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = dict(Term.KINDS)
        self.field("kind").choices = [(key, kinds[key]) for key in BY_HAND]
        rules = ProbationRule.objects.for_those_who_started(employment.started_on)
        routes = rules.filter(workforce=employment.workforce).exclude(route="").order_by("name", "pk")
        language = get_language() or "en"
        named = [(each.route, each.name_in(language)) for each in routes]
        self.routes = {route for route, _name in named}
        self.field("route").choices = [("", _("None")), *Term.WAYS, *named]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        kind, route = data.get("kind"), data.get("route")
        fitting = {Term.PROBATION: self.routes, Term.RETIREMENT: set(dict(Term.WAYS))}.get(kind or "", set())
        if route and route not in fitting:
            self.add_error("route", ValidationError(str(_("Choose one that fits what falls due, or None."))))
        if kind != Term.PROBATION and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", ValidationError(str(_("Give the last day."))))
        return data


class SettleForm(fields.Form):
    """How it ended."""

    outcome = fields.ChoiceField(label=_("What is decided"))
    new_day = fields.DateField(
        label=_("New last day"), required=False,
        help_text=_("Where it is extended. Where it ends on another day than the one on record, that day."),
    )  # fmt: skip
    because = fields.TextField(
        label=_("Why"), required=False, max_length=300, help_text=_("The person reads it in the letter.")
    )
    warned = fields.TickField(
        label=_("I have read what the law has against it, and decide so all the same"), required=False
    )

    def __init__(self, *args: Any, term: Term, may_end: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(Term.OUTCOMES)
        shown = [key for key in OUTCOMES[term.kind] if may_end or key != Term.ENDED]
        self.field("outcome").choices = [(key, names[key]) for key in shown]


class StepForm(fields.Form):
    """A step that is done."""

    done_on = fields.DateField(label=_("Done on"))
    note = fields.TextField(label=_("What was agreed"), required=False, max_length=300)
    concerns = fields.TickField(label=_("There are concerns"), required=False)


class HearingForm(fields.Form):
    """When and where somebody is heard about their probation."""

    day = fields.DateField(label=_("Day"))
    begins = fields.TimeField(label=_("Time"))
    place = fields.TextField(label=_("Where"), max_length=300)
    chair = fields.TextField(
        label=_("Who hears them?"), max_length=160, help_text=_("Somebody who did not run the probation")
    )
    companion = fields.TextField(
        label=_("Whom do they bring?"), required=False, max_length=160,
        help_text=_("A colleague or a trade union official, once it is known"),
    )  # fmt: skip
    shorter_agreed = fields.TextField(
        label=_("How did they agree to a shorter notice, if it is shorter?"), required=False, max_length=300
    )

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        starts = dt.datetime.combine(data["day"], data["begins"], tzinfo=LONDON)
        seat = Seat(starts, data["place"], data["chair"], data["companion"])
        return {"seat": seat, "shorter_agreed": data["shorter_agreed"]}


class HearingOutcomeForm(fields.Form):
    """What came of a hearing."""

    state = fields.ChoiceField(
        label=_("What came of it?"),
        choices=[each for each in Hearing.STATES if each[0] not in (Hearing.PLANNED, Hearing.MOVED)],
    )
    companion = fields.TextField(label=_("Who came with them?"), required=False, max_length=160)
    said = fields.TextArea(label=_("What was said"), rows=6, required=False, max_length=8000)
    leads_to = fields.ChoiceField(
        label=_("What is it to lead to?"), required=False,
        help_text=_("It is decided afterwards, with the letter to them."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(Term.OUTCOMES)
        leads = [(key, names[key]) for key in OUTCOMES[Term.PROBATION]]
        self.field("leads_to").choices = [("", _("Not known yet")), *leads]


class RetireForm(fields.Form):
    """Somebody asks about their own retirement."""

    route = fields.ChoiceField(label=_("How would you like to retire?"), choices=Term.WAYS)
    last_day = fields.DateField(
        label=_("What would be your last day?"), help_text=_("You can ask again with another day.")
    )


class PlaceForm(fields.Form):
    """A point on a scale, from a day."""

    point = fields.ChoiceField(label=_("Pay point"), select=True)
    from_on = fields.DateField(label=_("From"))
    because = fields.TextField(label=_("Why"), required=False, max_length=200)
    warned = fields.TickField(label=_("I have seen what this changes in the past"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        rows = PayPoint.objects.filter(scale__retired_on=None).select_related("scale")
        self.points = {str(each.pk): each for each in rows.order_by("scale__name", "position")}
        named = [(key, f"{each.scale.name_in(language)}: {each.name}") for key, each in self.points.items()]
        self.field("point").choices = [("", _("Choose one")), *named]

    def clean_point(self) -> PayPoint:
        return self.points[self.cleaned_data["point"]]


class RunForm(fields.Form):
    """The span of days of a run."""

    first = fields.DateField(label=_("First day"))
    last = fields.DateField(label=_("Last day"), help_text=_("Within a year of the first."))


class WithholdForm(fields.Form):
    because = fields.TextField(
        label=_("Why"), max_length=300, help_text=_("The person reads it in the letter.")
    )


class PayrollForm(fields.Form):
    file = fields.FileField(
        label=_("The file that payroll sent back"),
        help_text=_("CSV, with the columns number, from_on and to_point."),
    )
