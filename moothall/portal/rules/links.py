"""Links to the page of a case: made, sent again, ended."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.http import Http404

from moothall.cases.models import Case
from moothall.core.serving import for_the_office
from moothall.core.signed_links import absolute, new_token, sign, unsign
from moothall.people.models import Person
from moothall.portal.models import FollowLink
from moothall.portal.models.kinds import FOLLOW
from moothall.records.rules.audit import append_audit

from .refusals import LinkEnded

LINK_LASTS: Final = dt.timedelta(days=90)


@transaction.atomic
def make_link(case: Case, *, person: Person | None, sent_to: str, at: dt.datetime) -> FollowLink:
    """A new link; the earlier ones to the same address end, so that only the newest opens the page."""
    FollowLink.objects.in_force(at).filter(case=case, sent_to=sent_to).update(revoked_at=at)
    link = FollowLink.objects.create(
        token=new_token(), case=case, person=person, sent_to=sent_to, made_at=at, expires_at=at + LINK_LASTS
    )
    append_audit("portal.link", about=case, by=None, at=at, detail={"link": link.pk})
    return link


def address_of(link: FollowLink) -> str:
    return absolute("progress", sign(link.token, FOLLOW))


@for_the_office()
def link_behind(signed: str, *, at: dt.datetime) -> FollowLink:
    """The link somebody followed, with its case; one never made is not found, one that is over says so."""
    rows = FollowLink.objects.select_related(
        "case__service", "case__team", "case__version", "case__requester"
    )
    link = rows.filter(token=unsign(signed, FOLLOW)).first()
    if link is None:
        raise Http404
    if link.revoked_at is not None or link.expires_at <= at:
        raise LinkEnded
    return link
