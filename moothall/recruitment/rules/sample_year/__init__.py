"""A sample year of recruitment: as many campaigns and applications as a police force has, each as rows that
its rules would have left, and the same for the same seed and day."""

from .year import load_part

__all__ = ["load_part"]
