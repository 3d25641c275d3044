"""The words an answer starts with: a template filled in, or a greeting and nothing else."""

from django.utils.translation import gettext as _

from moothall.cases.models import Case
from moothall.cases.rules.definition import definition_of
from moothall.core.clock import now, today
from moothall.knowledge.models import Article, Signpost
from moothall.knowledge.rules.directory import fields_of
from moothall.knowledge.rules.rendering import in_a_letter
from moothall.letters.models import LetterText
from moothall.letters.rules.fields import fields_for
from moothall.letters.rules.merging import MissingFields, merge
from moothall.people.models import Account

from .replying import language_for, subject_of

SIGNPOST = "signpost"
GAP = "\n\n\n\n"


def offered_texts(case: Case, template_id: str, *, language: str, sender: Account) -> tuple[str, str]:
    """The subject and words a reply begins with, in a language."""
    found = fields_for(case, language=language, person=case.requester, by=sender, at=now())
    subject = subject_of(case)
    text = LetterText.objects.filter(template_id=int(template_id)).first() if template_id.isdigit() else None
    if text is None:
        return (
            subject,
            f"{found.get('person.greeting', '')}\n\n\n\n{sender.name}\n{case.team.name_in(language)}",
        )
    merged = merge(text, language, _with_gaps(text, found))
    return f"{merged.subject} [{case.reference}]", merged.body


def _with_gaps(text: LetterText, found: dict[str, str]) -> dict[str, str]:
    """What is not known is left as a gap for the writer to fill: a person reads this before it goes."""
    try:
        merge(text, "en", found)
        merge(text, "cy", found)
    except MissingFields as missing:
        gap = _("[to be filled in]")
        return {**dict.fromkeys(missing.names, gap), **{k: v for k, v in found.items() if v}}
    return found


def with_article(text: str, key: str, *, language: str) -> str:
    """The words of a reply with what an article says in the gap between greeting and name."""
    article = Article.objects.published().filter(key=key).select_related("current").first() if key else None
    if article is None or article.current is None:
        return text
    return with_words(text, in_a_letter(article.current, article, language))


def with_words(text: str, words: str) -> str:
    """A reply with these words in the gap between greeting and name, or after what is there."""
    if not words.strip():
        return text
    if GAP in text:
        return text.replace(GAP, f"\n\n{words}\n\n", 1)
    return f"{text.rstrip()}\n\n{words}\n"


def signpost_text(case: Case, signpost_id: str, *, sender: Account) -> str:
    """An answer that sends somebody to the right place, in their language."""
    signposts = Signpost.objects.in_force(today())
    chosen = signposts.filter(pk=int(signpost_id)).first() if signpost_id.isdigit() else signposts.first()
    if chosen is None:
        return ""
    language = language_for(case)
    found = fields_for(case, language=language, person=case.requester, by=sender, at=now())
    found |= fields_of(chosen, language)
    key = definition_of(case.version).signpost or SIGNPOST
    text = LetterText.objects.filter(template__key=key, template__retired_at=None).first()
    if text is None:
        return f"{found.get('person.greeting', '')}\n\n{found['signpost.name']}\n{found['signpost.how']}"
    return merge(text, language, _with_gaps(text, found)).body
