"""Letters that come with Moothall: the office's own template where there is one, else these words."""

from collections.abc import Iterable
from dataclasses import dataclass

from moothall.core.packs import Pack
from moothall.letters.models import LetterTemplate, LetterText

from .templates import put_template


@dataclass(frozen=True)
class BuiltIn:
    """One letter in both languages."""

    key: str
    name: str
    name_cy: str
    subject_en: str
    body_en: str
    subject_cy: str
    body_cy: str

    def text(self) -> LetterText:
        """The office's own words for it as they stand now, or these, not saved."""
        kept = LetterText.objects.filter(template__key=self.key, template__retired_at=None)
        return kept.order_by("-version").first() or LetterText(
            subject_en=self.subject_en, body_en=self.body_en, subject_cy=self.subject_cy, body_cy=self.body_cy
        )


def put_letters(letters: Iterable[BuiltIn], pack: Pack) -> None:
    """Put letters among the templates, where the office can change them, unless it has them already."""
    for each in letters:
        if not LetterTemplate.objects.filter(key=each.key).exists():
            put_template(
                key=each.key, name=each.name, name_cy=each.name_cy, desk=pack.key, by=None, at=pack.at,
                subject_en=each.subject_en, body_en=each.body_en, subject_cy=each.subject_cy,
                body_cy=each.body_cy,
            )  # fmt: skip
