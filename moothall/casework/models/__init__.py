from .approach import Approach, Chaser
from .authority import Authority, Basis
from .habit import Habit
from .holding import HoldingReply

__all__ = ["Approach", "Authority", "Basis", "Chaser", "Habit", "HoldingReply"]
