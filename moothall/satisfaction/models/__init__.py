"""One question after closing, and complaints in two stages."""

from .complaint import Complaint, ComplaintExtension, Lesson, Ombudsman
from .survey import Survey, SurveyAnswer, SurveyHabit

__all__ = ["Complaint", "ComplaintExtension", "Lesson", "Ombudsman", "Survey", "SurveyAnswer", "SurveyHabit"]
