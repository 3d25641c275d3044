"""What people can do: said by themselves, their manager or the desk; confirmed by another."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moothall.core.refusals import Refusal
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit
from moothall.workforce.models import EmployeeSkill, Employment, Skill

from .assigning import hold


class SkillThere(Refusal):
    sentence = _("This skill is on the record already, at this level.")
    next_step = _("Choose another skill, or another level.")


class NotYourOwn(Refusal):
    sentence = _("Nobody confirms their own skills.")
    next_step = _("Ask your manager, or whoever keeps staff records.")


class SettledAlready(Refusal):
    sentence = _("Somebody has confirmed or ended it since.")
    next_step = _("Look at the record again.")


@transaction.atomic
def add_skill(
    employment: Employment, *, skill: Skill, level: int, by: Account, at: dt.datetime,
    since: dt.date | None = None,
) -> EmployeeSkill:  # fmt: skip
    """They have it, so well and since then; another level takes the place of the one before, and is to be
    confirmed anew. What somebody else than themselves writes down is confirmed by that."""
    held = hold(employment)
    before = EmployeeSkill.objects.filter(employment=held, skill=skill, ended_at=None).first()
    if before is not None and before.level == level:
        raise SkillThere
    if before is not None:
        EmployeeSkill.objects.filter(pk=before.pk).update(ended_at=at, ended_by=by)
    own = by.person_id is not None and by.person_id == held.person_id
    made = EmployeeSkill.objects.create(
        employment=held, skill=skill, level=level, since=since or (before.since if before else None),
        added_at=at, added_by=by, confirmed_at=None if own else at, confirmed_by=None if own else by,
    )  # fmt: skip
    detail = {"skill": skill.key, "level": level}
    append_audit("workforce.add_skill", about=held, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def confirm_skill(held: EmployeeSkill, *, by: Account, at: dt.datetime) -> EmployeeSkill:
    """Somebody else says that it is so."""
    if by.person_id is not None and by.person_id == held.employment.person_id:
        raise NotYourOwn
    rows = EmployeeSkill.objects.filter(pk=held.pk, confirmed_at=None, ended_at=None)
    if not rows.update(confirmed_at=at, confirmed_by=by):
        raise SettledAlready
    detail = {"skill": held.skill.key, "level": held.level}
    append_audit("workforce.confirm_skill", about=held.employment, by=by, at=at, detail=detail)
    return held


@transaction.atomic
def end_skill(held: EmployeeSkill, *, by: Account, at: dt.datetime) -> EmployeeSkill:
    """They have it no longer, or never had."""
    if not EmployeeSkill.objects.filter(pk=held.pk, ended_at=None).update(ended_at=at, ended_by=by):
        raise SettledAlready
    append_audit("workforce.end_skill", about=held.employment, by=by, at=at, detail={"skill": held.skill.key})
    return held


@transaction.atomic
def restore_skill(held: EmployeeSkill, *, by: Account, at: dt.datetime) -> EmployeeSkill:
    """They have it after all."""
    employment = hold(held.employment)
    there = EmployeeSkill.objects.filter(employment=employment, skill=held.skill_id, ended_at=None).exists()
    rows = EmployeeSkill.objects.filter(pk=held.pk, ended_at__isnull=False)
    if there or not rows.update(ended_at=None, ended_by=None):
        raise SettledAlready
    append_audit("workforce.restore_skill", about=employment, by=by, at=at, detail={"skill": held.skill.key})
    return held
