"""Pictures that would need too much memory to be shown are refused by the size they state."""

import warnings
from typing import IO

from PIL import Image, UnidentifiedImageError

from .refusals import Damaged, TooManyPixels

MOST_PIXELS = 100_000_000
READABLE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff", "image/bmp"})


def check_picture(file: IO[bytes], media_type: str) -> None:
    """Read the picture's stated size, not the picture."""
    if media_type not in READABLE:
        return
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(file) as picture:
                width, height = picture.size
        except Image.DecompressionBombError as problem:
            raise TooManyPixels from problem
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as problem:
            raise Damaged from problem
    if width * height > MOST_PIXELS:
        raise TooManyPixels
