"""What is asked about suspension, improvement and matters that overlap."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.conduct.models import ImprovementNotice, Matter, Meeting, Suspension, SuspensionReview
from moothall.core import fields
from moothall.people.models import Account

ENOUGH = 8


class SuspendForm(fields.Form):
    kind = fields.ChoiceField(label=_("What is needed?"), choices=Suspension.KINDS)
    from_on = fields.DateField(label=_("From which day?"))
    because = fields.TextArea(
        label=_("Why is it needed, and why would nothing less do?"), rows=4, max_length=4000,
        help_text=_("Other duties or another place were thought of first. This stays on the matter."),
    )  # fmt: skip
    terms = fields.TextArea(
        label=_("What holds meanwhile?"), rows=5, max_length=4000,
        help_text=_("Pay, leave, who their contact is, what they may and may not do. The letter says it."),
    )  # fmt: skip


class ReviewForm(fields.Form):
    held_on = fields.DateField(label=_("When was it reviewed?"))
    decision = fields.ChoiceField(label=_("Is it still needed?"), choices=SuspensionReview.DECISIONS)
    reasons = fields.TextArea(label=_("Why?"), rows=5, max_length=8000, help_text=_("The letter says it."))


class EndForm(fields.Form):
    ended_on = fields.DateField(label=_("Its last day"))
    because = fields.TextArea(label=_("Why?"), rows=4, max_length=4000)


class NoticeForm(fields.Form):
    meeting = fields.ChoiceField(label=_("After which meeting?"), select=True)
    targets = fields.TextArea(
        label=_("What has to improve, and how is that seen?"), rows=6, max_length=8000,
        help_text=_("One a line."),
    )  # fmt: skip
    support = fields.TextArea(label=_("How are they helped?"), rows=4, max_length=4000, required=False)
    reasons = fields.TextArea(
        label=_("Reasons"), rows=5, max_length=20000, help_text=_("They stand in the letter to them.")
    )
    from_on = fields.DateField(label=_("The window opens on"))
    until_on = fields.DateField(label=_("and closes with"))
    exceptional_because = fields.TextArea(
        label=_("If it is longer than usual: what makes the case exceptional?"), rows=2, required=False,
        max_length=2000,
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(each.pk): each for each in meetings}
        self.field("meeting").choices = [(key, str(each)) for key, each in self.meetings.items()]

    def clean_meeting(self) -> Meeting | None:
        return self.meetings.get(self.cleaned_data["meeting"])


class ExtendForm(fields.Form):
    until_on = fields.DateField(label=_("The window closes with"))
    because = fields.TextArea(label=_("Why?"), rows=4, max_length=2000)
    exceptional = fields.TickField(label=_("The case is exceptional"), required=False)


class JudgeForm(fields.Form):
    reviewed_on = fields.DateField(label=_("When was it looked at?"))
    result = fields.ChoiceField(label=_("Has it improved?"), choices=ImprovementNotice.RESULTS)
    because = fields.TextArea(label=_("Why?"), rows=5, max_length=8000)


class LinkForm(fields.Form):
    other = fields.LookupField(
        label=_("Which other matter?"), help_text=_("Its reference, or the name. Only those that name you.")
    )
    because = fields.TextArea(
        label=_("How do they touch each other, and which is dealt with first?"), rows=4, max_length=2000
    )

    def __init__(self, *args: Any, account: Account, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Matter.objects.visible_to(account).exclude(pk=matter.pk).in_full()

        def search(words: str) -> list[Matter]:
            said = " ".join(words.split())[:80]
            found = list(rows.filter(case__reference__iexact=said)[:1])
            named = rows.filter(employment__person__full_name__icontains=said)
            return found or list(named.order_by("-began_on", "-id")[:ENOUGH])

        self.field("other").connect(
            fetch=lambda key: rows.filter(pk=int(key)).first() if key.isdecimal() else None,
            search=search, describe=_described,
        )  # fmt: skip


def _described(matter: Matter) -> fields.Option:
    said = matter.kind.said("name", get_language() or "en")
    return fields.Option(
        str(matter.pk), f"{matter.case.reference} {said}", matter.employment.person.full_name
    )
