"""What comes in when, who knows which service, how long a thing takes, and what was shared out."""

from .demand import DemandHour, Pace
from .sharing import ServiceSkill, Share, SharedCase

__all__ = ["DemandHour", "Pace", "ServiceSkill", "Share", "SharedCase"]
