"""Figures of recruitment."""

from django.urls import path

from moothall.recruitment.views import figure_forecast, figure_times, figures

FIGURES = "recruitment/figures/"

urlpatterns = [
    path(FIGURES, figures.recruitment_figures, name="recruitment_figures"),
    path(f"{FIGURES}fairness/", figures.recruitment_fairness, name="recruitment_fairness"),
    path(f"{FIGURES}applications/", figures.figure_rows_of_recruitment, name="figure_rows_of_recruitment"),
    path(f"{FIGURES}times/", figure_times.recruitment_times, name="recruitment_times"),
    path(
        f"{FIGURES}times/<slug:service>/<slug:step>/",
        figure_times.recruitment_time_rows,
        name="recruitment_time_rows",
    ),
    path(f"{FIGURES}hiring/", figure_times.recruitment_hiring, name="recruitment_hiring"),
    path(
        f"{FIGURES}hiring/<slug:measure>/<slug:route>/<int:year>/<int:month>/",
        figure_times.recruitment_hired_rows,
        name="recruitment_hired_rows",
    ),
    path(f"{FIGURES}cohorts/", figure_times.recruitment_cohorts, name="recruitment_cohorts"),
    path(f"{FIGURES}forecast/", figure_forecast.recruitment_forecast, name="recruitment_forecast"),
    path(
        f"{FIGURES}forecast/<slug:route>/<slug:stage>/",
        figure_forecast.recruitment_forecast_rows,
        name="recruitment_forecast_rows",
    ),
    path(f"{FIGURES}return/", figure_times.recruitment_return, name="recruitment_return"),
    path(f"{FIGURES}return/file/", figure_times.export_recruitment_return, name="export_recruitment_return"),
]
