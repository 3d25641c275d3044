import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from moothall.cases.models import Case
from moothall.core.lookups import held_by
from moothall.core.ready_queries import ready_query
from moothall.people.models import Account


class BasisQuerySet(models.QuerySet["Basis"]):
    def in_force(self, on: dt.date) -> Self:
        still = Q(until_on=None) | Q(until_on__gte=on)
        return self.filter(still, from_on__lte=on).order_by("position", "id")


class Basis(models.Model):
    """A way in which somebody may come to act for another, and where it is written; changed by a new row."""

    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    explanation = models.TextField(blank=True)
    explanation_cy = models.TextField(blank=True)
    source = models.CharField(max_length=300, help_text="Where this is written: an Act, a page")
    source_read_on = models.DateField(null=True, blank=True, help_text="Empty until somebody has checked it")
    from_on = models.DateField(help_text="In force from this day on")
    until_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = BasisQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bases"
        constraints = [
            models.UniqueConstraint(fields=["key", "from_on"], name="a_basis_begins_once_a_day"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_basis_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def said(self, field: str, language: str) -> str:
        """A field in a language; English where the Welsh is not written."""
        welsh = getattr(self, f"{field}_cy") if language == "cy" else ""
        return str(welsh or getattr(self, field))


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def known_to(self, account: Account) -> Self:
        """Those for everything, and those for a case that this account may see; a sealed one is not read
        yet."""
        if not account.may("people.view"):
            return self.none()
        return self.standing().filter(Q(case=None) | Q(held_by(Case.objects.visible_to(account), "case")))

    def visible_to(self, account: Account) -> Self:
        """What lists may say: nothing of a sealed case, which is read with a reason on its own page."""
        return self.known_to(account).exclude(case__confidentiality=Case.SEALED)

    def standing(self) -> Self:
        """All but those written down by mistake."""
        return self.filter(undone_at=None)

    def in_force(self, on: dt.date) -> Self:
        still = Q(until_on=None) | Q(until_on__gte=on)
        return self.standing().filter(still, withdrawn_at=None, from_on__lte=on)

    def ending(self, on: dt.date, *, within: int) -> Self:
        """In force now, and not any more so many days from now."""
        return self.in_force(on).filter(until_on__lt=on + dt.timedelta(days=within))


class Authority(models.Model):
    """Somebody may act for somebody else: on one case or in everything, from when, until when, and how that
    was given."""

    IN_FORCE, TO_COME, LAPSED, WITHDRAWN = "IN_FORCE", "TO_COME", "LAPSED", "WITHDRAWN"

    representative = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="authorities_held"
    )
    represented = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="authorities_given"
    )
    case = models.ForeignKey(
        "cases.Case", null=True, blank=True, on_delete=models.CASCADE, related_name="authorities",
        help_text="Empty: it covers everything",
    )  # fmt: skip
    basis = models.ForeignKey(Basis, on_delete=models.PROTECT, related_name="authorities")
    how = models.TextField(blank=True, help_text="How it was given, to whom, when")
    document = models.ForeignKey("records.Document", null=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["represented", "representative"], name="authority_by_people"),
            models.Index(fields=["representative"], name="authority_by_representative"),
            models.Index(fields=["case"], condition=Q(case__isnull=False), name="authority_by_case"),
            models.Index(fields=["from_on", "id"], name="authority_by_beginning"),
            models.Index(fields=["until_on", "id"], name="authority_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(representative=F("represented")), name="nobody_needs_authority_for_themselves"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="an_authority_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=~Q(how="") | Q(document__isnull=False), name="an_authority_says_how_it_was_given"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="a_withdrawn_authority_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative} → {self.represented}"

    def state(self, on: dt.date) -> str:
        if self.withdrawn_at is not None:
            return self.WITHDRAWN
        if self.from_on > on:
            return self.TO_COME
        return self.LAPSED if self.until_on is not None and self.until_on < on else self.IN_FORCE

    def is_in_force(self, on: dt.date) -> bool:
        return self.state(on) == self.IN_FORCE


@ready_query("case", "representative", "represented")
def authorities_on(
    *, case: int, representative: int | None, represented: int | None
) -> models.QuerySet[Authority]:
    """Those given for a case, and those in everything between its two people; the newest first."""
    between = Q(case=None, representative=representative, represented=represented)
    found = Authority.objects.standing().filter(Q(case=case) | between)
    return found.select_related("representative", "represented", "basis").order_by("-from_on", "-id")
