"""Figures of recruitment."""

from django.urls import path

from moothall.recruitment.views import figures

FIGURES = "recruitment/figures/"

urlpatterns = [
    path(FIGURES, figures.recruitment_figures, name="recruitment_figures"),
    path(f"{FIGURES}fairness/", figures.recruitment_fairness, name="recruitment_fairness"),
    path(f"{FIGURES}applications/", figures.figure_rows_of_recruitment, name="figure_rows_of_recruitment"),
]
