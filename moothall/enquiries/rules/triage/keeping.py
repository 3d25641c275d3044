"""The files of what was learned: written once under their hash, checked when they are read."""

import functools
import hashlib
import logging
import os
from pathlib import Path

from django.conf import settings

from moothall.enquiries.models import LearnedModel
from moothall.enquiries.triage import Model, NotAModel, from_bytes

KEPT = 5
log = logging.getLogger("moothall.enquiries.triage")


def folder() -> Path:
    return Path(settings.TRIAGE_HOME)


def keep_file(raw: bytes) -> str:
    """Write the file whole or not at all; the answer is its hash."""
    sha256 = hashlib.sha256(raw).hexdigest()
    folder().mkdir(parents=True, exist_ok=True)
    draft = folder() / f".{sha256}-{os.getpid()}"
    with draft.open("wb") as out:
        out.write(raw)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path_of(sha256))
    return sha256


def path_of(sha256: str) -> Path:
    return folder() / f"{sha256}.npz"


def clear_old_files() -> None:
    """Only the newest few models keep their files; the rows stay."""
    wanted = set(LearnedModel.objects.newest_first().values_list("sha256", flat=True)[:KEPT])
    for path in folder().glob("*.npz"):
        if path.stem not in wanted:
            path.unlink(missing_ok=True)


def newest_model() -> tuple[LearnedModel, Model] | None:
    """The newest model whose file is there and is what its row says."""
    for row in LearnedModel.objects.newest_first()[:KEPT]:
        model = _read(str(path_of(row.sha256)), row.sha256)
        if model is not None:
            return row, model
    return None


@functools.lru_cache(maxsize=1)
def _read(path: str, sha256: str) -> Model | None:
    try:
        raw = Path(path).read_bytes()
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise NotAModel("It is not the file that was kept.")
        return from_bytes(raw)
    except (OSError, NotAModel) as problem:
        log.warning("the triage model %s is left out: %s", sha256[:12], problem)
        return None
