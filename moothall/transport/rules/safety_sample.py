"""Sample incidents of a demo office, and who signs in for a contractor and a family."""

from django.db import transaction

from moothall.core.packs import Pack, Progress
from moothall.transport.models import Incident


@transaction.atomic
def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
    doc = pack.file("demo/safety.yaml") if pack.demo else None
    if doc is None or Incident.objects.exists():
        return
