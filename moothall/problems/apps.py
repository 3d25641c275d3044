from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "moothall.problems"
    default_auto_field = "django.db.models.BigAutoField"
