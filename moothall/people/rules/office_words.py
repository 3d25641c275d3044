"""A password is not made of the words that everybody would try here: those of the office itself."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from moothall.people.models import Account, Team

SHORTEST = 4  # letters of a word that counts
ENOUGH = 8  # letters that have to be left without them
ALWAYS = ("moothall", "password", "cyfrinair", "welcome", "croeso")
LETTERS = re.compile(r"[^\W\d_]+")


def fold(text: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def office_words() -> list[str]:
    """The words of the names of its organisations and teams, and of its address; the longest first."""
    names = Team.objects.order_by("pk").values_list("name", "name_cy", "organisation__name")
    said = [part for row in names for part in row]
    said += [urlsplit(settings.PUBLIC_URL).hostname or "", *ALWAYS]
    found = {word for name in said for word in LETTERS.findall(fold(name)) if len(word) >= SHORTEST}
    return sorted(found, key=lambda word: (-len(word), word))


class OfficeWordsValidator:
    """Refuses what is little more than such words, with numbers and signs around them."""

    def validate(self, password: str, user: Account | None = None) -> None:
        left = "".join(LETTERS.findall(fold(password)))
        words = [word for word in office_words() if word in left]
        for word in words:
            left = left.replace(word, "")
        if words and len(left) < ENOUGH:
            raise ValidationError(self.get_help_text(), code="password_of_office_words")

    def get_help_text(self) -> str:
        return _("A password is not made of the names of the office, its teams and its address.")
