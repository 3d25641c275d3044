"""The web application, as granian serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.config.settings")
os.environ.setdefault("MOOTHALL_PROCESS", "web")
application = get_wsgi_application()
