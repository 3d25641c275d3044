"""How a page finds its case and does one thing to it: here, and on the floors above."""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from moothall.core import fields
from moothall.core.clock import now
from moothall.core.parts import is_part, render_page_or_part
from moothall.core.refusals import Refusal, Words
from moothall.core.way_back import way_back
from moothall.people.models import Account, Draft
from moothall.people.requests import StaffRequest
from moothall.people.rules.drafts import discard_draft

from .models import Case, CaseLink, Entry, Service
from .models.often_asked import cases_called, links_of
from .models.worklists import sight_of
from .panels import care_before_contact
from .rules.access import may_read
from .rules.acting import may_act
from .rules.changing import ChangedMeanwhile
from .rules.reading import PAGE, note_read

WRITING_LATELY = dt.timedelta(minutes=10)
CaseView = Callable[..., HttpResponseBase]


def find_case(request: StaffRequest, reference: str) -> Case:
    """The case of this reference, if it exists for this person."""
    sight = sight_of(request.user)
    if sight is None:
        raise Http404
    found = cases_called(reference=reference.upper(), account=sight.account, teams=sight.teams)
    if not found:
        raise Http404
    return found[0]


def linked_to(case: Case, account: Account) -> list[tuple[CaseLink, Case]]:
    """Linked cases this account may see, from both sides."""
    links = links_of(case=case.pk)
    found = [(link, link.other_id if link.case_id == case.pk else link.case_id) for link in links]
    if not found:
        return []
    visible = Case.objects.visible_to(account).in_bulk([other for _link, other in found])
    return [(link, visible[other]) for link, other in found if other in visible]


def may_act_here(request: StaffRequest, case: Case) -> bool:
    """Whether the permission of this route holds for this very case, not only for those of another team."""
    match = request.resolver_match
    return match is not None and may_act(case, request.user, match.func.door)  # type: ignore[attr-defined]


def with_case(view: CaseView) -> CaseView:
    """Give the view its case. A sealed one first asks for a reason; who reads one of few is written down."""

    @functools.wraps(view)
    def found(request: StaffRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        case = find_case(request, reference)
        if not may_act_here(request, case):
            raise PermissionDenied
        if not may_read(case, request.user, at=now()):
            return redirect("ask_to_read", reference=case.reference)
        if request.method == "GET":
            note_read(case, by=request.user, at=now(), what=PAGE)
        return view(request, case, *args, **kwargs)

    return found


def done(request: StaffRequest, case: Case, words: Words, entry: Entry | str | None = None) -> HttpResponse:
    """Back to the case, or to the page that brought itself along as `back`, saying what was done, with a way
    to undo it: that of an entry, or an address."""
    undo = reverse("undo_change", args=[entry.pk]) if isinstance(entry, Entry) else entry or ""
    messages.success(request, str(words), extra_tags=undo)
    address = way_back(request, request.POST.get("back", ""), case_address(case))
    if is_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def case_address(case: Case) -> str:
    return _address_of(case.reference)


@functools.lru_cache(maxsize=8192)
def _address_of(reference: str) -> str:
    return reverse("case_page", args=[reference])


def act(
    request: StaffRequest,
    case: Case,
    form: fields.Form,
    *,
    title: Words,
    button: Words,
    rule: Callable[[dict[str, Any]], Entry | str | None],
    words: Words,
    warning: bool = False,
    contact: bool = False,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; once it is sent and right, do the thing and go back. A refusal keeps what was typed.
    Where it is `contact` with somebody, what has to be known before stands above it."""
    changed: list[Entry] = []
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():  # what was done before a refusal, such as keeping a file, is undone
                entry = rule(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, ChangedMeanwhile):
                changed = _catch_up(case, form)
        else:
            discard_draft(request.user, key=draft_key(request))
            return done(request, case, words, entry)
    context = {
        "case": case, "form": form, "title": title, "button": button, "warning": warning,
        "changed": changed, "draft_key": draft_key(request), **_drafts(request, form),
        "care": care_before_contact(request.user, case) if contact else (),
        "back": way_back(request, request.POST.get("back") or request.GET.get("back", ""), ""),
    }  # fmt: skip
    return render_page_or_part(
        request,
        "cases/action.html",
        "cases/parts/action_form.html",
        context | (extra or {}),
        status=422 if form.errors else 200,
    )


def _catch_up(case: Case, form: fields.Form) -> list[Entry]:
    """What others did since the form was shown; sent again, it counts as seen."""
    before = form.cleaned_data.get("edition") or 0
    case.refresh_from_db()
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["edition"] = str(case.edition)  # type: ignore[index]
    return list(case.entries.timeline()[: max(case.edition - before, 1)])


def _drafts(request: StaffRequest, form: fields.Form) -> dict[str, Any]:
    """One's own draft, put back into a form not yet sent, and who else is writing on the same page."""
    key = draft_key(request)
    lately = now() - WRITING_LATELY
    drafts = list(Draft.objects.filter(key=key).select_related("account").order_by("id"))
    mine = next((draft for draft in drafts if draft.account_id == request.user.pk), None)
    if mine is not None and not form.is_bound and {*request.GET} <= {"back"}:
        form.initial.update({name: value for name, value in mine.fields.items() if name in form.fields})
    others = [d.account.name for d in drafts if d.account_id != request.user.pk and d.saved_at > lately]
    return {"draft": mine, "others": others}


def draft_key(request: StaffRequest) -> str:
    """Drafts are kept under the path they are typed on."""
    return request.path[:120]


def bound(request: StaffRequest, form: type[fields.Form], **kwargs: Any) -> fields.Form:
    """The form, filled with what was sent, if anything was."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return form(*sent, **kwargs)


def services_in_use() -> dict[str, Service]:
    """By their key in a form, with the team that deals with each."""
    rows = Service.objects.filter(retired_at=None).select_related("team")
    return {str(each.pk): each for each in rows}


def services_by_team(rows: Iterable[Service]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is offered to choose a service from: under the team that deals with it."""
    language = get_language() or "en"
    teams: dict[str, list[tuple[str, str]]] = {}
    for each in rows:
        teams.setdefault(each.team.name_in(language), []).append((str(each.pk), each.name_in(language)))
    return [(team, sorted(found, key=_by_words)) for team, found in sorted(teams.items())]


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


def named(rows: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(key, name) of services, teams and the like, in the language of the page."""
    welsh = get_language() == "cy"
    return [(key, (each.name_cy if welsh else "") or each.name) for key, each in rows.items()]
