"""Whose absence somebody may record or look at, and how they find them."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.absence.models import Episode
from moothall.absence.rules.sight import Sight, sight_of
from moothall.core.clock import today
from moothall.core.fields import LookupField, Option
from moothall.people.models import Account, Person
from moothall.people.requests import StaffRequest
from moothall.workforce.finding import said_title
from moothall.workforce.models import Assignment, Employment

MOST = 8
NAMED = 300  # of those whose name fits, so many are looked among


def employees_of(account: Account) -> QuerySet[Employment]:
    """Whose absence this account records: everybody of its teams or of the office, and its own people; never
    its own."""
    day, standing = today(), account.standing()
    others = Employment.objects.exclude(pk__in=Employment.objects.of_account(account).values("pk"))
    if standing.everywhere_for("absence.record"):
        return others
    there = Assignment.objects.in_force(day).filter(employment=OuterRef("pk"))
    mine = Q(pk__in=Employment.objects.managed_by(account, on=day).order_by().values("pk"))
    if teams := standing.teams_for("absence.record"):
        mine |= Q(Exists(there.filter(post__team_id__in=teams)))
    return others.filter(mine)


def look_up_employees(account: Account, words: str) -> list[Employment]:
    """Those whose number begins so, else those whose name has these words; who works here now comes first."""
    words = " ".join(words.replace("\0", "").split())[:80]
    if len(words) < 2:
        return []
    rows = Employment.objects.with_assignment(today()).filter(pk__in=employees_of(account).values("pk"))
    found: list[Employment] = []
    if any(letter.isdigit() for letter in words):
        found = list(rows.filter(number__istartswith=words).order_by("number")[:MOST])
    if not found:
        named = list(Person.objects.current().named_like(words).values_list("pk", flat=True)[:NAMED])
        found = list(rows.filter(person__in=named).order_by("ended_on", "person__full_name", "pk")[:MOST])
        found.sort(key=lambda each: each.ended_on is not None)
    return found


def describe_employee(employment: Employment) -> Option:
    main = employment.main
    parts = [employment.number]
    if main is not None:
        language = get_language() or "en"
        parts += [said_title(main.post, language), main.unit.name_in(language)]
    if employment.ended_on is not None:
        parts.append(_("left"))
    return Option(employment.number, employment.person.full_name, " · ".join(parts))


def connect_employee_lookup(field: LookupField, *, by: Account, url: str) -> None:
    """Let a look-up field find those whose absence this account records."""

    def fetch(number: str) -> Employment | None:
        rows = Employment.objects.with_assignment(today())
        return rows.filter(number=number[:20], pk__in=employees_of(by).values("pk")).first()

    field.connect(
        fetch=fetch, search=lambda words: look_up_employees(by, words), describe=describe_employee, url=url
    )


def find_episode(request: StaffRequest, number: int) -> tuple[Episode, Sight]:
    """The absence of this number and as whom it is looked at, if it exists for this account."""
    rows = Episode.objects.visible_to(request.user, on=today()).shown()
    episode = rows.select_related("reported_by").filter(pk=number).first()
    if episode is None:
        raise Http404
    return episode, sight_of(request.user, episode.employment, on=today())


def find_to_record(request: StaffRequest, number: int) -> tuple[Episode, Sight]:
    """The same, for whoever may change it: the desk and the manager of today."""
    episode, sight = find_episode(request, number)
    if not sight.may_record:
        raise PermissionDenied
    return episode, sight
