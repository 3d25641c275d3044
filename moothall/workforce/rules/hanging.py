"""What hangs on a record beyond that somebody starts: as long as there is any, a start is not taken back."""

from typing import Final

from django.db.models import DO_NOTHING, Model, Q
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Words
from moothall.workforce.beginnings import written_by_itself
from moothall.workforce.models import Assignment, ChecklistEntry, Employment

UNTOUCHED: Final[dict[type[Model], Q]] = {ChecklistEntry: Q(done_at=None)}
NAMES: Final[dict[str, Words]] = {
    "assignment": _("a change of their job"), "manager": _("people whom they manage"),
    "personneldocument": _("a document"), "detailchange": _("details they gave"),
    "issueditem": _("a thing they were given"), "checklistentry": _("a thing they were given"),
    "nextofkin": _("next of kin"), "employeeskill": _("a skill"), "absence": _("absence"),
    "leave": _("leave"), "terms": _("terms and pay"), "appraisal": _("appraisal and induction"),
    "personnel": _("a personnel matter"), "recruitment": _("another offer"), "training": _("training"),
    "transport": _("transport"), "promotion": _("a promotion"), "conduct": _("a matter of conduct"),
    "reports": _("a finding of a check"),
}  # fmt: skip


def hanging(employment: Employment) -> list[str]:
    """In words, each once: whatever a person wrote on this record, on any floor."""
    by_itself = {**UNTOUCHED, **written_by_itself()}
    found: list[str] = []
    for link in Employment._meta.related_objects:
        model, name = link.related_model, link.field.name
        if link.on_delete is DO_NOTHING or not isinstance(model, type):
            continue
        rows = model._base_manager.filter(**{name: employment})
        if model in by_itself:
            rows = rows.exclude(by_itself[model])
        if (model, name) == (Assignment, "employment"):
            rows = rows.order_by("pk")[1:]
        if rows.exists():
            found.append(str(name_of(model, name)))
    return list(dict.fromkeys(found))


def name_of(model: type[Model], link: str) -> Words:
    if (model, link) == (Assignment, "manager"):
        return NAMES["manager"]
    meta = model._meta
    return NAMES.get(str(meta.model_name)) or NAMES.get(meta.app_label) or str(meta.verbose_name)
