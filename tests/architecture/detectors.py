"""Finds in a source what only one place of the house may do: read the machine's clock, write an application's status."""

import ast
import re
from collections.abc import Iterator

CLOCK = {
    *(f"django.utils.timezone.{name}" for name in ("now", "localdate", "localtime")),
    *(f"datetime.datetime.{name}" for name in ("now", "today", "utcnow")),
    "datetime.date.today",
    "django.db.models.functions.Now",
    "django.db.models.functions.datetime.Now",
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")),
}
WRITES = {"update", "create", "get_or_create", "update_or_create", "aupdate", "acreate"}
TABLE = "applications_application"
# A notice by its number or year, a clause by its place: 27号, 2019年39号文, 2023年度通知, 五(三)6.
CITATION = re.compile(r"[〕年\d]\d*号(?!码)|\d{4}年度通知|[一二三四五六七八九十][(（][一二三四五六七八九十]")


def clock_readers(tree: ast.Module) -> list[int]:
    """Lines that name a clock of the machine or of the database, under whatever name it was imported."""
    names = _imported(tree)
    return sorted({node.lineno for node in ast.walk(tree) if _full_name(node, names) in CLOCK})


def citing(tree: ast.Module) -> list[int]:
    """Lines with a sentence that cites a notice or a clause by itself; comments and docstrings may."""
    documented = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    prose = {id(node.body[0].value) for node in documented if node.body and isinstance(node.body[0], ast.Expr)}
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in prose
        and CITATION.search(node.value)
    )


def status_writers(tree: ast.Module, *, exempt: frozenset[str] = frozenset()) -> list[int]:
    """Lines that write a column called `status`, those inside the exempt functions left out."""
    return sorted({node.lineno for node in _walk(tree, exempt) if _writes_status(node)})


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                names[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _full_name(node: ast.AST, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute) and (before := _full_name(node.value, names)):
        return f"{before}.{node.attr}"
    return ""


def _walk(node: ast.AST, exempt: frozenset[str]) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef) and node.name in exempt:
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, exempt)


def _writes_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        # Every place where an attribute is a target: =, +=, annotated, in a tuple, of a for or a with.
        return node.attr == "status" and isinstance(node.ctx, ast.Store | ast.Del)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and _is_sql(node.value)
    return isinstance(node, ast.Call) and _call_writes(node)


def _call_writes(call: ast.Call) -> bool:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    named = {keyword.arg for keyword in call.keywords}
    if called in {"setattr", "__setattr__"}:
        return any(_is_status(argument) for argument in call.args)
    if called == "Application":
        return "status" in named or None in named
    if called == "update" and None in named:
        return isinstance(call.func, ast.Attribute) and _manager(call.func.value) in {"", "Application"}
    if called in WRITES and "status" in named:
        return True
    # bulk_update(rows, ["status"]), save(update_fields=["status"]), update_or_create(defaults={"status": ...})
    lists = [*call.args[1:], *(word.value for word in call.keywords if word.arg in {"fields", "update_fields"})]
    if called in {"bulk_update", "abulk_update", "save", "asave", "bulk_create"}:
        return any(_is_status(inner) for given in lists for inner in ast.walk(given))
    defaults = [word.value for word in call.keywords if word.arg in {"defaults", "create_defaults"}]
    return any(isinstance(given, ast.Dict) and any(map(_is_status, given.keys)) for given in defaults)


def _manager(node: ast.AST) -> str:
    """The model of `Model.objects.…`, empty where rows come from elsewhere."""
    while isinstance(node, ast.Call | ast.Attribute):
        inner = node.func if isinstance(node, ast.Call) else node.value
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(inner, ast.Name):
            return inner.id
        node = inner
    return ""


def _is_status(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value == "status"


def _is_sql(text: str) -> bool:
    return TABLE in text.lower() and any(verb in text.lower() for verb in ("update ", "insert "))
