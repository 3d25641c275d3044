"""About whom somebody may open a matter: the people of the teams they do this for, and their own people."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from moothall.people.models import Account, Person
from moothall.workforce.models import Assignment, Employment

MOST = 8
NAMED = 300  # of those whose name fits, so many are looked among


def employees_of(account: Account, *, on: dt.date) -> QuerySet[Employment]:
    """Never themself; everybody only where they do this for the whole office."""
    standing, others = account.standing(), Employment.objects.all()
    if account.person_id is not None:
        others = others.exclude(person=account.person_id)
    if standing.everywhere_for("conduct.work"):
        return others
    managed = list(Employment.objects.managed_by(account, on=on).values_list("pk", flat=True))
    mine = Q(pk__in=managed)
    if teams := standing.teams_for("conduct.work"):
        there = Assignment.objects.in_force(on).filter(employment=OuterRef("pk"), post__team_id__in=teams)
        mine |= Q(Exists(there))
    return others.filter(mine)


def look_up_employees(account: Account, words: str, *, on: dt.date) -> list[Employment]:
    """Those whose number begins so, else those whose name has these words."""
    words = " ".join(words.replace("\0", "").split())[:80]
    if len(words) < 2:
        return []
    rows = employees_of(account, on=on).select_related("person")
    found = list(rows.filter(number__istartswith=words).order_by("number")[:MOST])
    if not found:
        named = list(Person.objects.current().named_like(words).values_list("pk", flat=True)[:NAMED])
        found = list(rows.filter(person__in=named).order_by("person__full_name", "pk")[:MOST])
    return found


def look_up_colleagues(words: str) -> list[Account]:
    """Those who sign in and whose name has these words."""
    words = " ".join(words.replace("\0", "").split())[:80]
    rows = Account.objects.filter(is_active=True, name__icontains=words)
    return list(rows.order_by("name", "id")[:MOST]) if len(words) > 1 else []
