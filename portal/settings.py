"""Settings of the portal, from the environment alone. A wrong or missing value stops the start and is named."""

from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent

# local: one machine, loopback only, nothing to set (make run, make test). production: everything is to be named.
PORTAL_ENV = env.choice("PORTAL_ENV", "local", {"local", "production"})
PRODUCTION = PORTAL_ENV == "production"
DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

LOCAL_SECRET = "local-only-and-worthless-outside-the-loopback-interface"  # noqa: S105  refused in production below
SECRET_KEY = env.text("SECRET_KEY", None if PRODUCTION else LOCAL_SECRET)
# Keys of the encrypted columns, newest first; older ones still decrypt. 32 bytes each, url-safe base64.
LOCAL_FIELD_KEY = "bG9jYWwtb25seS1maWVsZC1rZXktMzItYnl0ZXMhISE="
FIELD_KEYS = env.fernet_keys("FIELD_KEYS", "" if PRODUCTION else LOCAL_FIELD_KEY)
DIGEST_KEY = env.text("DIGEST_KEY", None if PRODUCTION else "local-only-digest-key")
SITE_URL = env.text("SITE_URL", None if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
# Where telephones reach the portal (signing by QR code), if it is not the address that people's browsers use.
PUBLIC_URL = (env.text("PUBLIC_URL", "") or (SITE_URL if PRODUCTION else "")).rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_URL if SITE_URL.startswith("https://") else "")
REDIS_URL = env.text("REDIS_URL", "")
EMAIL_URL = env.text("EMAIL_URL", "" if PRODUCTION else "file")
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR}/portal.sqlite3")}
EMBEDDED = not REDIS_URL
SIGN_UP = env.choice("SIGN_UP", "pack", {"pack", "open", "employer"})
TEST_RUN = env.flag("TEST_RUN")

