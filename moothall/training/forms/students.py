"""What is asked of students, of those who take them, and of what was seen of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moothall.bookings.models import Feature
from moothall.core import fields
from moothall.training.models import (
    Attachment,
    District,
    PathwayModule,
    PathwayTutor,
    PlacementHost,
    SignOff,
)
from moothall.training.rules.pathways.hosts import HostContent
from moothall.workforce.models import Employment

from . import NumbersForm, named_choices, whole

CHOOSE = ("", _("Choose one"))


def districts() -> dict[str, District]:
    return {str(each.pk): each for each in District.objects.filter(retired_on=None)}


def access_features() -> dict[str, Feature]:
    return {str(each.pk): each for each in Feature.objects.filter(is_access=True)}


class JoinForm(NumbersForm):
    district = fields.ChoiceField(
        label=_("In which district do they live?"), select=True,
        help_text=_("They are not placed there. It can be changed for each of them."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.districts = districts()
        self.field("district").choices = [CHOOSE, *named_choices(self.districts.values())]
        self.field("numbers").required = True

    def clean_district(self) -> District:
        return self.districts[self.cleaned_data["district"]]


class StudentForm(fields.Form):
    district = fields.ChoiceField(label=_("In which district do they live?"), select=True)
    needs = fields.MultiChoiceField(
        label=_("What access do they need on a placement?"), required=False,
        help_text=_("Seen by themselves, their tutors and whoever looks after training."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.districts, self.features = districts(), access_features()
        self.field("district").choices = named_choices(self.districts.values())
        self.field("needs").choices = named_choices(self.features.values())
        if not self.features:
            del self.fields["needs"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "district" in data:
            data["district"] = self.districts[data["district"]]
        data["needs"] = [self.features[key] for key in data.get("needs", ())]
        return data


class RecourseForm(fields.Form):
    module = fields.ChoiceField(label=_("Which module do they take again?"), select=True)
    because = fields.TextField(label=_("Why?"), max_length=300)

    def __init__(self, *args: Any, modules: list[PathwayModule], **given: Any) -> None:
        super().__init__(*args, **given)
        self.modules = {str(each.pk): each for each in modules}
        language = get_language() or "en"
        choices = [(key, f"{each.number}. {each.name_in(language)}") for key, each in self.modules.items()]
        self.field("module").choices = [CHOOSE, *choices]

    def clean_module(self) -> PathwayModule:
        return self.modules[self.cleaned_data["module"]]


class EndForm(fields.Form):
    on = fields.DateField(label=_("Their last day"))
    because = fields.TextField(label=_("Why?"), max_length=300)


class SignOffForm(fields.Form):
    result = fields.ChoiceField(label=_("What did you see?"), choices=SignOff.RESULTS)
    seen_on = fields.DateField(label=_("On which day?"), required=False, help_text=_("Empty: today."))
    note = fields.TextArea(
        label=_("Anything to keep with it"), rows=3, max_length=500, required=False,
        help_text=_("What is still missing, if it is to be seen again. The student reads it."),
    )  # fmt: skip


class TakerForm(fields.Form):
    """A host or a tutor, by hand."""

    taker = fields.ChoiceField(label=_("With whom?"), select=True)

    def __init__(self, *args: Any, attachment: Attachment, **given: Any) -> None:
        super().__init__(*args, **given)
        hosts = attachment.module.kind == PathwayModule.PLACEMENT
        rows: Any = PlacementHost.objects.in_use() if hosts else PathwayTutor.objects.standing()
        rows = rows.select_related("district", *([] if hosts else ["employment__person"]))
        self.takers: dict[str, PlacementHost | PathwayTutor] = {str(each.pk): each for each in rows}
        choices = [(key, f"{each} ({each.district})") for key, each in self.takers.items()]
        self.field("taker").choices = [CHOOSE, *choices]

    def clean_taker(self) -> PlacementHost | PathwayTutor:
        return self.takers[self.cleaned_data["taker"]]


class ClassForm(fields.Form):
    """Other weeks or another trainer for one class."""

    first_on = fields.DateField(label=_("On which Monday does it begin?"))
    trainer = fields.TextField(
        label=_("Staff number of its trainer"), required=False, max_length=20, width=10,
    )  # fmt: skip

    def clean_trainer(self) -> Employment | None:
        said = self.cleaned_data["trainer"].strip().upper()
        found = Employment.objects.filter(number=said).select_related("person").first() if said else None
        if said and found is None:
            raise ValidationError(str(_("Nobody has this staff number.")))
        return found


class HostForm(fields.Form):
    name = fields.TextField(label=_("What is the host called?"), max_length=160)
    district = fields.ChoiceField(label=_("In which district?"), select=True)
    places = fields.TextField(label=_("How many students at once?"), width=3, max_length=3)
    features = fields.MultiChoiceField(label=_("What access is there?"), required=False)
    contact_name = fields.TextField(label=_("Whom do students ask for?"), max_length=160, required=False)
    contact_email = fields.EmailField(label=_("Their email address"), required=False)
    language = fields.ChoiceField(
        label=_("In which language do we write to them?"), inline=True,
        choices=[("en", _("English")), ("cy", _("Welsh"))],
    )  # fmt: skip
    about = fields.TextField(label=_("What do students do there?"), max_length=300, required=False)
    assessed_until = fields.DateField(
        label=_("Until when does its risk assessment hold?"), required=False,
        help_text=_("Nobody is placed there after that day."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.districts, self.known = districts(), access_features()
        self.field("district").choices = [CHOOSE, *named_choices(self.districts.values())]
        self.field("features").choices = named_choices(self.known.values())
        if not self.known:
            del self.fields["features"]

    def clean_places(self) -> int | None:
        return whole(self.cleaned_data["places"], most=500)

    def content(self) -> HostContent:
        data = self.cleaned_data
        return HostContent(
            name=data["name"], district=self.districts[data["district"]], places=data["places"],
            features=[self.known[key] for key in data.get("features", ())],
            contact_name=data["contact_name"], contact_email=data["contact_email"], language=data["language"],
            about=data["about"], assessed_until=data["assessed_until"],
        )  # fmt: skip


class TutorForm(fields.Form):
    number = fields.TextField(label=_("Their staff number"), max_length=20, width=10)
    district = fields.ChoiceField(label=_("In which district do they work?"), select=True)
    most = fields.TextField(label=_("How many students at once?"), width=3, max_length=2)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.districts = districts()
        self.field("district").choices = [CHOOSE, *named_choices(self.districts.values())]

    def clean_district(self) -> District:
        return self.districts[self.cleaned_data["district"]]

    def clean_most(self) -> int | None:
        return whole(self.cleaned_data["most"], most=20)
