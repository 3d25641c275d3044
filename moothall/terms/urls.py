"""The map of what falls due."""

from django.urls import path

from .views import lists, one

urlpatterns = [
    path("falling-due/", lists.falling_due, name="falling_due"),
    path("me/team/falling-due/", lists.team_falling_due, name="team_falling_due"),
    path("falling-due/<int:number>/", one.term, name="term"),
    path("falling-due/<int:number>/decision/", one.settle_term, name="settle_term"),
    path("falling-due/<int:number>/decision/undo/", one.unsettle_term, name="unsettle_term"),
    path("falling-due/<int:number>/withdrawal/", one.withdraw_term, name="withdraw_term"),
    path("falling-due/<int:number>/restoration/", one.restore_term, name="restore_term"),
    path("falling-due/<int:number>/letters/<slug:key>/", one.term_letter, name="term_letter"),
    path("falling-due/<int:number>/steps/<int:step>/", one.finish_step, name="finish_term_step"),
    path("falling-due/<int:number>/steps/<int:step>/undo/", one.reopen_step, name="reopen_term_step"),
    path("employees/<str:number>/falling-due/new/", one.add_term, name="add_term"),
]
