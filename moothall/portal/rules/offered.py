"""What can be asked online, as the services stand today."""

import unicodedata
from dataclasses import dataclass

from moothall.cases.models import ServiceVersion
from moothall.cases.rules.definition import ServiceDefinition, definition_of
from moothall.core.questions import title_of
from moothall.people.models import Account


@dataclass(frozen=True)
class Offered:
    """A service with a form for this person."""

    version: ServiceVersion
    definition: ServiceDefinition

    @property
    def key(self) -> str:
        return self.definition.key

    def questions(self, language: str) -> list[str]:
        return [title_of(question, language) for _name, question in self.definition.form_fields()]

    def is_about(self, words: str) -> bool:
        """Whether every word stands in what it is called or described by, in either language."""
        told = self.definition
        text = _folded(" ".join((told.name, told.name_cy, told.description, told.description_cy)))
        return all(word in text for word in _folded(words).split())


def _folded(words: str) -> str:
    """In small letters, without accents."""
    apart = unicodedata.normalize("NFD", words.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def offered(account: Account | None) -> list[Offered]:
    """Every service this person may ask for online, by name."""
    audiences = ["public"] if account is None else ["public", "staff"]
    rows = ServiceVersion.objects.filter(
        current=True, service__retired_at=None, definition__audience__in=audiences
    ).select_related("service")
    return [Offered(row, definition_of(row)) for row in rows.order_by("service__name", "id")]
