from django.db import models
from django.db.models import Q


class AnsweredWith(models.Model):
    """A case was answered with an article, or by sending the person to somebody of the directory."""

    article = models.ForeignKey(
        "knowledge.Article", null=True, on_delete=models.PROTECT, related_name="answers"
    )
    signpost = models.ForeignKey(
        "knowledge.Signpost", null=True, on_delete=models.PROTECT, related_name="answers"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="answered_with")
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["article", "-at"], name="answers_of_an_article"),
            models.Index(fields=["signpost", "-at"], name="answers_of_an_entry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=True) ^ Q(signpost__isnull=True),
                name="an_answer_names_one_source",
            ),
        ]


class Opinion(models.Model):
    """Somebody said whether an article helped. Of the public nothing is kept but the day."""

    article = models.ForeignKey("knowledge.Article", on_delete=models.CASCADE, related_name="opinions")
    edition = models.PositiveIntegerField()
    helped = models.BooleanField()
    language = models.CharField(max_length=2)
    account = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["article", "on"], name="opinions_of_an_article")]


class Question(models.Model):
    """Words that readers told us they found nothing for, counted by day; nobody's name is kept."""

    words = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    on = models.DateField()
    times = models.PositiveIntegerField(default=1)
    settled_by = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["on"], name="questions_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["words", "language", "on"], name="a_question_is_counted_by_day"),
        ]
