"""What is typed about selection events: their days, what is sat, where, before whom, and what came of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Resource
from moothall.core import fields
from moothall.credentials.models import CredentialKind
from moothall.people.models import Account
from moothall.people.models.working import at_on
from moothall.recruitment.models import Conflict, EventCandidate, EventExercise, SelectionEvent
from moothall.recruitment.rules.event_candidates import Help
from moothall.recruitment.rules.event_plans import SECONDS
from moothall.recruitment.rules.event_setup import free_rooms_for
from moothall.recruitment.rules.events import EventContent, stages_of, weekdays

from . import language_now, named

HOUR: Final = 60
LONGEST: Final = [("5", _("5 seconds")), ("10", _("10 seconds")), ("30", _("Half a minute")),
                  ("120", _("Two minutes"))]  # fmt: skip
assert [int(key) for key, _words in LONGEST] == list(SECONDS)  # noqa: S101


def number(label: Any, least: int, most: int, **given: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **given)


class EventForm(fields.Form):
    kind = fields.ChoiceField(label=_("What kind of event?"), choices=SelectionEvent.KINDS)
    name = fields.TextField(label=_("Name in English"), max_length=160)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=160)
    step = fields.ChoiceField(
        label=_("Stage"), select=True,
        help_text=_("Who is at this stage can be brought to it; its result finishes the stage."),
    )  # fmt: skip
    first_on = fields.DateField(label=_("First day"))
    last_on = fields.DateField(label=_("Last day"), help_text=_("Weekends between are left out."))
    opens = fields.TimeField(label=_("From"), initial=dt.time(9))
    closes = fields.TimeField(label=_("Until"), initial=dt.time(17))
    about = fields.TextArea(label=_("What to bring and wear, in English"), max_length=2000, required=False)
    about_cy = fields.TextArea(label=_("What to bring and wear, in Welsh"), max_length=2000, required=False)
    spare = number(
        _("Free times, so that candidates can take another one"), 0, 99, initial=0,
        help_text=_("None: candidates come when they are asked to."),
    )  # fmt: skip
    choose_until = fields.DateField(label=_("Last day to take another time"), required=False)

    def __init__(self, *args: Any, campaign: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.field("step").choices = [("", ""), *stages_of(campaign, language_now()).items()]

    def content(self) -> EventContent:
        data = dict(self.cleaned_data)
        days = weekdays(data.pop("first_on"), data.pop("last_on"))
        return EventContent(days=days, **data)


class ExerciseForm(fields.Form):
    name = fields.TextField(label=_("Name in English"), max_length=120)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=120)
    minutes = number(_("How many minutes?"), 5, 8 * HOUR, initial=30)
    size = number(_("How many sit it together?"), 1, 200, initial=1)
    assessors = number(_("How many assess it?"), 0, 9, initial=2)
    hold = number(_("Minutes for notes after it"), 0, HOUR, initial=10)
    rest = number(_("Minutes a candidate has before the next"), 0, HOUR, initial=10)
    after = fields.ChoiceField(label=_("Comes after"), select=True, required=False)
    needs = fields.ChoiceField(
        label=_("What whoever assesses it has to hold on the day"), select=True, required=False
    )
    best = number(_("The highest mark"), 1, 100, initial=4)
    least = number(_("The mark that passes"), 0, 100, initial=2)

    def __init__(self, *args: Any, event: SelectionEvent, **given: Any) -> None:
        super().__init__(*args, **given)
        nothing = [("", _("Nothing"))]
        self.others = {str(each.pk): each for each in event.exercises.all()}
        self.kinds = {str(each.pk): each for each in CredentialKind.objects.in_use()}
        self.field("after").choices = [*nothing, *named(self.others.values())]
        self.field("needs").choices = [*nothing, *named(self.kinds.values())]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("least", 0) > data.get("best", 0):
            self.add_error("least", _("The mark that passes is not above the highest mark."))
        return data

    def entry(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return data | {
            "after": self.others.get(data["after"]), "needs": self.kinds.get(data["needs"])
        }  # fmt: skip


class ForExercises(fields.Form):
    """For some exercises, or for all where none is ticked."""

    exercises = fields.MultiChoiceField(
        label=_("For which exercises?"), required=False, help_text=_("None ticked: for all.")
    )

    def __init__(self, *args: Any, event: SelectionEvent, **given: Any) -> None:
        super().__init__(*args, **given)
        self.known = {str(each.pk): each for each in event.exercises.all()}
        self.field("exercises").choices = named(self.known.values())

    def chosen(self) -> list[EventExercise]:
        return [self.known[key] for key in self.cleaned_data["exercises"]]


class RoomsForm(ForExercises):
    rooms = fields.MultiChoiceField(label=_("Rooms that are free on all its days"))
    field_order = ("rooms", "exercises")

    def __init__(self, *args: Any, event: SelectionEvent, **given: Any) -> None:
        super().__init__(*args, event=event, **given)
        self.free = {str(each.pk): each for each in free_rooms_for(event)}
        language = language_now()
        self.field("rooms").choices = [
            (key, f"{each.place.name_in(language)}: {each.name_in(language)} ({each.capacity})")
            for key, each in self.free.items()
        ]

    def entry(self) -> dict[str, Any]:
        rooms: list[Resource] = [self.free[key] for key in self.cleaned_data["rooms"]]
        return {"resources": rooms, "exercises": self.chosen()}


class AssessorsForm(ForExercises):
    accounts = fields.TextArea(label=_("Email addresses they sign in with, one on each line"), rows=4)
    assesses = fields.YesNo(
        label=_("Do they assess?"), initial=True, help_text=_("No: they interpret alone.")
    )
    interprets = fields.TextField(
        label=_("Language they interpret"), max_length=20, required=False, width=10,
        help_text=_("Such as BSL; empty where they do not."),
    )  # fmt: skip
    most_minutes = number(_("Most minutes a day, as agreed"), 5, 12 * HOUR, required=False)
    field_order = ("accounts", "exercises", "assesses", "interprets", "most_minutes")

    def clean_accounts(self) -> Sequence[Account]:
        given = [each.strip().lower() for each in self.cleaned_data["accounts"].split("\n") if each.strip()]
        known = {each.email.lower(): each for each in Account.objects.in_use().filter(email__in=given)}
        unknown = [each for each in given if each not in known]
        if unknown:
            said = _("Nobody signs in with %(address)s.") % {"address": ", ".join(unknown[:3])}
            raise forms.ValidationError(said)
        return [known[each] for each in dict.fromkeys(given)]

    def entry(self) -> dict[str, Any]:
        return dict(self.cleaned_data) | {"exercises": self.chosen()}


class AwayForm(fields.Form):
    day = fields.DateField(label=_("Day"))
    begins = fields.TimeField(label=_("From"), required=False, help_text=_("Empty: all day."))
    ends = fields.TimeField(label=_("Until"), required=False)
    because = fields.TextField(
        label=_("What shall others read?"), max_length=200,
        help_text=_("Such as “cannot come”. Nothing of somebody’s health."),
    )  # fmt: skip

    def entry(self) -> dict[str, Any]:
        data = self.cleaned_data
        begins = at_on(data["day"], data["begins"] or dt.time(0))
        ends = at_on(data["day"], data["ends"]) if data["ends"] else at_on(
            data["day"] + dt.timedelta(days=1), dt.time(0)
        )  # fmt: skip
        return {"begins_at": begins, "ends_at": ends, "because": data["because"]}


class HelpForm(fields.Form):
    longer = number(_("More time, per cent of each exercise"), 0, 200, initial=0)
    rest = number(_("Minutes between exercises at least"), 0, 120, initial=0)
    step_free = fields.TickField(label=_("A room reached without steps"), required=False)
    companion = fields.TickField(label=_("Somebody who supports them comes along"), required=False)
    interpreter = fields.TextField(
        label=_("Interpreter for"), max_length=20, required=False, width=10, help_text=_("Such as BSL")
    )
    welsh = fields.TickField(label=_("Is assessed in Welsh"), required=False)

    def help(self) -> Help:
        return Help(**self.cleaned_data)


class ConflictForm(fields.Form):
    """At the desk the one who assesses is chosen; on their own page, the candidate."""

    who = fields.ChoiceField(label="", select=True)
    kind = fields.ChoiceField(label=_("How do they know each other?"), choices=Conflict.KINDS)

    def __init__(self, *args: Any, rows: Sequence[Any], label: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.rows = {str(pk): each for pk, _words, each in rows}
        self.field("who").label = label
        self.field("who").choices = [("", ""), *((str(pk), words) for pk, words, _each in rows)]

    def chosen(self) -> Any:
        return self.rows[self.cleaned_data["who"]]


class PlanForm(fields.Form):
    seconds = fields.ChoiceField(label=_("How long may it search?"), choices=LONGEST, initial="10")

    def clean_seconds(self) -> int:
        return int(self.cleaned_data["seconds"])


class MendForm(fields.Form):
    because = fields.TextField(label=_("What happened?"), max_length=200)


class AttendanceForm(fields.Form):
    attended = fields.ChoiceField(label=_("Did they come?"), choices=EventCandidate.ATTENDED, inline=True)
    help_given = fields.YesNo(label=_("Was what we agreed there for them?"), required=False)
    note = fields.TextField(label=_("Anything to note"), max_length=300, required=False)

    def __init__(self, *args: Any, candidate: EventCandidate, **given: Any) -> None:
        super().__init__(*args, **given)
        if not candidate.has_help:
            del self.fields["help_given"]

    def entry(self) -> dict[str, Any]:
        return {"help_given": None} | self.cleaned_data


class ScoreForm(fields.Form):
    mark = fields.ChoiceField(label=_("Mark"), inline=True)
    because = fields.TextArea(label=_("What you saw and heard"), max_length=1000, rows=5)

    def __init__(self, *args: Any, best: int, **given: Any) -> None:
        super().__init__(*args, **given)
        self.field("mark").choices = [(str(each), str(each)) for each in range(best + 1)]

    def clean_mark(self) -> int:
        return int(self.cleaned_data["mark"])
