"""How people were dealt with: the one question is anybody's who was sent it, what they said is for those who
lead; complaints go with their cases."""

from tests.access.table import area

PAGES = area(
    "pages of satisfaction",
    """
route                method seats  any
satisfaction_results GET    LMH    200
survey_answers       GET    LMH    200
complaint_list       GET    CVLMHU 200
lesson_list          GET    CVLMHU 200
ombudsman            GET    A      200
ombudsman            POST   A      302
""",
)

SURVEY = area(
    "survey",
    """
route  method seats sent over
survey GET    *     200  410
survey POST   *     302  410
""",
)

# A head of service sees what was said, and works no cases.
ANSWER = area(
    "survey answer",
    """
route            method seats own other nameless
follow_up_answer POST   LM    302 404   404
follow_up_answer POST   H     404 404   404
""",
)

LESSON = area(
    "lesson",
    """
route         method seats own other
finish_lesson POST   CVLM  302 404
""",
)

AREAS = (PAGES, SURVEY, ANSWER, LESSON)
