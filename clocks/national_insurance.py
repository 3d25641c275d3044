"""The form of a National Insurance number."""

import re

NUMBER = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]", flags=re.ASCII
)


def is_national_insurance_number(text: str) -> bool:
    """Whether the text could be a National Insurance number; spaces and letter case do not matter.

    It says nothing about whether the number was ever given out. Source: HMRC NIM39110, read 22 November 2026.
    """
    return NUMBER.fullmatch("".join(text.split()).upper()) is not None
