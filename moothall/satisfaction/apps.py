from django.apps import AppConfig


class SatisfactionConfig(AppConfig):
    name = "moothall.satisfaction"
    default_auto_field = "django.db.models.BigAutoField"
