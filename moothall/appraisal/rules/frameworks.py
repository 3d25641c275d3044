"""Frameworks are worded anew: a draft, from a version in use or from nothing, until it is ready."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from moothall.appraisal.models import Competency, Descriptor, Framework, Mark
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit

from . import refusals

MARKS_AT_LEAST, DESCRIPTOR_LENGTH = 2, 500
OURS = "The office’s own wording"


def hold_draft(framework: Framework) -> Framework:
    """The framework as it now stands, held until the transaction ends; nothing but a draft changes."""
    held = Framework.objects.select_for_update(of=("self",)).get(pk=framework.pk)
    if not held.is_draft:
        raise refusals.FrameworkReady
    return held


def free_key(name: str, taken: set[str], other: str) -> str:
    """A short name made of these words that none of them has."""
    base = slugify(name)[:50] or other
    number, key = 1, base
    while key in taken:
        number, key = number + 1, f"{base}-{number + 1}"
    return key


@transaction.atomic
def begin_framework(*, by: Account, at: dt.datetime, name: str, **words: str) -> Framework:
    """One of the office's own, from nothing."""
    keys = set(Framework.objects.values_list("key", flat=True))
    made = Framework.objects.create(
        key=free_key(name, keys, "framework"), name=name.strip(), source=words.pop("source", "") or OURS,
        added_at=at, is_draft=True, **words,
    )  # fmt: skip
    append_audit("appraisal.begin_framework", about=made, by=by, at=at)
    return made


@transaction.atomic
def begin_version(framework: Framework, *, by: Account, at: dt.datetime) -> Framework:
    """A draft that says what this one says, to be changed; the one begun before, where there is one."""
    held = Framework.objects.select_for_update(of=("self",)).get(pk=framework.pk)
    versions = Framework.objects.filter(key=held.key)
    if (begun := versions.filter(is_draft=True).first()) is not None:
        return begun
    newest = versions.aggregate(newest=Max("version"))["newest"]
    words = {each: getattr(held, each) for each in ("name", "name_cy", "about", "about_cy", "source")}
    made = Framework.objects.create(
        key=held.key, version=newest + 1, added_at=at, is_draft=True, **words
    )  # fmt: skip
    for each in held.competencies.prefetch_related("descriptors"):
        _copy_competency(each, made)
    Mark.objects.bulk_create(
        Mark(framework=made, **{name: getattr(each, name) for name in MARK}) for each in held.marks.all()
    )
    append_audit("appraisal.begin_version", about=made, by=by, at=at, detail={"of": held.pk})
    return made


MARK = ("key", "place", "name", "name_cy", "about", "about_cy", "withholds")
COMPETENCY = ("key", "kind", "position", "name", "name_cy", "about", "about_cy")


def _copy_competency(competency: Competency, to: Framework) -> None:
    made = Competency.objects.create(framework=to, **{name: getattr(competency, name) for name in COMPETENCY})
    Descriptor.objects.bulk_create(
        Descriptor(competency=made, level=each.level, text=each.text, text_cy=each.text_cy)
        for each in competency.descriptors.all()
    )


@transaction.atomic
def name_framework(framework: Framework, *, by: Account, at: dt.datetime, **words: str) -> Framework:
    held = hold_draft(framework)
    words["source"] = words.get("source") or OURS
    Framework.objects.filter(pk=held.pk).update(**words)
    append_audit("appraisal.name_framework", about=held, by=by, at=at)
    held.refresh_from_db()
    return held


@transaction.atomic
def put_competency(
    framework: Framework,
    *,
    levels: list[tuple[str, str]],
    by: Account,
    at: dt.datetime,
    competency: Competency | None = None,
    **words: str,
) -> Competency:
    """Another one at the end, or this one in other words; its levels from the lowest up."""
    held = hold_draft(framework)
    if competency is None:
        last = held.competencies.aggregate(last=Max("position"))["last"]
        keys = set(held.competencies.values_list("key", flat=True))
        key = free_key(words["name"], keys, "competency")
        position = 0 if last is None else last + 1
        competency = Competency.objects.create(framework=held, key=key, position=position, **words)
    else:
        held.competencies.filter(pk=competency.pk).update(**words)
    Descriptor.objects.filter(competency=competency).delete()
    Descriptor.objects.bulk_create(
        Descriptor(
            competency=competency, level=level, text=text[:DESCRIPTOR_LENGTH],
            text_cy=text_cy[:DESCRIPTOR_LENGTH],
        )
        for level, (text, text_cy) in enumerate(levels, 1)
    )  # fmt: skip
    append_audit("appraisal.put_competency", about=held, by=by, at=at, detail={"key": competency.key})
    return competency


