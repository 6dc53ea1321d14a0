"""A production environment that nobody keeps: to check the production settings and to build static files."""

import secrets
from base64 import urlsafe_b64encode


def throwaway(*, database_url: str, redis_url: str) -> dict[str, str]:
    """Everything a production installation names, with secrets nobody uses again."""
    return {
        "PORTAL_ENV": "production",
        "DEMO": "0",
        "DEBUG": "0",
        "TEST_RUN": "0",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DIGEST_KEY": secrets.token_urlsafe(40),
        "FIELD_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "portal.example",
        "SITE_URL": "https://portal.example",
        "EMAIL_URL": "smtp://localhost:25",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
    }
