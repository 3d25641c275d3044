"""Tags for requests of staff.

{{ leave.kind|leave_kind }}     a kind of family leave in the page's language
{% request_state request %}     how a request for flexible working stands
{% leave_state leave %}         how a family leave stands today
{% shared_state notice %}         how a notice of shared leave stands
{% reference_state reference %} how a reference stands
{{ happening|happened_words }}  what happened, in words
{{ offered|letter_name }}       the name of a letter
"""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.core.clock import today
from moothall.core.templatetags.parts import tag
from moothall.personnel.models import FamilyLeave, FlexibleRequest, Happening, ReferenceRequest, SharedNotice
from moothall.personnel.rules.family import name_of
from moothall.personnel.rules.noting import KINDS
from moothall.personnel.rules.offering import Offered

register = template.Library()
COLOURS = {
    FlexibleRequest.ASKED: "yellow", FlexibleRequest.AGREED: "green", FlexibleRequest.TRIAL: "blue",
    FlexibleRequest.REFUSED: "red", FlexibleRequest.APPEALED: "orange", FlexibleRequest.WITHDRAWN: "grey",
}  # fmt: skip


@register.filter
def leave_kind(kind: str) -> str:
    return name_of(kind, get_language() or "en")


@register.simple_tag
def request_state(request: FlexibleRequest) -> SafeString:
    return tag(request.get_state_display(), COLOURS[request.state])


@register.simple_tag
def leave_state(leave: FamilyLeave) -> SafeString:
    day = today()
    if leave.withdrawn_at is not None:
        return tag(_("Withdrawn"), "grey")
    if leave.is_now(day):
        return tag(_("On leave"), "blue")
    if leave.ends_on < day:
        return tag(_("Over"), "grey")
    return tag(_("To come"), "yellow") if leave.confirmed_on is None else tag(_("Confirmed"), "green")


SHARED_COLOURS = {
    SharedNotice.WAITING: "yellow", SharedNotice.HELD: "green", SharedNotice.REFUSED: "red",
    SharedNotice.ONE: "green", SharedNotice.WITHDRAWN: "grey",
}  # fmt: skip


@register.simple_tag
def shared_state(notice: SharedNotice) -> SafeString:
    return tag(notice.get_state_display(), SHARED_COLOURS[notice.state])


@register.simple_tag
def reference_state(reference: ReferenceRequest) -> SafeString:
    if reference.sent_on is not None:
        return tag(_("Sent"), "green")
    if reference.declined_on is not None:
        return tag(_("Declined"), "grey")
    if reference.checked_at is not None:
        return tag(_("Checked"), "blue")
    if reference.drafted_at is not None:
        return tag(_("To check"), "yellow")
    return tag(_("To answer"), "yellow")


@register.filter
def happened_words(happening: Happening) -> str:
    return str(KINDS.get(happening.kind, happening.kind))


@register.filter
def letter_name(offered: Offered) -> str:
    return offered.name_in(get_language() or "en")
