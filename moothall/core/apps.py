from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "moothall.core"
    default_auto_field = "django.db.models.BigAutoField"
