"""So many objections an address and hour, counted on the cache that all processes share."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from portal import crypto

OBJECTIONS_AN_HOUR = 10
WINDOW_SECONDS = 3600


def within_limit(request: HttpRequest) -> bool:
    """Counts this attempt and says whether it may go on. The address is kept as a keyed digest only."""
    key = f"objection:{crypto.digest(_asker(request))[:32]}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) <= OBJECTIONS_AN_HOUR
    except ValueError:  # the window closed between the two calls
        cache.set(key, 1, WINDOW_SECONDS)
        return True


def _asker(request: HttpRequest) -> str:
    """The network address, as the outermost trusted proxy saw it."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if trusted and len(seen) >= trusted:
        return seen[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
