from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "moothall.casework"
    default_auto_field = "django.db.models.BigAutoField"
