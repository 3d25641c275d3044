"""Keeping the directory: who else can help, checked, corrected, and taken off when they no longer do."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.knowledge.models import Signpost
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from .indexing import index_signpost
from .opening_hours import in_words, tidy

FIELDS = (
    "name", "name_cy", "when_to_use", "when_to_use_cy", "how", "how_cy", "where", "where_cy", "hours",
    "coverage", "coverage_cy", "eligibility", "eligibility_cy", "languages", "public", "from_on", "until_on",
)  # fmt: skip
LANGUAGES = {
    "cy": _("Welsh"), "en": _("English"), "bsl": _("British Sign Language"), "ar": _("Arabic"),
    "bn": _("Bengali"), "pl": _("Polish"), "pt": _("Portuguese"), "ro": _("Romanian"), "uk": _("Ukrainian"),
    "ur": _("Urdu"), "other": _("others, by interpreter"),
}  # fmt: skip


class KeyTaken(Refusal):
    sentence = _("Something is already kept under this name.")
    next_step = _("Look for it in the list, or choose another name.")


class EndsBeforeItBegins(Refusal):
    sentence = _("The last day is before the first.")
    next_step = _("Correct one of the two days.")


@transaction.atomic
def add_signpost(given: dict[str, Any], *, key: str = "", by: Account | None, at: dt.datetime) -> Signpost:
    """Put somebody into the directory, checked today unless `checked_on` says when."""
    values = _checked(given)
    key = (key or slugify(values["name"]))[:60]
    if not key or Signpost.objects.filter(key=key).exists():
        raise KeyTaken
    checked_on = given.get("checked_on") or at.date()
    entry = Signpost.objects.create(key=key, checked_on=checked_on, checked_by=by, **values)
    index_signpost(entry)
    append_audit("knowledge.add_entry", about=entry, by=by, at=at, detail={"name": entry.name})
    return entry


@transaction.atomic
def change_signpost(entry: Signpost, given: dict[str, Any], *, by: Account, at: dt.datetime) -> Signpost:
    """Correct an entry: what is written down is each field as it was and is."""
    values = _checked(given)
    entry = Signpost.objects.select_for_update().get(pk=entry.pk)
    before = {name: getattr(entry, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return entry
    for name, value in changed.items():
        setattr(entry, name, value)
    Signpost.objects.filter(pk=entry.pk).update(**changed)
    index_signpost(entry)
    detail = {name: [str(before[name]), str(value)] for name, value in changed.items()}
    append_audit("knowledge.change_entry", about=entry, by=by, at=at, detail=detail)
    return entry


@transaction.atomic
def check_signpost(entry: Signpost, *, by: Account, at: dt.datetime, today: dt.date) -> None:
    """Somebody looked, and it is still right."""
    Signpost.objects.filter(pk=entry.pk).update(checked_on=today, checked_by=by)
    append_audit("knowledge.check_entry", about=entry, by=by, at=at, detail={"on": today.isoformat()})


@transaction.atomic
def retire_signpost(entry: Signpost, *, by: Account, at: dt.datetime) -> None:
    """Offer it to nobody any more; what it was used for stays."""
    _set_retired(entry, at, verb="knowledge.retire_entry", by=by, at=at)


@transaction.atomic
def restore_signpost(entry: Signpost, *, by: Account, at: dt.datetime) -> None:
    _set_retired(entry, None, verb="knowledge.restore_entry", by=by, at=at)


def _set_retired(
    entry: Signpost, retired_at: dt.datetime | None, *, verb: str, by: Account, at: dt.datetime
) -> None:
    if not Signpost.objects.filter(pk=entry.pk, retired_at__isnull=retired_at is not None).update(
        retired_at=retired_at
    ):
        return
    entry.retired_at = retired_at
    index_signpost(entry)
    append_audit(verb, about=entry, by=by, at=at)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    values = {name: given[name] for name in FIELDS if name in given}
    values["hours"] = tidy(values.get("hours", ""))
    begins, ends = values.get("from_on"), values.get("until_on")
    if begins and ends and ends < begins:
        raise EndsBeforeItBegins
    return values


def fields_of(entry: Signpost, language: str) -> dict[str, str]:
    """What a letter may say of this entry, in its language."""
    with translation.override("cy" if language == "cy" else "en-gb"):
        hours = [gettext("Open: %(hours)s") % {"hours": each} for each in in_words(entry.hours)]
    how = [entry.said("how", language), entry.said("where", language), *hours]
    return {
        "signpost.name": entry.said("name", language),
        "signpost.when": entry.said("when_to_use", language),
        "signpost.how": "\n".join(words for words in how if words),
    }
