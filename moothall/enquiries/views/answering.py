"""Replying to a case, signposting it, and splitting a message that asks two things."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from moothall.cases.models import Case, Entry
from moothall.cases.rules.corresponding import words_named
from moothall.cases.rules.definition import definition_of
from moothall.cases.visiting import act, bound, with_case
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.enquiries.forms import ReplyForm, SignpostForm, SplitForm
from moothall.enquiries.rules import contacts, replying
from moothall.enquiries.rules.templates import offered_texts, signpost_text, with_article, with_words
from moothall.people.requests import StaffRequest
from moothall.records.rules.documents import keep_document


@needs("letters.write")
@with_case
def reply(request: StaffRequest, case: Case) -> HttpResponse:
    to = replying.recipient_of(case)
    language = request.GET.get("language") or replying.language_for(case)
    chosen = request.GET.get("template", "")
    subject, text = offered_texts(case, chosen, language=language, sender=request.user)
    article = request.GET.get("article", "")[:80]
    text = with_article(text, article, language=language)
    named = words_named(request.GET.get("words", "")[:80], account=request.user, case=case, language=language)
    text = with_words(text, named)
    initial = {
        "to_address": to.address if to else "", "subject": subject, "text": text, "language": language,
        "template": chosen, "then": "PERSON", "article": article,
    }  # fmt: skip
    form = bound(request, ReplyForm, initial=initial, usual=definition_of(case.version).letters)

    def send(data: dict[str, Any]) -> Entry | None:
        at = now()
        documents = [keep_document(f, name=f.name, by=request.user, at=at) for f in data["attachments"]]
        return replying.reply_and_then(case, data, documents=documents, by=request.user, at=at)

    return act(
        request, case, form, title=_("Reply"), button=_("Send"),
        words=_("Your reply leaves in 15 seconds."), rule=send,
        extra={"fields_template": "enquiries/parts/reply_fields.html", "last": _last_message(case)},
        contact=True,
    )  # fmt: skip


def _last_message(case: Case) -> Entry | None:
    """What is being answered, shown beside the answer."""
    return (
        case.entries.filter(kind__in=[Entry.MAIL_IN, Entry.CALL, Entry.COUNTER])
        .order_by("-at", "-id")
        .first()
    )


@needs("letters.write")
@with_case
def signpost(request: StaffRequest, case: Case) -> HttpResponse:
    chosen = request.GET.get("signpost", "")
    initial = {"text": signpost_text(case, chosen, sender=request.user), "signpost": chosen}
    return act(
        request, case, bound(request, SignpostForm, initial=initial),
        title=_("Signpost"), button=_("Send and close"), words=_("Signposted, and counted as such."),
        rule=lambda data: contacts.signpost_case(
            case, signpost=data["signpost"], text=data["text"], by=request.user, at=now()
        ),
        extra={"fields_template": "enquiries/parts/signpost_fields.html", "last": _last_message(case)},
        contact=True,
    )  # fmt: skip


@needs("cases.work")
@with_case
def split(request: StaffRequest, case: Case, entry_id: int) -> HttpResponse:
    entry = case.entries.filter(pk=entry_id).first()
    if entry is None:
        raise Http404

    def open_second(data: dict[str, Any]) -> None:
        contacts.split_contact(
            case, entry=entry, service=data["service"], title=data["title"], by=request.user, at=now()
        )

    initial = {"title": entry.subject, "service": str(case.service_id)}
    return act(
        request, case, bound(request, SplitForm, initial=initial),
        title=_("Split into a second case"), button=_("Open the second case"),
        words=_("The second case is open, with a copy of the message."), rule=open_second,
        extra={"last": entry},
    )  # fmt: skip
