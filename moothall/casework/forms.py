"""What is asked about who acts for whom, and about letters to other bodies."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.core import fields
from moothall.core.clock import today
from moothall.knowledge.models import Signpost
from moothall.people.finding import connect_person_lookup
from moothall.people.models import Account

from .models import Basis, Format
from .models.plan import CHANNELS as CONTACT_CHANNELS
from .models.plan import DAYS
from .rules.approaching import Body
from .rules.planning_contact import Restriction

NONE_YET = "none"
SCOPES = [("case", _("This case alone")), ("whole", _("Everything they ask about"))]


class AuthorityForm(fields.Form):
    """How the authority was given, from when, and until when."""

    basis = fields.ChoiceField(label=_("By what authority?"), select=True)
    how = fields.TextArea(
        label=_("How was it given?"), rows=3, required=False, max_length=2000,
        help_text=_("By whom, when and how, such as “by telephone to us on 3 March”."),
    )  # fmt: skip
    attached = fields.FileField(label=_("The form or letter that says so"), required=False)
    from_on = fields.DateField(label=_("From"))
    until_on = fields.DateField(
        label=_("Until"), required=False, help_text=_("Leave it empty where no end was agreed.")
    )

    def __init__(self, *args: Any, account: Account, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.bases = {str(each.pk): each for each in Basis.objects.in_force(on)}
        choices = [(key, each.said("name", language)) for key, each in self.bases.items()]
        self.field("basis").choices = [*self.first_choices(), *choices]
        if "person" in self.fields:
            connect_person_lookup(self.field("person"), by=account)

    def first_choices(self) -> list[tuple[str, Any]]:
        return []

    def clean_basis(self) -> Basis | None:
        return self.bases.get(self.cleaned_data["basis"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        begins, ends = data.get("from_on"), data.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", ValidationError(str(_("The last day is before the first."))))
        if data.get("basis") is not None and not data.get("how", "").strip() and not data.get("attached"):
            words = _("Write how the authority was given, or attach the form or letter.")
            self.add_error("how", ValidationError(str(words)))
        return data


class ActingForForm(AuthorityForm):
    """On a case: for whom whoever asked is acting, and whether they may."""

    person = fields.LookupField(label=_("For whom do they act?"))
    scope = fields.ChoiceField(label=_("What does it cover?"), choices=SCOPES, initial="case")
    field_order = ["person", "basis", "how", "attached", "scope", "from_on", "until_on"]

    def first_choices(self) -> list[tuple[str, Any]]:
        return [(NONE_YET, _("None yet: it has still to be asked for"))]


class PersonAuthorityForm(AuthorityForm):
    """From a person's page: who may act for them, in everything."""

    person = fields.LookupField(label=_("Who may act for them?"))
    field_order = ["person", "basis", "how", "attached", "from_on", "until_on"]


class WithdrawForm(fields.Form):
    because = fields.TextArea(
        label=_("Why does it end?"), rows=3, max_length=1000,
        help_text=_("Such as “they told us by letter on 3 March”."),
    )  # fmt: skip


CHANNELS = [("MAIL", _("Email")), ("PRINT", _("On paper"))]
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
DAY_HELP = _("“{day}” in the letter becomes this day.")


class LetterForm(fields.Form):
    """A letter to another body and the day its answer is asked for."""

    subject = fields.TextField(label=_("Subject"), max_length=400)
    text = fields.TextArea(label=_("Message"), rows=14)
    reply_by = fields.DateField(label=_("Answer asked for by"), help_text=DAY_HELP)

    def clean_reply_by(self) -> dt.date:
        day: dt.date = self.cleaned_data["reply_by"]
        if day <= today():
            raise ValidationError(str(_("Choose a day to come.")))
        return day


