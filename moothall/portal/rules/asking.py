"""Filling in a form: begun, answered page by page, kept for a while, sent or thrown away."""

import datetime as dt
from collections.abc import Mapping
from typing import IO, Any, Final

from django.db import transaction

from moothall.cases.models import Service
from moothall.cases.rules.definition import definition_of
from moothall.cases.rules.opening import NoSuchService, current_version
from moothall.core.signed_links import new_token
from moothall.people.models import Account
from moothall.portal.models import Request, RequestFile
from moothall.records.rules.audit import append_audit
from moothall.records.rules.documents import keep_document

from . import pages
from .refusals import NoLongerKept, NotOffered, SentAlready, TooManyFiles

KEPT_FOR: Final = dt.timedelta(days=14)
MOST_FILES: Final = 10
LONGEST_RAW: Final = 20_000


def offered_to(service: Service, account: Account | None) -> bool:
    """Whether this person may ask for the service online."""
    try:
        audience = definition_of(current_version(service)).audience
    except NoSuchService:
        return False
    return audience == "public" or (audience == "staff" and account is not None)


@transaction.atomic
def begin_request(service: Service, *, account: Account | None, language: str, at: dt.datetime) -> Request:
    """Begin a form on the service as it is today; it goes on by that version, whatever changes meanwhile."""
    if not offered_to(service, account):
        raise NotOffered
    person = account.person if account is not None else None
    asked = Request.objects.create(
        token=new_token(), service=service, version=current_version(service),
        account=account if person is not None else None, language="cy" if language == "cy" else "en",
        name=person.full_name if person is not None else "",
        email=account.email if account is not None and person is not None else "",
        begun_at=at, changed_at=at, expires_at=at + KEPT_FOR,
    )  # fmt: skip
    append_audit("portal.begin", about=asked, by=account, at=at, detail={"service": service.key})
    return asked


def held(asked: Request, *, at: dt.datetime) -> Request:
    """The form, held until the transaction ends, if it can still be changed."""
    fresh: Request = Request.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if not fresh.is_draft:
        raise SentAlready
    if fresh.expires_at <= at:
        raise NoLongerKept
    return fresh


@transaction.atomic
def answer_page(
    asked: Request, *, page: str, typed: Mapping[str, Any], found: Mapping[str, Any], at: dt.datetime
) -> Request:
    """One page of the form: what was typed, and what it came to. An empty answer takes away an earlier."""
    fresh = held(asked, at=at)
    fresh.raw[page] = {name: str(value)[:LONGEST_RAW] for name, value in typed.items()}
    if page in pages.questions_of(fresh):
        kept = {name: value for name, value in fresh.answers.items() if name != page}
        fresh.answers = kept | {name: value for name, value in found.items() if name == page}
    elif page in pages.ABOUT_THEM:
        for name in ("name", "email", "phone"):
            setattr(fresh, name, str(found.get(name, getattr(fresh, name))))
    if page not in fresh.reached:
        fresh.reached.append(page)
    return _kept_on(fresh, at=at)


def _kept_on(fresh: Request, *, at: dt.datetime) -> Request:
    """Whoever goes on filling in has all the time again."""
    fresh.changed_at, fresh.expires_at = at, at + KEPT_FOR
    fresh.save(
        update_fields=["raw", "answers", "name", "email", "phone", "reached", "changed_at", "expires_at"]
    )
    return fresh


@transaction.atomic
def add_file(
    asked: Request, *, content: IO[bytes], name: str, declared_type: str, at: dt.datetime
) -> RequestFile:
    """Keep a file with the form, once it has passed every check."""
    fresh = held(asked, at=at)
    if fresh.files.filter(removed_at=None).count() >= MOST_FILES:
        raise TooManyFiles
    document = keep_document(content, name=name, by=fresh.account, at=at, declared_type=declared_type)
    file = RequestFile.objects.create(request=fresh, document=document, name=document.name, added_at=at)
    append_audit("portal.add_file", about=fresh, by=fresh.account, at=at, detail={"document": document.pk})
    return file


@transaction.atomic
def remove_file(asked: Request, *, file_id: int, at: dt.datetime) -> None:
    """Take a file off the form; one that is not there is no mistake."""
    fresh = held(asked, at=at)
    if fresh.files.filter(pk=file_id, removed_at=None).update(removed_at=at):
        append_audit("portal.remove_file", about=fresh, by=fresh.account, at=at, detail={"file": file_id})


@transaction.atomic
def drop_request(asked: Request, *, at: dt.datetime) -> None:
    """Throw the answers away, because whoever gave them asks for it."""
    _forget(held(asked, at=at), at=at)


def _forget(fresh: Request, *, at: dt.datetime) -> None:
    append_audit("portal.forget", about=fresh, by=fresh.account, at=at)
    fresh.delete()


@transaction.atomic
def forget_unsent(*, at: dt.datetime) -> int:
    """Forms that were begun and never sent are thrown away when their time is over; how many."""
    over = list(Request.objects.forgotten(at).select_for_update(skip_locked=True).order_by("id")[:1000])
    for asked in over:
        _forget(asked, at=at)
    return len(over)
