"""What the jump box finds among cases: by reference, or by the words of the title."""

from django.http import HttpRequest
from django.urls import reverse

from moothall.core.widgets import Option

from .models import Case

MOST = 6


def find_cases(request: HttpRequest, words: str) -> list[Option]:
    user = request.user
    if not user.is_authenticated or not user.may("cases.view"):
        return []
    visible = Case.objects.visible_to(user)
    found = (
        list(visible.filter(reference__istartswith=words).order_by("-id")[:MOST])
        if _like_reference(words)
        else []
    )
    if not found:
        found = list(visible.mentioning(words).order_by("-received_at", "-id")[:MOST])
    return [
        Option(str(case.pk), case.reference, case.title, reverse("case_page", args=[case.reference]))
        for case in found
    ]


def _like_reference(words: str) -> bool:
    return "-" in words or words.isdigit()
