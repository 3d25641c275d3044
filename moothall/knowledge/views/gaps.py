"""What is missing: articles that fail to answer, and questions without an article."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from moothall.core.clock import now, today
from moothall.core.door import needs
from moothall.knowledge.rules import gaps
from moothall.knowledge.rules.opinions import settle_question
from moothall.people.requests import StaffRequest


@require_GET
@needs("knowledge.edit")
def knowledge_gaps(request: StaffRequest) -> HttpResponse:
    on = today()
    context = {
        "failing": gaps.failing_articles(request.user, on=on),
        "asked": gaps.unanswered_questions(request.user, on=on),
        "missed": gaps.missed_searches(on=on),
        "days": gaps.AGAIN_WITHIN.days,
    }
    return render(request, "knowledge/gaps.html", context)


@require_POST
@needs("knowledge.edit")
def settle_missed(request: StaffRequest) -> HttpResponse:
    settle_question(request.POST.get("words", "")[:200], by=request.user, at=now())
    messages.success(request, _("Not listed any more."))
    return redirect("knowledge_gaps")
