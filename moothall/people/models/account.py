import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from moothall.core.clock import in_london, today
from moothall.core.permissions import known
from moothall.core.ready_queries import ready_query

SECOND_FACTORS = ("totp", "webauthn")
RoleHeld = tuple[list[str], bool, int | None, bool | None, int | None]


class Role(models.Model):
    """A named set of permissions, such as coordinator or team manager."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    permissions = ArrayField(models.CharField(max_length=60), default=list)
    mfa_required = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


@dataclass(frozen=True)
class Standing:
    """What an account may do today, and for which teams: read once a request from its grants."""

    permissions: frozenset[str]
    team_ids: tuple[int, ...]
    everywhere: bool
    mfa_required: bool
    grace_days: int = 0
    where: Mapping[str, frozenset[int | None]] = field(default_factory=dict)
    """For each permission the teams it is held in; None stands for the whole office."""

    def everywhere_for(self, permission: str) -> bool:
        """Whether a role that is held in the whole office includes it."""
        return None in self.where.get(permission, ())

    def teams_for(self, permission: str) -> list[int]:
        """The teams in which a role includes it."""
        return sorted(team for team in self.where.get(permission, ()) if team is not None)

    def covers(self, permission: str, team_ids: Iterable[int]) -> bool:
        """Whether it is held in one of these teams, or in the whole office."""
        held = self.where.get(permission, frozenset())
        return None in held or not held.isdisjoint(team_ids)


class AccountQuerySet(models.QuerySet["Account"]):
    def in_use(self) -> Self:
        """Accounts somebody can sign in to."""
        return self.filter(is_active=True)

    def who_may(self, permission: str, *, on: dt.date) -> Self:
        """Those whose roles include it that day, in any team."""
        grants = Grant.objects.in_force(on).filter(
            account=models.OuterRef("pk"), role__permissions__contains=[known(permission).name]
        )
        return self.in_use().filter(models.Exists(grants))

    def without_second_factor(self) -> Self:
        """Those whose password alone lets them in."""
        from allauth.mfa.models import Authenticator

        factors = Authenticator.objects.filter(user=models.OuterRef("pk"), type__in=SECOND_FACTORS)
        return self.in_use().filter(~models.Exists(factors))


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> AccountQuerySet:
        return AccountQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)

    def in_use(self) -> AccountQuerySet:
        return self.get_queryset().in_use()

    def who_may(self, permission: str, *, on: dt.date) -> AccountQuerySet:
        return self.get_queryset().who_may(permission, on=on)

    def without_second_factor(self) -> AccountQuerySet:
        return self.get_queryset().without_second_factor()

    def working_in(self, team_id: int) -> "models.QuerySet[Account]":
        """Those who hold a role in this team today and can sign in."""
        held = Grant.objects.in_force(today()).filter(team_id=team_id)
        return self.filter(is_active=True, pk__in=held.values("account_id")).order_by("name", "id")

    def working_with(self, account: "Account") -> "models.QuerySet[Account]":
        """The others who hold a role in one of this account's teams today."""
        held = Grant.objects.in_force(today()).filter(team_id__in=account.team_ids())
        found = self.filter(is_active=True, pk__in=held.values("account_id")).exclude(pk=account.pk)
        return found.order_by("name", "id")


class Account(AbstractBaseUser):
    """Somebody who signs in. What they may do comes from grants, never from a flag."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=160)
    person = models.OneToOneField("people.Person", null=True, blank=True, on_delete=models.PROTECT)
    language = models.CharField(max_length=2, default="en", choices=[("en", "English"), ("cy", "Cymraeg")])
    is_active = models.BooleanField(default=True)
    daily_digest = models.BooleanField(default=True)
    added_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text="Last asked to set up a second factor"
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = AccountManager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="an_address_signs_in_one_account"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def standing(self) -> Standing:
        """The grants in force today; read from the database once for this object."""
        found: Standing | None = self.__dict__.get("_standing")
        if found is None:
            found = self.__dict__["_standing"] = Grant.objects.standing_of(self, on=today())
        return found

    def may(self, permission: str) -> bool:
        return known(permission).name in self.standing().permissions

    def team_ids(self) -> tuple[int, ...]:
        """The teams whose work this account sees."""
        return self.standing().team_ids

    def must_set_up_mfa(self) -> bool:
        """Whether a second factor is demanded of this account that it has not set up, though it had time."""
        standing = self.standing()
        if not standing.mfa_required:
            return False
        if self.added_at and today() < in_london(self.added_at).date() + dt.timedelta(standing.grace_days):
            return False
        from allauth.mfa.utils import is_mfa_enabled

        return not is_mfa_enabled(self)


class GrantQuerySet(models.QuerySet["Grant"]):
    def not_ended(self, on: dt.date) -> Self:
        """In force, or yet to begin."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on)).order_by("started_on", "id")

    def in_force(self, on: dt.date) -> Self:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on)

    def standing_of(self, account: Account, *, on: dt.date) -> Standing:
        if not account.is_active:
            return Standing(frozenset(), (), False, False)
        rows = roles_held(account=account.pk, on=on)
        where: dict[str, set[int | None]] = defaultdict(set)
        for permissions, _, team, *_rules in rows:
            for name in permissions:
                where[name].add(team)
        return Standing(
            permissions=frozenset(where),
            team_ids=tuple(dict.fromkeys(row[2] for row in rows if row[2] is not None)),
            everywhere=any(row[2] is None for row in rows),
            mfa_required=any(required or everybody for _, required, _, everybody, _ in rows),
            grace_days=next((days for *_, days in rows if days is not None), 0),
            where={name: frozenset(teams) for name, teams in where.items()},
        )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Grant(models.Model):
    """An account holds a role, for one team or for the whole office, between two dates."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    team = models.ForeignKey("people.Team", null=True, blank=True, on_delete=models.PROTECT)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "team"],
                condition=Q(ended_on=None),
                nulls_distinct=False,
                name="an_account_holds_a_role_in_a_team_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")),
                name="a_grant_ends_after_it_starts",
            ),
        ]


@ready_query("account")
def roles_held(*, account: int, on: dt.date) -> "models.QuerySet[Grant, RoleHeld]":
    """What each role of an account permits that day, and where; with what the office asks of everybody."""
    from .signing_in import SignInRules

    newest = SignInRules.objects.order_by("-id")
    held = Grant.objects.in_force(on).filter(account=account).order_by("team_id")
    return held.values_list(
        "role__permissions",
        "role__mfa_required",
        "team_id",
        models.Subquery(newest.values("everybody")[:1]),
        models.Subquery(newest.values("grace_days")[:1]),
    )


class SavedView(models.Model):
    """A filter and an order somebody keeps for a list page."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="saved_views")
    list_key = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "list_key", "name"], name="a_saved_view_has_its_own_name"
            ),
        ]


class Draft(models.Model):
    """What somebody has typed and not yet sent, kept so that nothing typed is lost."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120, help_text="What it is a draft of, such as reply:LOD-26-00042")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="a_draft_is_kept_once"),
        ]


class Dismissal(models.Model):
    """Something shown once that this account has put away, such as the first-visit tour."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="dismissals")
    key = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="a_thing_is_dismissed_once"),
        ]
