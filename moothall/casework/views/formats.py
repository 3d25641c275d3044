"""In which formats somebody needs what we write."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.cases.visiting import bound
from moothall.casework import forms
from moothall.casework.models.format import formats_of
from moothall.casework.rules import formats as rules
from moothall.core.clock import now
from moothall.core.door import needs
from moothall.core.form_pages import show_form
from moothall.people.models import Person
from moothall.people.requests import StaffRequest


@needs("people.edit")
def person_formats(request: StaffRequest, reference: str) -> HttpResponse:
    person = Person.objects.visible_to(request.user).current().filter(reference=reference.upper()).first()
    if person is None:
        raise Http404
    standing = formats_of(person=person.pk)
    initial = {
        "formats": [str(row.format_id) for row in standing], "note": standing[0].note if standing else "",
    }  # fmt: skip
    form = bound(request, forms.FormatsForm, initial=initial)
    return show_form(
        request, form, title=_("How %(name)s needs what we write") % {"name": person.full_name},
        words=_("Noted. It stands above everything that is written to them."),
        back=reverse("person_page", args=[person.reference]),
        rule=lambda data: rules.set_formats(person, **data, by=request.user, at=now()),
    )  # fmt: skip
