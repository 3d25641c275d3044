"""Matters that overlap, such as a grievance raised while somebody is disciplined, are linked with why."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from moothall.cases.rules.refusals import need_reason
from moothall.conduct.models import Matter, MatterLink
from moothall.people.models import Account

from .holding import hold, write
from .refusals import LinkedAlready


@transaction.atomic
def link_matters(
    matter: Matter, *, other: Matter, because: str, by: Account | None, at: dt.datetime
) -> MatterLink:
    """By somebody named on both; each shows it to whoever may see the other."""
    for each in sorted((matter, other), key=lambda one: one.pk):
        hold(each, by=by, once_closed=each.pk == other.pk)
    need_reason(because)
    both = Q(matter=matter, other=other) | Q(matter=other, other=matter)
    if matter.pk == other.pk or MatterLink.objects.filter(both, ended_at=None).exists():
        raise LinkedAlready
    link = MatterLink.objects.create(
        matter=matter, other=other, because=because.strip(), added_by=by, added_at=at
    )
    for each in (matter, other):
        write("link", each, by=by, at=at, link=link.pk)
    return link


@transaction.atomic
def end_link(link: MatterLink, *, by: Account, at: dt.datetime) -> MatterLink:
    hold(link.matter, by=by, once_closed=True)
    MatterLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at)
    write("end_link", link.matter, by=by, at=at, link=link.pk)
    return link


def linked_to(matter: Matter, *, by: Account) -> list[tuple[MatterLink, Matter]]:
    """The other matters, of those this account is named on too."""
    links = MatterLink.objects.filter(Q(matter=matter) | Q(other=matter), ended_at=None).order_by("id")
    found = {each.other_id if each.matter_id == matter.pk else each.matter_id: each for each in links}
    if not found:
        return []
    seen = Matter.objects.visible_to(by).filter(pk__in=list(found)).select_related("case", "kind")
    return [(found[each.pk], each) for each in seen.order_by("-began_on", "-id")]
