"""Django settings. What an owner may change comes from the environment (docs/reference/settings.md lists it all)."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from thidua_web.config import env, queue, sign_in
from thidua_web.config.secret import local_secret

PACKAGE = Path(__file__).resolve().parent.parent

MODE = env.choice("THIDUA_MODE", ("production", "demo", "development"))
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = MODE == "development"

VAR = Path(env.text("THIDUA_VAR", "var")).resolve()
STORAGE_ROOT = Path(env.text("THIDUA_STORAGE") or VAR / "storage").resolve()
# Regulations of this installation's own, beside the national law.
LAW_FOLDER = Path(env.text("THIDUA_LAW_FOLDER")).resolve() if env.text("THIDUA_LAW_FOLDER") else None

# Outside production the key lives beside the database it protects; production must be given one (checks.py refuses).
SECRET_KEY = env.text("THIDUA_SECRET_KEY") or ("" if PRODUCTION else local_secret(VAR))
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Thiếu THIDUA_SECRET_KEY. Tạo một khóa: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))' rồi đặt vào biến môi trường THIDUA_SECRET_KEY."
    )
# Sensitive data and the journal have keys of their own, so that a new secret key breaks neither.
FIELD_KEYS = env.words("THIDUA_FIELD_KEYS") or [f"fields.{SECRET_KEY}"]
JOURNAL_KEY = env.text("THIDUA_JOURNAL_KEY") or f"journal.{SECRET_KEY}"
ALLOWED_HOSTS = env.words("THIDUA_HOSTS") or ([] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])

HTTPS = env.flag("THIDUA_HTTPS", default=PRODUCTION)
BEHIND_PROXY = env.flag("THIDUA_BEHIND_PROXY", default=False)
SERVER_PROCESSES = env.number("THIDUA_SERVER_PROCESSES", 1)
SERVER_THREADS = env.number("THIDUA_SERVER_THREADS", 4)
WORKER_PROCESSES = env.number("THIDUA_WORKER_PROCESSES", 2)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_q",
    "thidua_web.config",
    "thidua_web.archive",
    "thidua_web.journal",
    "thidua_web.register",
    "thidua_web.accounts",
    "thidua_web.law",
    "thidua_web.notices",
    "thidua_web.campaigns",
    "thidua_web.progress",
    "thidua_web.eligibility",
    "thidua_web.nominations",
    # Last, so that every page of theirs is found first among ours.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Django pads what it compresses, so that its length tells nothing of the token in it.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "thidua_web.config.security.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "thidua_web.config.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "thidua_web.accounts.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "thidua_web.accounts.middleware.AccessMiddleware",
    "thidua_web.accounts.middleware.SecondFactorMiddleware",
    "thidua_web.accounts.middleware.LastSeenMiddleware",
]

ROOT_URLCONF = "thidua_web.config.urls"
WSGI_APPLICATION = "thidua_web.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FORM_RENDERER = "thidua_web.config.form_renderer.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thidua_web.config.language.context",
                "thidua_web.notices.context.notices",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "thidua_web.campaigns.templatetags.vietnamese",
                "thidua_web.campaigns.templatetags.campaign_pages",
            ],
        },
    }
]

# Database --------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL") or f"sqlite:///{VAR / 'thidua.sqlite3'}", conn_max_age=300, conn_health_checks=True
    )
}
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE:
    # Measured: WAL with IMMEDIATE transactions and a 20 s wait is the one setting without "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000",
    }
else:
    # A pooler in transaction mode breaks server-side cursors (measured with PgBouncer), forgets what was prepared, and
    # takes no options.
    POOLED = env.flag("THIDUA_PGBOUNCER", default=False)
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = POOLED
    if not POOLED:
        own = DATABASES["default"].setdefault("OPTIONS", {})
        # A page's count that calls two more processes takes them from everybody else's pages (measured: three of them
        # are at it for 48 ms, where one alone takes 66).
        own.setdefault("options", "-c max_parallel_workers_per_gather=0")
        # PostgreSQL plans a statement for longer than it runs it: what a connection asks for the fifth time is kept.
        own.setdefault("server_side_binding", True)
        own.setdefault("prepare_threshold", 5)

# Counts that all processes share (failed sign-ins) stand in the database; what one process may forget, in its memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Background work (all of it is in queue.py) ------------------------------------------------------------------------

Q_CLUSTER = queue.cluster(workers=WORKER_PROCESSES)
READING_LEASE_SECONDS = env.number("THIDUA_READING_LEASE", 45)

# People ------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["thidua_web.accounts.backends.AccountBackend"]
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_AGE = env.number("THIDUA_SESSION_HOURS", 10) * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.words("THIDUA_TRUSTED_ORIGINS")
# Who must have a second factor before anything else: nobody, those who sign or run the system, or everyone.
SECOND_FACTOR = env.choice(
    "THIDUA_SECOND_FACTOR", ("leaders", "optional", "everyone") if PRODUCTION else ("optional", "leaders", "everyone")
)
OIDC = sign_in.SingleSignOn(
    issuer=env.text("THIDUA_OIDC_ISSUER").rstrip("/"),
    client_id=env.text("THIDUA_OIDC_CLIENT_ID"),
    client_secret=env.text("THIDUA_OIDC_CLIENT_SECRET"),
    name=env.text("THIDUA_OIDC_NAME", "Đăng nhập một lần của tỉnh"),
)
globals().update(
    sign_in.allauth(single_sign_on=OIDC, proxies=env.number("THIDUA_PROXY_COUNT", 1) if BEHIND_PROXY else 0)
)
CSRF_FAILURE_VIEW = "thidua_web.config.views.csrf_failure"

# Transport -----------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.number("THIDUA_HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^trang-thai/$"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

# Files ---------------------------------------------------------------------------------------------------------------

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_FILES_AT_ONCE = 20
FILE_UPLOAD_HANDLERS = ["thidua_web.archive.uploads.BoundedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = MAX_FILES_AT_ONCE
FILE_UPLOAD_PERMISSIONS = 0o640

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "thidua_web.config.finders.PackagedFilesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(STORAGE_ROOT)}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Language and time ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# E-mail --------------------------------------------------------------------------------------------------------------

EMAIL_HOST = env.text("THIDUA_EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.number("THIDUA_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("THIDUA_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("THIDUA_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("THIDUA_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("THIDUA_EMAIL_FROM", "thidua@localhost")

# Links in letters lead here; there is no request to take the address from.
SITE_URL = (
    env.text("THIDUA_SITE_URL") or f"http{'s' if HTTPS else ''}://{next(iter(ALLOWED_HOSTS), 'localhost')}"
).rstrip("/")

# When the daily letters go out, on working days.
DIGEST_HOUR = env.number("THIDUA_DIGEST_HOUR", 7) % 24

# Campaigns -----------------------------------------------------------------------------------------------------------

# How many working days a unit has for a step with a campaign that was sent to it, where the plan names no day. No law
# says so; 0 expects nothing.
STEP_DAYS = {
    "received": env.number("THIDUA_RECEIVE_DAYS", 3),
    "planned": env.number("THIDUA_PLAN_DAYS", 15),
    "launched": env.number("THIDUA_LAUNCH_DAYS", 20),
}

# Logs ----------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"safe": {"()": "thidua_web.config.logs.SafeFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "safe"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "thidua": {"level": env.text("THIDUA_LOG_LEVEL", "INFO")},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["console"], "propagate": False},
        "django-q": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

SILENCED_SYSTEM_CHECKS: list[str] = []
