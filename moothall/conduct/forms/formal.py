"""What is asked about matters: who, what, when they are met, and how it was decided."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.conduct.models import Appeal, Issue, Matter, MatterKind, Meeting, Party, SanctionLevel
from moothall.conduct.rules.meeting import Slot
from moothall.conduct.rules.sight import employees_of, look_up_colleagues, look_up_employees
from moothall.conduct.rules.telling import HAND, Sent
from moothall.core import fields
from moothall.core.clock import LONDON, today
from moothall.people.models import Account
from moothall.workforce.models import Employment

CHANNELS = [
    ("MAIL", _("Email")), ("PRINT", _("On paper")), (HAND, _("Given by hand; keep the words")),
]  # fmt: skip
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
FURTHEST = dt.timedelta(days=3 * 366)


def described(employment: Employment) -> fields.Option:
    return fields.Option(str(employment.pk), employment.person.full_name, employment.number)


def described_colleague(account: Account) -> fields.Option:
    return fields.Option(str(account.pk), account.name, account.email)


class OpenForm(fields.Form):
    employee = fields.LookupField(label=_("Whom is it about?"), help_text=_("Name or staff number."))
    kind = fields.ChoiceField(label=_("What kind of matter?"))
    began_on = fields.DateField(
        label=_("When did it begin?"), help_text=_("The rules in force on that day hold for all of it.")
    )
    summary = fields.TextArea(label=_("What is it about, in short?"), rows=4, max_length=4000)
    issues = fields.TextArea(
        label=_("Allegations or points"), rows=5, required=False, max_length=8000,
        help_text=_("One a line. More can be added later."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {str(each.pk): each for each in MatterKind.objects.select_related("service")}
        language = get_language() or "en"
        self.field("kind").choices = [(key, each.said("name", language)) for key, each in self.kinds.items()]
        day = today()
        self.field("employee").connect(
            fetch=lambda key: (
                employees_of(account, on=day).filter(pk=int(key)).first() if key.isdecimal() else None
            ),
            search=lambda words: look_up_employees(account, words, on=day), describe=described,
            url=reverse("matter_employee_lookup"),
        )  # fmt: skip

    def clean_kind(self) -> MatterKind:
        return self.kinds[self.cleaned_data["kind"]]

    def clean_issues(self) -> tuple[str, ...]:
        lines: str = self.cleaned_data["issues"]
        return tuple(line.strip() for line in lines.splitlines() if line.strip())


class PartForm(fields.Form):
    part = fields.ChoiceField(label=_("Which part?"), choices=Party.PARTS, select=True)
    account = fields.LookupField(
        label=_("A colleague who signs in"), required=False,
        help_text=_("They see the file while the part lasts; witnesses and companions do not."),
    )  # fmt: skip
    name = fields.TextField(label=_("Or somebody else, by name"), required=False, max_length=160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Account.objects.filter(is_active=True)
        self.field("account").connect(
            fetch=lambda key: rows.filter(pk=int(key)).first() if key.isdecimal() else None,
            search=look_up_colleagues, describe=described_colleague, url=reverse("matter_colleague_lookup"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and not data.get("account") and not data.get("name", "").strip():
            self.add_error("account", ValidationError(str(_("Choose a colleague, or write a name."))))
        return data


class IssueForm(fields.Form):
    text = fields.TextArea(label=_("What is alleged, or in question?"), rows=4, max_length=4000)


class FindingForm(fields.Form):
    finding = fields.ChoiceField(label=_("What was found?"), choices=Issue.FINDINGS)
    reason = fields.TextArea(label=_("Why?"), rows=4, max_length=8000)


class WhenForm(fields.Form):
    """A day, two times and a place."""

    day = fields.DateField(label=_("Day"))
    begins = fields.TimeField(label=_("From"))
    ends = fields.TimeField(label=_("Until"))
    place = fields.TextField(label=_("Where"), max_length=300)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if not today() - FURTHEST < day < today() + FURTHEST:
            raise ValidationError(str(_("Choose a day within the next three years.")))
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", ValidationError(str(_("It ends before it begins."))))
        return data

    def slot(self) -> Slot:
        data = self.cleaned_data
        starts, ends = (
            dt.datetime.combine(data["day"], data[name], tzinfo=LONDON) for name in ("begins", "ends")
        )
        return Slot(starts, ends, data["place"])


AGREED = _("If the notice is shorter: how was that agreed in writing?")


class MeetingForm(WhenForm):
    kind = fields.ChoiceField(label=_("What kind of meeting?"), choices=Meeting.KINDS)
    chair = fields.ChoiceField(
        label=_("Who chairs it, or meets them?"), select=True, required=False,
        help_text=_("Give somebody a part in the matter first, and they can be chosen here."),
    )  # fmt: skip
    safety = fields.TextArea(
        label=_("How whoever goes stays safe"), rows=3, required=False, max_length=2000,
        help_text=_("For a home visit: who knows where they are, who is rung when, and what then."),
    )  # fmt: skip
    notice_agreed = fields.TextArea(label=AGREED, rows=2, required=False, max_length=1000)
    field_order = ["kind", "day", "begins", "ends", "place", "chair", "safety", "notice_agreed"]

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = matter.parties.filter(ended_at=None, part__in=Party.SEES_THE_FILE)
        self.chairs = {str(each.pk): each for each in rows}
        said = [(key, f"{each.name} ({each.get_part_display()})") for key, each in self.chairs.items()]
        self.field("chair").choices = [("", "–"), *said]

    def clean_chair(self) -> Party | None:
        return self.chairs.get(self.cleaned_data["chair"])


class LetterForm(fields.Form):
    """A letter to the person, in their language."""

    channel = fields.ChoiceField(label=_("How are they told?"), choices=CHANNELS)
    address = fields.TextArea(
        label=_("Their address"), rows=3, max_length=500, required=False,
        help_text=_("An email address, or the lines of a postal one. By hand it needs none."),
    )  # fmt: skip
    language = fields.ChoiceField(label=_("Language"), choices=LANGUAGES, inline=True)
    subject = fields.TextField(label=_("Subject"), max_length=400)
    text = fields.TextArea(label=_("Message"), rows=18)
    given_on = fields.DateField(
        label=_("If given by hand or told before: on which day?"), required=False,
        help_text=_("Leave it empty if the letter leaves today."),
    )  # fmt: skip

    def clean_given_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["given_on"]
        if day is not None and day > today():
            raise ValidationError(str(_("That day is yet to come.")))
        return day

    def sent(self, built_in: Any = None) -> Sent:
        data = self.cleaned_data
        given = {name: data[name] for name in ("channel", "address", "language", "subject", "text")}
        return Sent(**given, built_in=built_in)


class InviteForm(LetterForm):
    notice_agreed = fields.TextArea(label=AGREED, rows=2, required=False, max_length=1000)


class CompanionForm(fields.Form):
    state = fields.ChoiceField(label=_("Do they bring a companion?"), choices=Meeting.COMPANIONS)
    name = fields.TextField(label=_("Who is it?"), required=False, max_length=160)


class PostponeForm(WhenForm):
    because = fields.TextArea(label=_("Why?"), rows=3, max_length=1000)
    agreed = fields.TextArea(
        label=_("If it is later than the procedure lets it be: how was that agreed in writing?"), rows=2,
        required=False, max_length=1000,
    )  # fmt: skip


class HeldForm(fields.Form):
    attended = fields.YesNo(label=_("Did they come?"))
    outcome = fields.TextField(label=_("What came of it, in a sentence"), max_length=300)
    notes = fields.TextArea(label=_("Notes"), rows=12, required=False, max_length=40000)


class ReasonForm(fields.Form):
    because = fields.TextArea(label=_("Why?"), rows=3, max_length=1000)


class DecideForm(fields.Form):
    level = fields.ChoiceField(label=_("What was decided?"))
    meeting = fields.ChoiceField(label=_("At which hearing?"), select=True, required=False)
    decided_on = fields.DateField(label=_("On which day?"))
    reasons = fields.TextArea(
        label=_("Reasons"), rows=8, max_length=20000, help_text=_("They stand in the letter to them.")
    )
    tells_when_lapsed = fields.TickField(label=_("Write to them when it no longer counts"), required=False)

    def __init__(
        self, *args: Any, levels: list[SanctionLevel], meetings: list[Meeting], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.levels = {str(each.pk): each for each in levels}
        self.meetings = {str(each.pk): each for each in meetings}
        self.field("level").choices = [
            (key, each.said("name", language)) for key, each in self.levels.items()
        ]
        heard = [(key, str(each)) for key, each in self.meetings.items()]
        self.field("meeting").choices = [("", _("None of them")), *heard]

    def clean_level(self) -> SanctionLevel:
        return self.levels[self.cleaned_data["level"]]

    def clean_meeting(self) -> Meeting | None:
        return self.meetings.get(self.cleaned_data["meeting"])


class BundleForm(fields.Form):
    title = fields.TextField(label=_("Title"), max_length=200)
    language = fields.ChoiceField(label=_("Language of its contents page"), choices=LANGUAGES, inline=True)


class CopyForm(fields.Form):
    whom = fields.ChoiceField(
        label=_("Who is given it?"),
        choices=[
            ("THEM", _("The person it is about: they can read it on their own page")),
            ("OTHER", _("Somebody else")),
        ],
    )
    name = fields.TextField(label=_("Name of somebody else"), required=False, max_length=160)
    given_on = fields.DateField(label=_("On which day?"))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("whom") == "OTHER" and not data.get("name", "").strip():
            self.add_error("name", ValidationError(str(_("Write who is given it."))))
        return data


class AppealForm(fields.Form):
    lodged_on = fields.DateField(label=_("When did they appeal?"))
    grounds = fields.TextArea(label=_("Their grounds"), rows=6, max_length=20000)
    late_because = fields.TextArea(
        label=_("If it is late: why is it heard all the same?"), rows=2, required=False, max_length=2000
    )


class AppealDecisionForm(fields.Form):
    decision = fields.ChoiceField(label=_("What was decided on the appeal?"), choices=Appeal.DECISIONS)
    level = fields.ChoiceField(label=_("If varied: to what?"), select=True, required=False)
    meeting = fields.ChoiceField(label=_("At which appeal hearing?"), select=True, required=False)
    decided_on = fields.DateField(label=_("On which day?"))
    reasons = fields.TextArea(label=_("Reasons"), rows=8, max_length=20000)

    def __init__(
        self, *args: Any, levels: list[SanctionLevel], meetings: list[Meeting], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.levels = {str(each.pk): each for each in levels}
        self.meetings = {str(each.pk): each for each in meetings}
        said = [(key, each.said("name", language)) for key, each in self.levels.items()]
        self.field("level").choices = [("", "–"), *said]
        self.field("meeting").choices = [
            ("", "–"),
            *((key, str(each)) for key, each in self.meetings.items()),
        ]

    def clean_level(self) -> SanctionLevel | None:
        return self.levels.get(self.cleaned_data["level"])

    def clean_meeting(self) -> Meeting | None:
        return self.meetings.get(self.cleaned_data["meeting"])
