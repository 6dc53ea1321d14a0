"""Statements that a process composes once and asks with the values of each request.

Django composes a statement anew whenever it is asked, and on a page of a dozen small ones that takes longer than all
the answers. What is kept is the text alone: the rows are read whenever they are asked for (docs/adr/0026).
"""

from collections.abc import Callable
from copy import copy
from functools import cached_property, update_wrapper
from inspect import signature
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.sql import Query

Row = TypeVar("Row")


class Given(Expression):
    """The place of one value in a statement, by its number."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: object, connection: object) -> tuple[str, Any]:
        del compiler, connection
        return "%s", (self,)


class composed(Generic[Row]):  # noqa: N801  read as the decorator that it is
    """Makes of a function that returns a queryset one that returns the rows, and composes it at its first call only.

    Its parameters stand for single values that a column is compared with: keys, words, public ids. Whatever they are,
    it is the same statement; what makes it another (a list, a None, who asks with which right) cannot be one of them.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._places = range(len(signature(build).parameters))
        update_wrapper(self, build)

    def __call__(self, *values: int | str | UUID) -> list[Row]:
        rows, asked = self._rows, QuerySet[Any, Row](self._rows.model, self._query(values), self._rows.db)
        for name in ("_iterable_class", "_fields"):
            setattr(asked, name, getattr(rows, name))
        return list(asked)

    @cached_property
    def _rows(self) -> QuerySet[Any, Row]:
        return self._build(*map(Given, self._places))

    @cached_property
    def _composed(self) -> tuple[Any, str, tuple[Any, ...]]:
        """The compiler once it knows its columns, the text, and its values with the places among them."""
        compiler = self._rows.query.get_compiler(using=self._rows.db)
        return compiler, *compiler.as_sql()

    def _query(self, values: tuple[int | str | UUID, ...]) -> Query:
        """The query as Django runs any, but for its compiler, which has its text already."""
        known, text, params = self._composed
        compiler, query = copy(known), copy(self._rows.query)
        compiler.connection = connections[self._rows.db]
        given = {place: _bound(value, compiler.connection) for place, value in zip(self._places, values, strict=True)}
        told = tuple(given[one.place] if isinstance(one, Given) else one for one in params)
        compiler.as_sql = lambda *_args, **_named: (text, told)
        query.get_compiler = lambda *_args, **_named: compiler  # type: ignore[method-assign]
        return query


def remember(parent: Model, name: str, rows: list[Any]) -> None:
    """Has `parent.name.all()` answer with these rows, as `prefetch_related` does."""
    manager = getattr(parent, name)
    answer = manager.all()
    answer._result_cache, answer._prefetch_done = rows, True  # noqa: SLF001  there is no open way in
    for row in rows:
        setattr(row, manager.field.name, parent)
    vars(parent).setdefault("_prefetched_objects_cache", {})[manager.field.remote_field.cache_name] = answer


def _bound(value: int | str | UUID, connection: Any) -> object:
    """SQLite keeps a UUID as text."""
    return value.hex if isinstance(value, UUID) and not connection.features.has_native_uuid_field else value
