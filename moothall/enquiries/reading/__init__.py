"""Reads mail. Raw bytes in, a frozen record out: no database, no network, no Django, nothing written.

    for found in iter_source(path):
        try:
            mail = read_mail(found.raw, own_addresses=frozenset({"desk@example.org"}))
        except Unreadable as refusal:
            keep(found.raw, refusal.reason_key, refusal.sentence)

Sentences (`why_not`, `warnings`, `Unreadable.sentence`) are English and are translated where they are shown.
"""

from .copies import body_fingerprint, show_difference
from .filenames import safe_name
from .language import language_hint, warm_up
from .mail import Address, Attachment, Forwarded, Limits, MailKind, ReadMail, Unreadable
from .reader import CASE_REFERENCE, read_mail
from .sources import Found, UnreadableSource, iter_source, split_mbox

__all__ = [
    "CASE_REFERENCE",
    "Address",
    "Attachment",
    "Forwarded",
    "Found",
    "Limits",
    "MailKind",
    "ReadMail",
    "Unreadable",
    "UnreadableSource",
    "body_fingerprint",
    "iter_source",
    "language_hint",
    "read_mail",
    "safe_name",
    "show_difference",
    "split_mbox",
    "warm_up",
]
