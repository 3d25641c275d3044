from django.db import models


class NamedInTwo(models.Model):
    """A row of a list that the office keeps: its key, and its name in both languages."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    name_cy = models.CharField(max_length=160, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return (self.name_cy if language == "cy" else "") or self.name
