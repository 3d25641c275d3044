"""What readers of the help pages find: best match first, in either language."""

from django.contrib.postgres.search import SearchRank
from django.db.models import F, FloatField, Value
from django.db.models.functions import Coalesce, Greatest

from moothall.cases.models.worklists import either_language
from moothall.knowledge.models import Article


def articles_about(words: str, *, language: str, most: int) -> list[Article]:
    """What everybody may read about these words; without words all of it, by title in the language."""
    rows = Article.objects.for_everybody().select_related("current")
    if not words:
        title = F("current__title_cy" if language == "cy" else "current__title")
        return list(rows.order_by(title, "id")[:most])
    asked, nothing = either_language(words), Value(0.0, output_field=FloatField())
    rank = Greatest(
        Coalesce(SearchRank(F("words_en"), asked), nothing),
        Coalesce(SearchRank(F("words_cy"), asked), nothing),
    )
    return list(rows.mentioning(words).annotate(rank=rank).order_by("-rank", "title", "id")[:most])
