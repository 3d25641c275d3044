"""Secrets that have to be used again, kept so that the database alone gives none of them away.

They are sealed with a key of the installation that is made at its first start and lies in `keys/`, beside the
passwords of the database and apart from the data.
"""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .refusals import Refusal


class SealBroken(Refusal):
    sentence = _("A password that is kept here was sealed with another key.")
    next_step = _("Put back the keys that were made with this database, or enter the password once more.")


def seal(secret: str) -> str:
    """The secret as it may lie in the database; nothing stays nothing."""
    return _box(settings.SEALING_KEY).encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """The secret itself, for the moment it is used."""
    if not sealed:
        return ""
    try:
        return _box(settings.SEALING_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken as problem:
        raise SealBroken from problem


@lru_cache(maxsize=4)
def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
