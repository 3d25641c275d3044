"""What has a name in each language."""

from django.db import models


class NamedInTwo(models.Model):
    """Something with a name in each language."""

    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name
