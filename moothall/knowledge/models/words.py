from django.db import models
from django.db.models import Q


class Word(models.Model):
    """One word of what an article or an entry says, in the form a search compares, and how much it weighs."""

    article = models.ForeignKey(
        "knowledge.Article", null=True, on_delete=models.CASCADE, related_name="words_held"
    )
    signpost = models.ForeignKey(
        "knowledge.Signpost", null=True, on_delete=models.CASCADE, related_name="words_held"
    )
    language = models.CharField(max_length=2)
    lexeme = models.CharField(max_length=100)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["language", "lexeme"], name="knowledge_by_word")]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=True) ^ Q(signpost__isnull=True),
                name="a_word_stands_in_one_place",
            ),
        ]