def _one_place(rows: list[Any], number: int, *, up: bool) -> bool:
    """The row of this number one place up or down among the rows; the first stays first, the last last."""
    place = [each.pk for each in rows].index(number)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    return True


@transaction.atomic
def move_competency(competency: Competency, *, up: bool, by: Account, at: dt.datetime) -> Framework:
    held = hold_draft(competency.framework)
    rows = list(held.competencies.order_by("position", "id"))
    if _one_place(rows, competency.pk, up=up):
        for position, each in enumerate(rows):
            each.position = position
        Competency.objects.bulk_update(rows, ["position"])
        append_audit(
            "appraisal.move_competency", about=held, by=by, at=at, detail={"key": competency.key, "up": up}
        )
    return held


@transaction.atomic
def remove_competency(competency: Competency, *, by: Account, at: dt.datetime) -> Framework:
    held = hold_draft(competency.framework)
    held.competencies.filter(pk=competency.pk).delete()
    append_audit("appraisal.remove_competency", about=held, by=by, at=at, detail={"key": competency.key})
    return held


@transaction.atomic
def put_mark(
    framework: Framework, *, by: Account, at: dt.datetime, mark: Mark | None = None, **words: Any
) -> Mark:
    """A better one above those there are, or this one in other words."""
    held = hold_draft(framework)
    if mark is None:
        last = held.marks.aggregate(last=Max("place"))["last"]
        key = free_key(words["name"], set(held.marks.values_list("key", flat=True)), "mark")
        mark = Mark.objects.create(framework=held, key=key, place=0 if last is None else last + 1, **words)
    else:
        held.marks.filter(pk=mark.pk).update(**words)
    append_audit("appraisal.put_mark", about=held, by=by, at=at, detail={"key": mark.key})
    return mark


@transaction.atomic
def move_mark(mark: Mark, *, up: bool, by: Account, at: dt.datetime) -> Framework:
    """Up the page is down the scale: it is listed from the least mark on."""
    held = hold_draft(mark.framework)
    rows = list(held.marks.order_by("place"))
    if _one_place(rows, mark.pk, up=up):
        for place, each in enumerate(rows):
            each.place = place
        Mark.objects.bulk_update(rows, ["place"])
        append_audit("appraisal.move_mark", about=held, by=by, at=at, detail={"key": mark.key, "up": up})
    return held


@transaction.atomic
def remove_mark(mark: Mark, *, by: Account, at: dt.datetime) -> Framework:
    held = hold_draft(mark.framework)
    held.marks.filter(pk=mark.pk).delete()
    append_audit("appraisal.remove_mark", about=held, by=by, at=at, detail={"key": mark.key})
    return held


@transaction.atomic
def finish_framework(framework: Framework, *, by: Account, at: dt.datetime) -> Framework:
    """Ready: cycles planned from now on may use it, and it never changes again. Cycles there are keep
    theirs."""
    held = hold_draft(framework)
    if not held.competencies.exists() or held.marks.count() < MARKS_AT_LEAST:
        raise refusals.FrameworkIncomplete
    Framework.objects.filter(pk=held.pk).update(
        is_draft=False, is_unconfirmed=False, added_at=at, digest=_digest(held)
    )
    append_audit("appraisal.finish_framework", about=held, by=by, at=at)
    held.refresh_from_db()
    return held


def _digest(framework: Framework) -> str:
    competencies = list(framework.competencies.order_by("position", "id").values(*COMPETENCY))
    levels = list(
        Descriptor.objects.filter(competency__framework=framework)
        .order_by("competency__position", "level").values("competency__key", "level", "text", "text_cy")
    )  # fmt: skip
    marks = list(framework.marks.order_by("place").values(*MARK))
    said = [framework.name, framework.name_cy, competencies, levels, marks]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


@transaction.atomic
def discard_framework(framework: Framework, *, by: Account, at: dt.datetime) -> None:
    """A draft is thrown away; nothing has used it."""
    held = hold_draft(framework)
    append_audit(
        "appraisal.discard_framework", about=held, by=by, at=at,
        detail={"key": held.key, "version": held.version},
    )  # fmt: skip
    held.delete()
