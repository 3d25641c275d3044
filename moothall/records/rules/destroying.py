"""A file that may no longer be kept is destroyed: its row, and its bytes once nothing else has the same."""

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from moothall.records.models import Document

from .documents import path_of


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
