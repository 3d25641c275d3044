"""The editor of a template's two texts, with what they will read like, and the letterhead."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.parts import is_part, render_page_or_part
from moothall.core.refusals import Refusal
from moothall.letters.forms import LetterheadForm, TextsForm
from moothall.letters.models import Letterhead, LetterTemplate, LetterText
from moothall.letters.rules import templates
from moothall.letters.rules.fields import declared_fields
from moothall.letters.rules.letterheads import save_letterhead
from moothall.people.models import Draft
from moothall.people.requests import StaffRequest
from moothall.people.rules.drafts import discard_draft

from .templates import find_template
from .visiting import done

TEXTS = tuple(TextsForm.base_fields)


def draft_key(template: LetterTemplate) -> str:
    return f"template:{template.key}"


def initial_texts(text: LetterText | None, draft: Draft | None) -> dict[str, str]:
    """What stands in the boxes: what was being typed, else the latest version."""
    saved = {name: getattr(text, name) for name in TEXTS} if text else {}
    return saved | {name: str(draft.fields[name]) for name in TEXTS if draft and name in draft.fields}


def previews_of(typed: dict[str, Any]) -> list[dict[str, Any]]:
    """Each language filled with samples, or why it cannot be."""
    text = LetterText(**{name: typed.get(name) or "" for name in TEXTS})
    found: list[dict[str, Any]] = []
    for language, heading in (("en", _("In English")), ("cy", _("In Welsh"))):
        subject, body = getattr(text, f"subject_{language}"), getattr(text, f"body_{language}")
        if not (subject.strip() or body.strip()):
            continue
        try:
            templates.check_text(_("Subject"), subject)
            templates.check_text(_("Text"), body)
            merged = templates.preview_of(subject, body, language)
            found.append({"language": language, "heading": heading, "merged": merged})
        except Refusal as refusal:
            found.append({"language": language, "heading": heading, "refusal": refusal})
    return found


@needs("letters.templates")
def template_texts(request: StaffRequest, key: str) -> HttpResponse:
    """Both texts side by side; sent with `preview` they are shown, not saved."""
    template = find_template(key)
    latest = template.texts.select_related("saved_by").order_by("-version").first()
    draft = Draft.objects.filter(account=request.user, key=draft_key(template)).first()
    form = TextsForm(request.POST if request.method == "POST" else None, initial=initial_texts(latest, draft))
    if request.method == "POST" and "preview" in request.POST:
        return show(request, template, latest, form, dict(request.POST.items()), draft)
    if request.method == "POST" and form.is_valid():
        try:
            return save(request, template, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    typed = dict(request.POST.items()) if request.method == "POST" else dict(form.initial)
    return show(request, template, latest, form, typed, draft)


def save(request: StaffRequest, template: LetterTemplate, form: TextsForm) -> HttpResponse:
    began_with = request.POST.get("version", "0")
    text = templates.save_template_pair(
        template,
        **form.cleaned_data,
        by=request.user,
        at=now(),
        expected_version=int(began_with) if began_with.isdecimal() else 0,
    )
    discard_draft(request.user, key=draft_key(template))
    warnings = " ".join(str(warning) for warning in templates.warnings_about(text))
    words = _("Saved as version %(number)d.") % {"number": text.version}
    return done(request, f"{words} {warnings}".strip(), reverse("template_texts", args=[template.key]))


def show(
    request: StaffRequest,
    template: LetterTemplate,
    latest: LetterText | None,
    form: TextsForm,
    typed: dict[str, Any],
    draft: Draft | None,
) -> HttpResponse:
    began_with = request.POST.get("version") or str(latest.version if latest else 0)
    behind = latest is not None and form.is_bound and began_with != str(latest.version)
    context = {
        "template": template,
        "latest": latest,
        "form": form,
        "previews": previews_of(typed),
        "fields": declared_fields(),
        "draft": draft,
        "draft_key": draft_key(template),
        "theirs": latest if behind else None,
        "version": latest.version if latest else 0,
        "typed": typed,
    }
    failed = form.is_bound and "preview" not in request.POST
    if is_part(request):
        return render_page_or_part(
            request, "letters/template_texts.html", "letters/parts/previews.html", context
        )
    return render(request, "letters/template_texts.html", context, status=422 if failed else 200)


@needs("letters.templates")
def letterhead(request: StaffRequest) -> HttpResponse:
    """What stands on every letter written from now on."""
    head = Letterhead.objects.current()
    now_set = {name: getattr(head, name) for name in LetterheadForm.base_fields} if head else {}
    form = LetterheadForm(request.POST if request.method == "POST" else None, initial=now_set)
    if request.method == "POST" and form.is_valid():
        save_letterhead(**form.cleaned_data, by=request.user, at=now())
        return done(request, _("Saved. Letters written from now on carry this."), reverse("letterhead"))
    status = 422 if form.errors else 200
    return render(request, "letters/letterhead.html", {"form": form, "head": head}, status=status)
