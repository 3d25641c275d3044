from django.apps import AppConfig


class WorkloadConfig(AppConfig):
    name = "moothall.workload"
    default_auto_field = "django.db.models.BigAutoField"
