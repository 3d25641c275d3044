"""What letters and templates are called where only their number is known, such as in the audit."""

from collections.abc import Collection

from django.urls import reverse

from moothall.letters.models import Letter, LetterTemplate
from moothall.people.models import Account
from moothall.records.rules.naming import Named


def name_letters(account: Account, ids: Collection[int]) -> dict[int, Named]:
    """Letters by their subject, for those who may see what they are about."""
    rows = Letter.objects.visible_to(account).filter(pk__in=ids).values_list("pk", "subject")
    return {id: Named(subject, reverse("letter_page", args=[id])) for id, subject in rows}


def find_letters(account: Account, words: str) -> list[int]:
    """A letter by its Message-ID."""
    found = Letter.objects.visible_to(account).filter(message_id=words)
    return list(found.values_list("pk", flat=True))


def name_templates(_account: Account, ids: Collection[int]) -> dict[int, Named]:
    rows = LetterTemplate.objects.filter(pk__in=ids).values_list("pk", "name", "key")
    return {id: Named(name, reverse("template_texts", args=[key])) for id, name, key in rows}


def find_templates(_account: Account, words: str) -> list[int]:
    return list(LetterTemplate.objects.filter(key=words).values_list("pk", flat=True))
