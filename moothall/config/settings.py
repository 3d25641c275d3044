"""The one settings file. The environment decides only what differs between installations."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from . import database
from .home import CHECKOUT, home
from .post import email_settings
from .sign_in_settings import SECOND_FACTOR_FORMS, SIGN_IN_FORMS, form_targets, openid_connect
from .third_party_doors import DOOR_LABELS as DOOR_LABELS

HOME = home()
PORT = os.environ.get("PORT", "8000")
PUBLIC_URL = os.environ.get("MOOTHALL_PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
OFFICE_CALENDAR = os.environ.get("MOOTHALL_CALENDAR", "EW")  # a calendar of clocks: whose working days
HTTPS = PUBLIC_URL.startswith("https://")
PACKS = CHECKOUT / "packs"
PROJECT = Path(__file__).resolve().parents[1]

SECRET_KEY, SEALING_KEY = HOME.key("secret"), HOME.key("sealing")
DEBUG = os.environ.get("MOOTHALL_DEBUG") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", urlsplit(PUBLIC_URL).hostname or "localhost"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
ROOT_URLCONF = "moothall.config.urls"
WSGI_APPLICATION = "moothall.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "ninja",
    "moothall.core",
    "moothall.people",
    "moothall.records",
    "moothall.letters",
    "moothall.cases",
    "moothall.knowledge",
    "moothall.bookings",
    "moothall.workload",
    "moothall.webhooks",
    "moothall.workforce",
    "moothall.absence",
    "moothall.leave",
    "moothall.credentials",
    "moothall.terms",
    "moothall.appraisal",
    "moothall.personnel",
    "moothall.enquiries",
    "moothall.problems",
    "moothall.satisfaction",
    "moothall.recruitment",
    "moothall.promotion",
    "moothall.training",
    "moothall.transport",
    "moothall.casework",
    "moothall.conduct",
    "moothall.reports",
    "moothall.portal",
]
OUR_APPS = [name.removeprefix("moothall.") for name in INSTALLED_APPS if name.startswith("moothall.")]

MIDDLEWARE = [
    "moothall.core.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "moothall.people.session_limits.SessionLimitsMiddleware",
    "moothall.core.serving.ServingMiddleware",
    "moothall.people.own_language.OwnLanguageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "moothall.config.sign_in_away.SignInAwayMiddleware",
    "moothall.core.door.DoorMiddleware",
]

FORM_RENDERER = "moothall.core.govuk.forms.Renderer"

# Our templates come first, so that they may replace those of a library.
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / app / "templates" for app in OUR_APPS],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "moothall.core.navigation.page",
            ],
        },
    }
]

DATABASES = {"default": database.django_settings(HOME, database.this_process())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The first counts attempts to sign in, for every process alike; the second is what each may know by itself.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_shared"},
    "this process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "moothall.people.rules.office_words.OfficeWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "moothall.config.sign_in.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = SIGN_IN_FORMS
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
SOCIALACCOUNT_ADAPTER = "moothall.config.sign_in.ClosedSocialSignUp"
SOCIALACCOUNT_PROVIDERS = openid_connect()
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
MFA_ADAPTER = "moothall.config.sign_in.SealedSecondFactors"
MFA_FORMS = SECOND_FACTOR_FORMS
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator entered the address
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Moothall"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [PROJECT / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/London"


STATIC_URL = "/static/"
STATIC_ROOT = HOME.static
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILES_HOME = MEDIA_ROOT = HOME.files
RAW_HOME = HOME.raw
ANCHORS_HOME = HOME.anchors
ANCHOR_COMMAND = os.environ.get("MOOTHALL_ANCHOR_COMMAND", "")  # gets each new anchor on its standard input
ANCHOR_MAIL = os.environ.get(
    "MOOTHALL_ANCHOR_MAIL", ""
)  # an address elsewhere that gets the newest each night
TRIAGE_HOME = HOME.triage
STREETS_HOME = HOME.streets
DUTY_FOLDER = os.environ.get("MOOTHALL_DUTY_FOLDER", "")  # where another system puts its duty files
DOCUMENT_SIZE_LIMIT = int(os.environ.get("MOOTHALL_DOCUMENT_MB", "25")) * 2**20
SCANNER = os.environ.get("MOOTHALL_SCANNER", "")  # clamd:/socket, clamd:host:port, or a dotted callable
WEBHOOK_PRIVATE = os.environ.get("MOOTHALL_WEBHOOK_PRIVATE") == "1"  # machines of one's own may be told
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

SESSION_COOKIE_AGE = 12 * 60 * 60
HOST_ONLY = "__Host-" if HTTPS else ""  # a name the browser takes only from this host, and only encrypted
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{HOST_ONLY}moothall-{PORT}", f"{HOST_ONLY}moothall-csrf-{PORT}"
LANGUAGE_COOKIE_NAME = f"{HOST_ONLY}moothall-language"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *form_targets()],
        "frame-ancestors": [NONE],
    }
}

EMAIL_FILE_PATH = HOME.mail
vars().update(email_settings())

PROCRASTINATE_ON_APP_READY = "moothall.config.timetable.install"
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 4,
    "delete_jobs": "successful",
    "update_heartbeat_interval": 5,
    "stalled_worker_timeout": 15,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "moothall": {"level": "INFO"},
        "procrastinate.periodic": {"level": "WARNING"},
        "django.security.DisallowedHost": {"level": "ERROR"},
    },
}
