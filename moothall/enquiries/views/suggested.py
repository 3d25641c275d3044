"""What might answer a case: articles and entries of the directory, each with its reason."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from moothall.cases.models import Case
from moothall.cases.visiting import with_case
from moothall.core.clock import today
from moothall.core.door import needs
from moothall.core.parts import render_page_or_part
from moothall.enquiries.rules.suggesting import answers_for
from moothall.people.requests import StaffRequest


@require_GET
@needs("letters.write")
@with_case
def suggested(request: StaffRequest, case: Case) -> HttpResponse:
    kept = {name: request.GET[name] for name in ("template", "language") if request.GET.get(name)}
    articles, entries = answers_for(case, account=request.user, on=today())
    replying = reverse("reply", args=[case.reference])
    sending_on = reverse("signpost", args=[case.reference])
    context = {
        "case": case,
        "within_reply": request.GET.get("within") == "reply",
        "articles": [
            (each, f"{replying}?{urlencode(kept | {'article': each.found.key})}") for each in articles
        ],
        "entries": [(each, f"{sending_on}?{urlencode({'signpost': each.found.pk})}") for each in entries],
    }
    return render_page_or_part(request, "enquiries/suggested.html", "enquiries/parts/suggested.html", context)
