"""Ways into a job that take months: modules in their order, and what has to be signed off in each."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.credentials.models import CredentialKind
from moothall.people.models import Account
from moothall.workforce.models import Skill
from moothall.workforce.models.named import NamedInTwo

from .course import Course


class District(NamedInTwo):
    """A part of the area, and where its middle is: nobody is placed in their own."""

    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="a_district_is_on_the_globe",
            ),
        ]


class PathwayQuerySet(models.QuerySet["Pathway"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).order_by("name", "id")


class Pathway(models.Model):
    """What a student goes through from the first day until they are confirmed."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    group_size = models.PositiveSmallIntegerField(default=20, help_text="Most in a group")
    spare = models.PositiveSmallIntegerField(default=2, help_text="More for those who come back into it")
    rooms = models.PositiveSmallIntegerField(default=8, help_text="Groups that can be taught at once")
    most_minutes = models.PositiveSmallIntegerField(default=75, help_text="Of travel to a placement")
    tutor_skill = models.ForeignKey(
        Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="What somebody is able to do to be a tutor",
    )  # fmt: skip
    grants = models.ForeignKey(
        CredentialKind, null=True, blank=True, on_delete=models.PROTECT, related_name="pathways",
        help_text="What whoever is confirmed holds from then on",
    )  # fmt: skip
    service = models.SlugField(
        max_length=60, blank=True, help_text="The service that each student's case is of, where there is one"
    )
    moments = models.JSONField(
        default=dict, blank=True,
        help_text="Steps of the case done when a student begins, has a tutor and is confirmed; and its "
        "outcome for whoever leaves",
    )  # fmt: skip
    routes = ArrayField(
        models.CharField(max_length=40), default=list, blank=True,
        help_text="Keys of the routes of entry by which people come onto it",
    )  # fmt: skip
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PathwayQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(name=""), name="a_pathway_has_a_name"),
            models.CheckConstraint(
                condition=Q(group_size__gte=1, rooms__gte=1), name="a_pathway_has_groups_and_rooms"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class PathwayModule(models.Model):
    """A step of everybody's way: taught to the group, with a host, or with a tutor of one's own."""

    TAUGHT, PLACEMENT, TUTORED = "TAUGHT", "PLACEMENT", "TUTORED"
    KINDS = [
        (TAUGHT, _("Taught in the group")), (PLACEMENT, _("Placement with a host")),
        (TUTORED, _("With a tutor")),
    ]  # fmt: skip

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="modules")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=9, choices=KINDS, default=TAUGHT)
    weeks = models.PositiveSmallIntegerField(default=1)
    skill = models.ForeignKey(
        Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="What its trainer is able to teach",
    )  # fmt: skip
    step = models.CharField(
        max_length=120, blank=True, help_text="Steps of the case done with it, such as community=completed"
    )

    class Meta:
        ordering = ["pathway", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "number"], name="modules_of_a_pathway_are_counted"),
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=104), name="a_module_takes_weeks"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class PathwayItem(models.Model):
    """Something a student shows that they can do; signed off by their tutor, or given by a course passed."""

    REQUIREMENT, PRACTICAL, PORTFOLIO, ASSESSMENT = "REQUIREMENT", "PRACTICAL", "PORTFOLIO", "ASSESSMENT"
    KINDS = [
        (REQUIREMENT, _("Requirement")), (PRACTICAL, _("Practical")), (PORTFOLIO, _("Portfolio")),
        (ASSESSMENT, _("Assessment")),
    ]  # fmt: skip

    module = models.ForeignKey(PathwayModule, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=11, choices=KINDS, default=PRACTICAL)
    weeks_after = models.PositiveSmallIntegerField(default=0, help_text="Due so many weeks after its module")
    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Whoever has passed it has this too",
    )  # fmt: skip
    step = models.CharField(
        max_length=120, blank=True, help_text="Steps of the case done with it, such as drive=pass"
    )

    class Meta:
        ordering = ["module", "number"]
        constraints = [
            models.UniqueConstraint(fields=["module", "number"], name="items_of_a_module_are_counted"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name
