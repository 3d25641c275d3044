"""Logging a call or a visitor, and the contacts counted so far."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.core.lists import ChoiceFilter, Column, DateFilter, Link, Listing, TextFilter, show_list
from moothall.core.parts import render_page_or_part
from moothall.core.refusals import Refusal
from moothall.enquiries.forms import ContactForm, team_of
from moothall.enquiries.models import Contact
from moothall.enquiries.models.contact import CHANNELS
from moothall.enquiries.rules.contacts import log_contact_with_person
from moothall.people.before_contact import Care, care_for, cautions_for
from moothall.people.requests import StaffRequest
from moothall.people.rules.drafts import discard_draft


class ContactList(Listing[Contact]):
    """Everybody who got in touch, whether or not it became a case."""

    key, title = "contacts", gettext_lazy("Contacts")
    sort = "-received"
    columns = (
        Column("subject", gettext_lazy("About")),
        Column("received", gettext_lazy("Received"), sort="received_at", descending=True,
               value=lambda contact: contact.received_at),
        Column("person", gettext_lazy("Who")),
        Column("channel", gettext_lazy("How"), value=lambda contact: contact.get_channel_display()),
        Column("result", gettext_lazy("What came of it"), value=lambda contact: contact.get_result_display()),
        Column("team", gettext_lazy("Team")),
        Column("minutes", gettext_lazy("Minutes"), numeric=True),
    )  # fmt: skip
    filters = (
        TextFilter("subject", gettext_lazy("About"), field="subject"),
        ChoiceFilter("channel", gettext_lazy("How"), options=CHANNELS),
        ChoiceFilter("result", gettext_lazy("What came of it"), options=Contact.RESULTS),
        DateFilter("received", gettext_lazy("Received"), field="received_at"),
    )

    def rows(self, request: StaffRequest) -> QuerySet[Contact]:
        return Contact.objects.visible_to(request.user).select_related("person", "team")

    def prepare(self, rows: list[Contact], request: StaffRequest) -> None:
        self.cases = Contact.objects.cases_of(rows, request.user)

    def address(self, contact: Contact) -> str:
        case = self.cases.get(contact.pk)
        return reverse("case_page", args=[case]) if case else ""

    def actions(self, request: StaffRequest) -> list[Link]:
        return [Link(_("Log a call or visit"), reverse("log_contact"))]


@needs("enquiries.log")
def contact_list(request: StaffRequest) -> HttpResponse:
    return show_list(request, ContactList())


@needs("enquiries.log")
def log_contact(request: StaffRequest) -> HttpResponse:
    """One page, one sitting: who, about what, what came of it."""
    user = request.user
    form = ContactForm(request.POST if request.method == "POST" else None, account=user)
    if form.is_valid():
        try:
            contact = log_contact_with_person(form.cleaned_data, team=team_of(user), by=user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            discard_draft(user, key=request.path)
            return _logged(request, contact)
    care = _to_bear_in_mind(request, form)
    context: dict[str, Any] = {"form": form, "draft_key": request.path, "care": care}
    return render_page_or_part(
        request, "enquiries/log_contact.html", "core/parts/care.html", context,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _to_bear_in_mind(request: StaffRequest, form: ContactForm) -> list[Care]:
    """What has to be known before contact with whoever was chosen, if they were."""
    key = (request.POST or request.GET).get("person-key", "")
    person = form.field("person").fetch(key) if key else None
    if person is None:
        return []
    return [*cautions_for(person.pk, on=today()), *care_for(request.user, person.pk, on=today())]


def _logged(request: StaffRequest, contact: Contact) -> HttpResponse:
    led_to = contact.led_to.select_related("case").first()
    if led_to is not None:
        messages.success(request, _("Logged on case %s.") % led_to.case.reference)
        return redirect("case_page", reference=led_to.case.reference)
    messages.success(request, _("Logged: %s.") % contact.get_result_display())
    return redirect("log_contact")
