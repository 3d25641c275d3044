"""The map of satisfaction and complaints."""

from django.urls import path

from .views import complaints, surveys

urlpatterns = [
    path("survey/<str:signed>/", surveys.survey, name="survey"),
    path("satisfaction/", surveys.satisfaction_results, name="satisfaction_results"),
    path("satisfaction/answers/", surveys.survey_answers, name="survey_answers"),
    path(
        "satisfaction/answers/<int:answer_id>/following/", surveys.follow_up_answer, name="follow_up_answer"
    ),
    path("complaints/", complaints.complaint_list, name="complaint_list"),
    path("complaints/lessons/", complaints.lesson_list, name="lesson_list"),
    path("complaints/lessons/<int:lesson_id>/finishing/", complaints.finish_lesson, name="finish_lesson"),
    path("complaints/ombudsman/", complaints.ombudsman, name="ombudsman"),
    path("complaints/<str:reference>/second-stage/", complaints.escalate, name="escalate"),
    path("complaints/<str:reference>/more-time/", complaints.extend_complaint, name="extend_complaint"),
    path("complaints/<str:reference>/finding/", complaints.conclude_complaint, name="conclude_complaint"),
]
