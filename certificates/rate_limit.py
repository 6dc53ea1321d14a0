"""Slows down whoever walks through numbers: so many checks an address and minute, on the cache all processes share."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from portal import crypto

CHECKS_A_MINUTE = 30
WINDOW_SECONDS = 60


def within_limit(request: HttpRequest) -> bool:
    """Counts this check and says whether the asker may have an answer. The address is kept as a keyed digest only."""
    key = f"verify:{crypto.digest(asker(request))[:32]}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) <= CHECKS_A_MINUTE
    except ValueError:  # the window closed between the two calls
        cache.set(key, 1, WINDOW_SECONDS)
        return True


def asker(request: HttpRequest) -> str:
    """The asker's network address, as the outermost trusted proxy saw it."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if trusted and len(seen) >= trusted:
        return seen[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
