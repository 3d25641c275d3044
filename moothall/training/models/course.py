"""What is taught: courses, each in dated versions, and whom they are asked of."""

import datetime as dt
from decimal import Decimal
from typing import Final, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from moothall.credentials.models import CredentialKind
from moothall.people.models import Account, Organisation, Post
from moothall.workforce.models import Assignment, Employment, Skill


class CourseQuerySet(models.QuerySet["Course"]):
    def in_use(self) -> Self:
        return self.filter(retired_at=None).order_by("name", "id")


class Course(models.Model):
    """Something that is taught again and again."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(condition=~Q(key="") & ~Q(name=""), name="a_course_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class CourseVersionQuerySet(models.QuerySet["CourseVersion"]):
    def in_force(self, on: dt.date) -> Self:
        """The newest of each course that holds that day."""
        later = CourseVersion.objects.filter(
            course=OuterRef("course"), from_on__lte=on, number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later), from_on__lte=on)


class CourseVersion(models.Model):
    """A course as it is taught from a day on. A session keeps the version it was made with."""

    CLASSROOM, GYM, RANGE, DRIVING, COMPUTERS, ONLINE = (
        "CLASSROOM", "GYM", "RANGE", "DRIVING", "COMPUTERS", "ONLINE",
    )  # fmt: skip
    ROOMS = [
        (CLASSROOM, _("Classroom")), (GYM, _("Gym with mats")), (RANGE, _("Range")),
        (DRIVING, _("Driving area")), (COMPUTERS, _("Room with computers")), (ONLINE, _("No room: online")),
    ]  # fmt: skip
    MARKED: Final = {GYM: "gym", RANGE: "range", DRIVING: "driving", COMPUTERS: "computers"}
    """A room is for these if it has the feature of this key."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    days = models.PositiveSmallIntegerField(default=1)
    least = models.PositiveSmallIntegerField(default=4, help_text="Fewer, and it is not worth its trainers")
    most = models.PositiveSmallIntegerField(default=12)
    room = models.CharField(max_length=10, choices=ROOMS, default=CLASSROOM)
    trainers = models.PositiveSmallIntegerField(default=1, help_text="So many for one session")
    skill = models.ForeignKey(
        Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="What a trainer is able to teach",
    )  # fmt: skip
    grants = models.ForeignKey(
        CredentialKind, null=True, blank=True, on_delete=models.PROTECT, related_name="courses"
    )
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    price = models.DecimalField(
        max_digits=12, decimal_places=2, default=Decimal(0), help_text="Of a place that is left empty"
    )
    about = models.TextField(blank=True)
    about_cy = models.TextField(blank=True)
    bring = models.CharField(max_length=300, blank=True, help_text="What those who come bring")
    bring_cy = models.CharField(max_length=300, blank=True)
    prerequisites = models.ManyToManyField(Course, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CourseVersionQuerySet.as_manager()

    class Meta:
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="versions_of_a_course_are_counted"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=60), name="a_course_takes_days"),
            models.CheckConstraint(
                condition=Q(least__gte=1, most__gte=F("least")), name="a_course_has_sizes"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="a_place_costs_nothing_or_more"),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} version {self.number}"

    def about_in(self, language: str) -> str:
        return (self.about_cy if language == "cy" else "") or self.about

    def bring_in(self, language: str) -> str:
        return (self.bring_cy if language == "cy" else "") or self.bring


class CourseRequirementQuerySet(models.QuerySet["CourseRequirement"]):
    def in_force(self, on: dt.date) -> Self:
        found = self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on, withdrawn_at=None)
        return found.filter(course__retired_at=None).order_by("id")


class CourseRequirement(models.Model):
    """A workforce, a unit or a post is to take a course: within so many days, and again after so many
    months."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="requirements")
    workforce = models.CharField(max_length=14, choices=Employment.WORKFORCES, blank=True)
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    within_days = models.PositiveSmallIntegerField(
        default=90, help_text="Of starting, or of the first day of this requirement"
    )
    again_months = models.PositiveSmallIntegerField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CourseRequirementQuerySet.as_manager()

    class Meta:
        ordering = ["course", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(workforce="") & Q(unit=None, post=None))
                | Q(workforce="", unit__isnull=False, post=None)
                | Q(workforce="", unit=None, post__isnull=False),
                name="a_course_is_asked_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_course_is_asked_until_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} of {self.workforce or self.unit_id or self.post_id}"

    def asks(self, employment: Employment, main: Assignment | None) -> bool:
        """Whether this person is to take it, by what they are assigned to."""
        if self.workforce:
            return self.workforce == employment.workforce
        if main is None:
            return False
        return main.unit_id == self.unit_id if self.unit_id else main.post_id == self.post_id

    def whom(self, language: str) -> str:
        """Whom it is asked of, in words."""
        if self.workforce:
            return str(self.get_workforce_display())
        if self.unit is not None:
            return self.unit.name_in(language)
        return str(self.post)
