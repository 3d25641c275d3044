"""What is asked of whoever asked, and of whoever deals with a complaint."""

from django.utils.translation import gettext_lazy as _

from moothall.core import fields

SCORES = [
    ("5", _("Very good")),
    ("4", _("Good")),
    ("3", _("Neither good nor poor")),
    ("2", _("Poor")),
    ("1", _("Very poor")),
]


class SurveyForm(fields.Form):
    score = fields.ChoiceField(
        label=_("How was it?"), choices=SCORES, error_messages={"required": _("Choose how it was.")}
    )
    comment = fields.TextArea(
        label=_("Is there anything you want to tell us?"), rows=4, max_length=4000, required=False
    )
    anonymous = fields.TickField(
        label=_("Answer without my name"), required=False,
        help_text=_("Nobody in the office is shown who you are. We cannot write back to you about it."),
    )  # fmt: skip


class EscalateForm(fields.Form):
    because = fields.TextArea(
        label=_("Why are they not content?"), rows=4,
        help_text=_("The second stage begins with this. Somebody else deals with it."),
    )  # fmt: skip


class ExtendForm(fields.Form):
    until = fields.DateField(label=_("They will have the answer by"))
    reason = fields.TextArea(
        label=_("Why it takes longer"), rows=3,
        help_text=_("The letter about it says this, and names the Ombudsman."),
    )  # fmt: skip


class ConcludeForm(fields.Form):
    finding = fields.ChoiceField(
        label=_("Finding"),
        choices=[
            ("upheld", _("Upheld")),
            ("part_upheld", _("Upheld in part")),
            ("not_upheld", _("Not upheld")),
        ],
    )
    found = fields.TextArea(label=_("What was found"), rows=3)
    lesson = fields.TextArea(label=_("What we learn from it"), rows=3, required=False)
    action = fields.TextArea(label=_("What changes because of it"), rows=2, required=False)
    due_on = fields.DateField(label=_("By when"), required=False)


class OmbudsmanForm(fields.Form):
    name = fields.TextField(label=_("Name in English"), max_length=160)
    name_cy = fields.TextField(label=_("Name in Welsh"), max_length=160, required=False)
    how = fields.TextArea(label=_("How to reach them, in English"), rows=4, required=False)
    how_cy = fields.TextArea(label=_("How to reach them, in Welsh"), rows=4, required=False)
    website = fields.TextField(label=_("Their page"), max_length=200, required=False)
    source = fields.TextField(label=_("Where you read this"), max_length=300)
    source_read_on = fields.DateField(label=_("When you read it"))
