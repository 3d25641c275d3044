"""What is asked about requests for flexible working, family leave and references."""

import datetime as dt
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clocks.flexible_working import load_grounds
from moothall.core import fields
from moothall.core.clock import LONDON, today
from moothall.people.models import Account
from moothall.personnel.models import FlexibleMeeting, FlexibleRequest, ReferenceRequest
from moothall.personnel.rules.deciding import Decision
from moothall.personnel.rules.family import kinds
from moothall.personnel.rules.flexible import Wanted
from moothall.personnel.rules.shared import SHARED
from moothall.personnel.rules.telling import Sent
from moothall.workforce.finding import connect_employment_lookup
from moothall.workforce.models import WorkPattern

SAME = [("", _("As it is"))]
PLACES = [("", _("As it is")), ("yes", _("At home")), ("no", _("At the workplace"))]
CHANNELS = [("MAIL", _("Email")), ("PRINT", _("On paper"))]
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
FURTHEST = dt.timedelta(days=3 * 366)


def not_yet_to_come(day: dt.date | None) -> dt.date | None:
    if day is not None and day > today():
        raise ValidationError(str(_("That day is yet to come.")))
    return day


def within_reach(day: dt.date | None) -> dt.date | None:
    if day is not None and abs(day - today()) > FURTHEST:
        raise ValidationError(str(_("Choose a day within three years of today.")))
    return day


class OfEmployee(fields.Form):
    """Whom it is about, for the desk."""

    employee = fields.LookupField(label=_("Who?"), help_text=_("Name or staff number"))

    def __init__(self, *given: Any, by: Account, **named: Any) -> None:
        super().__init__(*given, **named)
        connect_employment_lookup(cast(fields.LookupField, self.fields["employee"]), by=by)


class ChangeFields(fields.Form):
    """What is to be otherwise: empty stays as it is."""

    weekly_hours = forms.DecimalField(
        label=_("Hours a week"), required=False, min_value=Decimal("0.5"), max_value=Decimal(168),
        decimal_places=2, help_text=_("Empty: as many as now"),
    )  # fmt: skip
    pattern = fields.ChoiceField(label=_("Working pattern"), required=False, select=True)
    home = fields.ChoiceField(label=_("Where?"), required=False, choices=PLACES, inline=True)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        self.patterns = {str(row.pk): row for row in WorkPattern.objects.filter(retired_on=None)}
        said = [(key, row.name_in(language)) for key, row in self.patterns.items()]
        self.field("pattern").choices = [*SAME, *said]

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        home = {"yes": True, "no": False}.get(data["home"])
        return Wanted(data["weekly_hours"], self.patterns.get(data["pattern"]), home)


class AskFlexibleForm(ChangeFields):
    asks_for = fields.TextArea(
        label=_("What would you like to change?"), rows=4, max_length=4000,
        help_text=_("Days, hours, times or place; say it in your own words."),
    )  # fmt: skip
    wanted_from = fields.DateField(label=_("From which day?"))
    effect = fields.TextArea(
        label=_("What would it mean for the work, and how could that be met?"), rows=3, required=False,
        max_length=4000,
    )  # fmt: skip
    field_order = [
        "employee",
        "received_on",
        "asks_for",
        "wanted_from",
        "weekly_hours",
        "pattern",
        "home",
        "effect",
    ]

    def clean_wanted_from(self) -> dt.date | None:
        return within_reach(self.cleaned_data["wanted_from"])


