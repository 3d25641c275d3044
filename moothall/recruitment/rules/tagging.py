"""Words of the desk's own on applications, to find them by."""

import datetime as dt

from django.db import IntegrityError, transaction

from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.recruitment.models import Application, Tag

from .bulk_refusals import NoTag, TaggedAlready

LONGEST = 40


def tidied(words: str) -> str:
    return " ".join(words.split())[:LONGEST]


def refuse_tagging(words: str, *, tagged: bool) -> None:
    if not tidied(words):
        raise NoTag
    if tagged:
        raise TaggedAlready


@transaction.atomic
def add_tag(application: Application, *, words: str, by: Account, at: dt.datetime) -> Tag:
    said = tidied(words)
    refuse_tagging(said, tagged=Tag.objects.standing().filter(application=application, words=said).exists())
    try:
        with transaction.atomic():
            made = Tag.objects.create(application=application, words=said, added_at=at, added_by=by)
    except IntegrityError as twice:
        raise TaggedAlready from twice
    append_audit("recruitment.tag", about=application, by=by, at=at, detail={"words": said})
    return made


@transaction.atomic
def remove_tag(tag: Tag, *, by: Account, at: dt.datetime) -> bool:
    """Taken off twice is taken off."""
    gone = Tag.objects.standing().filter(pk=tag.pk).update(removed_at=at, removed_by=by)
    if gone:
        append_audit("recruitment.untag", about=tag.application, by=by, at=at, detail={"words": tag.words})
    return bool(gone)


@transaction.atomic
def put_tag_back(tag: Tag, *, by: Account, at: dt.datetime) -> Tag:
    """Taken off by mistake."""
    return add_tag(tag.application, words=tag.words, by=by, at=at)
