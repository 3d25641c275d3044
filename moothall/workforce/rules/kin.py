"""Whom to tell in an emergency; kept by the person themselves, or by whoever keeps private records."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import Employment, NextOfKin

from .assigning import hold


class NoNumber(Refusal):
    sentence = _("A name and a telephone number are needed.")


@transaction.atomic
def add_next_of_kin(
    employment: Employment,
    *,
    name: str,
    phone: str,
    by: Account,
    at: dt.datetime,
    relation: str = "",
    other_phone: str = "",
    language: str = "",
) -> NextOfKin:
    """Tell this person as well, after those who are there already."""
    if not (name.strip() and phone.strip()):
        raise NoNumber
    held = hold(employment)
    kin = NextOfKin.objects.create(
        employment=held, name=name.strip()[:160], relation=relation.strip()[:80], phone=phone.strip()[:40],
        other_phone=other_phone.strip()[:40], language=language, added_at=at, added_by=by,
        order=held.next_of_kin.standing().count() + 1,
    )  # fmt: skip
    append_audit("workforce.add_kin", about=held, by=by, at=at, detail={"kin": kin.pk})
    return kin


@transaction.atomic
def end_next_of_kin(kin: NextOfKin, *, by: Account, at: dt.datetime) -> None:
    """This person is told no longer."""
    held = hold(kin.employment)
    if NextOfKin.objects.filter(pk=kin.pk, ended_at=None).update(ended_at=at):
        append_audit("workforce.end_kin", about=held, by=by, at=at, detail={"kin": kin.pk})


@transaction.atomic
def restore_next_of_kin(kin: NextOfKin, *, by: Account, at: dt.datetime) -> None:
    held = hold(kin.employment)
    if NextOfKin.objects.filter(pk=kin.pk, ended_at__isnull=False).update(ended_at=None):
        append_audit("workforce.restore_kin", about=held, by=by, at=at, detail={"kin": kin.pk})
