"""The map of problems."""

from django.urls import path

from .views import linking, problems

urlpatterns = [
    path("problems/", problems.problem_list, name="problem_list"),
    path("problems/new/", problems.new_problem, name="new_problem"),
    path("problems/found/", problems.candidates, name="candidates"),
    path("problems/found/<int:id>/making/", problems.make_of_candidate, name="make_of_candidate"),
    path("problems/found/<int:id>/refusal/", problems.refuse_candidate, name="refuse_candidate"),
    path("problems/linking/", linking.link_many_to_problem, name="link_many_to_problem"),
    path("problems/linking/<str:reference>/", linking.link_to_problem, name="link_to_problem"),
    path("problems/<int:number>/", problems.problem_page, name="problem_page"),
    path("problems/<int:number>/details/", problems.edit_problem, name="edit_problem"),
    path("problems/<int:number>/escalation/", problems.escalate, name="escalate_problem"),
    path("problems/<int:number>/cases/", linking.link_alike, name="link_alike"),
    path("problems/<int:number>/unlinking/", linking.unlink, name="unlink_cases"),
    path("problems/<int:number>/telling/", linking.tell_everybody, name="tell_everybody"),
]
