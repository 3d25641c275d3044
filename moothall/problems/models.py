"""Recurring problems: groups of cases that share a cause."""
