"""What people can do beside what their post says: kinds of skill, who has which, and who confirmed it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moothall.people.models import Account

from .employment import Employment
from .named import NamedInTwo


class Skill(NamedInTwo):
    """Something that somebody may be able to do: speak Polish, sign, sail, take minutes."""

    group = models.CharField(max_length=80, blank=True)
    group_cy = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["group", "name"]

    def group_in(self, language: str) -> str:
        return (self.group_cy if language == "cy" else "") or self.group


class EmployeeSkill(models.Model):
    """Somebody has a skill, how well and since when. It is their own word until somebody confirms it."""

    LEARNING, ABLE, PRACTISED, TEACHES = 1, 2, 3, 4
    LEVELS = [
        (LEARNING, _("Learning")), (ABLE, _("Able")), (PRACTISED, _("Practised")),
        (TEACHES, _("Can teach it")),
    ]  # fmt: skip

    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="held")
    level = models.PositiveSmallIntegerField(choices=LEVELS, default=ABLE)
    since = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["skill", "level"], condition=Q(ended_at=None), name="skill_by_level"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["employment", "skill"],
                condition=Q(ended_at=None),
                name="somebody_has_a_skill_once",
            ),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="a_skill_has_a_level"),
        ]

    def __str__(self) -> str:
        return str(self.skill)
