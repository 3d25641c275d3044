"""What a matter shows to the person it is about, once they have been told: asked for the office, and narrowed
to their own employments, for their account is not named on the case."""

from dataclasses import dataclass

from moothall.conduct.models import BundleCopy, Meeting, Outcome, Suspension
from moothall.core.serving import for_the_office
from moothall.letters.models import Letter
from moothall.people.models import Account
from moothall.records.models import Document


@dataclass(frozen=True)
class Shown:
    """Nothing here was not sent or given to them."""

    meetings: list[Meeting]
    letters: list[Letter]
    copies: list[BundleCopy]


@for_the_office()
def of_account(account: Account) -> Shown:
    if account.person_id is None:
        return Shown([], [], [])
    meetings = Meeting.objects.filter(matter__employment__person=account.person_id, notice_on__isnull=False)
    told = Outcome.objects.filter(matter__employment__person=account.person_id)
    sent = {*meetings.values_list("letter", flat=True), *told.values_list("letter", flat=True)}
    sent |= {each for pair in told.values_list("lapse_letter", "appeal__letter") for each in pair}
    kept = Suspension.objects.filter(matter__employment__person=account.person_id)
    sent |= set(kept.values_list("letter", flat=True)) | set(kept.values_list("reviews__letter", flat=True))
    letters = Letter.objects.filter(pk__in=sent - {None}, state=Letter.SENT)
    copies = BundleCopy.objects.filter(
        is_theirs=True, bundle__matter__employment__person=account.person_id
    ).select_related("bundle")
    return Shown(
        list(meetings.order_by("-starts_at", "-id")), list(letters.order_by("-written_at", "-id")),
        list(copies.order_by("-given_on", "-id")),
    )  # fmt: skip


@for_the_office()
def bundle_given_to(account: Account, number: int) -> Document | None:
    """The file of a copy they were given."""
    if account.person_id is None:
        return None
    rows = BundleCopy.objects.filter(is_theirs=True, bundle__matter__employment__person=account.person_id)
    copy = rows.select_related("bundle__document").filter(pk=number).first()
    return copy.bundle.document if copy is not None else None


@for_the_office()
def meeting_of(account: Account, number: int) -> Meeting | None:
    """A meeting they were invited to."""
    if account.person_id is None:
        return None
    rows = Meeting.objects.filter(matter__employment__person=account.person_id, notice_on__isnull=False)
    return rows.filter(pk=number).first()
