"""What the office counts each month, and which months are closed."""

from .month import MonthClosing, UnitMonth

__all__ = ["MonthClosing", "UnitMonth"]
