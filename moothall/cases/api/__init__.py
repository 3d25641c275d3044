"""Cases for programs: the lists, one case, and what is done to it, each by the rule that its page calls."""

from . import listing, reading, working
from .router import router

__all__ = ["listing", "reading", "router", "working"]
