"""What knowledge has to answer a case: an article, and whom the person might be sent to."""

import datetime as dt

from moothall.cases.models import Case
from moothall.enquiries.models import Suggestion
from moothall.knowledge.models import Article, Signpost
from moothall.knowledge.rules import suggesting

from .sameness import Found

HALF = (
    6.0  # the score at which the order of suggestions counts one as even; nobody is told it as a likelihood
)
CODE = "knowledge"
ANSWERS = (Suggestion.ARTICLE, Suggestion.SIGNPOST)


def likely_answers(case: Case, text: str, *, on: dt.date) -> list[Found]:
    """The best article and the best entry of the directory, by its words; none rather than a guess."""
    language, service = case.language, case.service
    articles = suggesting.suggestions_for(
        text, language=language, service=service, account=None, on=on, most=1
    )
    entries = suggesting.signposts_for(text, language=language, service=service, account=None, on=on, most=1)
    return [
        *(_found(Suggestion.ARTICLE, each) for each in articles),
        *(_found(Suggestion.SIGNPOST, each) for each in entries),
    ]


def _found(kind: str, fits: suggesting.Suggestion[Article] | suggesting.Suggestion[Signpost]) -> Found:
    reason = {"code": CODE, "words": list(fits.words), "own": fits.own}
    return Found(kind, fits.found.key, fits.score / (fits.score + HALF), reason)
