from django.db import models
from django.db.models import Q


class Service(models.Model):
    """Something that can be asked for or has to be done. What it means is in its current version."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200, blank=True)
    desk = models.CharField(max_length=60)
    prefix = models.CharField(max_length=5, help_text="First letters of its case references, such as LOD")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="services")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name


class ServiceVersion(models.Model):
    """How a service works from one day on. A running case keeps the version it began under."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField(help_text="Form, steps, clocks, letters, outcomes, as read from the pack")
    digest = models.CharField(max_length=64)
    current = models.BooleanField(default=True)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["service_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="a_service_version_has_its_number"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(current=True), name="a_service_has_one_current_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} v{self.number}"
