"""One form of each address and number, however it was typed, so that the same one is found again."""

import re
import unicodedata

POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b")
EXTENSION = re.compile(r"(?:ext|extension|est|x)\.?\s*\d{1,6}\s*$", re.IGNORECASE)
LONGEST = 320
# Marks that turn the direction of writing round or hide: a name needs none of them.
DECEIVING = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


def tidy(words: str, longest: int) -> str:
    """The words on one line, without what a database cannot keep or a reader cannot see, cut to a length."""
    text = words.encode("utf-8", "replace").decode()
    kept = (" " if _is_space(letter) else letter for letter in text if letter not in DECEIVING)
    return " ".join("".join(kept).split())[:longest].strip()


def _is_space(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Zs", "Zl", "Zp"}


def fold_email(address: str) -> str:
    """An address in small letters, or nothing when it cannot be one."""
    folded = tidy(address, LONGEST + 1).strip("<>").lower()
    name, at, domain = folded.rpartition("@")
    if not (at and name and domain) or " " in folded or len(folded) > LONGEST:
        return ""
    return folded


def fold_phone(number: str) -> str:
    """The digits: a number of the United Kingdom begins with 0, any other with its country's digits.

    `+44 (0)29 2001 0123`, `0044 29 2001 0123` and `029 2001 0123` are the same; an extension is left off.
    """
    bare = EXTENSION.sub("", number.strip())
    international = bare.lstrip("( ").startswith(("+", "00"))
    digits = re.sub(r"[^0-9]", "", bare)
    if not international:
        return digits
    digits = digits.removeprefix("00")
    if digits.startswith("44"):
        return "0" + digits[2:].lstrip("0")
    return digits


def postcode_of(address: str) -> str:
    """The last postcode in an address, without its space, or nothing."""
    found = POSTCODE.findall(address.upper())
    return "".join(found[-1]) if found else ""


def fold_post(address: str) -> str:
    """The postcode, then what tells this house from its neighbours."""
    words = re.sub(r"[^a-z0-9]+", " ", _plain(address)).strip()
    return f"{postcode_of(address)} {words}".strip()[:LONGEST]


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", tidy(text, LONGEST * 4))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