if PRODUCTION:
    for wrong, what in (
        (SECRET_KEY == LOCAL_SECRET or len(SECRET_KEY) < 50, "SECRET_KEY must be your own, 50 characters or more"),
        (DEBUG, "DEBUG must be off"),
        (DEMO, "DEMO must be off"),
        (not FIELD_KEYS, "FIELD_KEYS must name at least one key"),
        (LOCAL_FIELD_KEY in FIELD_KEYS, "FIELD_KEYS must be your own: the key of the source code is public"),
        (
            DIGEST_KEY == "local-only-digest-key" or len(DIGEST_KEY) < 32,
            "DIGEST_KEY must be your own, 32 characters or more",
        ),
        (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS, "ALLOWED_HOSTS must name the hosts, not *"),
        (not SITE_URL.startswith("https://"), "SITE_URL must begin with https://"),
        (
            not EMAIL_URL,
            "EMAIL_URL must name the mail server, or say `file`: mails, links to set passwords too, then go to files",
        ),
        (EMBEDDED, "REDIS_URL must be set: jobs do not run inside the web process"),
        (str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"), "DATABASE_URL must name a PostgreSQL database"),
    ):
        if wrong:
            raise ImproperlyConfigured(f"Production refuses to start: {what}.")

INSTALLED_APPS = [
    "portal",
    "rules",
    "applications",
    "review",
    "certificates",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "portal.middleware.Arrival",
    "portal.middleware.RequestId",
    "portal.middleware.Language",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.upload_limit.UploadLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.middleware.NoNulls",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.middleware.AuditRefusals",
    "portal.shared_cache.ClosedWithoutCache",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.error_pages.BareStatusPages",
    "portal.error_pages.StorageFailurePages",
    "portal.upload_room.TellsOfNoRoom",
    "portal.session_end.RollingSession",
    "portal.second_factor.SecondFactorRequired",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "portal.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.portal",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
FILES_DIR = Path(env.text("FILES_DIR", str(VAR_DIR / "files")))
# s3://… puts the files into an S3-compatible service instead of the directory.
_files = env.file_storage("FILES_URL", FILES_DIR)
STORAGES = {
    "default": _files,
    "private": _files,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal.upload_room.TemporaryFileHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# The least size of a portrait in pixels, and with it the ratio of its sides. To be confirmed by the office.
PORTRAIT_WIDTH = env.number("PORTRAIT_WIDTH", 295, least=100)
PORTRAIT_HEIGHT = env.number("PORTRAIT_HEIGHT", 413, least=100)
# How long a draft that was never submitted is kept after its round's office closed. To be confirmed by the office.
DRAFT_DAYS = env.number("DRAFT_DAYS", 180, least=30)
# No slot of a policy pack takes a larger file. What a request may send in all: portal.upload_limit.
LARGEST_UPLOAD = 10 * 1024 * 1024
SIGNED_IN_MAX_BYTES = DATA_UPLOAD_MAX_NUMBER_FILES * LARGEST_UPLOAD + DATA_UPLOAD_MAX_MEMORY_SIZE

CACHES = {
    "default": {"BACKEND": "portal.redis_cache.SharedCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    # Throttles count in it, so all processes share it: a directory without Redis, the server with it.
    else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(VAR_DIR / "cache")},
    # What throttles count in while the shared one is gone (portal.throttle).
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env.number("SESSION_SECONDS", 3600, least=60)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "portal.allauth_adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# portal.sms.Outbox writes text messages to the outbox; without an adapter no mobile number can be proved or bound.
SMS_ADAPTER = env.text("SMS_ADAPTER", "" if PRODUCTION else "portal.sms.Outbox")
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", *(["phone"] if SMS_ADAPTER else []), "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_FORMS = {
    "login": "portal.account_forms.LoginForm",
    "signup": "portal.account_forms.SignupForm",
    "verify_phone": "portal.account_forms.VerifyPhoneForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "portal.allauth_adapter.display_name"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key,60/15m/ip", "login": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "portal.account_forms.AuthenticateForm",
    "reauthenticate": "portal.account_forms.ReauthenticateForm",
    "activate_totp": "portal.account_forms.ActivateTOTPForm",
}
SECOND_FACTOR_REQUIRED = PRODUCTION
# Log-in through a region's identity provider (OpenID Connect); None, and no page of it, without OIDC_SERVER_URL.
OIDC = env.identity_provider(insecure=not PRODUCTION)
SOCIALACCOUNT_ADAPTER = "portal.unified_login.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # where an address tells the account at all (OIDC_LINK_BY_EMAIL)
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "职称评审信息系统 <noreply@portal.example>")
EMAIL_BACKEND = "portal.outbox.EmailBackend"
EMAIL_FILE_PATH = env.text("OUTBOX_DIR", str(VAR_DIR / "outbox"))
EMAIL_TIMEOUT = 20
if EMAIL_URL not in {"", "file"}:
    _mail = env.mail_server("EMAIL_URL")
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.unquote(_mail.username or ""), env.unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"

CELERY_BROKER_URL = REDIS_URL or f"sqla+sqlite:///{VAR_DIR}/broker.sqlite3"
# A broker that is down must not keep a person waiting: the row stands, the sweeper wakes it.
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 0, "socket_connect_timeout": 1} if REDIS_URL else {}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "portal.tasks.sweep", "schedule": 10.0},
    "nightly": {"task": "portal.tasks.nightly", "schedule": crontab(hour=2, minute=30)},
    "forget_drafts": {"task": "applications.tasks.forget_drafts_nightly", "schedule": crontab(hour=3, minute=10)},
    "remind": {"task": "applications.tasks.remind_daily", "schedule": crontab(minute=10)},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's own icons are data addresses in its style sheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"  # the sandboxed preview of a file names its own
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

SILENCED_SYSTEM_CHECKS: list[str] = []

# Who is asked for what authorities already hold (docs/connectors.md). The demo's stand-ins ask nobody, and say so.
STAND_INS = ",".join(
    f"applications.connectors.stand_in.{name}" for name in ("Degrees", "SocialInsurance", "Papers", "Portrait")
)
CONNECTORS = env.words("CONNECTORS", STAND_INS if DEMO else "")

PORTAL_NAME = env.text("PORTAL_NAME", "职称评审信息系统")
FOOTER = {
    "sponsor": env.text("FOOTER_SPONSOR", "示范市人力资源和社会保障局（演示）" if DEMO else "待设置"),
    "contact": env.text("FOOTER_CONTACT", "服务电话：000-00000000（演示）" if DEMO else "服务电话：待设置"),
    "icp": env.text("FOOTER_ICP", ""),
    "police": env.text("FOOTER_POLICE", ""),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "portal.logs.JsonLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {"portal": {"level": env.text("LOG_LEVEL", "INFO")}},
}

if TEST_RUN or env.flag("FAST_PASSWORDS"):
    if PRODUCTION:
        raise ImproperlyConfigured("Production refuses to start: TEST_RUN and FAST_PASSWORDS must be off.")
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
