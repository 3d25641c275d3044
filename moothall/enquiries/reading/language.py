"""A hint at the language a mail is written in, for the desk to answer in the same."""

import re
from functools import cache
from typing import Protocol

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_LOOK_AT = 1_500
_FEWEST_WORDS = 4
_FEWEST_LETTERS = 12
_SURE = 0.7
# Others that constituents write in, so that their mails are not taken for English or Welsh.
_OTHERS = ("ar", "bg", "bn", "cs", "de", "es", "fa", "fr", "hi", "hu", "it", "ku", "lt")
_MORE_OTHERS = ("nl", "pa", "pl", "pt", "ro", "ru", "sk", "so", "tr", "uk", "ur", "zh")


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...

    def set_languages(self, langs: list[str]) -> None: ...


@cache
def _identifier() -> _Identifier:
    """Load the model once (about half a second), when first needed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["en", "cy", *_OTHERS, *_MORE_OTHERS])
    return identifier


def warm_up() -> None:
    """Load the model before the first mail comes, so that the first is not the slowest."""
    _identifier()


def language_hint(text: str) -> str | None:
    """`cy` or `en` when there is enough text and it is clearly one of them.

    Names of people and places are Welsh in English letters and the other way round, so words with a capital
    are not looked at where enough others are left.
    """
    found = _WORD.findall(_ADDRESS.sub(" ", text[:_LOOK_AT]))
    small = [word for word in found if not word[0].isupper()]
    if len(small) < _FEWEST_WORDS:
        small = [word.lower() for word in found]
    if len(small) < _FEWEST_WORDS or sum(map(len, small)) < _FEWEST_LETTERS:
        return None
    language, probability = _identifier().classify(" ".join(small))
    return language if language in {"cy", "en"} and probability >= _SURE else None
