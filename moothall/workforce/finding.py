"""Finding staff from any page: the lines of a look-up, the jump box, and look-up fields of forms."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from moothall.core.clock import today
from moothall.core.fields import LookupField, Option
from moothall.people.models import Account, Organisation, Person, Place, Post

from .models import Assignment, Employment
from .models.employment import EmploymentQuerySet

ENOUGH = 8
NAMED = 300  # of those whose name fits, so many are looked among
IN_JUMP_BOX = 4
IN_A_LIST = 5_000  # of one name or number; no office has more staff of one name


def look_up_staff(words: str, *, by: Account, limit: int = ENOUGH) -> list[Employment]:
    """Those who work here, or will, whose name or number fits, and whom this account may see."""
    shown = Employment.objects.visible_to(by)
    return list(_fitting(shown, words)[:limit])


def look_up_managers(words: str, *, by: Account) -> list[Employment]:
    """Anybody who works here may be somebody's manager: their name and post are no secret to the desk."""
    return list(_fitting(Employment.objects.all(), words)[:ENOUGH]) if by.may("workforce.edit") else []


def _fitting(shown: EmploymentQuerySet, words: str) -> EmploymentQuerySet:
    day, words = today(), " ".join(words.split())[:120]
    if not words:
        return shown.none()
    named = list(Person.objects.current().named_like(words).values_list("pk", flat=True)[:NAMED])
    numbered = Q(number__begins=words) | Q(number__begins=words.upper())
    found = shown.not_over(day).filter(numbered | Q(person__in=named))
    return found.with_assignment(day).order_by("person__folded_name", "id")


def people_fitting(words: str) -> list[int]:
    """Persons whose name has words that begin so, whatever the accents: found by the index of names."""
    return list(Person.objects.named_like(words).values_list("pk", flat=True)[:IN_A_LIST])


def employments_fitting(words: str) -> list[int]:
    """Employments of those whose name fits, and those whose number begins so, each found by its index."""
    of_people = Employment.objects.filter(person__in=people_fitting(words)).order_by()
    found = list(of_people.values_list("pk", flat=True))
    if any(each.isdigit() for each in words):
        numbered = Employment.objects.filter(number__begins=" ".join(words.split()).upper()).order_by()
        found += numbered.values_list("pk", flat=True)[:IN_A_LIST]
    return found


def of_staff_fitting(rows: Any, words: str) -> Any:
    """For the search of a list: those rows whose `employment` fits by name or number."""
    return rows.filter(employment__in=employments_fitting(words))


def describe_employment(employment: Employment) -> Option:
    """The name, and what tells this one from another of the same name."""
    main, language = employment.main, get_language() or "en"
    parts = [employment.number]
    if main:
        parts += [said_title(main.post, language), main.unit.name_in(language)]
    return Option(str(employment.pk), employment.person.full_name, " · ".join(parts))


def said_title(post: Post, language: str) -> str:
    return (post.title_cy if language == "cy" else "") or post.title


def connect_employment_lookup(field: LookupField, *, by: Account, for_managers: bool = False) -> None:
    """Let a look-up field of a form find staff this account may see, or anybody as a manager."""

    def fetch(key: str) -> Employment | None:
        shown = Employment.objects.all() if for_managers else Employment.objects.visible_to(by)
        if not key.isdigit() or len(key) > 18:
            return None
        return shown.with_assignment(today()).filter(pk=key).first()

    search = look_up_managers if for_managers else look_up_staff
    address = reverse("manager_lookup" if for_managers else "employment_lookup")
    field.connect(
        fetch=fetch, search=lambda words: search(words, by=by), describe=describe_employment, url=address
    )


def look_up_posts(words: str) -> list[Post]:
    words = " ".join(words.split())[:120]
    fit = Q(number__istartswith=words) | Q(title__icontains=words) | Q(title_cy__icontains=words)
    return list(Post.objects.filter(fit).order_by("number", "id")[:ENOUGH]) if words else []


def describe_post(post: Post) -> Option:
    return Option(str(post.pk), said_title(post, get_language() or "en"), post.number)


def connect_post_lookup(field: LookupField) -> None:
    field.connect(
        fetch=lambda key: Post.objects.filter(pk=key).first() if key.isdigit() and len(key) < 18 else None,
        search=look_up_posts, describe=describe_post, url=reverse("post_lookup"),
    )  # fmt: skip


def held_in_team(account: Account) -> QuerySet[Assignment]:
    """What the people one manages today are assigned to."""
    day = today()
    mine = Employment.objects.managed_by(account, on=day).order_by().values("pk")
    return Assignment.objects.in_force(day).filter(employment__in=mine, is_main=True).order_by()


def places_of_team(request: Any) -> list[tuple[str, str]]:
    """Where one's people work from, to choose from: depots, offices."""
    rows = Place.objects.filter(pk__in=held_in_team(request.user).values("place")).order_by("name", "id")
    return [(str(each.pk), each.name_in(get_language() or "en")) for each in rows]


def posts_of_team(request: Any) -> list[tuple[str, str]]:
    rows = Post.objects.filter(pk__in=held_in_team(request.user).values("post")).order_by("title", "number")
    return [(str(each.pk), said_title(each, get_language() or "en")) for each in rows]


def assigned_today(rows: Any, field: str, chosen: Sequence[str]) -> Any:
    """Of these employments those assigned today to one of what was chosen of a list."""
    ids = [int(each) for each in chosen if each.isdigit() and len(each) < 18]
    there = Assignment.objects.in_force(today()).filter(employment=OuterRef("pk"), is_main=True)
    return rows.filter(Exists(there.filter(**{f"{field}__in": ids})))


def connect_unit_lookup(field: LookupField) -> None:
    field.connect(
        fetch=lambda key: (
            Organisation.objects.filter(pk=key).first() if key.isdigit() and len(key) < 18 else None
        ),
        search=lambda words: list(Organisation.objects.named_like(words)[:ENOUGH]),
        url=reverse("organisation_lookup"),
    )


def find_in_jump_box(request: HttpRequest, words: str) -> Sequence[Option]:
    account = request.user
    if not isinstance(account, Account) or not account.may("workforce.view"):
        return []
    found = look_up_staff(words, by=account, limit=IN_JUMP_BOX)
    return [
        describe_employment(each)._replace(href=reverse("staff_record", args=[each.number])) for each in found
    ]
