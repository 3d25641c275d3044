"""Importing mail from files with progress, and the messages that could not be read."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.lists import Column, Empty, Listing, show_list
from moothall.core.parts import render_page_or_part
from moothall.core.refusals import Refusal
from moothall.enquiries.forms import ImportForm, SettleForm
from moothall.enquiries.models import Import, RawMessage
from moothall.enquiries.rules.importing import retry_quarantined
from moothall.enquiries.rules.keeping import BytesMissing, bytes_of
from moothall.enquiries.rules.settling import settle_quarantined
from moothall.enquiries.rules.uploading import take_upload
from moothall.people.requests import StaffRequest


@needs("enquiries.import")
def import_mail(request: StaffRequest) -> HttpResponse:
    user = request.user
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportForm(*sent, account=user)
    if form.is_valid():
        data = form.cleaned_data
        try:
            run = take_upload(
                data["file"], mailbox=data["mailbox"], answer=data["acknowledge"], by=user, at=now()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("import_progress", import_id=run.pk)
    runs = Import.objects.visible_to(user).select_related("mailbox", "started_by").order_by("-id")[:20]
    context = {"form": form, "runs": runs}
    return render(request, "enquiries/import_mail.html", context, status=422 if form.errors else 200)


@require_GET
@needs("enquiries.import")
def import_progress(request: StaffRequest, import_id: int) -> HttpResponse:
    run = Import.objects.visible_to(request.user).filter(pk=import_id).select_related("mailbox").first()
    if run is None:
        raise Http404
    context = {"run": run}
    return render_page_or_part(
        request, "enquiries/import_progress.html", "enquiries/parts/import_progress.html", context
    )


class Quarantine(Listing[RawMessage]):
    """Messages that could not be read: their bytes are kept, and each can be tried again."""

    key, title = "quarantine", gettext_lazy("Messages that could not be read")
    sort = "-kept"
    columns = (
        Column("kept", gettext_lazy("Came in"), sort="id", descending=True, value=lambda raw: raw.kept_at),
        Column("came_from", gettext_lazy("From")),
        Column("mailbox", gettext_lazy("Mailbox")),
        Column("size", gettext_lazy("Bytes"), numeric=True),
        Column("reason", gettext_lazy("Why")),
        Column("attempts", gettext_lazy("Tries"), numeric=True),
    )
    empty = Empty(gettext_lazy("Every message has been read"))

    def rows(self, request: StaffRequest) -> QuerySet[RawMessage]:
        return RawMessage.objects.visible_to(request.user).quarantined().select_related("mailbox")

    def address(self, raw: RawMessage) -> str:
        return reverse("quarantined", args=[raw.pk])


@needs("enquiries.quarantine")
def quarantine(request: StaffRequest) -> HttpResponse:
    return show_list(request, Quarantine())


def _find(request: StaffRequest, raw_id: int) -> RawMessage:
    raw = RawMessage.objects.visible_to(request.user).filter(pk=raw_id).select_related("mailbox").first()
    if raw is None or raw.state != RawMessage.QUARANTINED:
        raise Http404
    return raw


@require_GET
@needs("enquiries.quarantine")
def quarantined(request: StaffRequest, raw_id: int) -> HttpResponse:
    return _show(request, _find(request, raw_id), SettleForm())


def _show(request: StaffRequest, raw: RawMessage, form: SettleForm) -> HttpResponse:
    """The message as far as it can be shown: letters as they are, and a dot for every other byte."""
    try:
        start, missing = bytes_of(raw, most=4000).decode("latin-1"), ""
    except BytesMissing as refusal:
        start, missing = "", str(refusal)
    shown = "".join(
        each if each.isprintable() or each in "\n\t" else "·" for each in start.replace("\r\n", "\n")
    )
    context = {"raw": raw, "start": shown, "missing": missing, "form": form}
    return render(request, "enquiries/quarantined.html", context, status=422 if form.errors else 200)


@require_GET
@needs("enquiries.quarantine")
def quarantined_bytes(request: StaffRequest, raw_id: int) -> HttpResponse:
    raw = _find(request, raw_id)
    try:
        content = bytes_of(raw)
    except BytesMissing:
        raise Http404 from None
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = str(content_disposition_header(True, f"{raw.sha256[:12]}.eml"))
    return response


@require_POST
@needs("enquiries.quarantine")
def retry(request: StaffRequest, raw_id: int) -> HttpResponse:
    result = retry_quarantined(_find(request, raw_id), by=request.user, at=now())
    if result == "quarantined":
        messages.warning(request, _("It still cannot be read. Its bytes are kept."))
        return redirect("quarantined", raw_id=raw_id)
    messages.success(request, _("Read: it is on a case now."))
    return redirect("quarantine")


@require_POST
@needs("enquiries.quarantine")
def settle(request: StaffRequest, raw_id: int) -> HttpResponse:
    raw = _find(request, raw_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _show(request, raw, form)
    opens, words = form.cleaned_data["how"] == "CASE", form.cleaned_data["words"]
    case = settle_quarantined(raw, words=words, opens=opens, by=request.user, at=now())
    said = _("It is on case %s.") % case.reference if case else _("Put away. Its bytes are kept.")
    messages.success(request, said)
    return redirect("quarantine")
