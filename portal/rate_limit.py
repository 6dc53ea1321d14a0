"""So many tries an address or person and span of time, counted on the cache that all processes share.

Where that cache is gone, each process counts on its own: the limit is as many times wider as there are processes, and
nobody who checks a certificate or objects to a result is turned away (ADR 0019).
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal import clock, crypto, shared_cache


@dataclass(frozen=True, slots=True)
class Limit:
    """`times` tries within `seconds` from the first; `name` tells one limit's count from another's.

    The beginning of the span is kept by itself and stands in the count's key: some caches give a count its full life
    anew with every try, and the span would never end for whoever goes on trying.
    """

    name: str
    times: int
    seconds: int

    def allows(self, request: HttpRequest) -> bool:
        """Counts this try and says whether it may go on. The address is kept as a keyed digest only."""
        return self.allows_one(asker(request))

    def allows_one(self, who: str) -> bool:
        """As `allows`, counted by whatever tells one from another; kept as a keyed digest only."""
        asked = f"{self.name}:{crypto.digest(who)[:32]}"
        try:
            return self._counted(caches["default"], asked) <= self.times
        except shared_cache.SharedCacheGoneError:
            shared_cache.note_gone(self.name)
            return self._counted(caches["process"], asked) <= self.times

    def _counted(self, cache: BaseCache, asked: str) -> int:
        """How many tries this span has seen with this one."""
        began = cache.get_or_set(asked, int(clock.machine_now().timestamp()), self.seconds)
        key = f"{asked}:{began}"
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key)
        except ValueError:  # dropped between the two calls
            cache.set(key, 1, self.seconds)
            return 1

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
