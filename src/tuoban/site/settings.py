"""Django's settings, made from the checked configuration of the environment."""

import os
import zoneinfo
from pathlib import Path

from tuoban.site.configuration import read_configuration

PACKAGE = Path(__file__).resolve().parent.parent
CONFIGURATION = read_configuration(os.environ)

DEBUG = CONFIGURATION.debug
SECRET_KEY = CONFIGURATION.secret_key
TUOBAN_HOME = CONFIGURATION.home
TUOBAN_CARRIERS = CONFIGURATION.carriers
TUOBAN_SIMULATES_SMS = CONFIGURATION.simulates_sms
TUOBAN_FILES = CONFIGURATION.files
TUOBAN_API = CONFIGURATION.api
ALLOWED_HOSTS = list(CONFIGURATION.allowed_hosts)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "tuoban.runtime.calendars",
    "tuoban.runtime.people",
    "tuoban.runtime.files",
    "tuoban.runtime.jobs",
    "tuoban.runtime.cases",
    "tuoban.runtime.rehearsals",
    "tuoban.services.billing",
    "tuoban.services.booking",
    "tuoban.services.channels",
    "tuoban.services.customers",
    "tuoban.services.labour",
    "tuoban.services.parts",
    "tuoban.services.portal",
    "tuoban.services.quality",
    "tuoban.faces.desk",
    "tuoban.faces.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tuoban.site.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tuoban.faces.language.ChineseFirstMiddleware",
    "tuoban.faces.api.middleware.ApiMiddleware",
    "tuoban.site.forms.ReadableFormMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "tuoban.site.urls"
ASGI_APPLICATION = "tuoban.site.asgi.application"

DATABASES = {"default": CONFIGURATION.database}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # It carries the jobs there; on SQLite it has no tables, and nothing asks for it.
    INSTALLED_APPS.insert(0, "procrastinate.contrib.django")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "faces" / face / "templates" for face in ("desk", "portal")],
        "OPTIONS": {"environment": "tuoban.site.pages.environment"},
    }
]

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:work"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Their passwords are public. `tuoban demo` turns them on for its own process, nothing else does.
DEMO_LOG_INS = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
# Time zones come from the pinned package alone, so that due times are the same on every machine.
zoneinfo.reset_tzpath(())
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tuoban.site.bundle.BundleStorage"},
}
# What is larger than memory should hold waits on the disk of the installation, not in /tmp, which
# may itself be memory.
FILE_UPLOAD_TEMP_DIR = CONFIGURATION.home / "blobs" / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# Files are served straight from the apps: there is no collecting step to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"/dist/[\w.-]+-[\w-]{8}\.\w+$"

# Cookies may travel in clear only between a browser and a server on the same machine.
_NEEDS_TLS = not (DEBUG or CONFIGURATION.is_loopback_only)
SESSION_COOKIE_SECURE = _NEEDS_TLS
CSRF_COOKIE_SECURE = _NEEDS_TLS
CSRF_COOKIE_HTTPONLY = True
# A proxy ends TLS, so the server itself sees http; these are the addresses that browsers see.
CSRF_TRUSTED_ORIGINS = [
    f"https://*{host}" if host.startswith(".") else f"https://{host}"
    for host in ALLOWED_HOSTS
    if _NEEDS_TLS
]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _NEEDS_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
