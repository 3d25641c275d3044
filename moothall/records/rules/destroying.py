"""A file that may no longer be kept is destroyed: its row, and its bytes once nothing else has the same.

Bytes are on disk before their row is written. Where that row never came, because what wanted it was stopped
halfway, nobody has a right to keep them either: they are cleared away some days later.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from moothall.records.models import Document

from .documents import folder, path_of

COMING: Final = dt.timedelta(days=7)
"""No act is still going on that wrote its bytes so long ago."""
AT_ONCE: Final = 2000


def destroy_document(document: Document) -> bool:
    """Whether it is gone. What another record still holds stays; whoever calls writes down what was done."""
    try:
        with transaction.atomic():
            Document.objects.filter(pk=document.pk).delete()
    except (ProtectedError, RestrictedError):
        return False
    transaction.on_commit(lambda: _remove_bytes(document.sha256))
    return True


def _remove_bytes(sha256: str) -> None:
    if not Document.objects.filter(sha256=sha256).exists():
        path_of(sha256).unlink(missing_ok=True)


def clear_leftovers(*, at: dt.datetime) -> int:
    """Remove bytes that no document has, a week after they came; the answer is how many files went."""
    gone = 0
    for names in _in_hands(_old_files((at - COMING).timestamp())):
        kept = set(Document.objects.filter(sha256__in=names).values_list("sha256", flat=True))
        for name in names.keys() - kept:
            names[name].unlink(missing_ok=True)
            gone += 1
    return gone


def _old_files(before: float) -> Iterator[Path]:
    """In the places of documents and of what is coming in: nothing else in the folder is ours to remove."""
    for places in ("??/??/*", ".incoming/*"):
        for each in folder().glob(places):
            with suppress(FileNotFoundError):  # just put in its place, or gone
                if each.stat().st_mtime < before:
                    yield each


def _in_hands(files: Iterable[Path]) -> Iterator[dict[str, Path]]:
    every = iter(files)
    while some := {each.name: each for each in islice(every, AT_ONCE)}:
        yield some
