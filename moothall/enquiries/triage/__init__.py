"""A library without a database: it learns what texts are likely to be, and says when it is not sure."""

from .judging import Quality, Share
from .model import Answer, Likely, Model, NotAModel, from_bytes, to_bytes

__all__ = ["Answer", "Likely", "Model", "NotAModel", "Quality", "Share", "from_bytes", "to_bytes"]