class ApproachForm(LetterForm):
    signpost = fields.ChoiceField(
        label=_("From the directory"), select=True, required=False,
        help_text=_("Or leave this, and write who it is below."),
    )  # fmt: skip
    body = fields.TextField(label=_("Department or body"), max_length=200)
    channel = fields.ChoiceField(label=_("How it is sent"), choices=CHANNELS, inline=True, initial="MAIL")
    address = fields.TextArea(
        label=_("Their address"), rows=3, max_length=500,
        help_text=_("An email address, or the lines of a postal one."),
    )  # fmt: skip
    language = fields.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES, inline=True)
    field_order = ["signpost", "body", "channel", "address", "language", "subject", "text", "reply_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.signposts = {str(each.pk): each for each in Signpost.objects.in_force(today())}
        choices = [(key, each.said("name", language)) for key, each in self.signposts.items()]
        self.field("signpost").choices = [("", _("Not from the directory")), *choices]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("channel") == "MAIL" and data.get("address"):
            try:
                validate_email(data["address"].strip())
            except ValidationError:
                words = _("Enter one email address, like office@example.org, or send it on paper.")
                self.add_error("address", ValidationError(str(words)))
        return data

    def as_body(self) -> Body:
        data = self.cleaned_data
        signpost = self.signposts.get(data["signpost"])
        return Body(data["body"], data["channel"], data["address"].strip(), data["language"], signpost)


class AnswerForm(fields.Form):
    answer = fields.TextArea(label=_("What did they answer?"), rows=5, max_length=8000, required=False)
    attached = fields.FileField(label=_("Their letter"), required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("answer", "").strip() and not data.get("attached"):
            words = _("Write what they answered, or attach their letter.")
            self.add_error("answer", ValidationError(str(words)))
        return data


class LetBeForm(fields.Form):
    because = fields.TextArea(label=_("Why is no answer waited for any more?"), rows=3, max_length=1000)


class HoldingForm(fields.Form):
    """A holding reply, and the day it promises."""

    subject = fields.TextField(label=_("Subject"), max_length=400)
    text = fields.TextArea(label=_("Message"), rows=11)
    promised_on = fields.DateField(label=_("They will hear from us by"), help_text=DAY_HELP)


LONGEST = _("At most 12 months after it begins.")


class PlanForm(fields.Form):
    """A plan for contact that has become unreasonable."""

    reason = fields.TextArea(
        label=_("Why is it needed?"), rows=4, max_length=4000,
        help_text=_("What happened, how often, and what was tried before. The person may ask to see this."),
    )  # fmt: skip
    officer = fields.ChoiceField(label=_("Who answers them?"), select=True, required=False)
    channel = fields.ChoiceField(label=_("By which way?"), select=True, required=False)
    weekday = fields.ChoiceField(label=_("On which day?"), select=True, required=False)
    instruction = fields.TextArea(
        label=_("What do colleagues do?"), rows=3, max_length=1000,
        help_text=_("Everybody reads this before they answer, such as “end the call”."),
    )  # fmt: skip
    from_on = fields.DateField(label=_("From"))
    review_on = fields.DateField(label=_("Looked at again on"))
    until_on = fields.DateField(label=_("Until"), help_text=LONGEST)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = [account, *Account.objects.working_with(account)]
        self.officers = {str(each.pk): each for each in colleagues}
        self.field("officer").choices = [
            ("", _("Anybody")), *((key, each.name) for key, each in self.officers.items()),
        ]  # fmt: skip
        self.field("channel").choices = [("", _("Any way")), *CONTACT_CHANNELS]
        self.field("weekday").choices = [("", _("Any day")), *((str(day), name) for day, name in DAYS)]

    def as_restriction(self) -> Restriction:
        data = self.cleaned_data
        return Restriction(
            data["instruction"], self.officers.get(data["officer"]), data["channel"],
            int(data["weekday"]) if data["weekday"] else None,
        )  # fmt: skip


class ReasonForm(fields.Form):
    because = fields.TextArea(label=_("Why?"), rows=3, max_length=4000)


class PlanReviewForm(fields.Form):
    because = fields.TextArea(label=_("Why does it still stand?"), rows=3, max_length=4000)
    review_on = fields.DateField(label=_("Looked at again on"))
    until_on = fields.DateField(label=_("Until"), help_text=_("At most 12 months from today."))


class PlanLetterForm(fields.Form):
    channel = fields.ChoiceField(label=_("How it is sent"), choices=CHANNELS, inline=True)
    address = fields.TextArea(
        label=_("Their address"), rows=3, max_length=500,
        help_text=_("An email address, or the lines of a postal one."),
    )  # fmt: skip
    language = fields.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES, inline=True)
    subject = fields.TextField(label=_("Subject"), max_length=400)
    text = fields.TextArea(label=_("Message"), rows=14)


class AppealForm(fields.Form):
    appeal = fields.TextArea(label=_("Why do they object?"), rows=4, max_length=4000)


class DecisionForm(fields.Form):
    decision = fields.ChoiceField(
        label=_("What is decided?"),
        choices=[
            ("STANDS", _("The plan stands")),
            ("CHANGED", _("It stands until another is proposed in its place")),
            ("LIFTED", _("The plan ends now")),
        ],
    )
    because = fields.TextArea(label=_("Why?"), rows=3, max_length=4000)


class FormatsForm(fields.Form):
    """Everything somebody needs; what is not ticked is needed no longer."""

    formats = fields.MultiChoiceField(label=_("What do they need?"), required=False)
    note = fields.TextField(
        label=_("Note"), required=False, max_length=300, help_text=_("Such as “on yellow paper”.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.offered = {str(each.pk): each for each in Format.objects.order_by("position", "id")}
        self.field("formats").choices = [
            (key, each.said("name", language)) for key, each in self.offered.items()
        ]

    def clean_formats(self) -> list[Format]:
        return [self.offered[key] for key in self.cleaned_data["formats"]]