class EnterFlexibleForm(AskFlexibleForm, OfEmployee):
    received_on = fields.DateField(label=_("When did it come?"))
    outside = fields.TickField(
        label=_("Look at it even if they have asked as often as the law lets them"), required=False
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.field("asks_for").label = _("What would they like to change?")
        self.field("asks_for").help_text = _("Days, hours, times or place; in their own words.")

    def clean_received_on(self) -> dt.date | None:
        return not_yet_to_come(self.cleaned_data["received_on"])


class MeetingForm(fields.Form):
    day = fields.DateField(label=_("Day"))
    begins = fields.TimeField(label=_("Time"))
    place = fields.TextField(label=_("Where"), max_length=300)
    companion = fields.TextField(
        label=_("Whom do they bring?"), required=False, max_length=160,
        help_text=_("A colleague or a trade union official, once it is known"),
    )  # fmt: skip

    def clean_day(self) -> dt.date | None:
        return within_reach(self.cleaned_data["day"])

    def starts_at(self) -> dt.datetime:
        data = self.cleaned_data
        return dt.datetime.combine(data["day"], data["begins"], tzinfo=LONDON)


class MeetingOutcomeForm(fields.Form):
    state = fields.ChoiceField(
        label=_("What came of it?"),
        choices=[each for each in FlexibleMeeting.STATES if each[0] != FlexibleMeeting.PLANNED],
    )
    notes = fields.TextArea(
        label=_("What was said"), rows=6, required=False, max_length=8000,
        help_text=_("What else was thought of, and what it would mean"),
    )  # fmt: skip


class DecideForm(ChangeFields):
    outcome = fields.ChoiceField(
        label=_("How is it decided?"),
        choices=[
            (FlexibleRequest.AGREED, _("Agreed")), (FlexibleRequest.TRIAL, _("Agreed for a trial")),
            (FlexibleRequest.REFUSED, _("Refused")),
        ],
    )  # fmt: skip
    agreed_from = fields.DateField(label=_("If agreed: from which day?"), required=False)
    trial_until = fields.DateField(label=_("If for a trial: until which day?"), required=False)
    ground = fields.ChoiceField(label=_("If refused: on which ground?"), required=False, select=True)
    reasons = fields.TextArea(
        label=_("Why?"), rows=4, required=False, max_length=4000, help_text=_("The person reads this.")
    )
    field_order = [
        "outcome", "agreed_from", "weekly_hours", "pattern", "home", "trial_until", "ground", "reasons",
    ]  # fmt: skip

    def __init__(self, *given: Any, received_on: dt.date, **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        grounds = [each for each in load_grounds() if each.in_force(received_on)]
        said = [(each.key, each.name_in(language)) for each in grounds]
        self.field("ground").choices = [("", "–"), *said]

    def decision(self) -> Decision:
        data = self.cleaned_data
        return Decision(
            outcome=data["outcome"], reasons=data["reasons"], ground=data["ground"],
            agreed_from=data["agreed_from"], trial_until=data["trial_until"], wanted=self.wanted(),
        )  # fmt: skip


class ExtendForm(fields.Form):
    until = fields.DateField(label=_("Decided by which day?"))
    agreed = fields.TextArea(
        label=_("How did the person agree?"), rows=2, max_length=1000,
        help_text=_("Only they can give more time: such as “in an email of 3 May”."),
    )  # fmt: skip

    def clean_until(self) -> dt.date | None:
        return within_reach(self.cleaned_data["until"])


class AppealForm(fields.Form):
    words = fields.TextArea(label=_("Why should it be looked at again?"), rows=4, max_length=4000)
    on = fields.DateField(label=_("When was it appealed against?"))

    def clean_on(self) -> dt.date | None:
        return not_yet_to_come(self.cleaned_data["on"])


class AppealDecisionForm(fields.Form):
    upheld = fields.YesNo(label=_("Is the refusal set aside, and what was asked for agreed?"))
    agreed_from = fields.DateField(label=_("If so: from which day?"), required=False)
    reasons = fields.TextArea(label=_("Why?"), rows=4, max_length=4000, help_text=_("The person reads this."))


class BecauseForm(fields.Form):
    because = fields.TextArea(label=_("Why?"), rows=3, required=False, max_length=1000)


class AskFamilyForm(fields.Form):
    kind = fields.ChoiceField(label=_("Which leave?"), select=True)
    event_on = fields.DateField(
        label=_("Which day is it about?"),
        help_text=_("The day the baby is due, the child comes to you, or what happened"),
    )
    starts_on = fields.DateField(label=_("First day away"))
    ends_on = fields.DateField(
        label=_("Last day away"), required=False, help_text=_("Empty: the whole of what there is")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        language = get_language() or "en"
        self.field("kind").choices = [
            (each.kind, each.name_in(language)) for each in kinds() if each.kind != SHARED
        ]

    def clean_event_on(self) -> dt.date | None:
        return within_reach(self.cleaned_data["event_on"])

    def clean_starts_on(self) -> dt.date | None:
        return within_reach(self.cleaned_data["starts_on"])


class LateField(fields.Form):
    """For the desk, which may accept what was told too late."""

    late_because = fields.TextField(
        label=_("If it was told too late: why is it accepted all the same?"), required=False, max_length=300
    )


class EnterFamilyForm(AskFamilyForm, OfEmployee, LateField):
    notified_on = fields.DateField(label=_("When did they tell us?"))
    field_order = ["employee", "kind", "event_on", "notified_on", "starts_on", "ends_on", "late_because"]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        words = _("The day the baby is due, the child comes to them, or what happened")
        self.field("event_on").help_text = words

    def clean_notified_on(self) -> dt.date | None:
        return not_yet_to_come(self.cleaned_data["notified_on"])


class DayForm(fields.Form):
    """One day; `words` says which."""

    day = fields.DateField(label=_("Day"))

    def __init__(self, *given: Any, words: str = "", **named: Any) -> None:
        super().__init__(*given, **named)
        if words:
            self.field("day").label = words

    def clean_day(self) -> dt.date | None:
        return within_reach(self.cleaned_data["day"])


class ChangeStartForm(DayForm, LateField):
    field_order = ["day", "late_because"]


class TouchDayForm(DayForm):
    what = fields.TextField(label=_("What for?"), max_length=200)


class ReturnForm(fields.Form):
    returns_on = fields.DateField(label=_("First day back"))
    told_on = fields.DateField(label=_("When did they tell us?"))
    agreed = fields.TickField(label=_("Agreed, though it was told late"), required=False)

    def clean_returns_on(self) -> dt.date | None:
        return within_reach(self.cleaned_data["returns_on"])


class LetterForm(fields.Form):
    """A letter as it will leave."""

    channel = fields.ChoiceField(label=_("How does it leave?"), choices=CHANNELS, inline=True)
    address = fields.TextArea(
        label=_("Address"),
        rows=3,
        max_length=500,
        help_text=_("An email address, or the lines of a postal one"),
    )
    language = fields.ChoiceField(label=_("Language"), choices=LANGUAGES, inline=True)
    subject = fields.TextField(label=_("Subject"), max_length=400)
    text = fields.TextArea(label=_("Message"), rows=16)

    def sent(self) -> Sent:
        data = self.cleaned_data
        return Sent(data["channel"], data["address"], data["language"], data["subject"], data["text"])


class DeclineForm(LetterForm):
    because = fields.TextArea(
        label=_("Why is none given?"), rows=3, max_length=1000, help_text=_("For the file; it is not sent.")
    )
    field_order = ["because"]


class ReferenceForm(OfEmployee):
    received_on = fields.DateField(label=_("When did it come?"))
    organisation = fields.TextField(label=_("Who asks?"), max_length=200, help_text=_("The organisation"))
    contact_name = fields.TextField(label=_("Whom is it to go to there?"), required=False, max_length=160)
    address = fields.TextArea(
        label=_("Their address"),
        rows=3,
        max_length=500,
        help_text=_("An email address, or the lines of a postal one"),
    )
    purpose = fields.TextField(label=_("For which post or purpose?"), required=False, max_length=300)
    asks = fields.ChoiceField(label=_("What do they ask for?"), choices=ReferenceRequest.ASKS)
    is_police = fields.TickField(label=_("It is another police force"), required=False)

    def __init__(self, *given: Any, by: Account, **named: Any) -> None:
        super().__init__(*given, by=by, **named)
        self.order_fields(["employee"])

    def clean_received_on(self) -> dt.date | None:
        return not_yet_to_come(self.cleaned_data["received_on"])


class VerifyForm(fields.Form):
    address = fields.TextArea(
        label=_("The address it goes to"), rows=3, max_length=500,
        help_text=_("As your own source has it, whatever the request says"),
    )  # fmt: skip
    how = fields.TextField(
        label=_("How was it checked?"),
        max_length=300,
        help_text=_("Such as: rang the number on their own website"),
    )


class ConsentForm(fields.Form):
    consent = fields.ChoiceField(
        label=_("May we say more than dates and post?"), choices=ReferenceRequest.CONSENTS[1:]
    )
    on = fields.DateField(label=_("On which day?"))

    def clean_on(self) -> dt.date | None:
        return not_yet_to_come(self.cleaned_data["on"])


class WordingForm(fields.Form):
    agreed_on = fields.DateField(label=_("When was it agreed?"))
    text = fields.TextArea(
        label=_("The agreed words"),
        rows=8,
        max_length=8000,
        help_text=_("They are given as they stand, from now on."),
    )

    def clean_agreed_on(self) -> dt.date | None:
        return not_yet_to_come(self.cleaned_data["agreed_on"])


class DraftForm(fields.Form):
    text = fields.TextArea(label=_("What is said"), rows=8, max_length=8000)
    days_absent = forms.IntegerField(
        label=_("Days of absence in the last two years"), required=False, min_value=0, max_value=730,
        help_text=_("Only if they ask and the person agrees; write them into the words too."),
    )  # fmt: skip
    protected_left_out = fields.TickField(
        label=_("Days for pregnancy, disability or an injury at work are left out"), required=False
    )
