"""Likely duplicates side by side: merge, tell apart, undo."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.people.finding import LANGUAGE_NAMES
from moothall.people.models import Account, ContactPoint, LikelyDuplicate, Person, PersonMerge, PersonRole
from moothall.people.requests import StaffRequest
from moothall.people.rules import merging
from moothall.people.rules.likeness import REASONS, facts_of, likely_duplicates, score

from .acting import find_person
from .persons import describe_roles

SHOWN = 50


@needs("people.merge")
@require_GET
def duplicates(request: StaffRequest) -> HttpResponse:
    """What the night's search found, the likeliest first, and the latest merges to undo."""
    pairs = LikelyDuplicate.objects.open().select_related("one__organisation", "other__organisation")
    rows = [(pair, [REASONS[key] for key in pair.reasons if key in REASONS]) for pair in pairs[:SHOWN]]
    merges = PersonMerge.objects.standing().select_related("kept", "merged", "by")[:20]
    return render(request, "people/duplicates.html", {"rows": rows, "merges": merges})


@needs("people.merge")
@require_GET
def person_duplicates(request: StaffRequest, reference: str) -> HttpResponse:
    """Who may be the same as this person, looked for now."""
    person = find_person(request, reference)
    context = {"person": person, "found": likely_duplicates(person)}
    return render(request, "people/person_duplicates.html", context)


@needs("people.merge")
@require_GET
def compare(request: StaffRequest, reference: str, other_reference: str) -> HttpResponse:
    """Two records side by side; what differs is marked."""
    kept, other = find_person(request, reference), find_person(request, other_reference)
    if kept.pk == other.pk or kept.is_merged or other.is_merged:
        raise Http404
    facts = facts_of({kept.pk, other.pk})
    likeness, reasons = score(facts[kept.pk], facts[other.pk])
    left, right = _facts(kept, request.user), _facts(other, request.user)
    rows = [(word, left[word], right[word], _difference(left[word], right[word])) for word in left]
    context = {
        "kept": kept,
        "other": other,
        "rows": rows,
        "score": likeness,
        "reasons": [REASONS[key] for key in reasons],
    }
    return render(request, "people/compare.html", context)


@needs("people.merge")
@require_POST
def merge(request: StaffRequest, reference: str, other_reference: str) -> HttpResponse:
    """Merge the other record into this one."""
    kept, other = find_person(request, reference), find_person(request, other_reference)
    made = merging.merge_persons(kept, other, by=request.user, at=now())
    words = _("%(other)s is merged into %(kept)s.") % {"other": other.reference, "kept": kept.reference}
    messages.success(request, words, extra_tags=reverse("undo_merge", args=[made.pk]))
    return redirect("person_page", kept.reference)


@needs("people.merge")
@require_POST
def tell_apart(request: StaffRequest, reference: str, other_reference: str) -> HttpResponse:
    one, other = find_person(request, reference), find_person(request, other_reference)
    merging.tell_apart(one, other, by=request.user, at=now())
    messages.success(request, _("They are two persons, and are not suggested again."))
    return redirect("duplicates")


@needs("people.merge")
@require_POST
def undo_merge(request: StaffRequest, merge_id: int) -> HttpResponse:
    found = PersonMerge.objects.filter(pk=merge_id, kept__in=Person.objects.visible_to(request.user))
    made = found.order_by("pk").first()
    if made is None:
        raise Http404
    person = merging.unmerge(made, by=request.user, at=now())
    messages.success(request, _("The two records are apart again, each as it was."))
    return redirect("person_page", person.reference)


def _difference(left: str, right: str) -> str:
    if left and right:
        return _("same") if left == right else _("different")
    return _("only here") if left or right else ""


def _facts(person: Person, account: Account) -> dict[str, str]:
    """What is compared on the page, as this account may see it."""
    points = list(ContactPoint.objects.in_use().visible_to(account).filter(person=person).preferred_first())
    roles = PersonRole.objects.in_force(today()).filter(person=person).select_related("kind")
    found = {
        _("Name"): person.full_name,
        _("Known as"): person.known_as,
        _("Date of birth"): date_format(person.born_on, "j F Y") if person.born_on else "",
        _("Language"): LANGUAGE_NAMES.get(person.language, ""),
        _("Organisation"): str(person.organisation or ""),
        _("What they are"): describe_roles(list(roles)),
    }
    for kind, word in (("EMAIL", _("Email")), ("PHONE", _("Telephone")), ("POST", _("Address"))):
        found[word] = "\n".join(point.value for point in points if point.kind == kind)
    return found
