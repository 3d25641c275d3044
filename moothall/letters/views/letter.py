"""One letter: what it says, how it looks on paper, and what can be done with it."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now
from moothall.core.door import needs
from moothall.letters.forms import RefusalForm, SendAgainForm
from moothall.letters.models import Letter
from moothall.letters.rules import outbox
from moothall.letters.rules.composing import closing
from moothall.letters.rules.printing import print_letters
from moothall.people.requests import StaffRequest
from moothall.records.models import AuditEvent
from moothall.records.rules.documents import download_response
from moothall.records.rules.naming import names_of

from .visiting import done, letter_address, with_letter


@require_GET
@needs("letters.write")
@with_letter
def letter_page(request: StaffRequest, letter: Letter) -> HttpResponse:
    key = (letter.about_kind, letter.about_id)
    context = {
        "letter": letter,
        "named": names_of(request.user, [key])[key],
        "documents": letter.documents.order_by("pk"),
        "closing": closing(letter)[2:],
        "happened": AuditEvent.objects.about("letters.letter", letter.pk)[:50],
        "may_approve": request.user.may("letters.approve") and letter.written_by_id != request.user.pk,
        "may_settle": request.user.may("letters.outbox"),
        "refusal_form": RefusalForm(),
        "again_form": SendAgainForm(initial={"to_address": letter.to_address}),
    }
    return render(request, "letters/letter.html", context)


@require_GET
@needs("letters.write")
@with_letter
def letter_pdf(_request: StaffRequest, letter: Letter) -> HttpResponse:
    name = f"letter-{letter.pk}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(print_letters([letter]), content_type="application/pdf", headers=headers)


@require_GET
@needs("letters.write")
@with_letter
def letter_document(request: StaffRequest, letter: Letter, document_id: int) -> HttpResponseBase:
    document = letter.documents.filter(pk=document_id).first()
    if document is None:
        raise Http404
    return download_response(document, inline="show" in request.GET)


@require_POST
@needs("letters.write")
@with_letter
def letter_recall(request: StaffRequest, letter: Letter) -> HttpResponse:
    outbox.recall_letter(letter, by=request.user, at=now())
    return done(request, _("The letter was called back. It was not sent."), letter_address(letter))


@require_POST
@needs("letters.approve")
@with_letter
def letter_approval(request: StaffRequest, letter: Letter) -> HttpResponse:
    outbox.approve_letter(letter, by=request.user, at=now())
    return done(request, _("Approved. The letter leaves in a few seconds."), letter_address(letter))


@require_POST
@needs("letters.approve")
@with_letter
def letter_refusal(request: StaffRequest, letter: Letter) -> HttpResponse:
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return render(request, "letters/refuse.html", {"letter": letter, "form": form}, status=422)
    outbox.refuse_letter(letter, by=request.user, at=now(), reason=form.cleaned_data["reason"])
    return done(request, _("Not approved. The letter was not sent."), letter_address(letter))


@require_POST
@needs("letters.outbox")
@with_letter
def letter_settlement(request: StaffRequest, letter: Letter) -> HttpResponse:
    was_sent = request.POST.get("was_sent") == "yes"
    outbox.settle_maybe_sent(letter, was_sent=was_sent, by=request.user, at=now())
    words = _("Settled: it arrived.") if was_sent else _("The letter is sent again.")
    return done(request, words, letter_address(letter))


@require_POST
@needs("letters.outbox")
@with_letter
def letter_retry(request: StaffRequest, letter: Letter) -> HttpResponse:
    form = SendAgainForm(request.POST)
    if not form.is_valid():
        return render(request, "letters/send_again.html", {"letter": letter, "form": form}, status=422)
    outbox.send_again(letter, by=request.user, at=now(), to_address=form.cleaned_data["to_address"])
    return done(request, _("The letter is sent again."), letter_address(letter))


@require_POST
@needs("letters.outbox")
@with_letter
def letter_abandonment(request: StaffRequest, letter: Letter) -> HttpResponse:
    outbox.give_up_letter(letter, by=request.user, at=now())
    return done(request, _("Put aside. The letter is not sent."), letter_address(letter))
