"""The web application, as granian serves it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from .database import web_address
from .home import home
from .roles import refuse_strong_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.config.settings")
os.environ.setdefault("MOOTHALL_PROCESS", "web")
refuse_strong_role(web_address(home()))
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - every page is loaded now, not by the first visitor

# What is loaded by now stays loaded: the collector need not walk through it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
