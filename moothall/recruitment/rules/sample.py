"""Sample campaigns of a demo office."""

from moothall.core.packs import Pack, Progress


def load_part(pack: Pack, progress: Progress) -> None:
    """Once, and only in a demo office."""
