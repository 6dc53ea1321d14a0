"""So many tries an address and span of time, counted on the cache that all processes share."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal import crypto


@dataclass(frozen=True, slots=True)
class Limit:
    """`times` tries within `seconds` from the first; `name` tells one limit's count from another's."""

    name: str
    times: int
    seconds: int

    def allows(self, request: HttpRequest) -> bool:
        """Counts this try and says whether it may go on. The address is kept as a keyed digest only."""
        key = f"{self.name}:{crypto.digest(asker(request))[:32]}"
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key) <= self.times
        except ValueError:  # the span ended between the two calls
            cache.set(key, 1, self.seconds)
            return True

    def refusal(self, request: HttpRequest) -> HttpResponse:
        """The page that tells whoever tried too often to wait."""
        answer = render(request, "429.html", status=429)
        answer["Retry-After"] = str(self.seconds)
        return answer


def asker(request: HttpRequest) -> str:
    """The asker's network address, as the outermost trusted proxy saw it."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if trusted and len(seen) >= trusted:
        return seen[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
