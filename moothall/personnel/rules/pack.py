"""What a pack brings: the letters, where the office can change them."""

from moothall.core.packs import Pack, Progress
from moothall.letters.rules.built_in import put_letters

from .wording import family, flexible, references, shared

LETTERS = (*flexible.LETTERS, *family.LETTERS, *references.LETTERS, *shared.LETTERS)


def load_part(pack: Pack, _progress: Progress) -> None:
    """Letters an office has already stay as it has them."""
    put_letters(LETTERS, pack)
