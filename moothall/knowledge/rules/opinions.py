"""Whether an article helped: said by readers, of whom nothing is kept, and by staff."""

import datetime as dt
import unicodedata

from django.db import transaction
from django.db.models import F

from moothall.knowledge.models import Article, Opinion, Question
from moothall.people.models import Account
from moothall.records.rules.audit import append_audit


@transaction.atomic
def say_whether_it_helped(
    article: Article, *, helped: bool, language: str, words: str = "", by: Account | None, on: dt.date
) -> Opinion:
    """Count one reader's word about the edition shown; somebody of the staff counts once an edition."""
    edition = article.current.number if article.current else 0
    given = {"helped": helped, "language": language, "words": words.strip()[:500], "on": on}
    if by is None:
        return Opinion.objects.create(article=article, edition=edition, account=None, **given)
    opinion, _new = Opinion.objects.update_or_create(
        article=article, edition=edition, account=by, defaults=given
    )
    return opinion


@transaction.atomic
def ask_for_an_article(words: str, *, language: str, on: dt.date) -> None:
    """Somebody looked for these words and found nothing: counted by day, with nobody's name."""
    said = " ".join(unicodedata.normalize("NFC", words.replace("\0", " ")).lower().split())[:200]
    if not said:
        return
    kept = Question.objects.filter(words=said, language=language, on=on)
    if not kept.update(times=F("times") + 1):
        Question.objects.create(words=said, language=language, on=on)


@transaction.atomic
def settle_question(words: str, *, by: Account, at: dt.datetime) -> int:
    """Nobody need write about these words: they are not listed any more."""
    settled = Question.objects.filter(words=words, settled_at=None).update(settled_by=by, settled_at=at)
    append_audit("knowledge.settle_question", by=by, at=at, detail={"words": words})
    return settled
