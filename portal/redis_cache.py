"""The shared cache of the distributed installation: Django's, saying in our words that Redis is gone."""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import TimeoutError as Silent
from redis.retry import Retry

from portal.shared_cache import SharedCacheGoneError


class SharedCache(RedisCache):
    """Raises SharedCacheGoneError after one fresh connection has been tried; no visitor waits for a second."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        waits = {"retry": Retry(NoBackoff(), 1), "socket_connect_timeout": 1, "socket_timeout": 2}
        super().__init__(server, {**params, "OPTIONS": {**waits, **params.get("OPTIONS", {})}})
        self._class = _Client


class _Client(RedisCacheClient):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._client = _Redis


class _Redis(Redis):
    def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute_command(*args, **options)
        except (Unreachable, Silent) as error:
            raise SharedCacheGoneError from error
